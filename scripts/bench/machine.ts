import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { latencies } from './statistics.js';
import type { Latencies } from './statistics.js';

const SYNCS = 200;
const SYNCED_BYTES = 4096;
/** Linux counts processor time in hundredths of a second for programs, whatever its own clock. */
const TICKS_PER_SECOND = 100;

/**
 * Writes out what the page cache holds: what one contestant left unwritten (Kafka syncs nothing) would else be written
 * while the next one waits for the same disk.
 */
export function settlePageCache(): void {
  execFileSync('sync');
}

/** How long an fdatasync of a small append takes in this folder. */
export function measureSyncs(directory: string): Latencies {
  const path = join(directory, 'sync-probe');
  const file = openSync(path, 'w');
  const samples = new Float64Array(SYNCS);
  try {
    const bytes = Buffer.alloc(SYNCED_BYTES, 1);
    for (let i = 0; i < SYNCS; i++) {
      writeSync(file, bytes);
      const startMs = performance.now();
      fdatasyncSync(file);
      samples[i] = performance.now() - startMs;
    }
  } finally {
    closeSync(file);
    rmSync(path);
  }
  return latencies(samples);
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  /** Of the last minute: above 0 before the start, something else uses the processors. */
  readonly load: number;
}

export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    processor: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    load: loadavg()[0] ?? 0,
  };
}

/** Resident memory of a process in MiB; undefined where the system does not tell. */
export function residentMiB(pid: number): number | undefined {
  const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/status`))?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
}

/** Processor time that a process has used, in seconds; undefined where the system does not tell. */
export function processorSeconds(pid: number): number | undefined {
  // The name, in brackets, may hold spaces.
  const fields = readProc(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? ticks / TICKS_PER_SECOND : undefined;
}

function readProc(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What a node may have resident under the heaviest load, in MiB. */
export const MOST_LOADED_MIB = 300;

/** Watches the resident memory of processes: the greatest of any, in MiB; NaN where the system does not tell. */
export class MemoryWatch {
  readonly #timer: NodeJS.Timeout;
  #most = 0;

  constructor(pids: () => readonly (number | undefined)[], everyMs = 250) {
    this.#timer = setInterval(() => {
      for (const pid of pids()) {
        if (pid !== undefined) this.#most = Math.max(this.#most, residentMiB(pid) ?? 0);
      }
    }, everyMs);
  }

  stop(): number {
    clearInterval(this.#timer);
    return this.#most === 0 ? NaN : this.#most;
  }
}
