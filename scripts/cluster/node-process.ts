import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface NodeProcessOptions {
  readonly nodeId: number;
  /** What to run and its arguments. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Its output is appended to a file `node-<id>.log` here. */
  readonly directory: string;
  /** Where it listens; default 127.0.0.1. */
  readonly host?: string;
  readonly grpcPort: number;
  readonly httpPort: number;
}

/** As packaging/varve.service and start-cluster.sh have it. */
const SMALL_MEMORY: Readonly<Record<string, string>> = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '16777216',
  NODE_OPTIONS: '--max-semi-space-size=4',
};
const STOP_TIMEOUT_MS = 35_000;
const READY_POLL_MS = 20;
const LOG_TAIL_LINES = 15;
/** It replaces itself by what it runs: the process stays the child whose id is known. */
const SETPRIV = ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'];

/** One node of a cluster as a process of its own, from its start to any end of it, and its next start. */
export class NodeProcess {
  readonly nodeId: number;
  readonly grpcAddress: string;
  readonly #options: NodeProcessOptions;
  readonly #host: string;
  #child: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #expected = true;
  /** It was asked to end in order. */
  #stopping = false;
  #unexpectedEnds = 0;

  constructor(options: NodeProcessOptions) {
    this.#options = options;
    this.nodeId = options.nodeId;
    this.#host = options.host ?? '127.0.0.1';
    this.grpcAddress = `${this.#host}:${options.grpcPort}`;
  }

  get isRunning(): boolean {
    return this.#child !== undefined;
  }

  /** Ends that nobody asked for, and those of a stop that were not in order, or took too long. */
  get unexpectedEnds(): number {
    return this.#unexpectedEnds;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get logFile(): string {
    return join(this.#options.directory, `node-${this.nodeId}.log`);
  }

  get httpUrl(): string {
    return `http://${this.#host}:${this.#options.httpPort}`;
  }

  start(): void {
    if (this.#child !== undefined) throw new Error(`Node ${this.nodeId} runs already.`);
    const [program, ...args] = [...untilThisProcessEnds(), ...this.#options.command];
    const log = openSync(this.logFile, 'a');
    const child = spawn(program ?? '', args, {
      stdio: ['ignore', log, log],
      env: { ...SMALL_MEMORY, ...process.env, ...this.#options.env },
    });
    closeSync(log);
    this.#child = child;
    this.#expected = false;
    this.#stopping = false;
    this.#exited = new Promise((resolve) => {
      const ended = (code: unknown): void => {
        if (!this.#expected || (this.#stopping && code !== 0)) this.#unexpectedEnds += 1;
        if (this.#child === child) this.#child = undefined;
        resolve();
      };
      child.once('exit', ended);
      child.once('error', ended);
    });
  }

  /** SIGKILL; resolves once the process is gone. */
  async kill(): Promise<void> {
    this.#expected = true;
    this.#stopping = false;
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  /** SIGTERM, an end in order; SIGKILL when that takes too long. Resolves once the process is gone. */
  async stop(): Promise<void> {
    this.#expected = true;
    this.#stopping = true;
    this.#child?.kill('SIGTERM');
    const timer = setTimeout(() => this.#child?.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  pause(): void {
    this.#child?.kill('SIGSTOP');
  }

  resume(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Resolves once the node says that it serves; rejects with the end of its log when it ends or takes too long. */
  async ready(timeoutMs: number): Promise<void> {
    const deadlineMs = performance.now() + timeoutMs;
    while (!(await this.#isReady())) {
      if (this.#child === undefined) throw new Error(`Node ${this.nodeId} ended.\n${this.logTail()}`);
      if (performance.now() > deadlineMs) {
        throw new Error(`Node ${this.nodeId} was not ready within ${timeoutMs} ms.\n${this.logTail()}`);
      }
      await new Promise((resolve) => setTimeout(resolve, READY_POLL_MS));
    }
  }

  logTail(): string {
    try {
      return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n');
    } catch {
      return '(no log)';
    }
  }

  /** A page of its HTTP listener. */
  async page(path: string): Promise<string> {
    const response = await fetch(`${this.httpUrl}${path}`);
    return await response.text();
  }

  async #isReady(): Promise<boolean> {
    try {
      const response = await fetch(`${this.httpUrl}/readyz`, { signal: AbortSignal.timeout(1_000) });
      await response.arrayBuffer();
      return response.ok;
    } catch {
      return false;
    }
  }
}

let prefix: readonly string[] | undefined;

/**
 * What in front of a command makes the kernel kill it when this process ends, also by a signal, of which Node tells
 * nobody. Nothing where there is no util-linux.
 */
export function untilThisProcessEnds(): readonly string[] {
  const [program = '', ...args] = SETPRIV;
  prefix ??= spawnSync(program, [...args, 'true']).status === 0 ? SETPRIV : [];
  return prefix;
}
