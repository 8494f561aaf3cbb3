import { readFileSync } from 'node:fs';
import t from 'tap';
import * as header from '../../src/record/batch-header.js';

const log = readFileSync('test/fixtures/kafka/segments/txn-0/00000000000000000000.log');

t.test('the fields of a batch that Kafka wrote are what its own dump says', async (t) => {
  const dump = readFileSync('test/fixtures/kafka/segments/txn-0/00000000000000000000.log.dump.txt', 'utf8');
  const lines = dump.split('\n').filter((line) => line.startsWith('baseOffset:'));
  let position = 0;
  for (const line of lines) {
    const attributes = header.batchAttributes(log, position);
    const found = {
      baseOffset: header.batchBaseOffset(log, position),
      lastOffset: header.batchLastOffset(log, position),
      count: header.batchRecordCount(log, position),
      baseSequence: header.batchBaseSequence(log, position),
      lastSequence: header.batchLastSequence(log, position),
      producerId: header.batchProducerId(log, position),
      producerEpoch: header.batchProducerEpoch(log, position),
      partitionLeaderEpoch: header.batchLeaderEpoch(log, position),
      isTransactional: header.isTransactional(attributes),
      isControl: header.isControl(attributes),
      position,
      size: header.batchSizeBytes(log, position),
      magic: header.batchMagic(log, position),
      compresscodec: header.compressionName(header.compressionCodec(attributes)),
      crc: header.batchCrc(log, position),
    };
    for (const [name, value] of Object.entries(found)) {
      t.equal(String(value), new RegExp(`\\b${name}: (\\S+)`).exec(line)?.[1], `${name} at ${position}`);
    }
    t.ok(header.checkCrc(log, position), `CRC at ${position}`);
    t.equal(
      new RegExp(`\\b${header.timestampType(attributes)}: (\\d+)`).exec(line)?.[1],
      `${header.batchMaxTimestamp(log, position)}`,
    );
    position += header.batchSizeBytes(log, position);
  }
  t.equal(position, log.length);
  t.ok(lines.length > 3);
});

t.test('the base offset and the epoch are set outside the CRC', async (t) => {
  const batch = Buffer.from(log.subarray(0, header.batchSizeBytes(log, 0)));
  for (const offset of [0, 1, 0xffff_ffff, 0x1_0000_0000, Number.MAX_SAFE_INTEGER - 100]) {
    header.setBaseOffsetAndEpoch(batch, 0, offset, 7);
    t.equal(header.batchBaseOffset(batch, 0), offset);
    t.equal(batch.readBigInt64BE(0), BigInt(offset));
    t.equal(header.batchLeaderEpoch(batch, 0), 7);
    t.ok(header.checkCrc(batch, 0));
  }
  t.throws(() => header.setBaseOffsetAndEpoch(batch, 0, -1, 7), { name: 'InvariantViolation' });
});

t.test('int64 both ways, and the bound of a number', async (t) => {
  const buffer = Buffer.alloc(8);
  for (const value of [0, -1, 1, -0x8000_0000, -0x1_0000_0001, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER]) {
    header.writeInt64(buffer, 0, value);
    t.equal(buffer.readBigInt64BE(0), BigInt(value));
    t.equal(header.readInt64(buffer, 0), value);
    t.ok(header.isSafeInt64(buffer, 0));
  }
  for (const value of [2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)]) {
    buffer.writeBigInt64BE(value);
    t.notOk(header.isSafeInt64(buffer, 0), `${value}`);
    t.throws(() => header.readInt64(buffer, 0), { name: 'InvariantViolation' });
  }
});

t.test('sequences wrap from 2^31-1 to 0', async (t) => {
  t.equal(header.addToSequence(2 ** 31 - 1, 1), 0);
  t.equal(header.addToSequence(2 ** 31 - 3, 2), 2 ** 31 - 1);
  t.equal(header.addToSequence(2 ** 31 - 1, 10), 9);
  t.ok(header.isLaterSequence(5, 4));
  t.notOk(header.isLaterSequence(4, 4));
  t.notOk(header.isLaterSequence(4, 5));
  t.ok(header.isLaterSequence(0, 2 ** 31 - 1), 'behind the greatest');
  t.notOk(header.isLaterSequence(2 ** 31 - 1, 0));
  const batch = Buffer.from(log.subarray(0, header.batchSizeBytes(log, 0)));
  batch.writeInt32BE(header.NO_SEQUENCE, header.BASE_SEQUENCE_AT);
  t.equal(header.batchLastSequence(batch, 0), header.NO_SEQUENCE);
});
