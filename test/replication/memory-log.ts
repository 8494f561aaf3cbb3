import { assert, defined } from '../../src/common/assert.js';
import { VarveError } from '../../src/common/errors.js';
import {
  batchBaseOffset,
  batchLeaderEpoch,
  batchNextOffset,
  RECORD_BATCH_OVERHEAD,
  setBaseOffsetAndEpoch,
} from '../../src/record/batch-header.js';
import type { AppendOutcome, OffsetRange, ReplicaLog } from '../../src/replication/replica-log.js';

/** A batch of one record's offsets with a tag in place of its records: replication never looks inside. */
export function batch(tag: string, offsets = 1): Buffer {
  const body = Buffer.from(tag);
  const bytes = Buffer.alloc(RECORD_BATCH_OVERHEAD + body.length);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt8(2, 16);
  bytes.writeInt32BE(offsets - 1, 23);
  body.copy(bytes, RECORD_BATCH_OVERHEAD);
  return bytes;
}

export function tagOf(bytes: Buffer): string {
  return bytes.subarray(RECORD_BATCH_OVERHEAD).toString();
}

/** A log in memory whose syncs a test completes by hand (`sync`), or at once. */
export class MemoryLog implements ReplicaLog {
  startOffset = 0;
  endOffset = 0;
  durableOffset = 0;
  highWatermark = 0;
  batches: Buffer[] = [];
  truncations: number[] = [];
  readonly #autoSync: boolean;
  readonly #listeners: Array<() => void> = [];

  constructor(options: { autoSync: boolean } = { autoSync: true }) {
    this.#autoSync = options.autoSync;
  }

  /** Where damage begins that recovery found. */
  damagedFrom = Infinity;

  get vouchedOffset(): number {
    return Math.min(this.durableOffset, this.damagedFrom);
  }

  withdraw(fromOffset: number): number {
    this.damagedFrom = Math.min(this.damagedFrom, fromOffset);
    return this.latestEpoch;
  }

  isWithdrawn(fromOffset: number): boolean {
    return this.damagedFrom <= fromOffset;
  }

  get latestEpoch(): number {
    const last = this.batches[this.batches.length - 1];
    return last === undefined ? -1 : batchLeaderEpoch(last, 0);
  }

  get tags(): string[] {
    return this.batches.map(tagOf);
  }

  sync(): void {
    this.durableOffset = this.endOffset;
    for (const listener of this.#listeners) listener();
  }

  appendAsLeader(bytes: Buffer, leaderEpoch: number): AppendOutcome {
    setBaseOffsetAndEpoch(bytes, 0, this.endOffset, leaderEpoch);
    const firstOffset = this.endOffset;
    this.#take(Buffer.from(bytes));
    return { firstOffset, lastOffset: this.endOffset - 1, logAppendTimeMs: -1 };
  }

  needsCodec(): boolean {
    return false;
  }

  async appendAsLeaderAsync(bytes: Buffer, leaderEpoch: number): Promise<AppendOutcome> {
    return this.appendAsLeader(bytes, leaderEpoch);
  }

  beginEpoch(): void {}

  hasReaders = true;

  setHasReaders(hasReaders: boolean): void {
    this.hasReaders = hasReaders;
  }

  appendAsFollower(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      assert(bytes[at + 16] === 2, 'what a follower appends are batches');
      const size = bytes.readInt32BE(at + 8) + 12;
      const one = Buffer.from(bytes.subarray(at, at + size));
      assert(batchBaseOffset(one, 0) === this.endOffset, 'a follower appends at its log end');
      this.#take(one);
      at += size;
    }
  }

  read(offset: number, maxBytes: number, upToOffset: number): Buffer[] {
    if (offset < this.startOffset || offset > this.endOffset) throw new VarveError('OFFSET_OUT_OF_RANGE');
    const found: Buffer[] = [];
    let left = maxBytes;
    for (const one of this.batches) {
      if (batchNextOffset(one, 0) <= offset || batchNextOffset(one, 0) > upToOffset) continue;
      if (found.length > 0 && one.length > left) break;
      found.push(one);
      left -= one.length;
    }
    return found;
  }

  view(offset: number, maxBytes: number, upToOffset: number): Buffer[] | undefined {
    return this.read(offset, maxBytes, upToOffset);
  }

  epochAt(offset: number): number {
    const holder = this.batches.findLast((one) => batchBaseOffset(one, 0) <= offset);
    return holder === undefined ? -1 : batchLeaderEpoch(holder, 0);
  }

  endOffsetForEpoch(epoch: number): { epoch: number; endOffset: number } {
    let found = { epoch: -1, endOffset: -1 };
    for (const one of this.batches) {
      if (batchLeaderEpoch(one, 0) <= epoch)
        found = { epoch: batchLeaderEpoch(one, 0), endOffset: batchNextOffset(one, 0) };
    }
    const [first] = this.batches;
    if (found.epoch < 0 && epoch >= 0 && first !== undefined) return { epoch, endOffset: batchBaseOffset(first, 0) };
    return found;
  }

  knowsProducer(): boolean {
    return false;
  }

  async truncateTo(offset: number): Promise<void> {
    this.truncations.push(offset);
    this.batches = this.batches.filter((one) => batchNextOffset(one, 0) <= offset);
    const last = this.batches[this.batches.length - 1];
    this.endOffset = last === undefined ? this.startOffset : batchNextOffset(last, 0);
    this.durableOffset = Math.min(this.durableOffset, this.endOffset);
  }

  /** What a test lets the batches below the start have told. */
  producersBelow: Buffer | undefined;

  producersBelowStart(): Buffer | undefined {
    return this.producersBelow;
  }

  async truncateFullyAndStartAt(offset: number, producers?: Buffer): Promise<void> {
    this.truncations.push(offset);
    this.producersBelow = producers;
    this.batches = [];
    this.startOffset = offset;
    this.savedStartOffset = offset;
    this.endOffset = offset;
    this.durableOffset = offset;
  }

  deleteRecordsBefore(offset: number): void {
    this.startOffset = offset;
    this.batches = this.batches.filter((one) => batchNextOffset(one, 0) > offset);
  }

  /** What a test lets be stored, where it does not want it at once. */
  storedStart: (() => Promise<void>) | undefined;
  savedStartOffset = 0;

  async saveStartOffset(): Promise<void> {
    const { startOffset } = this;
    await this.storedStart?.();
    this.savedStartOffset = startOffset;
  }

  updateHighWatermark(offset: number): void {
    this.highWatermark = offset;
  }

  lastStableOffset(highWatermark: number): number {
    return highWatermark;
  }

  abortedTransactions(): [] {
    return [];
  }

  async offsetForTimestamp(): Promise<undefined> {
    return undefined;
  }

  onDurable(listener: () => void): void {
    this.#listeners.push(listener);
  }

  /** Memory is not damaged. */
  readonly damagedRanges: readonly OffsetRange[] = [];

  onDamaged(): void {}

  async repair(_fromOffset: number, _batches: Buffer): Promise<boolean> {
    return true;
  }

  /** The newest are in memory, all of them where a test does not say. */
  get inMemoryFrom(): number {
    return this.endOffset;
  }

  readonly mayBeCompacted: boolean = false;

  async giveUp(_lost: readonly OffsetRange[], _mayGoOn: () => boolean): Promise<readonly OffsetRange[]> {
    return [];
  }

  #take(bytes: Buffer): void {
    this.batches.push(bytes);
    this.endOffset = batchNextOffset(defined(bytes, 'a batch'), 0);
    if (this.#autoSync) this.sync();
  }
}
