import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

const FILE = '/data/meta.properties';

/** One node with what `prepare` does before its start. Gives what the run failed with, and how often the node ended. */
async function life(
  prepare: (cluster: SimulatedCluster) => void,
  config: Readonly<Record<string, string>> = {},
): Promise<{ readonly failure: unknown; readonly ends: number }> {
  const simulation = new Simulation({ seed: 1, runTask: await loadWorkerTasks() });
  const cluster = new SimulatedCluster({ simulation, nodes: 1, config });
  prepare(cluster);
  const failure: unknown = await simulation
    .run(
      async ({ clock }) => {
        cluster.startAll();
        while (cluster.node(1) === undefined) await sleep(clock, 10);
      },
      { limitMs: 10_000 },
    )
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  return { failure, ends: simulation.coverage.get('node ended by itself') ?? 0 };
}

/** The disk refuses the first operations by what is given. */
function refuseOnce({ disk }: ReturnType<SimulatedCluster['host']>, error: () => Error): void {
  const lookup = disk.tree.lookup.bind(disk.tree);
  let left = 1;
  disk.tree.lookup = (path) => {
    if (path === FILE && left-- > 0) throw error();
    return lookup(path);
  };
}

t.test('a node whose disk refused something may end, and is started again', async (t) => {
  const { failure, ends } = await life((cluster) => {
    const host = cluster.host(1);
    refuseOnce(host, () => host.disk.failure('io', FILE, 'planted'));
  });
  t.equal(failure, undefined);
  t.equal(ends, 1);
});

t.test('an error that no node is to end by fails the run, whatever its disk did', async (t) => {
  const { failure } = await life((cluster) => {
    const host = cluster.host(1);
    host.disk.wipe();
    refuseOnce(host, () => new TypeError('planted'));
  });
  t.match(failure, { message: /node 1 ended by an error that nobody foresaw: TypeError: planted$/ });
});

t.test('a node that ends though its disk did nothing wrong fails the run', async (t) => {
  const { failure } = await life(() => {}, { 'log.segment.bytes': 'many' });
  t.match(failure, { message: /node 1 ended, and nothing was wrong with its disk: VarveError: .*log.segment.bytes/ });
});
