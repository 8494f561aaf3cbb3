import t from 'tap';
import * as header from '../../src/record/batch-header.js';
import { BatchBuilder, replaceRecords, type BatchOptions } from '../../src/record/batch-builder.js';
import {
  BatchValidator,
  findBatchProblem,
  requireSingleBatch,
  type ProduceRules,
} from '../../src/record/batch-validation.js';
import { compressRecords } from '../../src/record/compression.js';
import { buildMarkerBatch } from '../../src/record/control-record.js';

const limits: ProduceRules = { maxBatchBytes: 1000 };

function batchOf(options: BatchOptions = {}, count = 3): Buffer {
  const builder = new BatchBuilder().reset(options);
  for (let index = 0; index < count; index++) builder.append(1000 + index, `key ${index}`, `value ${index}`);
  return builder.detach();
}

function reseal(batch: Buffer): Buffer {
  batch.writeUInt32BE(header.computeBatchCrc(batch, 0), header.CRC_AT);
  return batch;
}

function keyless(): Buffer {
  const builder = new BatchBuilder().reset();
  builder.append(1, null, 'v');
  return builder.detach();
}

/** The batch with a change to its header, its CRC set right afterwards. */
function changed(change: (batch: Buffer) => void, options: BatchOptions = {}): Buffer {
  const batch = batchOf(options);
  change(batch);
  return reseal(batch);
}

const refusals: [string, string, Buffer, ProduceRules?][] = [
  ['shorter than a header', 'CORRUPT_MESSAGE', batchOf().subarray(0, 11)],
  ['cut short', 'CORRUPT_MESSAGE', batchOf().subarray(0, 100)],
  ['a length below a header', 'CORRUPT_MESSAGE', changed((batch) => batch.writeInt32BE(40, header.LENGTH_AT))],
  [
    'a length far beyond',
    'MESSAGE_TOO_LARGE',
    changed((batch) => batch.writeInt32BE(2 ** 31 - 1, header.LENGTH_AT), {}).subarray(0, 50),
  ],
  ['over max.message.bytes', 'MESSAGE_TOO_LARGE', batchOf({}, 100)],
  ['an old format', 'INVALID_RECORD', changed((batch) => batch.writeInt8(1, header.MAGIC_AT))],
  ['an unknown format', 'CORRUPT_MESSAGE', changed((batch) => batch.writeInt8(3, header.MAGIC_AT))],
  ['a control batch', 'INVALID_RECORD', batchOf({ isControl: true })],
  ['a delete horizon', 'INVALID_RECORD', batchOf({ deleteHorizonMs: 5 })],
  ['unknown attributes', 'INVALID_RECORD', changed((batch) => batch.writeUInt16BE(0x80, header.ATTRIBUTES_AT))],
  [
    'an unknown codec',
    'UNSUPPORTED_COMPRESSION_TYPE',
    changed((batch) => batch.writeUInt16BE(5, header.ATTRIBUTES_AT)),
  ],
  ['LogAppendTime from a producer', 'INVALID_TIMESTAMP', batchOf({ appendTimestamp: 7 })],
  ['no records', 'INVALID_RECORD', changed((batch) => batch.writeInt32BE(0, header.RECORD_COUNT_AT))],
  ['a negative count', 'INVALID_RECORD', changed((batch) => batch.writeInt32BE(-1, header.RECORD_COUNT_AT))],
  ['fewer records than offsets', 'INVALID_RECORD', changed((batch) => batch.writeInt32BE(2, header.RECORD_COUNT_AT))],
  [
    'more records than there are',
    'CORRUPT_MESSAGE',
    changed((batch) => {
      batch.writeInt32BE(4, header.RECORD_COUNT_AT);
      batch.writeInt32BE(3, header.LAST_OFFSET_DELTA_AT);
    }),
  ],
  [
    'fewer records than there are',
    'CORRUPT_MESSAGE',
    changed((batch) => {
      batch.writeInt32BE(2, header.RECORD_COUNT_AT);
      batch.writeInt32BE(1, header.LAST_OFFSET_DELTA_AT);
    }),
  ],
  [
    'a compressed batch with a wrong count',
    'INVALID_RECORD',
    changed((batch) => batch.writeInt32BE(2, header.RECORD_COUNT_AT), { codec: 1 }),
  ],
  [
    'a negative last offset delta',
    'INVALID_RECORD',
    changed((batch) => batch.writeInt32BE(-1, header.LAST_OFFSET_DELTA_AT)),
  ],
  [
    'a base timestamp beyond 2^53',
    'INVALID_TIMESTAMP',
    changed((batch) => batch.writeBigInt64BE(2n ** 60n, header.BASE_TIMESTAMP_AT)),
  ],
  [
    'a max timestamp beyond 2^53',
    'INVALID_TIMESTAMP',
    changed((batch) => batch.writeBigInt64BE(-(2n ** 60n), header.MAX_TIMESTAMP_AT)),
  ],
  [
    'a producer id beyond 2^53',
    'INVALID_RECORD',
    changed((batch) => batch.writeBigInt64BE(2n ** 60n, header.PRODUCER_ID_AT)),
  ],
  ['a producer id without a sequence', 'INVALID_RECORD', batchOf({ producerId: 5, producerEpoch: 0 })],
  ['a producer id without an epoch', 'INVALID_RECORD', batchOf({ producerId: 5, baseSequence: 0 })],
  ['a negative producer id', 'INVALID_RECORD', batchOf({ producerId: -2, producerEpoch: 0, baseSequence: 0 })],
  ['transactional without a producer id', 'INVALID_RECORD', batchOf({ isTransactional: true })],
  [
    'offset deltas with a gap',
    'INVALID_RECORD',
    (() => {
      const builder = new BatchBuilder().reset();
      builder.appendAt(0, 1, null, 'a');
      builder.appendAt(2, 1, null, 'b');
      const batch = builder.detach();
      batch.writeInt32BE(1, header.LAST_OFFSET_DELTA_AT);
      return reseal(batch);
    })(),
  ],
  ['a timestamp too early', 'INVALID_TIMESTAMP', batchOf(), { ...limits, minTimestamp: 1001 }],
  ['a timestamp too late', 'INVALID_TIMESTAMP', batchOf(), { ...limits, maxTimestamp: 1001 }],
  [
    'a compressed batch that is too late',
    'INVALID_TIMESTAMP',
    batchOf({ codec: 1 }),
    { ...limits, maxTimestamp: 1001 },
  ],
  ['no key on a compacted topic', 'INVALID_RECORD', keyless(), { ...limits, requiresKeys: true }],
  [
    'compressed garbage',
    'CORRUPT_MESSAGE',
    replaceRecords(batchOf(), 0, 1, Buffer.from('garbage')),
    { ...limits, inflates: true },
  ],
  [
    'compressed, with less inside than stated',
    'CORRUPT_MESSAGE',
    replaceRecords(batchOf(), 0, 3, compressRecords(3, batchOf().subarray(61, 90))),
    { ...limits, inflates: true },
  ],
  [
    'a bomb',
    'MESSAGE_TOO_LARGE',
    replaceRecords(batchOf(), 0, 1, compressRecords(1, Buffer.alloc(100_000))),
    { ...limits, inflates: true, maxDecompressedBytes: 50_000 },
  ],
];

