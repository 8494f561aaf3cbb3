import { assert, defined } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import type { Timer } from '../platform/clock.js';
import type { File } from '../platform/file-system.js';
import type { FlushTarget } from './flusher.js';
import type { LogServices } from './log-services.js';
import type { LogPages } from './page-cache-window.js';
import type { Segment } from './segment.js';
import type { LogTail, TailEntry } from './tail-cache.js';

/** When a log's writes are synced (`flush.messages`, `flush.ms`), and whether compaction will read what it wrote. */
export interface WritePolicy {
  readonly flushMessages: number;
  readonly flushMs: number;
  readonly cleanupCompact: boolean;
}

/**
 * A relaxed log is synced after so much, though what was written does not wait for it: left to the system all of half a minute
 * is written out at once, and whoever writes waits meanwhile; and what is not synced cannot leave the page cache.
 */
const MAX_UNSYNCED_BYTES = 8 * 1024 * 1024;

type Operation =
  | { readonly kind: 'write'; readonly segment: Segment; readonly entry: TailEntry; readonly records: number }
  | { readonly kind: 'seal'; readonly segment: Segment; readonly run: () => Promise<void> };

/**
 * The disk side of one log: appends in their order, as groups of one write and one sync, and the closing of a segment
 * between its last write and the next one's first. Whatever is durable is a prefix of the log.
 */
export class LogWriter implements FlushTarget {
  readonly #services: LogServices;
  readonly #tail: LogTail;
  readonly #onDurable: (offset: Offset) => void;
  readonly #pages: LogPages;
  #policy: WritePolicy;
  #hasReaders = true;
  #queue: Operation[] = [];
  #pendingBytes = 0;
  #durableOffset: Offset;
  #syncedOffset: Offset;
  #writtenOffset: Offset;
  #unsyncedRecords = 0;
  #unsyncedSegment: Segment | undefined;
  /** Where in its file what is not synced begins. */
  #unsyncedFrom = 0;
  #syncTimer: Timer | undefined;
  #syncDue = false;
  #stepping: Promise<unknown> | undefined;
  #held = 0;
  #idleWaiters: Array<() => void> = [];

  constructor(options: {
    services: LogServices;
    tail: LogTail;
    pages: LogPages;
    endOffset: Offset;
    policy: WritePolicy;
    onDurable: (offset: Offset) => void;
  }) {
    this.#services = options.services;
    this.#pages = options.pages;
    this.#tail = options.tail;
    this.#durableOffset = options.endOffset;
    this.#syncedOffset = options.endOffset;
    this.#writtenOffset = options.endOffset;
    this.#policy = options.policy;
    this.#onDurable = options.onDurable;
  }

  /** Everything below counts as stored: synced, or only written where the topic relaxes syncing. */
  get durableOffset(): Offset {
    return this.#durableOffset;
  }

  /** Everything below is synced: where recovery may start. */
  get syncedOffset(): Offset {
    return this.#syncedOffset;
  }

