import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import { type LogRead, logRead } from './replica-log.js';

/** A leader's partition as a reader sees it. */
export interface TailSource {
  /** Exclusive bound of what this reader may see now. */
  end(): Offset;
  /** Why the node serves it no longer, if so. */
  closed(): VarveError | undefined;
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
  /** Whether more may be emitted now; when it turns true again the sink calls `pump`. */
  open(): boolean;
  emit(tail: Tail<Key>, read: LogRead): void;
  /** The tail was taken off. */
  failed(tail: Tail<Key>, error: VarveError): void;
  /** All that can be emitted at this time was: send it. */
  flush(): void;
}

/**
 * Feeds one reader from many partitions as they grow: fair (first ready, first served, one chunk at a time), woken and
 * never polling, and stopped while the sink is full. It gathers all that became ready in one turn of work into one flush.
 */
export class TailPump<Key> {
  readonly #sink: TailSink<Key>;
  readonly #chunkBytes: number;
  readonly #gather: (work: () => void) => void;
  #ready: Tail<Key>[] = [];
  #head = 0;
  #scheduled = false;
  #stopped = false;

  /** `gather` runs its work soon: all that is appended until then goes out together. */
  constructor(sink: TailSink<Key>, chunkBytes: number, gather: (work: () => void) => void) {
    this.#sink = sink;
    this.#chunkBytes = chunkBytes;
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
    this.#ready = [];
    this.#head = 0;
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

  #next(): Tail<Key> | undefined {
    const tail = this.#ready[this.#head];
    if (tail === undefined) {
      this.#ready = [];
      this.#head = 0;
      return undefined;
    }
    this.#head++;
    if (this.#head > 1024) {
      this.#ready = this.#ready.slice(this.#head);
      this.#head = 0;
    }
    tail.ready = false;
    return tail;
  }

  #pump(): void {
    if (this.#stopped) return;
    while (this.#sink.open()) {
      const tail = this.#next();
      if (tail === undefined) break;
      if (!tail.removed) this.#serve(tail);
    }
    this.#sink.flush();
  }

  #serve(tail: Tail<Key>): void {
    const closed = tail.source.closed();
    if (closed !== undefined) {
      this.#fail(tail, closed);
      return;
    }
    const end = tail.source.end();
    if (tail.position >= end) return;
    let read: Buffer[] | Promise<Buffer[]>;
    try {
      read = tail.source.read(tail.position, this.#chunkBytes, end);
    } catch (error) {
      this.#fail(tail, error);
      return;
    }
    if (!(read instanceof Promise)) {
      this.#emit(tail, logRead(tail.position, read), end);
      return;
    }
    tail.reading = true;
    read.then(
      (value) => {
        tail.reading = false;
        if (tail.removed || this.#stopped) return;
        this.#emit(tail, logRead(tail.position, value), end);
        // Nor has its end, which it told once.
        if (tail.source.closed() !== undefined) this.#wake(tail);
        this.schedule();
      },
      (error: unknown) => {
        tail.reading = false;
        if (tail.removed || this.#stopped) return;
        this.#fail(tail, error);
        this.schedule();
      },
    );
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
