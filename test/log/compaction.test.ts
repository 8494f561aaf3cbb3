import t from 'tap';
import type { Test } from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import {
  CompressionCodec,
  batchNextOffset,
  batchRecordCount,
  isControl,
  batchAttributes,
} from '../../src/record/batch-header.js';
import { buildMarkerBatch } from '../../src/record/control-record.js';
import { batchDeleteHorizonMs, records } from '../../src/record/record-cursor.js';
import { crashAtEachStep, type CrashTrial } from './crash-steps.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, ManualClock, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

const MEMORY = 1 << 20;
const CONFIG = logConfig({
  segmentBytes: 2500,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
  deleteRetentionMs: 1000,
  indexIntervalBytes: 200,
});

interface Entry {
  readonly key: string;
  readonly value: string | null;
  readonly aborted?: boolean;
}

function batchOf(
  entries: readonly Entry[],
  options: { codec?: CompressionCodec; producerId?: number; sequence?: number; transactional?: boolean } = {},
): Buffer {
  const builder = new BatchBuilder();
  builder.reset({
    codec: options.codec ?? CompressionCodec.none,
    ...(options.producerId === undefined
      ? {}
      : {
          producerId: options.producerId,
          producerEpoch: 0,
          baseSequence: options.sequence ?? 0,
          isTransactional: options.transactional ?? false,
        }),
  });
  for (const { key, value } of entries) builder.append(1_700_000_000_000, key, value, [{ key: 'h', value: key }]);
  return builder.detach();
}

async function contents(log: PartitionLog): Promise<Array<readonly [number, string, string | null]>> {
  const found: Array<readonly [number, string, string | null]> = [];
  for (const batch of await readAll(log)) {
    if (isControl(batchAttributes(batch, 0))) continue;
    for (const { offset, key, value } of records(batch)) {
      found.push([offset, key?.toString() ?? '', value === null ? null : value.toString()]);
    }
  }
  return found;
}

/** What must be there: of each key in the cleaned part the last record that was not aborted; all that follow. */
function expectedAfter(
  model: ReadonlyArray<readonly [number, string, string | null]>,
  cleanedOffset: number,
): Array<readonly [number, string, string | null]> {
  const last = new Map<string, number>();
  for (const [offset, key] of model) if (offset < cleanedOffset) last.set(key, offset);
  return model.filter(([offset, key]) => offset >= cleanedOffset || offset >= (last.get(key) ?? -1));
}

async function fill(log: PartitionLog, random: Seeded, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const entries = Array.from({ length: 1 + random.below(4) }, () => ({
      key: `k${random.below(25)}`,
      value: random.chance(15) ? null : `value ${random.below(1000)} ${'x'.repeat(random.below(40))}`,
    }));
    const codec = random.chance(20) ? CompressionCodec.gzip : CompressionCodec.none;
    log.appendAsLeader(batchOf(entries, { codec }), 0);
  }
  await log.flush();
  log.updateHighWatermark(log.endOffset);
}

t.test('compaction against a model', async (t) => {
  for (let seed = 0; seed < 20; seed++) {
    const random = new Seeded(seed);
    const disk = new FakeDisk();
    const clock = new ManualClock();
    let { directory } = await openDirectory(disk.mount(), { clock, cacheBytes: 0 });
    let log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    let model: Array<readonly [number, string, string | null]> = [];
    for (let round = 0; round < 3; round++) {
      const from = log.endOffset;
      await fill(log, random, 60);
      model.push(...(await contents(log)).filter(([offset]) => offset >= from));
      const result = await log.compact(clock.wallMs(), MEMORY);
      t.ok(result !== undefined && result.bytesAfter < result.bytesBefore, `seed ${seed}: smaller`);
      model = expectedAfter(model, result?.cleanedOffset ?? 0);
      const found = await contents(log);
      // Tombstones of former rounds go once their time has come.
      const horizon = round * 2000 > 1000;
      t.same(
        found.filter(([, , value]) => value !== null),
        model.filter(([, , value]) => value !== null),
      );
      if (!horizon) t.same(found, model);
      model = found;
      for (const [offset] of found) {
        const [buffer] = await log.read(offset, 1, log.endOffset);
        t.ok(buffer !== undefined && batchNextOffset(buffer, 0) > offset, 'found by its offset');
      }
      if (random.chance(50)) {
        await directory.close();
        ({ directory } = await openDirectory(disk.mount(), { clock, cacheBytes: 0 }));
        log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
        t.same(await contents(log), found, 'and after a restart');
        t.equal(log.cleanedOffset, result?.cleanedOffset);
      }
      clock.advance(2000);
    }
  }
});

