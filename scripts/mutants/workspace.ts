import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Edit } from './mutant.js';
import type { TestRun } from './verdict.js';

/** What a copy needs to be compiled and tested. */
const COPIED = ['src', 'test', 'scripts', 'proto', 'docs', 'packaging', 'package.json', 'tsconfig.json', 'Makefile'];
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
const COMPILE_LIMIT_MS = 300_000;

interface CommandResult extends TestRun {
  readonly milliseconds: number;
}

/** A copy of the project in a folder of its own, in which the code may be changed. */
export class Workspace {
  readonly #directory: string;
  readonly #originals = new Map<string, string>();
  /** Leaders of their process groups. */
  readonly #running = new Set<number>();
  /** This process ends in the midst of the work: nothing of it stays. */
  readonly #atExit = (): void => {
    for (const group of this.#running) killGroup(group);
    rmSync(this.#directory, { recursive: true, force: true, maxRetries: 10 });
  };

  private constructor(directory: string) {
    this.#directory = directory;
    process.once('exit', this.#atExit);
  }

  /** Copies the project in `root`, which is built, into a new folder in `parent`, so that only what changes is compiled. */
  static async create(root: string, parent: string): Promise<Workspace> {
    const directory = await mkdtemp(join(parent, 'varve-mutants-'));
    const workspace = new Workspace(directory);
    for (const name of COPIED) await cp(join(root, name), join(directory, name), { recursive: true });
    await symlink(resolve(root, 'node_modules'), join(directory, 'node_modules'));
    // The bundled command would go on as it was built, without the mutant.
    const isNeeded = (path: string): boolean =>
      !path.startsWith(join(root, 'dist', 'cjs')) && !path.includes('varve.bundle.js');
    await cp(join(root, 'dist'), join(directory, 'dist'), { recursive: true, filter: isNeeded });
    return workspace;
  }

  async remove(): Promise<void> {
    process.off('exit', this.#atExit);
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Makes all edits; gives what does not fit: a text that does not stand in its file exactly once. */
  async apply(edits: readonly Edit[]): Promise<string | undefined> {
    for (const { file, find, replace } of edits) {
      const path = join(this.#directory, file);
      const before = await readFile(path, 'utf8');
      const count = before.split(find).length - 1;
      if (count !== 1) return `${file} has this ${count} times, not once: ${find.trim()}`;
      if (!this.#originals.has(path)) this.#originals.set(path, before);
      await writeFile(
        path,
        before.replace(find, () => replace),
      );
    }
  }

  /** Takes all edits back. */
  async restore(): Promise<void> {
    for (const [path, content] of this.#originals) await writeFile(path, content);
    this.#originals.clear();
  }

  /** Type-checks and compiles; gives the compiler's complaints, undefined when it has none. */
  async compile(): Promise<string | undefined> {
    const { exitCode, output } = await this.#run(['node_modules/.bin/tsc', '-p', 'tsconfig.json'], COMPILE_LIMIT_MS);
    return exitCode === 0 ? undefined : output.trim();
  }

  test(file: string, limitMs: number): Promise<CommandResult> {
    return this.#run([process.execPath, file], limitMs);
  }

  /** `node dist/scripts/sim.js` with these arguments. */
  simulate(args: readonly string[], limitMs: number): Promise<CommandResult> {
    return this.#run([process.execPath, '--max-semi-space-size=32', 'dist/scripts/sim.js', ...args], limitMs);
  }

  #run(command: readonly string[], limitMs: number): Promise<CommandResult> {
    const started = performance.now();
    return new Promise((done, failed) => {
      const env = { ...process.env, TAP_TIMEOUT: String(Math.ceil(limitMs / 1000)), CI: '1' };
      // A test that this may run in hands its loader on to all that it starts; the compiler cannot be loaded by that.
      const child = spawn('env', ['-u', 'NODE_OPTIONS', ...command], { cwd: this.#directory, env, detached: true });
      const { pid } = child;
      if (pid !== undefined) this.#running.add(pid);
      let output = '';
      let timedOut = false;
      const take = (chunk: Buffer): void => {
        if (output.length < MAX_OUTPUT_BYTES) output += chunk.toString();
      };
      child.stdout.on('data', take);
      child.stderr.on('data', take);
      // The test may have processes of its own: they are in its group.
      const timer = setTimeout(() => {
        timedOut = true;
        if (pid !== undefined) killGroup(pid);
      }, limitMs);
      child.on('error', failed);
      child.on('close', (code) => {
        clearTimeout(timer);
        if (pid !== undefined) this.#running.delete(pid);
        done({ exitCode: code ?? undefined, timedOut, output, milliseconds: performance.now() - started });
      });
    });
  }
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
