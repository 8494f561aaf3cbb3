import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import { type LogRead, logRead } from './replica-log.js';

/** A leader's partition as a reader sees it. */
export interface TailSource {
  /** Exclusive bound of what this reader may see now. */
  end(): Offset;
  /** Why the node serves it no longer, if so. */
  closed(): VarveError | undefined;
  /** Whether a read at `offset` is answered at once; where it is not, it takes memory until the disk has answered. */
  isInMemory(offset: Offset): boolean;
  /** Throws or rejects with OFFSET_OUT_OF_RANGE, CORRUPT_MESSAGE, KAFKA_STORAGE_ERROR. */
  read(offset: Offset, maxBytes: number, upToOffset: Offset): Buffer[] | Promise<Buffer[]>;
  /** Calls `listener` whenever `end` or `closed` may have changed; gives the way to stop. */
  subscribe(listener: () => void): () => void;
}

/** One partition that is being tailed. */
export class Tail<Key> {
  position: Offset;
  ready = false;
  reading = false;
  removed = false;
  unsubscribe: () => void = () => {};

  constructor(
    readonly key: Key,
    readonly source: TailSource,
    position: Offset,
  ) {
    this.position = position;
  }
}

export interface TailSink<Key> {
  /** Whether more may be emitted now; when it turns true again the sink calls `schedule`. */
  open(): boolean;
  /** How much may be read from disks at once, of all tails together: what is read is emitted, whatever `open` says by then. */
  readAheadBytes(): number;
  emit(tail: Tail<Key>, read: LogRead): void;
  /** The tail was taken off. */
  failed(tail: Tail<Key>, error: VarveError): void;
  /** All that can be emitted at this time was: send it. */
  flush(): void;
}

export interface ChunkBounds {
  /** Bytes of one tail in one turn, but always at least one batch. */
  readonly chunkBytes: number;
  /** The same of a read of the disk while other tails are ready or read too: smaller ones, so that several are under way. */
  readonly sharedChunkBytes: number;
}

/** Tails first in, first out. */
class TailQueue<Key> {
  #tails: Tail<Key>[] = [];
  #head = 0;

  get isEmpty(): boolean {
    return this.#head === this.#tails.length;
  }

  push(tail: Tail<Key>): void {
    this.#tails.push(tail);
  }

  shift(): Tail<Key> | undefined {
    const tail = this.#tails[this.#head];
    if (tail === undefined) return undefined;
    this.#head++;
    // Nothing that was served is kept from the collector by its place in the queue for long.
    if (this.isEmpty) this.clear();
    else if (this.#head > 1024) {
      this.#tails = this.#tails.slice(this.#head);
      this.#head = 0;
    }
    return tail;
  }

  clear(): void {
    this.#tails = [];
    this.#head = 0;
  }
}

/**
 * Feeds one reader from many partitions as they grow: fair (first ready, first served, one chunk at a time), woken and
 * never polling, and stopped while the sink is full. It gathers all that became ready in one turn of work into one flush.
 * Tails whose records are in memory do not wait for those that are read from a disk.
 */
export class TailPump<Key> {
  readonly #sink: TailSink<Key>;
  readonly #bounds: ChunkBounds;
  readonly #gather: (work: () => void) => void;
  readonly #ready = new TailQueue<Key>();
  /** Ready as well, and first when the disk may be read again. */
  readonly #forDisk = new TailQueue<Key>();
  /** What the reads under way may bring, those of tails that were removed since, too: each holds its memory until it ends. */
  #readingBytes = 0;
  #scheduled = false;
  #stopped = false;

  /** `gather` runs its work soon: all that is appended until then goes out together. */
  constructor(sink: TailSink<Key>, bounds: ChunkBounds, gather: (work: () => void) => void) {
    this.#sink = sink;
    this.#bounds = bounds;
    this.#gather = gather;
  }

