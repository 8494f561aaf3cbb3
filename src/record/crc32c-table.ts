/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) in plain TypeScript, eight bytes a step ("slicing-by-8", Kounavis
 * and Berry 2005). It is the reference that the native one is tested against, the fall-back where no native binary
 * exists, and the faster of the two for short input, where the call into native code costs more than the sum.
 */

const POLYNOMIAL = 0x82f63b78;
const SLICES = 8;

/** Row k, at k * 256, holds the CRC of each byte value followed by k zero bytes. Written once, here. */
const TABLE = makeTable();

function makeTable(): Int32Array {
  const table = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    table[byte] = crc;
  }
  for (let index = 256; index < table.length; index++) {
    const previous = table[index - 256] as number;
    table[index] = (previous >>> 8) ^ (table[previous & 0xff] as number);
  }
  return table;
}

/**
 * The CRC-32C of `bytes[start, end)` as an unsigned 32-bit number, continuing from `seed` (the CRC of what came before,
 * 0 for nothing). Requires 0 <= start <= end <= bytes.length.
 */
export function crc32cByTable(bytes: Uint8Array, start: number, end: number, seed = 0): number {
  const table = TABLE;
  let crc = ~seed;
  let at = start;
  // The casts only say what the caller ensured: every index below is inside `bytes` or the table.
  for (const last = end - SLICES; at <= last; at += SLICES) {
    crc =
      (table[0x700 | ((crc ^ (bytes[at] as number)) & 0xff)] as number) ^
      (table[0x600 | (((crc >>> 8) ^ (bytes[at + 1] as number)) & 0xff)] as number) ^
      (table[0x500 | (((crc >>> 16) ^ (bytes[at + 2] as number)) & 0xff)] as number) ^
      (table[0x400 | ((crc >>> 24) ^ (bytes[at + 3] as number))] as number) ^
      (table[0x300 | (bytes[at + 4] as number)] as number) ^
      (table[0x200 | (bytes[at + 5] as number)] as number) ^
      (table[0x100 | (bytes[at + 6] as number)] as number) ^
      (table[bytes[at + 7] as number] as number);
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}
