import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import * as header from '../../src/record/batch-header.js';
import { BatchBuilder, setAppendTimestamp } from '../../src/record/batch-builder.js';
import { BatchValidator, findBatchProblem } from '../../src/record/batch-validation.js';
import { prepareCodec } from '../../src/record/compression.js';
import { batchPositions, RecordCursor, records, type LogRecord } from '../../src/record/record-cursor.js';
import { varintSize, varlongSize, writeVarint, writeVarlong } from '../../src/record/varint.js';

type Content = Omit<LogRecord, 'offset'>;

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));
const nullableBytes = fc.option(bytes);
const timestamp = fc.oneof(
  fc.integer({ min: 1_700_000_000_000, max: 1_700_000_100_000 }),
  fc.integer({ min: 0, max: 2 ** 52 }),
);
const record: fc.Arbitrary<Content> = fc.record(
  {
    timestamp,
    key: nullableBytes,
    value: nullableBytes,
    headers: fc.array(
      fc.record({ key: fc.string({ unit: 'binary' }), value: nullableBytes }, { noNullPrototype: true }),
      {
        maxLength: 4,
      },
    ),
  },
  { noNullPrototype: true },
);
const batchRecords = fc.array(record, { minLength: 1, maxLength: 20 });
const codec = fc.constantFrom(...Object.values(header.CompressionCodec));
const rules = { maxBatchBytes: 1 << 20, inflates: true };

function build(content: readonly Content[], used: header.CompressionCodec): Buffer {
  const builder = new BatchBuilder(100).reset({
    codec: used,
    baseOffset: 1000,
    producerId: 7,
    producerEpoch: 1,
    baseSequence: 2 ** 31 - 3,
  });
  for (const { timestamp, key, value, headers } of content) {
    const expected = builder.sizeBytesWith(timestamp, key, value, headers);
    builder.append(timestamp, key, value, headers);
    if (builder.sizeBytes !== expected) throw new Error('sizeBytesWith is exact');
  }
  return builder.detach();
}

t.before(async () => prepareCodec(header.CompressionCodec.zstd));

t.test('what is built is read back, with every codec, and is valid', async (t) => {
  const validator = new BatchValidator();
  fc.assert(
    fc.property(batchRecords, codec, (content, used) => {
      const batch = build(content, used);
      const facts = validator.validate(batch, 0, batch.length, rules);
      const found = [...records(batch)];
      const expected = content.map((one, index) => ({ offset: 1000 + index, ...one }));
      if (!isDeepStrictEqual(found, expected)) t.strictSame(found, expected);
      return facts.maxTimestamp === Math.max(...content.map((one) => one.timestamp));
    }),
    { seed: 2, numRuns: 150 },
  );
});

t.test('a batch with any byte changed is refused, or differs only outside the CRC', async () => {
  const validator = new BatchValidator();
  fc.assert(
    fc.property(batchRecords, codec, fc.nat(), fc.integer({ min: 1, max: 255 }), (content, used, where, flip) => {
      const batch = build(content, used);
      const at = where % batch.length;
      batch.writeUInt8(batch.readUInt8(at) ^ flip, at);
      let accepted = true;
      try {
        validator.validate(batch, 0, batch.length, rules);
      } catch (error) {
        accepted = false;
        if ((error as Error).name !== 'VarveError') throw error;
      }
      // The base offset is the leader's to give, and so is the epoch.
      const isOutside = at < header.LENGTH_AT || (at >= header.LEADER_EPOCH_AT && at < header.MAGIC_AT);
      return isOutside || !accepted;
    }),
    { seed: 3, numRuns: 600 },
  );
});

t.test('records damaged under a right CRC give an error and no wrong read past the batch', async (t) => {
  const validator = new BatchValidator();
  let refused = 0;
  fc.assert(
    fc.property(
      batchRecords,
      codec,
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
      (content, used, changes) => {
        const batch = build(content, used);
        for (const [where, byte] of changes)
          batch[header.ATTRIBUTES_AT + (where % (batch.length - header.ATTRIBUTES_AT))] = byte;
        batch.writeUInt32BE(header.computeBatchCrc(batch, 0), header.CRC_AT);
        try {
          validator.validate(batch, 0, batch.length, { ...rules, maxDecompressedBytes: 1 << 20 });
          for (const one of records(batch)) {
            if (one.value !== null && one.value.length > 1 << 20) t.fail('a value larger than its batch');
          }
        } catch (error) {
          refused++;
          if ((error as Error).name !== 'VarveError') throw error;
        }
      },
    ),
    { seed: 4, numRuns: 1500 },
  );
  t.ok(refused > 500, `${refused} refused`);
});

