import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import t from 'tap';
import { RECORDS_AT, batchSizeBytes, CompressionCodec } from '../../src/record/batch-header.js';
import { compressRecords, decompressRecords, prepareCodec } from '../../src/record/compression.js';
import { xxh32Short } from '../../src/record/xxh32.js';

const codecs = [CompressionCodec.gzip, CompressionCodec.snappy, CompressionCodec.lz4, CompressionCodec.zstd];
const MIB = 1 << 20;

/** The records section of the first batch that Kafka's Java client compressed. */
function kafkaSection(folder: string): Buffer {
  const log = readFileSync(`test/fixtures/kafka/segments/${folder}/00000000000000000000.log`);
  return log.subarray(RECORDS_AT, batchSizeBytes(log, 0));
}

/** Half text, half noise: some blocks compress, others are stored. */
function sample(sizeBytes: number): Buffer {
  const data = Buffer.alloc(sizeBytes, 'varve upon varve, ');
  let state = 1;
  for (let at = sizeBytes >> 1; at < sizeBytes; at++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    data[at] = state >>> 24;
  }
  return data;
}

t.before(async () => prepareCodec(CompressionCodec.zstd));

t.test('round trips, over the block sizes of the formats', async (t) => {
  for (const codec of codecs) {
    for (const size of [0, 1, 100, 32768, 32769, 65536, 65537, 300_000, 2 * MIB]) {
      const data = sample(size);
      t.ok(decompressRecords(codec, compressRecords(codec, data), size).equals(data), `codec ${codec}, ${size} bytes`);
    }
  }
});

t.test('output past the bound is refused, and one byte more room is enough', async (t) => {
  for (const codec of codecs) {
    for (const data of [Buffer.alloc(4 * MIB), sample(200_000)]) {
      const compressed = compressRecords(codec, data);
      for (const bound of [0, 1, 1000, data.length - 1]) {
        t.throws(
          () => decompressRecords(codec, compressed, bound),
          { code: 'MESSAGE_TOO_LARGE' },
          `codec ${codec}, ${bound}`,
        );
      }
      t.equal(decompressRecords(codec, compressed, data.length).length, data.length);
    }
  }
});

t.test('damaged input gives a VarveError or other bytes within the bound, never another error', async (t) => {
  let refused = 0;
  const plain = sample(3000);
  fc.assert(
    fc.property(
      fc.constantFrom(...codecs),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 }),
      fc.option(fc.nat()),
      (codec, changes, cut) => {
        const whole = compressRecords(codec, plain);
        const data = Buffer.from(cut === null ? whole : whole.subarray(0, cut % whole.length));
        for (const [where, byte] of changes) if (data.length > 0) data[where % data.length] = byte;
        try {
          return decompressRecords(codec, data, 10_000).length <= 10_000;
        } catch (error) {
          refused++;
          return (error as Error).name === 'VarveError';
        }
      },
    ),
    { seed: 5, numRuns: 1500 },
  );
  t.ok(refused > 700, `${refused} refused`);
});

t.test('frames have the layout that the Java client writes', async (t) => {
  const data = sample(70_000);
  const lz4 = compressRecords(CompressionCodec.lz4, data);
  t.same(lz4.subarray(0, 7), kafkaSection('lz4-0').subarray(0, 7), 'magic, flags, block size and header checksum');
  t.same(lz4.subarray(-4), Buffer.alloc(4), 'end mark');
  const snappy = compressRecords(CompressionCodec.snappy, data);
  t.same(snappy.subarray(0, 16), kafkaSection('snappy-0').subarray(0, 16), 'xerial header');
  const chunks: number[] = [];
  for (let at = 16; at < snappy.length; at += 4 + snappy.readInt32BE(at)) chunks.push(at);
  t.equal(chunks.length, 3, 'chunks of 32 KiB');
});

t.test('what other clients write is read too', async (t) => {
  const data = Buffer.from('raw snappy, as librdkafka sends it: no framing at all');
  const raw = compressRecords(CompressionCodec.snappy, data).subarray(20);
  t.same(decompressRecords(CompressionCodec.snappy, raw, 100), data);

  // 256 KiB blocks, block checksum, content size and content checksum: flags 0x7c.
  const block = Buffer.from('stored');
  const descriptor = Buffer.from([0x7c, 0x50, block.length, 0, 0, 0, 0, 0, 0, 0]);
  const check = (xxh32Short(descriptor, 0, descriptor.length) >>> 8) & 0xff;
  const frame = Buffer.concat([
    Buffer.from([0x04, 0x22, 0x4d, 0x18]),
    descriptor,
    Buffer.from([check, block.length, 0, 0, 0x80]),
    block,
    Buffer.alloc(4, 9),
    Buffer.alloc(4),
    Buffer.alloc(4, 9),
  ]);
  t.same(decompressRecords(CompressionCodec.lz4, frame, 100), block);
  t.same(decompressRecords(CompressionCodec.lz4, Buffer.concat([frame, frame]), 100), Buffer.concat([block, block]));

  // A zstd frame without its content size, of a stored and a repeated block, behind a skippable frame.
  const zstd = Buffer.from([
    0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 1, 1, 0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, 0x18, 0, 0, 0x61, 0x62, 0x63, 0x23, 0, 0,
    0x7a,
  ]);
  t.same(decompressRecords(CompressionCodec.zstd, zstd, 7).toString(), 'abczzzz');
  t.throws(() => decompressRecords(CompressionCodec.zstd, zstd, 6), { code: 'MESSAGE_TOO_LARGE' });
});

t.test('an unknown codec is refused by name', async (t) => {
  t.throws(() => compressRecords(5, Buffer.alloc(1)), { code: 'UNSUPPORTED_COMPRESSION_TYPE' });
  t.throws(() => decompressRecords(7, Buffer.alloc(1), 10), { code: 'UNSUPPORTED_COMPRESSION_TYPE' });
});

t.test('xxHash32 of short input', async (t) => {
  // The value for no input is the specification's own; the header checksum of Kafka's frames is the other witness.
  t.equal(xxh32Short(Buffer.alloc(0), 0, 0), 0x02cc5d05);
});
