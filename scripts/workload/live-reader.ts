import type { ClientHistory, RecordTag } from '../../src/simulation/checkers/client-history.js';
import type { DeliveryLedger } from './delivery-ledger.js';
import { TAG_HEADER, decodeTag, recordChecksum } from './record-tag.js';

export interface ReadRecord {
  readonly offset: number;
  readonly bytes: Buffer;
  readonly keyStart: number;
  readonly keyEnd: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  headers(): readonly { readonly key: string; readonly value: Buffer | null }[];
}

/** What of a consumer is used here. */
export interface BatchSource {
  batches(options: { readonly signal: AbortSignal }): AsyncIterable<{
    readonly partition: number;
    scan(visit: (record: ReadRecord) => void): void;
  }>;
}

/** Reads everything that a consumer gives and books it in the ledger of its producer. */
export class LiveReader {
  readonly #stop = new AbortController();
  readonly #history: ClientHistory | undefined;
  readonly #running: Promise<void>;
  #failure: Error | undefined;
  #untagged = 0;

  /** `ledgers`: by the producer number of the tags. */
  constructor(source: BatchSource, ledgers: readonly DeliveryLedger[], history?: ClientHistory) {
    this.#history = history;
    this.#running = this.#run(source, ledgers).catch((error: unknown) => {
      if (this.#stop.signal.aborted) return;
      this.#failure = error instanceof Error ? error : new Error(String(error));
    });
  }

  /** Why reading ended before `stop`. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Records that no load here sent. */
  get untaggedCount(): number {
    return this.#untagged;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(source: BatchSource, ledgers: readonly DeliveryLedger[]): Promise<void> {
    const reader = this.#history?.newReader();
    for await (const batch of source.batches({ signal: this.#stop.signal })) {
      reader?.poll();
      batch.scan((record) => {
        const tag = this.#book(record, batch.partition, ledgers);
        if (tag !== undefined) reader?.read(batch.partition, record.offset, tag);
      });
    }
  }

  #book(record: ReadRecord, partition: number, ledgers: readonly DeliveryLedger[]): RecordTag | undefined {
    const tag = tagOf(record);
    const ledger = tag === undefined ? undefined : ledgers[tag.producer];
    if (tag === undefined || ledger === undefined) {
      this.#untagged += 1;
      return undefined;
    }
    ledger.read(tag.number, partition, record.offset, checksumOf(record));
    return tag;
  }
}

export function tagOf(record: ReadRecord): RecordTag | undefined {
  return decodeTag(record.headers().find((header) => header.key === TAG_HEADER)?.value);
}

export function checksumOf(record: ReadRecord): number {
  const { bytes } = record;
  const key = record.keyStart < 0 ? null : bytes.subarray(record.keyStart, record.keyEnd);
  const value = record.valueStart < 0 ? null : bytes.subarray(record.valueStart, record.valueEnd);
  return recordChecksum(key, value);
}
