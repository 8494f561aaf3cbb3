import { pathToFileURL } from 'node:url';
import t from 'tap';
import type { Test } from 'tap';
import { LogDirectory } from '../../src/log/log-directory.js';
import { DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import { IndexCache } from '../../src/log/index-cache.js';
import { OffsetMap } from '../../src/log/offset-map.js';
import { ProducerEntry } from '../../src/log/producer-entry.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { TailCache } from '../../src/log/tail-cache.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import type { Clock } from '../../src/platform/clock.js';
import { RealClock } from '../../src/platform/node/clock.js';
import { createNodePlatform } from '../../src/platform/node/platform.js';
import { BatchBuilder, replaceRecords } from '../../src/record/batch-builder.js';
import {
  batchProducerId,
  checkCrc,
  CompressionCodec,
  compressionName,
  RECORDS_AT,
} from '../../src/record/batch-header.js';
import { compressRecords } from '../../src/record/compression.js';
import { RecordCursor } from '../../src/record/record-cursor.js';
import { temporaryFolder } from '../platform/temporary-folder.js';
import { FakeDisk } from './fake-disk.js';
import { logConfig, ManualClock, openDirectory, readAll, TOPIC_ID } from './support.js';

const MIB = 1024 * 1024;
const BATCHES = 4;
/** One such batch alone is work for much longer than the event loop may be held. */
const RECORDS_A_BATCH = 100_000;
const KEYS = 60_000;
const ALLOWED_MS = 10;
/** Of the time in slices: where a batch is compressed on the event loop, a fifth and more is in longer ones. */
const MOST_LONG = 0.15;
/** Turns of the event loop below it did something else than a slice of work. */
const LEAST_SLICE_MS = 2;

/** Compressed batches are inflated, and compressed anew, beside the event loop. */
const WORKER = pathToFileURL('dist/src/platform/node/worker-main.js');
const CODECS = [CompressionCodec.none, CompressionCodec.gzip] as const;
type Codec = (typeof CODECS)[number];

function batchOf(first: number, codec: Codec): Buffer {
  const builder = new BatchBuilder();
  builder.reset();
  for (let index = 0; index < RECORDS_A_BATCH; index++) {
    builder.append(1_700_000_000_000, `key ${(first + index) % KEYS}`, `value ${first + index}`);
  }
  const plain = builder.detach();
  if (codec === CompressionCodec.none) return plain;
  return replaceRecords(plain, 0, codec, compressRecords(codec, plain.subarray(RECORDS_AT)));
}

/** How long each turn of the event loop was, in ms, from now until `work` is done. */
async function turnsDuring(work: Promise<unknown>, onTurn = (): void => {}): Promise<number[]> {
  const turns: number[] = [];
  let done = false;
  const finished = work.finally(() => (done = true));
  let startedMs = performance.now();
  let cpu = process.cpuUsage();
  while (!done) {
    await new Promise((resolve) => setImmediate(resolve));
    onTurn();
    const nowMs = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    // Others take the processor away, and threads beside this one use it: each makes one of the two too great.
    turns.push(Math.min(nowMs - startedMs, (user + system) / 1000));
    startedMs = nowMs;
    cpu = process.cpuUsage();
  }
  await finished;
  return turns;
}

/** A log in a real folder whose records are mostly of keys that come again. */
async function dirtyLog(t: Test, clock: Clock, codec: Codec): Promise<PartitionLog> {
  const platform = await createNodePlatform({ logLevel: 'silent', metrics: false, workerEntry: WORKER });
  t.teardown(() => platform.close());
  const directory = await LogDirectory.open({
    path: temporaryFolder(t),
    nodeId: 1,
    platform: { ...platform, clock },
    config: DEFAULT_LOG_DIRECTORY_CONFIG,
    tailCache: new TailCache({ capacityBytes: MIB, buffers: new PoisonedBuffers() }),
    indexCache: new IndexCache({ capacityBytes: MIB }),
  });
  t.teardown(() => directory.close());
  // A segment holds two plain batches, or one that is compressed.
  const segmentBytes = codec === CompressionCodec.none ? 8 * MIB : 640 * 1024;
  const config = { cleanupCompact: true, minCleanableDirtyRatio: 0, maxMessageBytes: 8 * MIB, segmentBytes };
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig(config));
  for (let batch = 0; batch < BATCHES; batch++) await log.appendAsLeader(batchOf(batch * RECORDS_A_BATCH, codec), 0);
  // Once, in the life of a process, its threads start.
  if (codec !== CompressionCodec.none) await platform.workers.run('compress', { codec, data: Buffer.from('x') });
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  return log;
}

/** What is handled between two looks at the clock: each costs nothing here, so that no time ever passes. */
class StepCounter extends ManualClock {
  most = 0;
  #sinceLook = 0;