t.test('tombstones get a horizon and go after it', async (t) => {
  const { directory, clock } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  log.appendAsLeader(batchOf([{ key: 'a', value: '1' }]), 0);
  log.appendAsLeader(
    batchOf([
      { key: 'a', value: null },
      { key: 'b', value: '2' },
    ]),
    0,
  );
  const filler = (): void => {
    for (let index = 0; index < 40; index++)
      log.appendAsLeader(batchOf([{ key: `f${index % 3}`, value: 'x'.repeat(50) }]), 0);
  };
  const clean = async (): Promise<void> => {
    filler();
    await log.flush();
    log.updateHighWatermark(log.endOffset);
    await log.compact(clock.wallMs(), MEMORY);
  };
  await clean();
  const withHorizon = (await readAll(log)).filter((batch) => batchDeleteHorizonMs(batch, 0) !== undefined);
  t.equal(withHorizon.length, 1);
  t.equal(batchDeleteHorizonMs(withHorizon[0] ?? Buffer.alloc(99), 0), clock.wallMs() + 1000);
  t.same((await contents(log)).slice(0, 2), [
    [1, 'a', null],
    [2, 'b', '2'],
  ]);
  await clean();
  t.equal((await contents(log))[0]?.[1], 'a', 'not before its time');
  clock.advance(1000);
  await clean();
  t.equal((await contents(log))[0]?.[1], 'b');
});

t.test(
  'a batch of more keys than fit the memory is compacted in several runs, its tombstones in their time',
  async (t) => {
    const { directory, clock } = await openDirectory(new FakeDisk());
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
    log.appendAsLeader(batchOf([...keys, ...keys].map((key) => ({ key, value: '1' }))), 0);
    log.appendAsLeader(batchOf(keys.map((key) => ({ key, value: null }))), 0);
    while (log.segmentCount < 4) log.appendAsLeader(batchOf([{ key: 'f', value: 'x'.repeat(50) }]), 0);
    await log.flush();
    log.updateHighWatermark(log.endOffset);
    let runs = 0;
    for (let before = -1; before < log.cleanedOffset; runs++) {
      before = log.cleanedOffset;
      const values = (await contents(log)).filter(([, key, value]) => key.startsWith('key') && value !== null);
      const tombstones = (await contents(log)).filter(([, , value]) => value === null);
      for (const [, key] of values) {
        t.ok(
          tombstones.some(([, deleted]) => deleted === key),
          `run ${runs}: what deletes ${key} outlives it`,
        );
      }
      await log.compact(clock.wallMs(), 24 * 20);
      clock.advance(2000);
    }
    t.ok(runs > 5, `${runs} runs`);
    const left = await contents(log);
    t.same(
      left.filter(([, key, value]) => key !== 'f' && value !== null),
      [],
      'all that was deleted is gone',
    );
    await directory.close();
  },
);

t.test('the time of a tombstone begins when what it deletes goes', async (t) => {
  const { directory, clock } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  for (let index = 0; index < 20; index++) log.appendAsLeader(batchOf([{ key: `k${index}`, value: '1' }]), 0);
  log.appendAsLeader(batchOf([{ key: 'k0', value: null }]), 0);
  t.equal(log.segmentCount, 1);
  while (log.segmentCount < 3) log.appendAsLeader(batchOf([{ key: 'f', value: 'x'.repeat(50) }]), 0);
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  await log.compact(clock.wallMs(), 24 * 20);
  t.equal(log.cleanedOffset, 18, 'no room for more keys');
  clock.advance(2000);
  await log.compact(clock.wallMs(), MEMORY);
  t.same(
    (await contents(log)).filter(([, key]) => key === 'k0'),
    [[20, 'k0', null]],
    'who had read the value reads that it is deleted',
  );
  await directory.close();
});

// SEED=95408 SECONDS=60, at that time: the first of four batches that were sent again was refused for ever.
t.test(
  'a replica that copies or recovers a compacted log knows each batch that a producer may send again',
  async (t) => {
    const disk = new FakeDisk();
    const clock = new ManualClock();
    const { directory } = await openDirectory(disk, { clock });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    const sent = (sequence: number): Buffer => batchOf([{ key: 'a', value: 'x' }], { producerId: 1, sequence });
    for (let sequence = 0; sequence < 7; sequence++) log.appendAsLeader(sent(sequence), 0);
    for (let index = 0; index < 40; index++) log.appendAsLeader(batchOf([{ key: 'a', value: 'x'.repeat(50) }]), 0);
    await log.flush();
    log.updateHighWatermark(log.endOffset);
    for (const run of ['first', 'second']) {
      await log.compact(clock.wallMs(), MEMORY);
      const copies = await readAll(log);
      t.same(
        copies.slice(0, 6).map((batch) => batchNextOffset(batch, 0) - 1),
        // The first begins its leader epoch; nothing is told of the second any more.
        [0, 2, 3, 4, 5, 6],
        `${run} run`,
      );
      const other = await openDirectory(new FakeDisk(), { clock });
      const copy = await other.directory.openLog('t', 0, TOPIC_ID, CONFIG);
      for (const batch of copies) copy.appendAsFollower(Buffer.from(batch));
      for (let sequence = 2; sequence < 7; sequence++) {
        t.match(
          copy.appendAsLeader(sent(sequence), 0),
          { duplicateOf: { firstOffset: sequence, lastOffset: sequence } },
          `${run} run, sequence ${sequence}`,
        );
      }
      await copy.flush();
      await other.directory.close();
      for (let index = 0; index < 40; index++) log.appendAsLeader(batchOf([{ key: 'a', value: 'x'.repeat(50) }]), 0);
      await log.flush();
      log.updateHighWatermark(log.endOffset);
    }
    await directory.close();
  },
);

