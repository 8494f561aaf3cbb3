import type { HostTime } from '../clock.js';
import type { SimulatedProcess } from '../process.js';
import type { SeededRandom } from '../random.js';
import type { Scheduler } from '../scheduler.js';
import { FileSystemError } from '../../platform/file-system.js';
import { UNSYNCED_FATES } from './file-content.js';
import type { UnsyncedFate } from './file-content.js';
import { Tree } from './tree.js';
import type { FileNode, TreeNode } from './tree.js';

/** Syncs that take so much longer, of files whose paths `concerns` says yes to. */
export interface Hang {
  readonly ms: number;
  readonly concerns: (path: string) => boolean;
}

/** How a disk behaves. All rates are probabilities an operation, 0 to 1. */
export interface DiskBehaviour {
  /** Latency of an operation on the page cache or on names, uniform between the two. */
  operationMs: readonly [from: number, to: number];
  /** Latency of a sync beside the time its bytes take. */
  syncMs: readonly [from: number, to: number];
  bytesPerMs: number;
  /** Syncs that begin now hang. */
  hang: Hang | undefined;
  /** A sync fails: its bytes never become durable and later syncs lie. */
  syncFailureRate: number;
  /** A read rejects with `io`. */
  readFailureRate: number;
  /** A read gives the bytes of another place of the file. */
  misdirectedReadRate: number;
  /** What a power loss does to unsynced bytes of a file: drawn from these. */
  fates: readonly UnsyncedFate[];
  /** That an unsynced name survives a power loss. */
  nameSurvives: number;
  /** A journal keeps the order in which the names of a folder changed; POSIX does not ask for one. */
  namesInOrder: boolean;
  /** A key-value store begins a new journal when the present one holds so many bytes (LevelDB's: 4 MiB). */
  journalBytes: number;
}

export const HEALTHY_DISK: DiskBehaviour = {
  operationMs: [0.005, 0.05],
  syncMs: [0.2, 1.5],
  bytesPerMs: 200_000,
  hang: undefined,
  syncFailureRate: 0,
  readFailureRate: 0,
  misdirectedReadRate: 0,
  fates: UNSYNCED_FATES,
  nameSurvives: 0.5,
  namesInOrder: true,
  journalBytes: 4 * 1024 * 1024,
};

/** An operation that the kernel has been given and that is not over: a crash may find it done in part. */
export interface PendingOperation {
  readonly abandon: (random: SeededRandom) => void;
}

/** The disk of a host: it outlives processes, and what is synced on it outlives the power. */
export class SimulatedDisk {
  readonly tree = new Tree();
  /** May be changed at any time. */
  behaviour: DiskBehaviour = { ...HEALTHY_DISK };
  capacityBytes = Number.POSITIVE_INFINITY;
  /** Once failed, every operation rejects with `io`. */
  failed = false;
  usedBytes = 0;
  readonly locks = new Map<TreeNode, SimulatedProcess>();
  readonly #scheduler: Scheduler;
  readonly #time: HostTime;
  readonly #random: SeededRandom;
  /** What a crash of its process may find done in part. */
  readonly #pending = new Map<SimulatedProcess, Set<PendingOperation>>();
  #hasFailed = false;

  constructor(options: { scheduler: Scheduler; time: HostTime; random: SeededRandom }) {
    this.#scheduler = options.scheduler;
    this.#time = options.time;
    this.#random = options.random;
  }

  /**
   * Whether it ever refused, lost or changed anything that it should not have: a program that ends may have that for a
   * reason. What a loss of power takes was never promised.
   */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Two runs that write different bytes are different runs. */
  digest(bytes: Uint8Array): void {
    this.#scheduler.digest.mixBytes(bytes);
  }

  get random(): SeededRandom {
    return this.#random;
  }

  nowMs(): number {
    return this.#time.wallMs();
  }