  handled(amount: number): void {
    this.#sinceLook += amount;
    this.most = Math.max(this.most, this.#sinceLook);
  }

  override monotonicMs(): number {
    if (/isDue|Pacer/.test(new Error().stack ?? '')) this.#sinceLook = 0;
    return super.monotonicMs();
  }

  override defer(callback: () => void): void {
    setImmediate(callback);
  }
}

/** Calls `before` with what `method` of a class is called with, as long as the test runs. */
function watch<Self extends object>(
  t: Test,
  prototype: Self,
  method: keyof Self & string,
  before: (self: Self, args: readonly unknown[]) => void,
): void {
  const original = Reflect.get(prototype, method) as (...args: unknown[]) => unknown;
  Reflect.set(prototype, method, function (this: Self, ...args: unknown[]): unknown {
    before(this, args);
    return original.apply(this, args);
  });
  t.teardown(() => Reflect.set(prototype, method, original));
}

/** A log of these batches in closed segments, and of one more. */
async function closedSegments(
  t: Test,
  clock: ManualClock,
  segmentBytes: number,
  batches: readonly Buffer[],
): Promise<PartitionLog> {
  const { directory } = await openDirectory(new FakeDisk(), { clock });
  t.teardown(() => directory.close());
  const config = { cleanupCompact: true, minCleanableDirtyRatio: 0, maxMessageBytes: 8 * MIB, segmentBytes };
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig(config));
  const last = new BatchBuilder().reset();
  last.append(1_700_000_000_000, 'a key of its own', Buffer.alloc(500));
  for (const batch of [...batches, last.detach()]) await log.appendAsLeader(batch, 0);
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  return log;
}

t.test('however many producers a log knows, few are asked of between two looks at the clock', async (t) => {
  const PRODUCERS = 3_000;
  const clock = new StepCounter();
  const batches = Array.from({ length: PRODUCERS }, (_, index) => {
    const builder = new BatchBuilder().reset({ producerId: index, producerEpoch: 0, baseSequence: 0 });
    builder.append(1_700_000_000_000, `key ${index % 10}`, 'value');
    return builder.detach();
  });
  const log = await closedSegments(t, clock, 64 * 1024, batches);
  watch(t, ProducerEntry.prototype, 'lastOffsetOf', () => clock.handled(1));
  clock.most = 0;
  t.ok(await log.compact(clock.wallMs(), MIB));
  t.ok(clock.most > 0 && clock.most <= 1000, `${clock.most} batches of producers at a time`);
  const known = (await readAll(log)).filter((batch) => batchProducerId(batch, 0) >= 0);
  t.equal(known.length, PRODUCERS, 'and what each wrote last is known by what is left');
});

/** A batch of `records` records, every other one of a key that comes again, that compresses to a fraction. */
function largeBatch(records: number, keyBytes: number, valueBytes: number): Buffer {
  const builder = new BatchBuilder().reset();
  for (let index = 0; index < records; index++) {
    const key = Buffer.alloc(keyBytes);
    key.writeInt32BE(index % (records / 2));
    builder.append(1_700_000_000_000, key, Buffer.alloc(valueBytes, index & 0xff));
  }
  const plain = builder.detach();
  return replaceRecords(
    plain,
    0,
    CompressionCodec.gzip,
    compressRecords(CompressionCodec.gzip, plain.subarray(RECORDS_AT)),
  );
}

for (const [what, keyBytes, valueBytes] of [
  ['values', 8, 16_000],
  ['keys', 16_000, 8],
] as const) {
  t.test(`of a batch that inflates to much, with large ${what}, little is handled between two looks`, async (t) => {
    const RECORDS = 2_000;
    const clock = new StepCounter();
    const batch = largeBatch(RECORDS, keyBytes, valueBytes);
    const log = await closedSegments(t, clock, batch.length + 100, [batch]);
    // What is looked up, written, grown into a larger buffer, or gone through for its CRC; and copies, but for small ones.
    const lookUp = ([, start, end]: readonly unknown[]): void => clock.handled(Number(end) - Number(start));
    watch(t, OffsetMap.prototype, 'put', (_, args) => lookUp(args));
    watch(t, OffsetMap.prototype, 'get', (_, args) => lookUp(args));
    let room = 0;
    watch(t, BatchBuilder.prototype, 'appendEncoded', (builder, [, , , start, end]) => {
      clock.handled(Number(end) - Number(start));
      if (builder.capacityBytes !== room && builder.recordCount > 0) clock.handled(builder.sizeBytes);
      room = builder.capacityBytes;
    });
    watch(t, BatchBuilder.prototype, 'close', (builder) => clock.handled(builder.sizeBytes));
    const copies = watchCopies(t);
    clock.most = 0;
    const sizeBefore = log.sizeBytes;
    t.ok(await log.compact(clock.wallMs(), MIB));
    t.ok(clock.most > 16_000 && clock.most < 256 * 1024, `${clock.most} bytes at a time`);
    t.ok(copies.most < MIB, `a copy of ${copies.most} bytes`);
    t.ok(log.sizeBytes < sizeBefore);
    const [cleaned] = await readAll(log);
    t.ok(cleaned !== undefined && checkCrc(cleaned, 0));
    if (cleaned === undefined) return;
    const cursor = new RecordCursor().open(cleaned);
    for (let index = RECORDS / 2; index < RECORDS; index++) {
      const stays = cursor.next() && cursor.offset === index;
      t.ok(stays && cursor.value()?.equals(Buffer.alloc(valueBytes, index & 0xff)), `record ${index}`);
    }
    t.notOk(cursor.next());
  });
}

