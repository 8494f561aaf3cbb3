import t from 'tap';
import { defined } from '../../src/common/assert.js';
import type { LogDirectoryConfig } from '../../src/log/log-config.js';
import { DEFAULT_LOG_DIRECTORY_CONFIG } from '../../src/log/log-config.js';
import { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { IndexCache } from '../../src/log/index-cache.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { TailCache } from '../../src/log/tail-cache.js';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import { batchNextOffset } from '../../src/record/batch-header.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { TOPIC_ID, logConfig, makeBatch, readAll } from '../log/support.js';

const SEEDS = 40;
const LIVES = 6;
const CONFIG: LogDirectoryConfig = { ...DEFAULT_LOG_DIRECTORY_CONFIG };

/** What the outside knows: every batch that was appended, by its base offset, and how much was said to be durable. */
class Model {
  readonly batches = new Map<number, Buffer>();
  durableOffset = 0;
  recovered = 0;
  truncations = 0;

  check(found: readonly Buffer[], endOffset: number): void {
    if (endOffset < this.durableOffset) throw new Error(`${this.durableOffset} was durable, ${endOffset} is left`);
    let next = 0;
    for (const batch of found) {
      const offset = Number(batch.readBigInt64BE(0));
      if (offset !== next) throw new Error(`a batch at ${next} is followed by one at ${offset}`);
      if (!defined(this.batches.get(offset), 'only what was appended is found').equals(batch)) {
        throw new Error(`the batch at ${offset} is not the one that was appended`);
      }
      next = batchNextOffset(batch, 0);
    }
    if (next !== endOffset) throw new Error(`the log ends at ${endOffset}, its batches at ${next}`);
    this.recovered += found.length;
    for (const offset of this.batches.keys()) {
      if (offset < endOffset) continue;
      this.batches.delete(offset);
      this.truncations++;
    }
    // What survived is as good as durable once the log has said that it starts there.
    this.durableOffset = endOffset;
  }
}

async function openLog(platform: Platform): Promise<PartitionLog> {
  const directory = await LogDirectory.open({
    path: '/data',
    nodeId: 1,
    platform,
    config: CONFIG,
    tailCache: new TailCache({ capacityBytes: 1 << 16, buffers: new PoisonedBuffers() }),
    indexCache: new IndexCache({ capacityBytes: 1 << 10 }),
  });
  return directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 20_000 }));
}

async function live(platform: Platform, model: Model, random: SeededRandom): Promise<void> {
  const log = await openLog(platform);
  model.check(await readAll(log, 0), log.endOffset);
  log.onDurable((offset) => {
    model.durableOffset = Math.max(model.durableOffset, offset);
  });
  for (let i = 0; ; i++) {
    const batch = makeBatch({
      records: random.integer(1, 5),
      valueBytes: random.integer(0, 800),
      fill: i & 255,
      timestamp: platform.clock.wallMs(),
    });
    const base = log.endOffset;
    log.appendAsLeader(batch, 1);
    model.batches.set(base, Buffer.from(batch));
    if (random.chance(0.5)) await sleep(platform.clock, random.between(0, 3));
    else await Promise.resolve();
    if (i % 50 === 49) await log.flush();
  }
}

async function run(seed: number): Promise<{ digest: string; model: Model }> {
  const simulation = new Simulation({ seed });
  const model = new Model();
  const random = simulation.random.split('test');
  const host = simulation.host('n1');
  await simulation.run(
    async ({ clock }) => {
      for (let life = 0; life < LIVES; life++) {
        host.start((platform) => live(platform, model, random.split(`life ${life}`)));
        // A short life ends before its first sync: what an earlier one left in the page cache must be on the disk by then.
        await sleep(clock, random.chance(0.3) ? random.between(1, 8) : random.between(5, 100));
        if (random.chance(0.7)) host.powerOff();
        else host.kill();
      }
      await new Promise<void>((resolve) => {
        host.start(async (platform) => {
          const log = await openLog(platform);
          model.check(await readAll(log, 0), log.endOffset);
          resolve();
          await new Promise(() => {});
        });
      });
      host.kill();
    },
    { limitMs: 60_000 },
  );
  return { digest: simulation.digest, model };
}

t.test('a log keeps what it called durable, whatever a crash does to the rest', async (t) => {
  let recovered = 0;
  let truncations = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const { digest, model } = await run(seed);
    recovered += model.recovered;
    truncations += model.truncations;
    if (seed % 20 === 0) t.equal((await run(seed)).digest, digest, `seed ${seed} is one run`);
  }
  t.ok(recovered > 1000, `${recovered} batches were found again`);
  t.ok(truncations > 50, `${truncations} batches were lost, none of them durable`);
});