  /** Everything below is in the files. */
  get writtenOffset(): Offset {
    return this.#writtenOffset;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  setPolicy(policy: WritePolicy): void {
    this.#policy = policy;
    if (this.#unsyncedRecords > 0) this.#requestSync();
  }

  /** As `ReplicaLog.setHasReaders`. */
  setHasReaders(hasReaders: boolean): void {
    this.#hasReaders = hasReaders;
  }

  /** Writes to the segment, or what ends it, are not done yet. */
  hasWorkFor(segment: Segment): boolean {
    return this.#queue.some((operation) => operation.segment === segment);
  }

  /** Queues an append, in order. */
  write(segment: Segment, entry: TailEntry, records: number): void {
    this.#queue.push({ kind: 'write', segment, entry, records });
    this.#pendingBytes += entry.buffer.length;
    this.#services.pendingBytes += entry.buffer.length;
    this.#schedule();
  }

  /** Queues what closes `segment` after its last write; `run` may be called again when the disk was full. */
  seal(segment: Segment, run: () => Promise<void>): void {
    this.#queue.push({ kind: 'seal', segment, run });
    this.#schedule();
  }

  /** Resolves when all that was queued is on disk and synced, or the directory is offline. */
  async flush(): Promise<void> {
    while (!this.#services.offline && (this.#queue.length > 0 || this.#stepping || this.#unsyncedRecords > 0)) {
      this.#syncDue ||= this.#unsyncedRecords > 0;
      this.#schedule();
      await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
    }
    this.#services.checkOnline();
  }

  /** The directory is offline: whoever waits is let go. */
  abandon(): void {
    this.#syncTimer?.cancel();
    this.#wake();
  }

  /** Runs `work` while no write is under way; queued writes wait. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    this.#held++;
    try {
      while (this.#stepping) await this.#stepping;
      return await work();
    } finally {
      this.#held--;
      if (this.#held === 0) this.#schedule();
    }
  }

  /**
   * Within `exclusive`: forgets queued work at or after `offset` and for the segments in `removed`; the log now ends at
   * `offset`. `reopened` is no longer closed after its last write.
   */
  truncate(offset: Offset, removed: ReadonlySet<Segment>, reopened: Segment | undefined): void {
    assert(this.#held > 0 && this.#stepping === undefined, 'a log is truncated while nothing is written');
    this.#queue = this.#queue.filter((operation) => {
      if (removed.has(operation.segment)) return false;
      if (operation.kind === 'seal') return operation.segment !== reopened;
      return operation.entry.firstOffset < offset;
    });
    const pending = this.#queue.reduce((sum, each) => sum + (each.kind === 'write' ? each.entry.buffer.length : 0), 0);
    this.#services.pendingBytes += pending - this.#pendingBytes;
    this.#pendingBytes = pending;
    if (this.#unsyncedSegment !== undefined && removed.has(this.#unsyncedSegment)) {
      this.#unsyncedSegment = undefined;
      this.#unsyncedRecords = 0;
    }
    this.#durableOffset = Math.min(this.#durableOffset, offset);
    this.#syncedOffset = Math.min(this.#syncedOffset, offset);
    this.#writtenOffset = Math.min(this.#writtenOffset, offset);
  }

