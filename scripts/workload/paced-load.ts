import type { ClientHistory } from '../../src/simulation/checkers/client-history.js';
import type { DeliveryLedger } from './delivery-ledger.js';
import { TAG_HEADER, encodeTag, recordChecksum } from './record-tag.js';
import type { SilenceMeter } from './silence-meter.js';

/** What of a producer is used here. */
export interface RecordSink {
  /** Throws where it has no room. */
  produce(
    record: {
      readonly topic: string;
      readonly key: string;
      readonly value: Buffer;
      readonly headers: readonly { readonly key: string; readonly value: Buffer }[];
    },
    onDelivery: (
      error: Error | null,
      metadata: { readonly partition: number; readonly offset: bigint } | undefined,
    ) => void,
  ): boolean;
}

export interface PacedLoadOptions {
  readonly sink: RecordSink;
  readonly ledger: DeliveryLedger;
  readonly silence: SilenceMeter;
  readonly history?: ClientHistory;
  readonly topic: string;
  /** Goes into each record's tag. */
  readonly producer: number;
  readonly recordsPerSecond: number;
  readonly nextRecord: () => { readonly key: string; readonly value: Buffer };
}

const TICK_MS = 2;

/** Sends records at a fixed rate by the clock, whatever becomes of them: it never waits for an acknowledgement. */
export class PacedLoad {
  readonly #options: PacedLoadOptions;
  #timer: NodeJS.Timeout | undefined;
  #startMs = 0;
  #due = 0;
  #refused = 0;
  #firstFailure: Error | undefined;

  constructor(options: PacedLoadOptions) {
    this.#options = options;
  }

  /** Records that were due and that the producer, or the books, had no room for: each is a pause of the input. */
  get refusedCount(): number {
    return this.#refused;
  }

  get firstFailure(): Error | undefined {
    return this.#firstFailure;
  }

  start(): void {
    this.#startMs = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const due = Math.floor(((performance.now() - this.#startMs) / 1000) * this.#options.recordsPerSecond);
    for (; this.#due < due; this.#due++) this.#send();
  }

  #send(): void {
    const { sink, ledger, silence, topic, producer, history } = this.#options;
    if (!ledger.hasRoom) {
      this.#refused += 1;
      return;
    }
    const number = ledger.nextNumber;
    const { key, value } = this.#options.nextRecord();
    const headers = [{ key: TAG_HEADER, value: encodeTag(producer, number) }];
    try {
      sink.produce({ topic, key, value, headers }, (error, metadata) => {
        // What a callback throws, its producer keeps to itself: that a record was told of twice, say.
        try {
          if (metadata === undefined) {
            this.#firstFailure ??= error ?? undefined;
            ledger.failed(number);
            history?.notAcknowledged(producer, number, error);
            return;
          }
          const offset = Number(metadata.offset);
          ledger.acknowledged(number, metadata.partition, offset);
          history?.acknowledged(producer, number, metadata.partition, offset);
          silence.acknowledged(metadata.partition);
        } catch (thrown) {
          this.#failed(thrown);
        }
      });
    } catch (error) {
      this.#failed(error);
      this.#refused += 1;
      return;
    }
    ledger.sent(recordChecksum(key, value));
    history?.sent(producer);
  }

  #failed(error: unknown): void {
    this.#firstFailure ??= error instanceof Error ? error : new Error(String(error));
  }
}
