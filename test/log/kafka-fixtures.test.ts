import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { parseEpochCheckpoint, parseOffsetCheckpoint, parsePartitionMetadata } from '../../src/log/checkpoint-files.js';
import type { LogConfig } from '../../src/log/log-config.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import {
  ATTRIBUTES_AT,
  batchAttributes,
  batchLeaderEpoch,
  batchMaxTimestamp,
  batchNextOffset,
  batchSizeBytes,
  CompressionCodec,
  computeBatchCrc,
  CRC_AT,
  LEADER_EPOCH_AT,
  LOG_OVERHEAD,
  MAX_TIMESTAMP_AT,
  writeInt64,
} from '../../src/record/batch-header.js';
import { prepareCodec } from '../../src/record/compression.js';
import { records } from '../../src/record/record-cursor.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, ManualClock, openDirectory, readAll } from './support.js';

const FIXTURES = 'test/fixtures/kafka/segments';

/** About when Kafka was started again. */
const KAFKA_RESTART_MS = 1_795_383_000_000;

/** The bit of the attributes that says who set the timestamp. */
const LOG_APPEND_TIME = 0x08;

/** Raft's, not a partition's, but in the same files. */
const METADATA = '__cluster_metadata-0';
/** Partitions of the broker whose files are there. */
const PARTITIONS = readdirSync(FIXTURES).filter((name) => /-[0-9]+$/.test(name) && name !== METADATA);

function copyTo(disk: FakeDisk, from: string, to: string): void {
  for (const name of readdirSync(from)) {
    const path = join(from, name);
    if (name.endsWith('.dump.txt') || name.endsWith('.json') || name === 'unclean') continue;
    if (statSync(path).isDirectory()) copyTo(disk, path, `${to}/${name}`);
    else disk.put(`${to}/${name}`, readFileSync(path));
  }
}

function split(name: string): { topic: string; partition: number } {
  const at = name.lastIndexOf('-');
  return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)) };
}

function topicIdOf(folder: string): string {
  return parsePartitionMetadata(readFileSync(join(folder, 'partition.metadata'))) ?? '';
}

/** The batches of all log files of a folder. */
function batchesOf(folder: string): Buffer[] {
  const found: Buffer[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.log')) continue;
    const file = readFileSync(join(folder, name));
    for (let at = 0; at < file.length;) {
      const end = at + batchSizeBytes(file, at);
      found.push(file.subarray(at, end));
      at = end;
    }
  }
  return found;
}

async function openFixture(
  disk: FakeDisk,
  name: string,
  folder: string,
  config: Partial<LogConfig> = {},
  nowMs = 0,
): Promise<{ log: PartitionLog; close: () => Promise<void> }> {
  const clock = new ManualClock();
  clock.nowMs = nowMs;
  const { directory } = await openDirectory(disk, { clock });
  const { topic, partition } = split(name);
  const log = await directory.openLog(topic, partition, topicIdOf(folder), logConfig(config));
  return { log, close: () => directory.close() };
}

t.test('a directory that Kafka closed opens as it is', async (t) => {
  const ends = parseOffsetCheckpoint(readFileSync(join(FIXTURES, 'recovery-point-offset-checkpoint')));
  t.ok(PARTITIONS.length >= 13);
  for (const name of PARTITIONS) {
    const disk = new FakeDisk();
    copyTo(disk, FIXTURES, '/data');
    const { log, close } = await openFixture(disk, name, join(FIXTURES, name));
    t.equal(log.recovery, undefined, `${name} needs no recovery`);
    t.equal(disk.count('read', '.log'), 0, 'no batch is read');
    t.equal(log.endOffset, ends?.get(name)?.offset, `end of ${name}`);
    t.equal(log.startOffset, name === 'trimmed-0' ? 57 : log.firstSegmentOffset);
    const kept = batchesOf(join(FIXTURES, name)).filter((batch) => batchNextOffset(batch, 0) > log.startOffset);
    t.same(await readAll(log), kept);
    await close();
    for (const file of readdirSync(join(FIXTURES, name))) {
      if (file.endsWith('.dump.txt') || file.endsWith('.json')) continue;
      t.same(
        disk.bytesOf(`/data/${name}/${file}`),
        readFileSync(join(FIXTURES, name, file)),
        `${name}/${file} as it was`,
      );
    }
  }
});