  /** Within `exclusive`: segments that are wholly written are removed; what of them is not synced need not be. */
  forget(removed: ReadonlySet<Segment>): void {
    for (const { kind, segment } of this.#queue) {
      assert(kind === 'seal' || !removed.has(segment), 'segments are removed once written');
    }
    if (this.#unsyncedSegment === undefined || !removed.has(this.#unsyncedSegment)) return;
    this.#unsyncedSegment = undefined;
    this.#unsyncedRecords = 0;
    // The last segment that was written to is gone: nothing of the log is left in the page cache alone.
    this.#syncedOffset = this.#writtenOffset;
  }

  /** After a truncation of everything the log goes on at `offset`, which may be higher. */
  restartAt(offset: Offset): void {
    assert(this.#queue.length === 0, 'nothing is queued for a log that was emptied');
    this.#durableOffset = offset;
    this.#syncedOffset = offset;
    this.#writtenOffset = offset;
  }

  async step(): Promise<'idle' | 'more' | 'later'> {
    if (this.#held > 0) return 'idle';
    let finished = (): void => {};
    this.#stepping = new Promise<void>((resolve) => (finished = resolve));
    try {
      await this.#doStep();
      this.#services.noteRoom();
    } catch (error) {
      if (!this.#services.isTransient(error)) throw error;
      this.#services.noteFull(error);
      return 'later';
    } finally {
      this.#stepping = undefined;
      finished();
      this.#wake();
    }
    return this.#held === 0 && (this.#queue.length > 0 || this.#syncDue) ? 'more' : 'idle';
  }

  async #doStep(): Promise<void> {
    const first = this.#queue[0];
    if (first === undefined) {
      if (this.#syncDue) await this.#syncUnsynced();
      return;
    }
    if (first.kind === 'write') {
      await this.#writeGroup(first.segment);
      return;
    }
    await this.#syncUnsynced();
    await first.run();
    assert(this.#queue.shift() === first, 'only the writer takes work off its queue');
  }

  async #writeGroup(segment: Segment): Promise<void> {
    const buffers: Buffer[] = [];
    let sizeBytes = 0;
    let records = 0;
    let nextOffset = this.#writtenOffset;
    for (const operation of this.#queue) {
      if (operation.kind !== 'write' || operation.segment !== segment) break;
      const length = operation.entry.buffer.length;
      if (buffers.length > 0 && sizeBytes + length > this.#services.config.maxGroupBytes) break;
      buffers.push(operation.entry.buffer);
      sizeBytes += length;
      records += operation.records;
      nextOffset = operation.entry.nextOffset;
    }
    const lease = await this.#services.files.acquire(segment.logPath, 'write');
    try {
      if (!segment.created) {
        // A name that was made counts only once its folder is synced. What a former try left in the file goes.
        if (!segment.named) {
          await lease.file.truncate(0);
          await this.#services.platform.fileSystem.syncDirectory(segment.folder);
        }
        segment.created = true;
      }
      try {
        await lease.file.write(buffers, segment.writtenBytes);
      } catch (error) {
        if (this.#services.isTransient(error)) await lease.file.truncate(segment.writtenBytes);
        throw error;
      }
      // A truncation may have cut off what was not synced, too.
      const from = this.#unsyncedSegment === undefined ? Infinity : this.#unsyncedFrom;
      this.#unsyncedFrom = Math.min(from, segment.writtenBytes);
      // A batch that has no record left, or never had one, counts as one: it is synced like any other.
      this.#unsyncedRecords += Math.max(records, 1);
      this.#unsyncedSegment = segment;
      const sync = this.#syncDue || this.#unsyncedRecords >= this.#policy.flushMessages;
      if (sync) await this.#services.syncFile(segment.logPath, lease.file);
      this.#written(segment, buffers.length, sizeBytes, nextOffset);
      if (sync) this.#synced();
      this.#raiseDurable();
      if (!sync) await this.#syncRelaxed(segment, lease.file);
    } finally {
      lease.release();
    }
  }

  /** What counts as stored already is synced later, or at once where it has become much. */
  async #syncRelaxed(segment: Segment, file: File): Promise<void> {
    if (segment.writtenBytes - this.#unsyncedFrom < MAX_UNSYNCED_BYTES) {
      this.#requestSync();
      return;
    }
    await this.#services.syncFile(segment.logPath, file);
    this.#synced();
  }

  #written(segment: Segment, count: number, sizeBytes: number, nextOffset: Offset): void {
    segment.writtenBytes += sizeBytes;
    for (const operation of this.#queue.splice(0, count)) {
      assert(operation.kind === 'write', 'a group is made of writes');
      if (this.#hasReaders) this.#services.tailCache.admit(this.#tail, operation.entry);
      else this.#tail.leave(operation.entry);
    }
    this.#pendingBytes -= sizeBytes;
    this.#services.pendingBytes -= sizeBytes;
    this.#writtenOffset = nextOffset;
  }

  async #syncUnsynced(): Promise<void> {
    if (this.#unsyncedRecords > 0) {
      const segment = defined(this.#unsyncedSegment, 'records that are not synced are in a segment');
      const lease = await this.#services.files.acquire(segment.logPath, 'write');
      try {
        await this.#services.syncFile(segment.logPath, lease.file);
      } finally {
        lease.release();
      }
    }
    this.#synced();
  }

  #synced(): void {
    const segment = this.#unsyncedSegment;
    // Compaction will read what it is to clean: the system decides what it keeps of that.
    if (segment !== undefined && !this.#policy.cleanupCompact) {
      this.#pages.wrote(segment.logPath, this.#unsyncedFrom, segment.writtenBytes, this.#hasReaders);
    }
    this.#syncTimer?.cancel();
    this.#syncTimer = undefined;
    this.#syncDue = false;
    this.#unsyncedRecords = 0;
    this.#unsyncedSegment = undefined;
    this.#syncedOffset = this.#writtenOffset;
  }

  /** A relaxed topic's records are synced `flush.ms` after the first that is not. */
  #requestSync(): void {
    if (this.#unsyncedRecords >= this.#policy.flushMessages) {
      this.#syncDue = true;
      this.#schedule();
    } else if (this.#syncTimer === undefined && this.#policy.flushMs < 0x7fff_ffff) {
      this.#syncTimer = this.#services.platform.clock.after(this.#policy.flushMs, () => {
        this.#syncTimer = undefined;
        this.#syncDue = this.#unsyncedRecords > 0;
        if (this.#syncDue) this.#schedule();
      });
    }
  }

  #raiseDurable(): void {
    if (this.#writtenOffset <= this.#durableOffset) return;
    this.#durableOffset = this.#writtenOffset;
    this.#onDurable(this.#durableOffset);
  }

  #schedule(): void {
    if (this.#held === 0 && (this.#queue.length > 0 || this.#syncDue)) this.#services.flusher.schedule(this);
    else if (this.#held === 0) this.#wake();
  }

  #wake(): void {
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const wake of waiters) wake();
  }
}
