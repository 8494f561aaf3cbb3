import t from 'tap';
import { ClusterModel } from './model.js';

const SEEDS = 120;
const STEPS = 400;

t.test(`${SEEDS} seeded lives of a cluster: no leader lacks what was acknowledged`, async (t) => {
  const totals = new Map<string, number>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const model = new ClusterModel(seed, 3 + (seed % 5));
    try {
      for (let step = 0; step < STEPS; step++) model.step();
      model.settle();
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
    }
    for (const [name, count] of Object.entries(model.totals)) totals.set(name, (totals.get(name) ?? 0) + count);
  }
  for (const [name, count] of totals) t.ok(count > 0, `${name} happened: ${count}`);
});
