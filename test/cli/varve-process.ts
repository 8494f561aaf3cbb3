import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

const VARVE = 'dist/src/bin/varve.cjs';

export interface ProcessRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A `varve` process that goes on until it is told to stop. */
export class VarveProcess {
  readonly child: ChildProcess;
  stdout = '';
  stderr = '';
  readonly exited: Promise<ProcessRun>;
  #wake: () => void = () => {};

  constructor(args: readonly string[]) {
    this.child = spawn(process.execPath, [VARVE, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text;
      this.#wake();
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
      this.#wake();
    });
    this.exited = new Promise((resolve) => {
      this.child.on('close', (code) => {
        resolve({ code, stdout: this.stdout, stderr: this.stderr });
        this.#wake();
      });
    });
  }

  /** Resolves once the output is as wanted; rejects when the process ends before, or after `timeoutMs`. */
  async until(wanted: (process: this) => boolean, timeoutMs = 30_000): Promise<void> {
    const deadline = setTimeout(() => this.child.kill('SIGKILL'), timeoutMs);
    try {
      while (!wanted(this)) {
        if (this.child.exitCode !== null || this.child.signalCode !== null) {
          throw new Error(`varve ended with ${this.child.exitCode ?? this.child.signalCode}: ${this.stderr}`);
        }
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      clearTimeout(deadline);
    }
  }

  stop(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP' = 'SIGINT'): Promise<ProcessRun> {
    this.child.kill(signal);
    return this.exited;
  }
}

/** Runs `varve` to its end. */
export function runVarve(args: readonly string[], stdin = ''): Promise<ProcessRun> {
  const process = new VarveProcess(args);
  process.child.stdin?.end(stdin);
  return process.exited;
}