t.test('transactions: aborted records go, markers follow, last sequences stay', async (t) => {
  const disk = new FakeDisk();
  const clock = new ManualClock();
  let { directory } = await openDirectory(disk, { clock });
  let log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  const marker = (producerId: number, type: 'commit' | 'abort'): void => {
    const batch = buildMarkerBatch({
      producerId,
      producerEpoch: 0,
      type,
      coordinatorEpoch: 1,
      timestamp: clock.wallMs(),
    });
    log.appendAsLeader(batch, 0, { origin: 'coordinator' });
  };
  log.appendAsLeader(batchOf([{ key: 'a', value: 'kept' }]), 0);
  log.appendAsLeader(batchOf([{ key: 'a', value: 'aborted' }], { producerId: 1, transactional: true }), 0);
  log.appendAsLeader(batchOf([{ key: 'b', value: 'committed' }], { producerId: 2, transactional: true }), 0);
  marker(1, 'abort');
  marker(2, 'commit');
  const clean = async (): Promise<void> => {
    for (let index = 0; index < 40; index++)
      log.appendAsLeader(batchOf([{ key: `f${index % 3}`, value: 'x'.repeat(50) }]), 0);
    await log.flush();
    log.updateHighWatermark(log.endOffset);
    await log.compact(clock.wallMs(), MEMORY);
  };
  await clean();
  t.same((await contents(log)).slice(0, 2), [
    [0, 'a', 'kept'],
    [2, 'b', 'committed'],
  ]);
  const first = (await readAll(log)).slice(0, 5);
  t.same(
    first.map((batch) => batchRecordCount(batch, 0)),
    [1, 0, 1, 1, 1],
    'the aborted batch is emptied, not lost: it has the last sequence of its producer',
  );
  t.match(log.abortedTransactions(0, 10), [{ producerId: 1, firstOffset: 1, lastOffset: 3 }]);
  await directory.close();
  ({ directory } = await openDirectory(disk, { clock }));
  log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  t.throws(
    () =>
      log.appendAsLeader(batchOf([{ key: 'a', value: 'x' }], { producerId: 1, sequence: 5, transactional: true }), 0),
    { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' },
  );
  t.match(log.appendAsLeader(batchOf([{ key: 'a', value: 'aborted' }], { producerId: 1, transactional: true }), 0), {
    duplicateOf: { firstOffset: 1, lastOffset: 1 },
  });
  t.ok(log.appendAsLeader(batchOf([{ key: 'z', value: '' }], { producerId: 1, sequence: 1, transactional: true }), 0));
  await settle();
  t.equal(log.lastStableOffset(log.endOffset), log.endOffset - 1, 'open again');
});

t.test('a transaction that was aborted behind what is clean, in the same segment, stays aborted', async (t) => {
  const disk = new FakeDisk();
  const clock = new ManualClock();
  const first = await openDirectory(disk, { clock });
  const log = await first.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  const fill = (count: number): void => {
    for (let index = 0; index < count; index++) log.appendAsLeader(batchOf([{ key: 'f', value: `${index}` }]), 0);
  };
  fill(5);
  log.appendAsLeader(batchOf([{ key: 'a', value: 'aborted' }], { producerId: 1, transactional: true }), 0);
  log.appendAsLeader(batchOf([{ key: 'b', value: 'aborted' }], { producerId: 1, sequence: 1, transactional: true }), 0);
  const marker = { producerEpoch: 0, type: 'abort', coordinatorEpoch: 1, timestamp: clock.wallMs() } as const;
  log.appendAsLeader(buildMarkerBatch({ producerId: 1, ...marker }), 0, { origin: 'coordinator' });
  while (log.segmentCount < 3) fill(1);
  await log.flush();
  const aborted = log.abortedTransactions(0, log.endOffset);
  t.match(aborted, [{ producerId: 1, firstOffset: 5, lastOffset: 7 }]);
  // Only the first batches are replicated: the first segment is clean up to there, and copied from there on.
  log.updateHighWatermark(4);
  t.ok(await log.compact(clock.wallMs(), MEMORY));
  t.equal(log.cleanedOffset, 4);
  t.equal((await contents(log))[0]?.[0], 3, 'it was compacted');
  t.same(log.abortedTransactions(0, log.endOffset), aborted);
  const batches = await readAll(log);
  const ended = batches.find((batch) => isControl(batchAttributes(batch, 0)));
  t.equal(ended && batchDeleteHorizonMs(ended, 0), undefined, 'its marker does not go while there are batches of it');
  await first.directory.close();

  const second = await openDirectory(disk, { clock });
  const reopened = await second.directory.openLog('t', 0, TOPIC_ID, CONFIG);
  t.same(reopened.abortedTransactions(0, reopened.endOffset), aborted, 'its index on disk tells of it');
  await second.directory.close();
});

t.test('nothing is cleaned that is not replicated, too young, or not dirty enough', async (t) => {
  const { directory, clock } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  for (let index = 0; index < 80; index++) log.appendAsLeader(batchOf([{ key: 'k', value: `${index}`.repeat(20) }]), 0);
  await log.flush();
  t.equal(await log.compact(clock.wallMs(), MEMORY), undefined, 'the high watermark is 0');
  log.updateHighWatermark(log.endOffset);
  log.setConfig({ ...CONFIG, minCompactionLagMs: 10_000 });
  t.equal(await log.compact(1_700_000_000_000 + 5000, MEMORY), undefined, 'too young');
  log.setConfig(CONFIG);
  const cleanable = await log.findCleanable(clock.wallMs());
  t.equal(cleanable?.dirtyRatio, 1);
  t.ok(await log.compact(clock.wallMs(), MEMORY));
  t.equal(await log.compact(clock.wallMs(), MEMORY), undefined, 'clean');
});

t.test('a truncation and the end of the log wait for no more of a compaction than the segment at work', async (t) => {
  for (const how of ['truncate', 'close', 'discard'] as const) {
    const disk = new FakeDisk();
    const { directory, clock } = await openDirectory(disk, { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, { ...CONFIG, segmentBytes: 1000 });
    await fill(log, new Seeded(1), 200);
    const { cleanedOffset, endOffset } = log;
    const sizeBytes = log.sizeBytes;
    const compacting = log.compact(clock.wallMs(), MEMORY);
    await settle(10);
    if (how === 'truncate') await log.truncateTo(endOffset - 1);
    else await log[how]();
    t.equal(await compacting, undefined, `${how}: broken off`);
    t.equal(log.cleanedOffset, cleanedOffset);
    if (how !== 'truncate') continue;
    t.ok(log.sizeBytes > sizeBytes / 2, 'most of it was not exchanged');
    t.ok(await log.compact(clock.wallMs(), MEMORY), 'the next one goes through');
    t.ok(log.cleanedOffset > cleanedOffset);
    await directory.close();
  }
});

// SEED=87 SECONDS=4, at that time: at a start nothing told that the topic is compacted.
t.test('a crash at any point of a compaction leaves the log as before or after', async (t) => {
  await crashes(t, 'mix');
  await crashes(t, 'loseAll');
  await crashes(t, 'keepAll');
});

async function crashes(t: Test, how: 'mix' | 'loseAll' | 'keepAll'): Promise<void> {
  const prepare = async (disk: FakeDisk, step: number): Promise<CrashTrial> => {
    const { directory, clock } = await openDirectory(disk.mount(), { cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
    await fill(log, new Seeded(1), 60);
    await directory.checkpoint();
    const before = await contents(log);
    const end = log.endOffset;
    const check = async (): Promise<void> => {
      const again = await openDirectory(disk.mount(), { cacheBytes: 0 });
      // At a start there is no metadata yet that would tell that the topic is compacted.
      const unaware = { ...CONFIG, cleanupCompact: false };
      const reopened = await again.directory.openLog('t', 0, TOPIC_ID, unaware);
      t.equal(reopened.endOffset, end);
      t.notOk(reopened.recovery?.truncatedDamage);
      const latest = (list: typeof before): Map<string, readonly [number, string, string | null]> =>
        new Map(list.map((entry) => [entry[1], entry]));
      const after = await contents(reopened);
      t.same([...latest(after)].sort(), [...latest(before)].sort(), `crash (${how}) after ${step} calls`);
      t.same(await reopened.scrubSlice(1 << 20).then(() => reopened.damagedRanges), []);
    };
    return { work: () => log.compact(clock.wallMs(), MEMORY), check };
  };
  const crashed = await crashAtEachStep({ how, stride: (step) => 1 + (step % 3), prepare });
  t.ok(crashed > 20, `${crashed} crashes`);
}