  add(key: Key, source: TailSource, position: Offset): Tail<Key> {
    const tail = new Tail(key, source, position);
    tail.unsubscribe = source.subscribe(() => this.#wake(tail));
    this.#wake(tail);
    return tail;
  }

  remove(tail: Tail<Key>): void {
    tail.removed = true;
    tail.unsubscribe();
  }

  stop(): void {
    this.#stopped = true;
    this.#ready.clear();
    this.#forDisk.clear();
  }

  /** Looks for work soon; the sink calls it when it opens again. */
  schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    this.#gather(() => {
      this.#scheduled = false;
      this.#pump();
    });
  }

  #wake(tail: Tail<Key>): void {
    if (tail.ready || tail.reading || tail.removed) return;
    tail.ready = true;
    this.#ready.push(tail);
    this.schedule();
  }

  /** The next tail that may be served now. */
  #next(): Tail<Key> | undefined {
    if (!this.#forDisk.isEmpty && this.#mayReadDisk()) return this.#forDisk.shift();
    for (;;) {
      const tail = this.#ready.shift();
      if (tail === undefined || tail.removed || this.#readingBytes === 0) return tail;
      if (tail.source.isInMemory(tail.position) || this.#mayReadDisk()) return tail;
      this.#forDisk.push(tail);
    }
  }

  /** One read is under way in any case, and more only within the bound. */
  #mayReadDisk(): boolean {
    if (this.#readingBytes === 0) return true;
    return this.#readingBytes + this.#bounds.sharedChunkBytes <= this.#sink.readAheadBytes();
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#sink.open()) {
      const tail = this.#next();
      if (tail === undefined) break;
      tail.ready = false;
      if (!tail.removed) this.#serve(tail);
    }
    this.#sink.flush();
  }

  /** Alone it reads as much as it may. */
  #maxBytes(tail: Tail<Key>): number {
    const { chunkBytes, sharedChunkBytes } = this.#bounds;
    if (chunkBytes === sharedChunkBytes) return chunkBytes;
    const isAlone = this.#readingBytes === 0 && this.#ready.isEmpty && this.#forDisk.isEmpty;
    return isAlone || tail.source.isInMemory(tail.position) ? chunkBytes : sharedChunkBytes;
  }

  #serve(tail: Tail<Key>): void {
    const closed = tail.source.closed();
    if (closed !== undefined) {
      this.#fail(tail, closed);
      return;
    }
    const end = tail.source.end();
    if (tail.position >= end) return;
    const maxBytes = this.#maxBytes(tail);
    let read: Buffer[] | Promise<Buffer[]>;
    try {
      read = tail.source.read(tail.position, maxBytes, end);
    } catch (error) {
      this.#fail(tail, error);
      return;
    }
    if (!(read instanceof Promise)) {
      this.#emit(tail, logRead(tail.position, read), end);
      return;
    }
    tail.reading = true;
    this.#readingBytes += maxBytes;
    read.then(
      (value) => {
        if (!this.#readEnded(tail, maxBytes)) return;
        this.#emit(tail, logRead(tail.position, value), end);
        // Nor has its end, which it told once.
        if (tail.source.closed() !== undefined) this.#wake(tail);
      },
      (error: unknown) => {
        if (this.#readEnded(tail, maxBytes)) this.#fail(tail, error);
      },
    );
  }

  /** False when nobody wants it any more. Whoever waits for the disk is looked at soon. */
  #readEnded(tail: Tail<Key>, maxBytes: number): boolean {
    tail.reading = false;
    this.#readingBytes -= maxBytes;
    this.schedule();
    return !tail.removed && !this.#stopped;
  }

  /** `end` is the bound of the read: what came after it while the disk was read has woken nobody. */
  #emit(tail: Tail<Key>, read: LogRead, end: Offset): void {
    const moved = read.nextOffset > tail.position;
    tail.position = Math.max(tail.position, read.nextOffset);
    if (read.sizeBytes > 0) this.#sink.emit(tail, read);
    const now = tail.source.end();
    if (moved ? tail.position < now : now > end) this.#wake(tail);
  }

  #fail(tail: Tail<Key>, error: unknown): void {
    if (!(error instanceof VarveError)) throw error;
    this.remove(tail);
    this.#sink.failed(tail, error);
  }
}
