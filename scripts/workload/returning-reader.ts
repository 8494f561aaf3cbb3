import { VarveError } from '../../src/common/errors.js';
import type { ClientHistory } from '../../src/simulation/checkers/client-history.js';
import { tagOf } from './live-reader.js';
import type { BatchSource } from './live-reader.js';

export interface ReturningSource extends BatchSource {
  close(): Promise<void>;
}

export interface ReturningReaderOptions {
  readonly history: ClientHistory;
  /** A new consumer, at places that were read before. */
  readonly open: () => Promise<ReturningSource>;
  readonly lifeMs: number;
}

/** Comes back again and again, a new consumer each time, and reads anew what others have read: it must be the same. */
export class ReturningReader {
  readonly #options: ReturningReaderOptions;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #failure: Error | undefined;
  #records = 0;

  constructor(options: ReturningReaderOptions) {
    this.#options = options;
    this.#running = this.#run();
  }

  /** Why reading ended before `stop`. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Records that were read anew. */
  get recordCount(): number {
    return this.#records;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted && this.#failure === undefined) {
      const life = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(this.#options.lifeMs)]);
      let source: ReturningSource | undefined;
      try {
        source = await this.#options.open();
        await this.#read(source, life);
      } catch (error) {
        const isFault = error instanceof VarveError && error.retriable;
        if (!life.aborted && !isFault) this.#failure = error instanceof Error ? error : new Error(String(error));
      } finally {
        await source?.close();
      }
    }
  }

  async #read(source: ReturningSource, signal: AbortSignal): Promise<void> {
    const reader = this.#options.history.newReader();
    for await (const batch of source.batches({ signal })) {
      reader.poll();
      batch.scan((record) => {
        const tag = tagOf(record);
        if (tag === undefined) return;
        reader.read(batch.partition, record.offset, tag);
        this.#records += 1;
      });
    }
  }
}
