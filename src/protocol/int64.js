// 64-bit varints as numbers. protobufjs gives Long objects where the `long` package is installed; the generated modules
// read through these instead (see scripts/generate-protocol.sh). Exact within +-2^53, as every offset and id is.

let low = 0;
let high = 0;

function readVarint(reader) {
  const { buf, len } = reader;
  let position = reader.pos;
  low = 0;
  high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (position >= len) throw new RangeError(`a 64-bit varint is cut off at ${position}`);
    const byte = buf[position++];
    const bits = byte & 0x7f;
    if (shift < 28) low |= bits << shift;
    else if (shift === 28) {
      low |= bits << 28;
      high = bits >>> 4;
    } else if (shift < 63) high |= bits << (shift - 32);
    else high |= (bits & 1) << 31;
    if (byte < 0x80) {
      reader.pos = position;
      return;
    }
  }
  throw new RangeError(`a 64-bit varint is longer than 10 bytes at ${reader.pos}`);
}

/** Reads an int64 field. */
export function int64(reader) {
  readVarint(reader);
  return (high | 0) * 4294967296 + (low >>> 0);
}

/** Reads a uint64 field. */
export function uint64(reader) {
  readVarint(reader);
  return (high >>> 0) * 4294967296 + (low >>> 0);
}
