/**
 * MurmurHash2, 32 bits, with Kafka's seed (org.apache.kafka.common.utils.Utils.murmur2): it decides which partition a key
 * lives in, for every Kafka client alike.
 */
const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** A signed 32-bit hash, as Java's is. */
export function murmur2(data: Uint8Array): number {
  const { length } = data;
  const view = new DataView(data.buffer, data.byteOffset, length);
  let h = SEED ^ length;
  let position = 0;
  for (; position + 4 <= length; position += 4) {
    let k = view.getInt32(position, true);
    k = Math.imul(k, M);
    k ^= k >>> R;
    k = Math.imul(k, M);
    h = Math.imul(h, M) ^ k;
  }
  let tail = 0;
  for (let left = length - position; left > 0; left -= 1) tail = (tail << 8) | view.getUint8(position + left - 1);
  if (position < length) h = Math.imul(h ^ tail, M);
  h ^= h >>> 13;
  h = Math.imul(h, M);
  return h ^ (h >>> 15);
}

/** Kafka's partition of a key: `toPositive(murmur2(key)) % partitionCount`. */
export function partitionForKey(key: Uint8Array, partitionCount: number): number {
  return (murmur2(key) & 0x7fffffff) % partitionCount;
}
