import t from 'tap';
import type { Test } from 'tap';
import { LogDirectory } from '../../src/log/log-directory.js';
import { DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import { TailCache } from '../../src/log/tail-cache.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import type { Clock } from '../../src/platform/clock.js';
import { RealClock } from '../../src/platform/node/clock.js';
import { createNodePlatform } from '../../src/platform/node/platform.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { temporaryFolder } from '../platform/temporary-folder.js';
import { logConfig, TOPIC_ID } from './support.js';

const MIB = 1024 * 1024;
const BATCHES = 4;
/** One such batch alone is work for much longer than the event loop may be held. */
const RECORDS_A_BATCH = 100_000;
const KEYS = 60_000;
const ALLOWED_MS = 10;
/** Turns of the event loop below it did something else than a slice of work. */
const LEAST_SLICE_MS = 2;

function batchOf(first: number): Buffer {
  const builder = new BatchBuilder();
  builder.reset();
  for (let index = 0; index < RECORDS_A_BATCH; index++) {
    builder.append(1_700_000_000_000, `key ${(first + index) % KEYS}`, `value ${first + index}`);
  }
  return builder.detach();
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
async function dirtyLog(t: Test, clock: Clock): Promise<PartitionLog> {
  const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
  t.teardown(() => platform.close());
  const directory = await LogDirectory.open({
    path: temporaryFolder(t),
    nodeId: 1,
    platform: { ...platform, clock },
    config: DEFAULT_LOG_DIRECTORY_CONFIG,
    tailCache: new TailCache({ capacityBytes: MIB }),
  });
  t.teardown(() => directory.close());
  const config = { cleanupCompact: true, minCleanableDirtyRatio: 0, maxMessageBytes: 8 * MIB, segmentBytes: 8 * MIB };
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig(config));
  for (let batch = 0; batch < BATCHES; batch++) log.appendAsLeader(batchOf(batch * RECORDS_A_BATCH), 0);
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  return log;
}

/** Each look at it costs a millisecond; it counts the looks between two turns of the event loop. */
class CostlyClock extends RealClock {
  pauses = 0;
  mostLooks = 0;
  #looks = 0;
  #costMs = 0;

  override monotonicMs(): number {
    this.mostLooks = Math.max(this.mostLooks, ++this.#looks);
    return ++this.#costMs;
  }

  override defer(callback: () => void): void {
    this.pauses++;
    super.defer(callback);
  }

  nextTurn(): void {
    this.#looks = 0;
  }
}

t.test('a compaction looks at the clock at least every 256 records, and gives way before 10 ms', async (t) => {
  const clock = new CostlyClock();
  const log = await dirtyLog(t, clock);
  clock.pauses = 0;
  clock.mostLooks = 0;
  const compacting = log.compact(clock.wallMs(), 64 * MIB);
  await turnsDuring(compacting, () => clock.nextTurn());
  t.ok(await compacting);
  // Others, such as the flusher, look at it, too.
  t.ok(clock.mostLooks <= 2 * ALLOWED_MS, `${clock.mostLooks} looks, each of a millisecond, in one turn`);
  // The last segment stays; every other record is read twice: for the map of keys, and for what is kept.
  const read = 2 * (BATCHES - 1) * RECORDS_A_BATCH;
  t.ok(clock.pauses * ALLOWED_MS * 256 >= read, `${clock.pauses} pauses for ${read} records`);
});

t.test('in real time, too, the event loop is not held for more than 10 ms', async (t) => {
  const clock = new RealClock();
  const log = await dirtyLog(t, clock);
  const compacting = log.compact(clock.wallMs(), 64 * MIB);
  const turns = await turnsDuring(compacting);
  const result = await compacting;
  t.ok(result !== undefined && result.bytesAfter < result.bytesBefore, 'some of it went');
  const slices = turns.filter((ms) => ms >= LEAST_SLICE_MS).sort((a, b) => a - b);
  t.comment(`${slices.length} slices, the median ${slices[slices.length >> 1]} ms, the greatest ${slices.at(-1)} ms`);
  t.ok(slices.length > 20, 'so much work that it takes many slices');
  // A collection of garbage, or another process on a busy machine, makes one or another longer; never most of them.
  const sum = (list: readonly number[]): number => list.reduce((all, ms) => all + ms, 0);
  const long = slices.filter((ms) => ms > ALLOWED_MS);
  t.ok(sum(long) < sum(slices) / 2, `${sum(long)} of ${sum(slices)} ms in ${long.length} slices that took longer`);
});
