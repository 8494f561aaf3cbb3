import { topicPartitionKey } from '../../common/ids.js';
import type { Clock } from '../../platform/clock.js';
import type { RpcStream } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';

const { ConsumeRequest, ConsumeResponse } = varve.v1;

/** What a node takes in one message. */
const MAX_POSITIONS = 10_000;

export interface ReadStreamEvents {
  onRecords(stream: ReadStream, records: varve.v1.IPartitionRecords): void;
  onClosed(stream: ReadStream, error: Error | undefined): void;
}

/** One Consume stream to one node. Positions set in one turn travel together, of each partition the last word. */
export class ReadStream {
  readonly key: string;
  readonly #stream: RpcStream;
  readonly #clock: Clock;
  readonly #first: varve.v1.IConsumeRequest;
  readonly #positions = new Map<string, varve.v1.IConsumePosition>();
  #flushScheduled = false;
  #closed = false;

  constructor(
    key: string,
    stream: RpcStream,
    clock: Clock,
    events: ReadStreamEvents,
    options: { readonly isolation: varve.v1.IsolationLevel; readonly maxResponseBytes: number },
  ) {
    this.key = key;
    this.#stream = stream;
    this.#clock = clock;
    this.#first = {
      isolation_level: options.isolation,
      as_record_batches: true,
      max_response_bytes: options.maxResponseBytes,
    };
    stream.onMessage((bytes) => {
      for (const records of ConsumeResponse.decode(bytes).partitions) {
        if (this.#closed) return;
        events.onRecords(this, records);
      }
    });
    stream.onDrain(() => {});
    stream.onEnd(() => {});
    stream.onClose((error) => {
      if (this.#closed) return;
      this.#closed = true;
      events.onClosed(this, error);
    });
  }

  set(position: varve.v1.IConsumePosition): void {
    this.#positions.set(topicPartitionKey(position.topic ?? '', position.partition ?? 0), position);
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    this.#clock.defer(() => {
      this.#flushScheduled = false;
      if (this.#closed) return;
      const all = [...this.#positions.values()];
      this.#positions.clear();
      for (let from = 0; from < all.length; from += MAX_POSITIONS) {
        const positions = all.slice(from, from + MAX_POSITIONS);
        this.#stream.send(ConsumeRequest.encode({ ...this.#first, positions }).finish());
      }
    });
  }

  remove(topic: string, partition: number): void {
    this.set({ topic, partition, remove: true });
  }

  pause(): void {
    this.#stream.pause();
  }

  resume(): void {
    this.#stream.resume();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stream.cancel();
  }
}
