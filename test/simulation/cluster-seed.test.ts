import t from 'tap';
import type { ClusterRunOptions } from '../../src/simulation/cluster/run-cluster.js';
import { SimulationFailure } from '../../src/simulation/simulation.js';
import { runSeed } from './cluster-seed.js';

const OPTIONS: ClusterRunOptions = {
  seed: 12,
  runTask: () => Promise.reject(new Error('nothing runs')),
  safetyMs: 1_200,
  faults: [],
  plan: [{ kind: 'kill', meanEveryMs: 400, meanLastingMs: 100 }],
};

t.test('a seed that fails in a test is reported with what broke, the last events and the command', async (t) => {
  const line = { timeMs: 3.5, who: 'n1#1', level: 'warn', text: 'something happened' } as const;
  const failed: unknown[][] = [];
  const view = { pass: () => true, fail: (...told: unknown[]) => failed.push(told) > 0 };
  const failure = new SimulationFailure({
    seed: 12,
    timeMs: 4,
    trace: [line],
    what: 'n1 broke a rule',
    cause: undefined,
  });
  const report = await runSeed(view as never, OPTIONS, () => Promise.reject(failure));
  t.equal(report, undefined);
  const [[name, extra] = []] = failed;
  const command = 'make sim SEED=12 SECONDS=1.2 PLAN="kill every 400 ms for 100 ms"';
  t.equal(name, command);
  const told = (extra as { report: readonly string[] }).report.join('\n');
  t.match(told, 'n1 broke a rule');
  t.match(told, 'something happened');
  t.match(told, `${command} TRACE=1`);
  const bug = new TypeError('of the test');
  await t.rejects(
    runSeed(view as never, OPTIONS, () => Promise.reject(bug)),
    bug,
    'other errors are its own',
  );
});
