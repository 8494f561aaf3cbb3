import type { DecodableType } from '../common/decode-message.js';
import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';

/** A field that may come many times. */
export interface RepeatedField {
  /** In the words of the .proto, for the error. */
  readonly name: string;
  /** Of one message; of the fields of a message one has it. */
  readonly most?: number;
  /** Its values are numbers, of which one field may hold many. */
  readonly packed?: boolean;
  /** Where its values are messages with such fields of their own. */
  readonly within?: RepeatedFields;
}

/** By field number. */
export type RepeatedFields = Readonly<Record<number, RepeatedField>>;

/** Values of repeated fields of one message, at all depths together. */
const MAX_VALUES = 100_000;

/**
 * Decodes a stranger's message once its repeated fields are counted. An empty value takes two bytes on the wire and two
 * hundred as an object: by size alone a message could cost a hundred times its bytes. Throws INVALID_REQUEST.
 */
export function decodeBounded<Message>(
  type: DecodableType<Message>,
  bytes: Uint8Array,
  fields: RepeatedFields,
): Message {
  // Of fewer bytes there is nothing to count.
  if (bytes.length > MAX_VALUES / 10) new Counter(type.name, bytes).count(fields, 0, bytes.length);
  return decodeMessage(type, bytes);
}

class Counter {
  readonly #type: string;
  readonly #bytes: Uint8Array;
  #position = 0;
  #total = 0;

  constructor(type: string, bytes: Uint8Array) {
    this.#type = type;
    this.#bytes = bytes;
  }

  /** Goes over the fields of the message at start .. end; what is malformed is left to the decoder, which says so. */
  count(fields: RepeatedFields, start: number, end: number): void {
    let seen = 0;
    this.#position = start;
    while (this.#position < end) {
      const tag = this.#varint();
      const field = fields[tag >>> 3];
      if (field !== undefined) {
        this.#add(1);
        if (field.most !== undefined && ++seen > field.most) this.#refuse(field.most, field.name);
      }
      if (!this.#skip(tag & 7, field, end)) return;
    }
  }

  #add(values: number): void {
    this.#total += values;
    if (this.#total > MAX_VALUES) this.#refuse(MAX_VALUES, 'values in all');
  }

  /** Moves over a value, counting within it; false where that is not to be told. */
  #skip(wireType: number, field: RepeatedField | undefined, end: number): boolean {
    if (wireType === 0) this.#varint();
    else if (wireType === 1) this.#position += 8;
    else if (wireType === 5) this.#position += 4;
    else if (wireType === 2) {
      const length = this.#varint();
      const valueEnd = this.#position + length;
      if (valueEnd > end) return false;
      if (field?.within !== undefined) this.count(field.within, this.#position, valueEnd);
      else if (field?.packed === true) this.#add(this.#varintsTo(valueEnd));
      this.#position = valueEnd;
    } else return false;
    return true;
  }

  #varintsTo(end: number): number {
    let count = 0;
    for (let at = this.#position; at < end; at += 1) if ((this.#bytes[at] ?? 0) < 0x80) count += 1;
    return count;
  }

  /** As far as tags and lengths need it: below 2^32. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 64; shift += 7) {
      const byte = this.#bytes[this.#position++] ?? 0;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  #refuse(most: number, what: string): never {
    throw new VarveError('INVALID_REQUEST', `A ${this.#type} holds at most ${most} ${what}: send several of them.`);
  }
}
