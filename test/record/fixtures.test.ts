import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import * as header from '../../src/record/batch-header.js';
import { BatchBuilder, buildEmptyBatch, replaceRecords, type BatchOptions } from '../../src/record/batch-builder.js';
import { findBatchProblem } from '../../src/record/batch-validation.js';
import { compressRecords, decompressRecords, prepareCodec } from '../../src/record/compression.js';
import { AbortedBatchFilter, type AbortedRange } from '../../src/record/aborted-batch-filter.js';
import { batchDeleteHorizonMs, batchPositions, RecordCursor, type LogRecord } from '../../src/record/record-cursor.js';
import { buildMarkerBatch, markerCoordinatorEpoch, markerType } from '../../src/record/control-record.js';

const segments = 'test/fixtures/kafka/segments';

interface ExpectedRecord {
  offset: number;
  timestamp: number;
  key: string | null;
  value: string | null;
  headers: [string, string | null][];
}

function logFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .sort()
    .map((name) => join(folder, name));
}

function allLogFiles(): string[] {
  const folders = readdirSync(segments).flatMap((name) => [join(segments, name), join(segments, 'unclean', name)]);
  return folders.filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory()).flatMap(logFiles);
}

const base64 = (bytes: Buffer | null): string | null => (bytes === null ? null : bytes.toString('base64'));

function asExpected(record: LogRecord): ExpectedRecord {
  const headers = record.headers.map(({ key, value }): [string, string | null] => [key, base64(value)]);
  const { offset, timestamp } = record;
  return { offset, timestamp, key: base64(record.key), value: base64(record.value), headers };
}

/** The options that make a builder write the header of the batch at `position` again. */
function optionsOf(log: Buffer, position: number): BatchOptions {
  const attributes = header.batchAttributes(log, position);
  const deleteHorizonMs = batchDeleteHorizonMs(log, position);
  return {
    baseOffset: header.batchBaseOffset(log, position),
    leaderEpoch: header.batchLeaderEpoch(log, position),
    producerId: header.batchProducerId(log, position),
    producerEpoch: header.batchProducerEpoch(log, position),
    baseSequence: header.batchBaseSequence(log, position),
    isTransactional: header.isTransactional(attributes),
    isControl: header.isControl(attributes),
    ...(attributes & header.LOG_APPEND_TIME_BIT ? { appendTimestamp: header.batchMaxTimestamp(log, position) } : {}),
    ...(deleteHorizonMs === undefined ? {} : { deleteHorizonMs }),
  };
}

t.before(async () => prepareCodec(header.CompressionCodec.zstd));

t.test('every log of the fixtures parses whole and sound', async (t) => {
  const files = allLogFiles();
  t.ok(files.length > 35, `${files.length} files`);
  for (const file of files) {
    const log = readFileSync(file);
    const cursor = new RecordCursor();
    let end = 0;
    for (const position of batchPositions(log)) {
      const problem = findBatchProblem(log, position);
      if (problem !== undefined) t.fail(`${file} at ${position}: ${problem.reason}`);
      cursor.open(log, position);
      let records = 0;
      while (cursor.next()) records++;
      if (records !== header.batchRecordCount(log, position)) t.fail(`${file} at ${position}: ${records} records`);
      end = position + header.batchSizeBytes(log, position);
    }
    t.equal(end, log.length, file);
  }
});

for (const folder of [
  'plain-0',
  'gzip-0',
  'snappy-0',
  'lz4-0',
  'zstd-0',
  'txn-0',
  'appendtime-0',
  'compacted-0',
  'trimmed-0',
]) {
  t.test(`${folder} has the records that Kafka's consumer read`, async (t) => {
    const expected = JSON.parse(readFileSync(join(segments, folder, 'expected.json'), 'utf8')) as ExpectedRecord[];
    const found: ExpectedRecord[] = [];
    const cursor = new RecordCursor();
    for (const file of logFiles(join(segments, folder))) {
      const log = readFileSync(file);
      for (const position of batchPositions(log)) {
        if (header.isControl(header.batchAttributes(log, position))) continue;
        cursor.open(log, position);
        while (cursor.next()) found.push(asExpected(cursor.record()));
      }
    }
    const first = expected[0]?.offset ?? 0;
    t.ok(expected.length > 0);
    t.strictSame(
      found.filter(({ offset }) => offset >= first),
      expected,
    );
  });
}

/** The transactions of Kafka's own indexes: 34 bytes an entry, with the producer at 2 and the first offset at 10. */
function abortedOf(folder: string): AbortedRange[] {
  const found: AbortedRange[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.txnindex')) continue;
    const index = readFileSync(join(folder, name));
    for (let at = 0; at < index.length; at += 34) {
      found.push({ producerId: header.readInt64(index, at + 2), firstOffset: header.readInt64(index, at + 10) });
    }
  }
  return found;
}