for (const [what, code, batch, rules = limits] of refusals) {
  t.test(`refused: ${what}`, async (t) => {
    const before = Buffer.from(batch);
    t.throws(() => new BatchValidator().validate(batch, 0, batch.length, rules), { name: 'VarveError', code });
    t.same(batch, before, 'and left as it was');
  });
}

t.test('a changed CRC or body is refused', async (t) => {
  for (const at of [header.CRC_AT, header.ATTRIBUTES_AT, 70]) {
    const batch = batchOf();
    batch.writeUInt8(batch.readUInt8(at) ^ 1, at);
    t.throws(() => new BatchValidator().validate(batch, 0, batch.length, limits), {
      code: 'CORRUPT_MESSAGE',
      message: /CRC-32C/,
    });
  }
});

t.test('sound batches pass, at any position and with what follows them', async (t) => {
  const validator = new BatchValidator();
  const batch = batchOf({ producerId: 5, producerEpoch: 0, baseSequence: 0, isTransactional: true });
  const padded = Buffer.concat([Buffer.alloc(13, 0xff), batch, Buffer.alloc(9, 0xff)]);
  t.match(validator.validate(padded, 13, padded.length, limits), {
    sizeBytes: batch.length,
    recordCount: 3,
    maxTimestamp: 1002,
  });
  const marker = buildMarkerBatch({
    producerId: 5,
    producerEpoch: 0,
    type: 'commit',
    coordinatorEpoch: 1,
    timestamp: 3,
  });
  t.match(validator.validate(marker, 0, marker.length, { ...limits, isFromCoordinator: true }), { recordCount: 1 });
});

t.test('a wrong max timestamp is set right, as Kafka does', async (t) => {
  const batch = changed((one) => header.writeInt64(one, header.MAX_TIMESTAMP_AT, 99_999));
  t.equal(new BatchValidator().validate(batch, 0, batch.length, limits).maxTimestamp, 1002);
  t.equal(header.batchMaxTimestamp(batch, 0), 1002);
  t.ok(header.checkCrc(batch, 0));
});

t.test('a torn batch is told from a damaged one', async (t) => {
  const batch = batchOf();
  for (let length = 0; length < batch.length; length++) {
    t.equal(findBatchProblem(batch, 0, length)?.kind, 'incomplete', `${length} bytes`);
  }
  t.equal(findBatchProblem(batch), undefined);
  t.equal(findBatchProblem(Buffer.alloc(200))?.kind, 'corrupt', 'zeros are not a batch');
});

t.test('a produce request has one batch for a partition', async (t) => {
  const batch = batchOf();
  t.doesNotThrow(() => requireSingleBatch(batch));
  t.throws(() => requireSingleBatch(Buffer.concat([batch, batch])), { code: 'INVALID_RECORD' });
  t.throws(() => requireSingleBatch(Buffer.alloc(0)), { code: 'INVALID_RECORD' });
  t.throws(() => requireSingleBatch(Buffer.concat([batch, Buffer.from([1, 2])])), { code: 'CORRUPT_MESSAGE' });
  t.throws(() => requireSingleBatch(batch.subarray(0, 80)), { code: 'CORRUPT_MESSAGE' });
});