t.test('the metadata log of Kafka opens as a log, too', async (t) => {
  const disk = new FakeDisk();
  const folder = join(FIXTURES, METADATA);
  copyTo(disk, FIXTURES, '/data');
  const { log, close } = await openFixture(disk, METADATA, folder);
  const kept = batchesOf(folder);
  const last = kept.at(-1);
  // The checkpoint of the broker's partitions does not list it: all of it is looked at.
  t.match(log.recovery, { truncatedBytes: 0, truncatedDamage: false, damaged: [] });
  t.equal(log.endOffset, last === undefined ? NaN : batchNextOffset(last, 0));
  t.ok(kept.length > 30, `${kept.length} batches`);
  t.same(await readAll(log), kept);
  await close();
  const name = '00000000000000000000.log';
  t.same(disk.bytesOf(`/data/${METADATA}/${name}`), readFileSync(join(folder, name)), 'its records as they were');
});

t.test('a directory whose Kafka was killed is recovered', async (t) => {
  const ends = { 'plain-0': 357, 'txn-0': 108 };
  for (const [name, end] of Object.entries(ends)) {
    const disk = new FakeDisk();
    const folder = join(FIXTURES, 'unclean', name);
    copyTo(disk, join(FIXTURES, 'unclean'), '/data');
    const { log, close } = await openFixture(disk, name, folder, { indexIntervalBytes: 64 });
    t.match(log.recovery, { endOffset: end, truncatedBytes: 0, truncatedDamage: false, damaged: [] });
    t.equal(log.endOffset, end);
    t.same(Buffer.concat(await readAll(log)), Buffer.concat(batchesOf(folder)));
    const expected = batchesOf(join(FIXTURES, name)).slice(0, (await readAll(log)).length);
    t.same(await readAll(log), expected, 'the first part of what Kafka had in the end');
    await close();
    for (const file of readdirSync(folder)) {
      if (!/\.(index|timeindex|txnindex)$/.test(file)) continue;
      const original = readFileSync(join(folder, file));
      const written = disk.bytesOf(`/data/${name}/${file}`);
      // Kafka had not closed the last segment: its indexes lack the last timestamp and end in zeros.
      const compared = file.startsWith(lastBase(folder)) ? written.subarray(0, endOfEntries(original)) : written;
      t.same(compared, original.subarray(0, compared.length), `${name}/${file}`);
    }
  }
});

function lastBase(folder: string): string {
  const logs = readdirSync(folder).filter((name) => name.endsWith('.log'));
  return (logs.sort().at(-1) ?? '').slice(0, 20);
}

function endOfEntries(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return end;
}

t.test('the same batches make the same files', async (t) => {
  const settings: Array<[string, Partial<LogConfig>]> = [
    ['plain-0', { segmentBytes: 16384, indexIntervalBytes: 64 }],
    ['txn-0', { segmentBytes: 4096, indexIntervalBytes: 64 }],
    ['gzip-0', {}],
    ['lz4-0', {}],
    ['snappy-0', {}],
    ['zstd-0', {}],
    ['appendtime-0', { indexIntervalBytes: 64 }],
  ];
  for (const [name, config] of settings) await writesTheSame(t, name, config);
});

/**
 * Feeds the fixture's batches to a follower; Kafka rolled and indexed batch by batch, too. It starts anew where Kafka
 * did: an open segment then counts the bytes to its next index entry
 * from 0, and producers whose records are of 2023 have expired.
 */
async function writesTheSame(t: Test, name: string, config: Partial<LogConfig>): Promise<void> {
  const folder = join(FIXTURES, name);
  const disk = new FakeDisk();
  let { log, close } = await openFixture(disk, name, folder, config);
  for (const batch of batchesOf(folder)) {
    if (log.latestEpoch !== -1 && batchLeaderEpoch(batch, 0) !== log.latestEpoch) {
      await close();
      ({ log, close } = await openFixture(disk, name, folder, config, KAFKA_RESTART_MS));
      // Here they have a while to come back.
      log.producerState.removeExpired(KAFKA_RESTART_MS + 3_600_000);
    }
    log.appendAsFollower(Buffer.from(batch));
  }
  const epochs = parseEpochCheckpoint(readFileSync(join(folder, 'leader-epoch-checkpoint'))) ?? [];
  const lastEpoch = epochs.at(-1)?.epoch ?? -1;
  if (lastEpoch > log.latestEpoch) log.beginEpoch(lastEpoch);
  await close();
  const files = readdirSync(folder).filter((file) => !file.endsWith('.dump.txt') && !file.endsWith('.json'));
  t.ok(files.length >= 5);
  for (const file of files) {
    // Kafka's recovery rewrote this one, without an expired producer.
    const rewritten = name === 'txn-0' && file.startsWith('00000000000000000046.snap');
    const expected = readFileSync(join(rewritten ? join(FIXTURES, 'unclean', name) : folder, file));
    t.same(disk.bytesOf(`/data/${name}/${file}`), expected, `${name}/${file}`);
  }
}

