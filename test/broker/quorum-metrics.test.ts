import t from 'tap';
import { NodeMetrics } from '../../src/broker/node-metrics.js';
import type { Platform } from '../../src/platform/platform.js';
import { RealClock } from '../../src/platform/node/clock.js';
import { PromMetrics } from '../../src/platform/node/prom-metrics.js';
import type { Leadership } from '../../src/raft/api.js';
import { LocalCluster, until } from './local-cluster.js';

type Sample = readonly [labels: string, value: number];

/** The samples of one metric at one node, each with its labels as text. */
function samples(text: string, name: string): Sample[] {
  const found: Sample[] = [];
  for (const line of text.split('\n')) {
    const [, labels = '', value] = new RegExp(`^${name}(?:\\{(.*)\\})? (\\S+)$`).exec(line) ?? [];
    if (value !== undefined) found.push([labels, Number(value)]);
  }
  return found;
}

t.test(
  'each node tells of offline partitions, and the leader of the quorum how far each replica is behind',
  async (t) => {
    const metrics = new Map<number, PromMetrics>();
    for (const id of [1, 2, 3]) metrics.set(id, await PromMetrics.open({ process: false }));
    const withMetrics = (id: number, platform: Platform): Platform => {
      const own = metrics.get(id);
      return own === undefined ? platform : { ...platform, metrics: own };
    };
    const cluster = await LocalCluster.start(3, { 'default.replication.factor': '1' }, [], withMetrics);
    t.teardown(() => cluster.close());
    const read = async (id: number, name: string): Promise<Sample[]> => {
      return samples((await metrics.get(id)?.text()) ?? '', name);
    };
    await cluster.createTopic('spread', 3);

    const leader = cluster.node(1).raft.leaderId ?? 0;
    const others = [1, 2, 3].filter((id) => id !== leader);
    const LAG = 'varve_quorum_replica_lag_entries';
    await until('all have what the leader has', async () => (await read(leader, LAG)).every(([, lag]) => lag === 0));
    const replicaOf = ([labels]: Sample): string | undefined => /replica="(\d+)"/.exec(labels)?.[1];
    t.same((await read(leader, LAG)).map(replicaOf).sort(), ['1', '2', '3']);
    t.ok((await read(leader, LAG)).every(([labels]) => labels.includes('role="voter"')));
    for (const id of others) t.same(await read(id, LAG), [], 'the others do not know');
    for (const id of [1, 2, 3]) t.same(await read(id, 'varve_offline_partitions'), [['', 0]]);

    const [stopped = 0, other = 0] = others;
    await cluster.stopNode(stopped);
    for (const id of [leader, other]) {
      await until(`node ${id} counts the partition that has no leader`, async () => {
        return (await read(id, 'varve_offline_partitions'))[0]?.[1] === 1;
      });
    }
    await cluster.createTopic('later', 1, {});
    const ofStopped = async (name: string): Promise<number> =>
      (await read(leader, name)).find((sample) => replicaOf(sample) === String(stopped))?.[1] ?? -1;
    t.ok((await ofStopped(LAG)) > 0, 'a stopped node is behind');
    await until('it is not heard', async () => (await ofStopped('varve_quorum_replica_contact_seconds')) > 0.5);
  },
);

t.test('an election is a term in which the node stood, won or lost, and no pre-vote', async (t) => {
  const metrics = await PromMetrics.open({ process: false });
  let tell = (_now: Leadership): void => {};
  new NodeMetrics(metrics, new RealClock()).watchElections({
    term: 3,
    onLeadershipChange: (listener) => {
      tell = listener;
      return () => {};
    },
  });
  const counted = async (): Promise<unknown> => samples(await metrics.text(), 'varve_elections_total');
  tell({ role: 'follower', term: 3, leaderId: undefined });
  tell({ role: 'candidate', term: 3, leaderId: undefined });
  t.same(await counted(), [['', 0]], 'a pre-vote');
  tell({ role: 'candidate', term: 4, leaderId: undefined });
  t.same(await counted(), [['', 1]]);
  tell({ role: 'follower', term: 5, leaderId: 2 });
  t.same(await counted(), [['', 1]], 'another one won');
  // The only voter has won before anybody is told.
  tell({ role: 'leader', term: 6, leaderId: 1 });
  tell({ role: 'follower', term: 6, leaderId: undefined });
  t.same(await counted(), [['', 2]]);
});