t.test('txn-0 has for a reader of what is committed the records that Kafka gave it', (t) => {
  const folder = join(segments, 'txn-0');
  const path = join(folder, 'expected.read_committed.json');
  const expected = JSON.parse(readFileSync(path, 'utf8')) as ExpectedRecord[];
  const aborted = abortedOf(folder);
  t.ok(aborted.length > 2, `${aborted.length} aborted transactions`);
  const visible = (filter: AbortedBatchFilter): ExpectedRecord[] => {
    const found: ExpectedRecord[] = [];
    const cursor = new RecordCursor();
    for (const file of logFiles(folder)) {
      const log = readFileSync(file);
      for (const position of batchPositions(log)) {
        if (!filter.isVisible(log, position)) continue;
        cursor.open(log, position);
        while (cursor.next()) found.push(asExpected(cursor.record()));
      }
    }
    return found;
  };
  t.strictSame(visible(new AbortedBatchFilter(aborted)), expected);
  t.strictSame(visible(new AbortedBatchFilter([...aborted].reverse())), expected, 'in whatever order they are listed');
  const all = visible(new AbortedBatchFilter([]));
  t.strictSame([expected.length, all.length], [79, 103]);
  t.end();
});

t.test('what the builder writes for the same records has the same bytes', async (t) => {
  let empty = 0;
  let controls = 0;
  let horizons = 0;
  let compressed = 0;
  const builder = new BatchBuilder();
  const cursor = new RecordCursor();
  for (const file of allLogFiles()) {
    const log = readFileSync(file);
    for (const position of batchPositions(log)) {
      const original = log.subarray(position, position + header.batchSizeBytes(log, position));
      const options = optionsOf(log, position);
      const lastOffset = header.batchLastOffset(log, position);
      const codec = header.compressionCodec(header.batchAttributes(log, position)) as header.CompressionCodec;
      let rebuilt: Buffer;
      if (header.batchRecordCount(log, position) === 0) {
        empty++;
        rebuilt = buildEmptyBatch(options, lastOffset, header.batchMaxTimestamp(log, position));
      } else {
        cursor.open(log, position);
        builder.reset(options);
        while (cursor.next()) {
          const { timestamp, key, value, headers } = cursor.record();
          const own = options.appendTimestamp === undefined ? timestamp : rawTimestamp(cursor, log, position);
          builder.appendAt(cursor.offsetDelta, own, key, value, headers);
        }
        rebuilt = builder.close(lastOffset);
      }
      if (codec !== header.CompressionCodec.none) {
        // Another build of a codec may choose other bytes for the same: compare what is inside, and the header.
        compressed++;
        const inside = decompressRecords(codec, original.subarray(header.RECORDS_AT), 1 << 20);
        rebuilt = replaceRecords(rebuilt, 0, codec, original.subarray(header.RECORDS_AT));
        const again = decompressRecords(codec, compressRecords(codec, inside), 1 << 20);
        if (!again.equals(inside)) t.fail(`${file} at ${position}: codec ${codec} does not round trip`);
      }
      if (options.isControl === true) controls++;
      if (options.deleteHorizonMs !== undefined) horizons++;
      if (!rebuilt.equals(original)) {
        t.same(rebuilt.toString('hex'), original.toString('hex'), `${file} at ${position}`);
        return;
      }
    }
  }
  t.ok(empty > 0 && controls > 9 && horizons > 0 && compressed > 10, 'the batches that matter were among them');
});

/** What the record itself says, under LogAppendTime: read through a copy of the header with the bit cleared. */
function rawTimestamp(cursor: RecordCursor, log: Buffer, position: number): number {
  const copy = Buffer.from(log.subarray(position, position + header.batchSizeBytes(log, position)));
  const attributes = header.batchAttributes(copy, 0) & ~header.LOG_APPEND_TIME_BIT;
  copy.writeUInt16BE(attributes, header.ATTRIBUTES_AT);
  const own = new RecordCursor().open(copy);
  for (let index = 0; index <= cursor.index; index++) own.next();
  return own.timestamp;
}

t.test('transaction markers are built as Kafka builds them', async (t) => {
  let commits = 0;
  let aborts = 0;
  for (const file of logFiles(join(segments, 'txn-0'))) {
    const log = readFileSync(file);
    for (const position of batchPositions(log)) {
      if (!header.isControl(header.batchAttributes(log, position))) continue;
      const cursor = new RecordCursor().open(log, position);
      t.ok(cursor.next());
      const type = markerType(cursor.key());
      const coordinatorEpoch = markerCoordinatorEpoch(cursor.value());
      if (type === undefined || coordinatorEpoch === undefined) return t.fail('a marker');
      const built = buildMarkerBatch({
        baseOffset: header.batchBaseOffset(log, position),
        leaderEpoch: header.batchLeaderEpoch(log, position),
        producerId: header.batchProducerId(log, position),
        producerEpoch: header.batchProducerEpoch(log, position),
        type,
        coordinatorEpoch,
        timestamp: cursor.timestamp,
      });
      t.same(built.toString('hex'), log.toString('hex', position, position + built.length));
      if (type === 'commit') commits++;
      else aborts++;
    }
  }
  t.ok(commits > 2 && aborts > 2, `${commits} commits, ${aborts} aborts`);
});