/** Copies that are made at once, by the way that makes one of a part of a buffer. */
function watchCopies(t: Test): { most: number } {
  const copies = { most: 0 };
  const { from } = Buffer;
  Buffer.from = function (this: unknown, ...args: unknown[]): Buffer {
    const [bytes] = args;
    if (bytes instanceof Uint8Array) copies.most = Math.max(copies.most, bytes.length);
    return Reflect.apply(from, Buffer, args) as Buffer;
  } as typeof from;
  t.teardown(() => (Buffer.from = from));
  return copies;
}

/** Each look of compaction at it costs a millisecond; it counts those between two turns of the event loop. */
class CostlyClock extends RealClock {
  pauses = 0;
  looks = 0;
  mostLooks = 0;
  #looksInTurn = 0;
  #costMs = 0;

  override monotonicMs(): number {
    // Others, such as the flusher, look at it, too, within the same turn.
    if (!/isDue|Pacer/.test(new Error().stack ?? '')) return this.#costMs;
    this.looks++;
    this.mostLooks = Math.max(this.mostLooks, ++this.#looksInTurn);
    return ++this.#costMs;
  }

  override defer(callback: () => void): void {
    this.pauses++;
    super.defer(callback);
  }

  nextTurn(): void {
    this.#looksInTurn = 0;
  }
}

for (const codec of CODECS) {
  const name = compressionName(codec);
  t.test(`a compaction (${name}) looks at the clock every 256 records, and gives way before 10 ms`, async (t) => {
    const clock = new CostlyClock();
    const log = await dirtyLog(t, clock, codec);
    clock.pauses = 0;
    clock.looks = 0;
    clock.mostLooks = 0;
    const compacting = log.compact(clock.wallMs(), 64 * MIB);
    await turnsDuring(compacting, () => clock.nextTurn());
    t.ok(await compacting);
    t.ok(clock.mostLooks <= ALLOWED_MS, `${clock.mostLooks} looks, each of a millisecond, in one turn`);
    // The last segment stays; every other record is read twice: for the map of keys, and for what is kept.
    const read = 2 * (BATCHES - 1) * RECORDS_A_BATCH;
    t.ok(clock.looks * 256 >= read, `${clock.looks} looks for ${read} records`);
    t.ok(clock.pauses * ALLOWED_MS * 256 >= read, `${clock.pauses} pauses for ${read} records`);
  });

  t.test(`in real time (${name}), too, the event loop is not held for more than 10 ms`, async (t) => {
    // A collection of garbage, or another process on a busy machine, makes one or another slice longer: not in each of eight
    // compactions, and what compaction itself does at a time would be too long in all.
    const share: number[] = [];
    while (share.length < 8 && !share.some((each) => each < MOST_LONG)) share.push(await shareInLongSlices(t, codec));
    t.ok(
      share.some((each) => each < MOST_LONG),
      `of the time in slices, ${share.join(', ')} in those that took longer`,
    );
  });
}

/** Compacts a log; how much of the time in slices was in longer ones than they may be. */
async function shareInLongSlices(t: Test, codec: Codec): Promise<number> {
  const clock = new RealClock();
  const log = await dirtyLog(t, clock, codec);
  const compacting = log.compact(clock.wallMs(), 64 * MIB);
  const turns = await turnsDuring(compacting);
  const result = await compacting;
  t.ok(result !== undefined && result.bytesAfter < result.bytesBefore, 'some of it went');
  const slices = turns.filter((ms) => ms >= LEAST_SLICE_MS).sort((a, b) => a - b);
  t.comment(`${slices.length} slices, the median ${slices[slices.length >> 1]} ms, the greatest ${slices.at(-1)} ms`);
  t.ok(slices.length > 20, 'so much work that it takes many slices');
  const sum = (list: readonly number[]): number => list.reduce((all, ms) => all + ms, 0);
  return sum(slices.filter((ms) => ms > ALLOWED_MS)) / sum(slices);
}