  /**
   * An operation of `process`: after its latency, `effect` happens on the disk and its result or error goes to the
   * process. The disk finishes what it was given even when the process is stopped; when the process dies first,
   * `abandon` says what part of it happens.
   */
  perform<T>(options: {
    readonly path: string;
    readonly process: SimulatedProcess;
    readonly delayMs: number;
    readonly effect: () => T;
    readonly abandon?: (random: SeededRandom) => void;
  }): Promise<T> {
    const { path, process, delayMs, effect, abandon } = options;
    if (!process.alive) return new Promise<T>(() => {});
    return new Promise<T>((resolve, reject) => {
      const operation = abandon === undefined ? undefined : { abandon };
      const pending = operation === undefined ? undefined : this.#pendingOf(process);
      if (operation !== undefined) pending?.add(operation);
      this.#scheduler.schedule(delayMs, 'disk', undefined, () => {
        if (!process.alive) return;
        if (operation !== undefined) pending?.delete(operation);
        try {
          if (this.failed) {
            abandon?.(this.#random);
            throw this.failure('io', path, `the disk of ${path} has failed`);
          }
          const result = effect();
          if (process.running) resolve(result);
          else process.enter('disk', () => resolve(result));
        } catch (error) {
          process.enter('disk', () => reject(error));
        }
      });
    });
  }

  operationDelayMs(bytes = 0): number {
    const [from, to] = this.behaviour.operationMs;
    // The page cache takes bytes some ten times as quickly as the device.
    return this.#random.between(from, to) + bytes / (this.behaviour.bytesPerMs * 10);
  }

  /** For a sync that begins now. */
  syncDelayMs(path: string, bytes: number): number {
    const { syncMs, bytesPerMs, hang } = this.behaviour;
    const hangMs = hang?.concerns(path) === true ? hang.ms : 0;
    return this.#random.between(syncMs[0], syncMs[1]) + bytes / bytesPerMs + hangMs;
  }

  syncFails(): boolean {
    return this.behaviour.syncFailureRate > 0 && this.#random.chance(this.behaviour.syncFailureRate);
  }

  /** What an operation that the disk does not do rejects with. */
  failure(kind: 'io' | 'full', path: string, what: string): FileSystemError {
    this.#hasFailed = true;
    return new FileSystemError(kind, path, what);
  }

  /** A read goes to another place of its file. */
  readsAstray(): boolean {
    const { misdirectedReadRate } = this.behaviour;
    const isAstray = misdirectedReadRate > 0 && this.#random.chance(misdirectedReadRate);
    this.#hasFailed ||= isAstray;
    return isAstray;
  }

  /** Drops everything that is not on the platter. Call it when no process of the host is alive any more. */
  losePower(): void {
    this.locks.clear();
    const { fates, nameSurvives, namesInOrder } = this.behaviour;
    const fateOf = (): UnsyncedFate => this.#random.pick(fates);
    this.tree.losePower(this.#random, { nameSurvives, namesInOrder, fateOf });
    this.#recount();
  }

  /** A file or a folder with all in it is lost. Call it when no process of the host is alive. */
  lose(path: string): void {
    this.#hasFailed = true;
    this.tree.lose(path);
    this.#recount();
  }

  wipe(): void {
    this.#hasFailed = true;
    this.tree.wipe();
    this.locks.clear();
    this.usedBytes = 0;
  }

  /** Inverts one bit of the file at `path`: at `position`, or anywhere. False when there is no such byte. */
  flipBit(path: string, position?: number): boolean {
    const node = this.tree.lookup(path);
    if (node?.kind !== 'file' || node.content.sizeBytes === 0) return false;
    const at = position ?? this.#random.below(node.content.sizeBytes);
    if (at >= node.content.sizeBytes) return false;
    node.content.flipBit(at, this.#random.below(8));
    this.#hasFailed = true;
    return true;
  }

  /** Paths of all files, for faults and checkers. */
  filePaths(): string[] {
    const paths: string[] = [];
    for (const [path, node] of this.tree.files()) if (node.kind === 'file') paths.push(path);
    return paths;
  }

  /** The bytes of a file as reads see them; undefined when there is none. For checkers. */
  peek(path: string): Buffer | undefined {
    const node = this.tree.lookup(path);
    if (node?.kind !== 'file') return undefined;
    const bytes = Buffer.alloc(node.content.sizeBytes);
    node.content.read(bytes, 0);
    return bytes;
  }

  /** Accounts for a file that changes its size; throws `full` when there is no room. */
  resize(path: string, fromBytes: number, toBytes: number): void {
    const growth = toBytes - fromBytes;
    if (growth > 0 && this.usedBytes + growth > this.capacityBytes) {
      throw this.failure('full', path, `no space left for ${path}`);
    }
    this.usedBytes += growth;
  }

  /** Frees what an unlinked file took. */
  release(node: FileNode): void {
    if (!node.linked) return;
    node.linked = false;
    this.usedBytes -= node.content.sizeBytes;
  }

  #pendingOf(process: SimulatedProcess): Set<PendingOperation> {
    const known = this.#pending.get(process);
    if (known !== undefined) return known;
    const pending = new Set<PendingOperation>();
    this.#pending.set(process, pending);
    process.onEnd(() => {
      this.#pending.delete(process);
      for (const { abandon } of pending) abandon(this.#random);
    });
    return pending;
  }

  #recount(): void {
    this.usedBytes = 0;
    for (const [, node] of this.tree.files()) if (node.kind === 'file') this.usedBytes += node.content.sizeBytes;
  }
}
