/**
 * The zig-zag varints of a record (ByteUtils.java): sizes and writers. Reading is part of RecordCursor, which has the
 * position that it moves. A varint is an int32 in at most 5 bytes, a varlong a safe integer in at most 8.
 */

const TWO_28 = 0x1000_0000;

/** Bytes that `writeVarint` takes for the int32 `value`. */
export function varintSize(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  if (zigzag < 0x80) return 1;
  return Math.ceil((32 - Math.clz32(zigzag)) / 7);
}

/** Writes the int32 `value` at `position` and returns the position behind it. */
export function writeVarint(buffer: Buffer, position: number, value: number): number {
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  let at = position;
  while (rest > 0x7f) {
    buffer[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  buffer[at++] = rest;
  return at;
}

/** Bytes that `writeVarlong` takes for the safe integer `value`. */
export function varlongSize(value: number): number {
  if (value >= -0x4000_0000 && value < 0x4000_0000) return varintSize(value);
  // The zig-zag of v is 2v or -2v - 1: below 2^35 that is 5 bytes, and 7 bits more for each further one.
  let limit = 2 ** 34;
  let size = 5;
  const magnitude = value < 0 ? -value - 1 : value;
  while (magnitude >= limit) {
    limit *= 128;
    size++;
  }
  return size;
}

/** Writes the safe integer `value` at `position` and returns the position behind it. */
export function writeVarlong(buffer: Buffer, position: number, value: number): number {
  if (value >= -0x4000_0000 && value < 0x4000_0000) return writeVarint(buffer, position, value);
  // Split as zig-zag = high * 2^28 + low, since the zig-zag of a safe integer may need 54 bits.
  const magnitude = value < 0 ? -value - 1 : value;
  const low = ((magnitude % (TWO_28 / 2)) << 1) | (value < 0 ? 1 : 0);
  let high = Math.floor(magnitude / (TWO_28 / 2));
  let at = position;
  for (let shift = 0; shift < 28; shift += 7) buffer[at++] = ((low >>> shift) & 0x7f) | 0x80;
  while (high > 0x7f) {
    buffer[at++] = (high % 0x80) | 0x80;
    high = Math.floor(high / 0x80);
  }
  buffer[at++] = high;
  return at;
}
