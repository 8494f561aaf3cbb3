import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { logConfig, readAll, TOPIC_ID } from '../log/support.js';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import type { BatchOptions } from '../../src/record/batch-builder.js';
import {
  batchAttributes,
  batchBaseOffset,
  batchRecordCount,
  isControl,
  isTransactional,
} from '../../src/record/batch-header.js';
import { buildMarkerBatch } from '../../src/record/control-record.js';
import { records } from '../../src/record/record-cursor.js';
import { HEALTHY_DISK } from '../../src/simulation/disk/disk.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { onStarts, openDirectory } from './starts.js';
import { seedsOf } from './seeds.js';

// Compaction exchanges segments under readers, beside a disk that is behind, and while the power may go at any moment: of
// each key the last record is there, and who aborted what is still known.

const MEMORY = 1 << 20;
const CONFIG = logConfig({
  segmentBytes: 900,
  indexIntervalBytes: 100,
  cleanupCompact: true,
  cleanupDelete: false,
  minCleanableDirtyRatio: 0,
});
/** Neighbours become one segment. */
const JOINED = { ...CONFIG, segmentBytes: 20_000 };
const START_MS = 1_700_000_000_000;
const PRODUCER = { producerId: 1, producerEpoch: 0 };

function keyed(timestamp: number, key: string, value: string, options: BatchOptions = {}): Buffer {
  const builder = new BatchBuilder();
  builder.reset(options).append(timestamp, key, value);
  return builder.detach();
}

/** Keys that come once, and others whose records replace one another. */
function fill(log: PartitionLog, random: SeededRandom, count: number): void {
  for (let left = count; left > 0; left--) {
    const offset = log.endOffset;
    const key = offset % 3 === 0 ? `own ${offset}` : `key ${offset % 7}`;
    log.appendAsLeader(keyed(START_MS + offset, key, 'x'.repeat(random.integer(30, 70))), 0);
  }
}

interface Contents {
  readonly last: readonly string[];
  readonly endOffset: number;
}

/** By key: where its last record stands, and what it says. */
async function contentsOf(log: PartitionLog): Promise<Contents> {
  const last = new Map<string, string>();
  for (const batch of await readAll(log)) {
    if (isControl(batchAttributes(batch, 0)) || isTransactional(batchAttributes(batch, 0))) continue;
    for (const { offset, key, value } of records(batch)) {
      last.set(key?.toString() ?? '', `${offset}: ${value?.toString() ?? 'nothing'}`);
    }
  }
  return { last: [...last].map(([key, value]) => `${key} at ${value}`).sort(), endOffset: log.endOffset };
}

/** What the indexes say: each record that is left is found by its offset, and by its time. */
async function misled(log: PartitionLog): Promise<string[]> {
  const wrong: string[] = [];
  for (const batch of await readAll(log)) {
    const attributes = batchAttributes(batch, 0);
    if (isControl(attributes)) continue;
    const offset = batchBaseOffset(batch, 0);
    const [first] = await log.read(offset, 1, log.endOffset);
    if (first === undefined || batchBaseOffset(first, 0) !== offset)
      wrong.push(`a read of ${offset} finds something else`);
    const byTime = await log.offsetForTimestamp(START_MS + offset, log.endOffset);
    if (!isTransactional(attributes) && byTime?.offset !== offset) wrong.push(`${offset} is not found by its time`);
    const isAborted = log.abortedTransactions(offset, offset + 1).length > 0;
    const isTold = !isTransactional(attributes) || isAborted || batchRecordCount(batch, 0) === 0;
    if (!isTold) wrong.push(`what was aborted at ${offset} passes for committed`);
  }
  return wrong;
}

/** Five segments and the active one; what a producer aborted lies behind what is clean, in the last of the five. */
async function makeLog(directory: LogDirectory, random: SeededRandom): Promise<PartitionLog> {
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  while (log.segmentCount < 5) fill(log, random, 1);
  const cleanUpTo = log.endOffset;
  log.appendAsLeader(
    keyed(START_MS + log.endOffset, 'aborted', 'x', { ...PRODUCER, baseSequence: 0, isTransactional: true }),
    0,
  );
  const abort = { ...PRODUCER, type: 'abort', coordinatorEpoch: 1, timestamp: START_MS } as const;
  log.appendAsLeader(buildMarkerBatch(abort), 0, { origin: 'coordinator' });
  while (log.segmentCount < 6) fill(log, random, 1);
  await log.flush();
  // Recovery takes what it finds of the first five, without a look at their batches.
  await directory.checkpoint();
  log.setConfig(JOINED);
  log.updateHighWatermark(cleanUpTo);
  return log;
}

function differences(seed: number, found: Contents, wanted: Contents): string[] {
  const wrong: string[] = [];
  if (found.endOffset !== wanted.endOffset) wrong.push(`it ends at ${found.endOffset}, not ${wanted.endOffset}`);
  const lost = wanted.last.filter((one) => !found.last.includes(one));
  if (lost.length > 0) wrong.push(`the last record of ${lost.length} keys is gone`);
  return wrong.map((what) => `seed ${seed}: ${what}`);
}

