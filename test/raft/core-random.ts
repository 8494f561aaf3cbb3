import t from 'tap';
import { CoreCluster, noTotals } from './core-cluster.js';

/** Spread over several files so that they run side by side: 2,000 seeds in all. */
export const SEEDS_A_FILE = 500;
const MESSAGES_A_SEED = 2000;
const SIZES = [1, 3, 5] as const;

/** Runs `SEEDS_A_FILE` seeds from `firstSeed` on, each a cluster of 1, 3 or 5 voters and up to two replicas more. */
export function testSeeds(firstSeed: number): void {
  t.test(`seeds ${firstSeed} to ${firstSeed + SEEDS_A_FILE - 1} keep every promise of Raft`, async (t) => {
    const totals = noTotals();
    for (let seed = firstSeed; seed < firstSeed + SEEDS_A_FILE; seed++) {
      const before = totals.delivered;
      const voters = SIZES[seed % SIZES.length] ?? 3;
      const cluster = new CoreCluster(seed, voters, 1 + (seed % 2), totals);
      try {
        cluster.run(MESSAGES_A_SEED);
      } catch (error) {
        const detail = `seed ${seed} with ${voters} voters: ${String(error)}`;
        throw new Error(`${detail}\n${cluster.describe()}`, { cause: error });
      }
      if (totals.delivered - before < MESSAGES_A_SEED) t.fail(`seed ${seed} delivered too few messages`);
    }
    t.comment(JSON.stringify(totals));
    for (const [name, total] of Object.entries(totals)) t.ok(total > 0, `${name}: ${total}`);
  });
}