/** A stored batch as its producer sent it: the broker has put in offset, epoch and, of LogAppendTime, type and time. */
function asProduced(stored: Buffer): Buffer {
  const batch = Buffer.from(stored);
  batch.writeUInt16BE(batchAttributes(batch, 0) & ~LOG_APPEND_TIME, ATTRIBUTES_AT);
  writeInt64(batch, 0, 0);
  batch.writeInt32BE(-1, LEADER_EPOCH_AT);
  const greatest = Math.max(...[...records(batch)].map(({ timestamp }) => timestamp));
  writeInt64(batch, MAX_TIMESTAMP_AT, greatest);
  batch.writeUInt32BE(computeBatchCrc(batch, 0), CRC_AT);
  return batch;
}

t.test('what a leader of LogAppendTime makes of produced batches has the bytes of Kafka', async (t) => {
  for (const codec of [CompressionCodec.gzip, CompressionCodec.lz4]) await prepareCodec(codec);
  const name = 'appendtime-0';
  const folder = join(FIXTURES, name);
  const disk = new FakeDisk();
  const clock = new ManualClock();
  const { directory } = await openDirectory(disk, { clock });
  const config = logConfig({ indexIntervalBytes: 64, messageTimestampType: 'LogAppendTime' });
  const log = await directory.openLog('appendtime', 0, topicIdOf(folder), config);
  const stored = batchesOf(folder);
  t.equal(stored.length, 5);
  for (const batch of stored) {
    const produced = asProduced(batch);
    t.notOk(produced.subarray(LOG_OVERHEAD).equals(batch.subarray(LOG_OVERHEAD)), 'there is something to put in');
    clock.nowMs = batchMaxTimestamp(batch, 0);
    await log.appendAsLeader(produced, batchLeaderEpoch(batch, 0));
    await log.flush();
  }
  await directory.close();
  for (const file of readdirSync(folder).filter((name) => /\.(log|index|timeindex|snapshot)$/.test(name))) {
    t.same(disk.bytesOf(`/data/${name}/${file}`), readFileSync(join(folder, file)), file);
  }
});

t.test('what Kafka has cleaned comes out of another cleaning as it is', async (t) => {
  await prepareCodec(CompressionCodec.zstd);
  const name = 'compacted-0';
  const folder = join(FIXTURES, name);
  const disk = new FakeDisk();
  copyTo(disk, FIXTURES, '/data');
  // The second segment is dirty again; both are written anew for it.
  disk.put('/data/cleaner-offset-checkpoint', Buffer.from('0\n1\ncompacted 0 707\n'));
  // Each of Kafka's segments is a group of its own, as it was then.
  const config = { cleanupCompact: true, minCleanableDirtyRatio: 0, segmentBytes: 2300, indexIntervalBytes: 64 };
  const { log, close } = await openFixture(disk, name, folder, config, KAFKA_RESTART_MS);
  log.updateHighWatermark(log.endOffset);
  t.match(await log.compact(KAFKA_RESTART_MS, 1 << 20), { cleanedOffset: 752 });
  t.ok(disk.count('write', '.cleaned') > 0, 'it was written anew');
  for (const file of readdirSync(folder).filter((file) => /\.(log|index|timeindex)$/.test(file))) {
    t.same(disk.bytesOf(`/data/${name}/${file}`), readFileSync(join(folder, file)), file);
  }
  await close();
});

t.test('reads are cut at whole batches wherever they start', async (t) => {
  const disk = new FakeDisk();
  copyTo(disk, FIXTURES, '/data');
  const { log, close } = await openFixture(disk, 'plain-0', join(FIXTURES, 'plain-0'));
  const batches = batchesOf(join(FIXTURES, 'plain-0'));
  const random = new Seeded(5);
  for (let turn = 0; turn < 200; turn++) {
    const offset = random.below(log.endOffset);
    const found = Buffer.concat(await log.read(offset, random.below(9000), log.endOffset));
    const first = batches.findIndex((batch) => found.subarray(0, batch.length).equals(batch));
    t.ok(first >= 0);
    const expected = Buffer.concat(batches.slice(first)).subarray(0, found.length);
    t.ok(found.equals(expected), `from ${offset}`);
  }
  await close();
});
