import protobuf from 'protobufjs/minimal.js';
import { assert } from '../common/assert.js';
import type { DecodableType } from '../common/decode-message.js';
import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';

/** A field that may come many times. */
export interface RepeatedField {
  /** Of one message. */
  readonly most?: number;
  /** Where its values are messages with such fields of their own. */
  readonly within?: RepeatedFields;
}

/** By name, as in the .proto. */
export type RepeatedFields = Readonly<Record<string, RepeatedField>>;

/** Values of repeated fields of one message, at all depths together. */
const MAX_VALUES = 100_000;
/** Ten a value: the fullest that the .proto has, a configuration's change, takes eight. */
const MAX_READS = 10 * MAX_VALUES;

/**
 * Decodes a stranger's message. An empty value takes two bytes on the wire and two hundred as an object: by size alone a
 * message could cost a hundred times its bytes. So the decoder itself is bounded in what it reads, and what it has made
 * of it is then held against `fields`; counting beforehand would take a second parser that agrees with the decoder on
 * malformed input, too. Throws INVALID_REQUEST.
 */
export function decodeBounded<Message>(
  type: DecodableType<Message>,
  bytes: Uint8Array,
  fields: RepeatedFields,
): Message {
  // Of fewer bytes there is nothing to count.
  if (bytes.length <= MAX_VALUES / 10) return decodeMessage(type, bytes);
  const message = decodeMessage(type, new BoundedReader(type.name, bytes));
  new Tally(type.name).add(message, fields);
  return message;
}

/** Each tag and each length of a value is one `uint32` of the decoder, whatever it takes the value for. */
class BoundedReader extends protobuf.BufferReader {
  readonly #type: string;
  #left = MAX_READS;

  constructor(type: string, bytes: Uint8Array) {
    super(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    this.#type = type;
  }

  override uint32(): number {
    this.#left -= 1;
    if (this.#left < 0) refuse(this.#type, MAX_READS, 'tags and lengths');
    return super.uint32();
  }
}

class Tally {
  readonly #type: string;
  #total = 0;

  constructor(type: string) {
    this.#type = type;
  }

  add(message: unknown, fields: RepeatedFields): void {
    for (const [name, { most = Infinity, within }] of Object.entries(fields)) {
      const values = valuesOf(message, name);
      this.#total += values.length;
      if (values.length > most) refuse(this.#type, most, name);
      if (this.#total > MAX_VALUES) refuse(this.#type, MAX_VALUES, 'values in all');
      if (within !== undefined) for (const value of values) this.add(value, within);
    }
  }
}

function valuesOf(message: unknown, name: string): readonly unknown[] {
  assert(typeof message === 'object' && message !== null, 'what has fields is a message');
  const values: unknown = Reflect.get(message, name);
  if (Array.isArray(values)) return values;
  assert(typeof values === 'object' && values !== null, `${name} is a repeated field or a map`);
  return Object.keys(values);
}

function refuse(type: string, most: number, what: string): never {
  throw new VarveError('INVALID_REQUEST', `A ${type} holds at most ${most} ${what}: send several of them.`);
}
