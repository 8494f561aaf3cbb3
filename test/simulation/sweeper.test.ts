import t from 'tap';
import { Simulation } from '../../src/simulation/simulation.js';
import { Sweeper } from '../../src/simulation/cluster/sweeper.js';

const LONG_MS = 130_000;

/** What a run of `forMs` deletes of a topic with two partitions, of which one was not read yet. */
async function sweptIn(forMs: number, deletes: () => Promise<void> = async () => {}): Promise<string[]> {
  const simulation = new Simulation({ seed: 1 });
  const told: string[] = [];
  await simulation.run(
    async ({ clock }) => {
      const begunMs = clock.monotonicMs();
      const sweeper = new Sweeper({
        simulation,
        topic: 'orders',
        partitions: 2,
        workload: {
          readByAll: (partition) => (partition === 0 ? 0 : Math.floor(clock.monotonicMs() - begunMs)),
          deleting: (partition, beforeOffset) => told.push(`deleting ${partition} below ${beforeOffset}`),
        },
        deleteRecords: async (records) => {
          for (const { topic, partition, beforeOffset } of records) told.push(`${topic}-${partition}:${beforeOffset}`);
          await deletes();
        },
      });
      await sweeper.sleep(clock, forMs);
      t.equal(Math.round(clock.monotonicMs() - begunMs), forMs, 'it sleeps as long as it was told to');
    },
    { limitMs: 2 * LONG_MS },
  );
  return told;
}

t.test('a long run deletes what everybody has read, and says so to whoever judges before', async (t) => {
  const told = await sweptIn(LONG_MS);
  t.match(told.slice(0, 2), [/^deleting 1 below 2000\d$/, /^orders-1:2000\d$/]);
  t.equal(told.length, 2 * 5);
  t.notOk(
    told.some((line) => /orders-0|deleting 0/.test(line)),
    'nothing of a partition that was not read',
  );
});

t.test('a short one keeps everything', async (t) => {
  t.same(await sweptIn(120_000), []);
});

t.test('what cannot be deleted now is deleted by a later round', async (t) => {
  const told = await sweptIn(LONG_MS, () => Promise.reject(new Error('no leader')));
  t.equal(told.filter((line) => line.startsWith('orders-1')).length, 5);
});
