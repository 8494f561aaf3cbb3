import { readHeaders } from '../../record/record-cursor.js';
import type { RecordCursor, RecordHeader } from '../../record/record-cursor.js';
import type { Deserializer } from '../serializers.js';

/** Where a record's bytes come from, and how they are read; one for all records of a partition. */
export interface RecordSource<Key, Value> {
  readonly topic: string;
  readonly partition: number;
  readonly keyDeserializer: Deserializer<Key>;
  readonly valueDeserializer: Deserializer<Value>;
}

/** What a record consists of, as a plain object. */
export interface RecordFields<Key, Value> {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: number;
  readonly key: Key;
  readonly value: Value;
  readonly headers: readonly RecordHeader[];
}

const NO_HEADERS: readonly RecordHeader[] = [];

/** Where headers stand that nobody has asked for: a batch may hold more of them than there is room for as objects. */
class UnreadHeaders {
  constructor(
    readonly bytes: Buffer,
    readonly start: number,
    readonly count: number,
  ) {}
}

/**
 * One record. Keys, values, headers and offsets are made when they are asked for. Bytes are slices of what was received: a
 * program that keeps few of many records for long copies them (`Buffer.from`).
 */
export class ConsumerRecord<Key = Buffer | null, Value = Buffer | null> {
  /** Unix milliseconds; -1 where the producer gave none. */
  readonly timestamp: number;
  readonly #source: RecordSource<Key, Value>;
  readonly #offset: number;
  readonly #bytes: Buffer;
  readonly #keyStart: number;
  readonly #keyEnd: number;
  readonly #valueStart: number;
  readonly #valueEnd: number;
  #headers: readonly RecordHeader[] | UnreadHeaders;

  constructor(source: RecordSource<Key, Value>, cursor: RecordCursor) {
    this.timestamp = cursor.timestamp;
    this.#source = source;
    this.#offset = cursor.offset;
    this.#bytes = cursor.bytes;
    this.#keyStart = cursor.keyStart;
    this.#keyEnd = cursor.keyEnd;
    this.#valueStart = cursor.valueStart;
    this.#valueEnd = cursor.valueEnd;
    const { bytes, headersStart, headerCount } = cursor;
    this.#headers = headerCount === 0 ? NO_HEADERS : new UnreadHeaders(bytes, headersStart, headerCount);
  }

  /** The offset as the client counts it inside. */
  static offsetOf(record: ConsumerRecord<unknown, unknown>): number {
    return record.#offset;
  }

  get topic(): string {
    return this.#source.topic;
  }

  get partition(): number {
    return this.#source.partition;
  }

  get offset(): bigint {
    return BigInt(this.#offset);
  }

  /** In their order; made at the first call. */
  get headers(): readonly RecordHeader[] {
    const headers = this.#headers;
    if (!(headers instanceof UnreadHeaders)) return headers;
    const read = readHeaders(headers.bytes, headers.start, headers.count);
    this.#headers = read;
    return read;
  }

  /** Throws what the deserializer throws. */
  get key(): Key {
    const bytes = this.#keyStart < 0 ? null : this.#bytes.subarray(this.#keyStart, this.#keyEnd);
    return this.#source.keyDeserializer(bytes, this.#source.topic);
  }

  /** The whole record, as `console.log` and other tools show it. Throws what the deserializers throw. */
  toObject(): RecordFields<Key, Value> {
    const { topic, partition, offset, timestamp, key, value, headers } = this;
    return { topic, partition, offset, timestamp, key, value, headers };
  }

  /** As `toObject`, for JSON.stringify: the offset is a number, and bytes are text in UTF-8. */
  toJSON(): object {
    const text = (data: unknown): unknown => (Buffer.isBuffer(data) ? data.toString() : data);
    const headers = this.headers.map(({ key, value }) => ({ key, value: text(value) }));
    return { ...this.toObject(), offset: this.#offset, key: text(this.key), value: text(this.value), headers };
  }

  [Symbol.for('nodejs.util.inspect.custom')](): RecordFields<Key, Value> {
    return this.toObject();
  }

  /** Throws what the deserializer throws. */
  get value(): Value {
    const bytes = this.#valueStart < 0 ? null : this.#bytes.subarray(this.#valueStart, this.#valueEnd);
    return this.#source.valueDeserializer(bytes, this.#source.topic);
  }
}