/** A look at the log as the next start finds it. */
async function reopened(platform: Platform, seed: number, wanted: Contents): Promise<string[]> {
  // At a start nothing tells yet that the topic is compacted.
  const unaware = { ...CONFIG, cleanupCompact: false };
  const log = await (await openDirectory(platform)).openLog('t', 0, TOPIC_ID, unaware);
  const wrong: string[] = [];
  try {
    wrong.push(...differences(seed, await contentsOf(log), wanted));
    for (const what of await misled(log)) wrong.push(`seed ${seed}: ${what}`);
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    wrong.push(`seed ${seed}: good bytes are taken for damage: ${error.message}`);
  }
  if (log.truncatedByRecovery) wrong.push(`seed ${seed}: it is taken for a damaged one`);
  await log.scrubSlice(1 << 20);
  if (log.damagedRanges.length > 0) wrong.push(`seed ${seed}: good bytes are taken for damage`);
  return wrong;
}

t.test('power that is lost at any moment of a compaction costs no record', async (t) => {
  const wrong: string[] = [];
  let whole = 0;
  for (const seed of seedsOf(t, 400)) {
    const random = new SeededRandom(seed);
    let wanted: Contents = { last: [], endOffset: 0 };
    await onStarts(seed, [
      {
        work: async (platform, host) => {
          const log = await makeLog(await openDirectory(platform), random);
          wanted = await contentsOf(log);
          host.disk.behaviour.namesInOrder = false;
          let isDone = false;
          void log.compact(START_MS, MEMORY).then((result) => {
            if (result === undefined) throw new Error('there was nothing to compact');
            isDone = true;
          });
          await sleep(platform.clock, random.between(0, 20));
          if (isDone) whole++;
        },
        end: 'powerOff',
      },
      // What the first start ends, the second one may have to end again.
      {
        work: async (platform) => {
          void openDirectory(platform).then((directory) => directory.openLog('t', 0, TOPIC_ID, CONFIG));
          await sleep(platform.clock, random.between(0, 15));
        },
        end: random.chance(0.5) ? 'powerOff' : 'kill',
      },
      { work: async (platform) => void wrong.push(...(await reopened(platform, seed, wanted))), end: 'kill' },
    ]);
  }
  t.same(wrong, []);
  t.ok(whole > 40 && whole < 360, `${whole} compactions of 400 were over`);
});

t.test('reads and the scrub find what compaction keeps, while it exchanges the segments under them', async (t) => {
  const wrong: string[] = [];
  for (const seed of seedsOf(t, 40)) {
    const random = new SeededRandom(seed);
    await onStarts(seed, [
      {
        work: async (platform) => {
          const directory = await openDirectory(platform, { cacheBytes: 0 });
          const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
          fill(log, random, 60);
          await log.flush();
          log.updateHighWatermark(log.endOffset);
          const compacted = log.compact(START_MS, MEMORY);
          const work: Promise<unknown>[] = [compacted];
          for (let turn = 0; turn < 60; turn++) {
            const offset = 3 * random.below(18);
            const read = async (): Promise<void> => {
              const [first] = await log.read(offset, 1, 60);
              const found = first === undefined ? -1 : batchBaseOffset(first, 0);
              if (found !== offset) wrong.push(`seed ${seed}: a read of ${offset} found ${found}`);
            };
            work.push(read());
            if (turn % 5 === 0) work.push(log.scrubSlice(1 << 20));
            await sleep(platform.clock, random.between(0, 2));
          }
          await Promise.all(work);
          if (log.damagedRanges.length > 0) wrong.push(`seed ${seed}: good bytes are taken for damage`);
        },
        end: 'kill',
      },
    ]);
  }
  t.same(wrong, []);
});

t.test('compaction copies no segment of which the disk has not everything yet', async (t) => {
  const wrong: string[] = [];
  for (const seed of seedsOf(t, 10)) {
    const random = new SeededRandom(seed);
    await onStarts(seed, [
      {
        work: async (platform, host) => {
          const directory = await openDirectory(platform);
          const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
          fill(log, random, 20);
          await log.flush();
          // That it has gaps is known from here on: nothing but its copies is written by the compaction that counts.
          log.updateHighWatermark(log.endOffset);
          await log.compact(START_MS, MEMORY);
          // A follower that is out of the in-sync set may know of a high watermark that its disk is far behind.
          host.disk.behaviour.syncMs = [100, 100];
          for (let left = 8; left > 0; left--) {
            fill(log, random, 5);
            await sleep(platform.clock, 1);
          }
          const wanted = await contentsOf(log);
          log.updateHighWatermark(log.endOffset);
          log.setConfig(JOINED);
          await log.compact(START_MS, MEMORY);
          host.disk.behaviour.syncMs = HEALTHY_DISK.syncMs;
          await log.flush();
          wrong.push(...differences(seed, await contentsOf(log), wanted));
        },
        end: 'kill',
      },
    ]);
  }
  t.same(wrong, []);
});
