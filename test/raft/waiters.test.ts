import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { Platform } from '../../src/platform/platform.js';
import { PendingReads } from '../../src/raft/waiters.js';
import { Simulation } from '../../src/simulation/simulation.js';

t.test('a late answer to a read of an earlier life of the node is none to a read of this one', async (t) => {
  const scenario = async ({ clock, random }: Platform): Promise<void> => {
    const asked: number[] = [];
    const ask = (id: number): boolean => asked.push(id) > 0;
    const life = (): PendingReads =>
      new PendingReads({ clock, random, ask, retryMs: 100, timeoutMs: 1000, maxPending: 10 });
    const before = life();
    before.start().catch(() => {});
    const now = life();
    const read = now.start();
    const [old = 0, mine = 0] = asked;
    now.answered(old, 5);
    now.answered(mine, 9);
    t.equal(await read, 9);
    before.rejectAll(() => new VarveError('NOT_CONTROLLER', 'it is over'));
  };
  await new Simulation({ seed: 1 }).run(scenario, { limitMs: 10_000 });
});