t.test('varints and varlongs of every size', async (t) => {
  const buffer = Buffer.alloc(16);
  const zigzag = (value: number): Buffer => {
    let rest = BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n));
    const out: number[] = [];
    for (; rest > 0x7fn; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
    return Buffer.from([...out, Number(rest)]);
  };
  const values = [0, -1, 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
  for (let bit = 1; bit < 53; bit++) values.push(2 ** bit, 2 ** bit - 1, -(2 ** bit), -(2 ** bit) - 1);
  for (const value of values) {
    const expected = zigzag(value);
    const long = buffer.subarray(0, writeVarlong(buffer, 0, value));
    if (!long.equals(expected) || varlongSize(value) !== expected.length) t.same(long, expected, `varlong ${value}`);
    if (value !== (value | 0)) continue;
    const int = buffer.subarray(0, writeVarint(buffer, 0, value));
    if (!int.equals(expected) || varintSize(value) !== expected.length) t.same(int, expected, `varint ${value}`);
  }
  t.equal(varintSize(-(2 ** 31)), 5);
  t.equal(varlongSize(Number.MIN_SAFE_INTEGER), 8);
});

t.test('the cursor gives sequences that wrap, and control over a concatenation', async (t) => {
  const one = build(
    [
      { timestamp: 5, key: null, value: Buffer.from('a'), headers: [] },
      ...Array.from({ length: 4 }, () => ({ timestamp: 6, key: null, value: null, headers: [] })),
    ],
    0,
  );
  const both = Buffer.concat([one, one, one.subarray(0, 70)]);
  t.same([...batchPositions(both)], [0, one.length], 'a batch cut short ends it');
  const cursor = new RecordCursor().open(both, one.length);
  const sequences: number[] = [];
  while (cursor.next()) sequences.push(cursor.sequence);
  t.same(sequences, [2 ** 31 - 3, 2 ** 31 - 2, 2 ** 31 - 1, 0, 1]);
  t.notOk(cursor.next(), 'and stays at the end');
  t.equal(header.batchLastSequence(one, 0), 1);
});

t.test('LogAppendTime is one time for all records, and leaves them alone', async (t) => {
  const batch = build(
    [
      { timestamp: 5, key: null, value: null, headers: [] },
      { timestamp: 9, key: null, value: null, headers: [] },
    ],
    1,
  );
  const before = Buffer.from(batch.subarray(header.RECORDS_AT));
  setAppendTimestamp(batch, 0, 1234);
  t.equal(findBatchProblem(batch), undefined);
  t.same(batch.subarray(header.RECORDS_AT), before);
  t.same(
    [...records(batch)].map((one) => one.timestamp),
    [1234, 1234],
  );
});

t.test('a builder is used again, and a detached batch stays as it was', async (t) => {
  const builder = new BatchBuilder(64);
  builder.reset().append(1, 'key', 'välue', [{ key: 'h', value: 'x' }]);
  const first = builder.detach();
  const copy = Buffer.from(first);
  builder.reset().append(2, null, Buffer.alloc(500, 1));
  const second = builder.close();
  t.same(first, copy);
  t.equal([...records(first)][0]?.value?.toString(), 'välue');
  t.equal([...records(second)][0]?.value?.length, 500);
  t.throws(() => new BatchBuilder().reset().close(), { name: 'InvariantViolation' }, 'no empty batch by mistake');
});

t.test('records that are copied as they are encoded make the batch that their parts would make', async () => {
  fc.assert(
    fc.property(batchRecords, fc.integer({ min: 1, max: 5 }), fc.option(timestamp), (content, gap, horizon) => {
      const options = { baseOffset: 500, ...(horizon === null ? {} : { deleteHorizonMs: horizon }) };
      const ofParts = new BatchBuilder(100).reset(options);
      const copied = new BatchBuilder(100).reset(options);
      const cursor = new RecordCursor().open(build(content, header.CompressionCodec.none));
      while (cursor.next()) {
        const delta = cursor.offsetDelta * gap;
        ofParts.appendAt(delta, cursor.timestamp, cursor.key(), cursor.value(), cursor.headers());
        copied.appendEncoded(delta, cursor.timestamp, cursor.bytes, cursor.contentStart, cursor.recordEnd);
      }
      return copied.close().equals(ofParts.close());
    }),
  );
});
