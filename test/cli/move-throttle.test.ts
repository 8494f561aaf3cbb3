import t from 'tap';
import { varve } from '../../src/protocol/varve.js';
import type { FakeCall } from './fake-surroundings.js';
import { runCommand } from './fake-surroundings.js';

const { v1 } = varve;
const { ConfigOperation, ConfigResourceType } = v1;

/** A cluster of five brokers with the topics orders and visits. */
function fakeCluster(options: { readonly moving?: boolean; readonly throttled?: boolean } = {}) {
  const altered: varve.v1.IConfigAlteration[] = [];
  const order: string[] = [];
  const partition = (partition: number, replicas: number[], adding: number[] = []) => ({
    partition,
    leader: 1,
    replicas,
    isr: [1],
    adding_replicas: adding,
  });
  const topics = [
    { name: 'orders', partitions: [partition(0, [1, 2]), partition(1, [1, 2, 3], [3])] },
    { name: 'visits', partitions: [partition(0, [4])] },
  ];
  const throttles: Record<string, [string, string][]> = {
    orders: [
      ['leader.replication.throttled.replicas', '0:1'],
      ['retention.ms', '1000'],
    ],
    '2': [['follower.replication.throttled.rate', '1000']],
  };
  const calls: Record<string, FakeCall> = {
    '/varve.v1.Varve/Metadata': (request) => {
      const { topics: names } = v1.MetadataRequest.decode(request);
      const asked = topics.filter(({ name }) => names.length === 0 || names.includes(name));
      return v1.MetadataResponse.encode({ topics: asked }).finish();
    },
    '/varve.v1.Admin/AlterConfigs': (request) => {
      order.push('AlterConfigs');
      altered.push(...v1.AlterConfigsRequest.decode(request).alterations);
      return v1.AlterConfigsResponse.encode({ results: [{}] }).finish();
    },
    '/varve.v1.Admin/AlterPartitionReassignments': () => {
      order.push('AlterPartitionReassignments');
      return v1.AlterPartitionReassignmentsResponse.encode({ partitions: [{ topic: 'orders' }] }).finish();
    },
    '/varve.v1.Admin/ListPartitionReassignments': () => {
      const reassignments = options.moving === true ? [{ topic: 'orders', partition: 1 }] : [];
      return v1.ListPartitionReassignmentsResponse.encode({ reassignments }).finish();
    },
    '/varve.v1.Admin/DescribeCluster': () =>
      v1.DescribeClusterResponse.encode({ brokers: [1, 2, 3, 4, 5].map((node_id) => ({ node_id })) }).finish(),
    '/varve.v1.Admin/DescribeConfigs': (request) => {
      const resources = v1.DescribeConfigsRequest.decode(request).resources.map((resource) => {
        const source =
          resource.type === ConfigResourceType.CONFIG_RESOURCE_TOPIC ? 'DYNAMIC_TOPIC_CONFIG' : 'DYNAMIC_BROKER_CONFIG';
        const own = options.throttled === true ? (throttles[resource.name ?? ''] ?? []) : [];
        return { resource, entries: own.map(([name, value]) => ({ name, value, source })) };
      });
      return v1.DescribeConfigsResponse.encode({ resources }).finish();
    },
  };
  return { calls, altered, order };
}

const changesOf = (altered: readonly varve.v1.IConfigAlteration[]): unknown =>
  altered.map(({ resource, changes }) => [
    resource?.name,
    changes?.map(({ name, value, operation }) => [name, value, operation]),
  ]);

t.test('moves are throttled before they begin: sources as leaders, what is added as followers (KIP-73)', async (t) => {
  const { calls, altered, order } = fakeCluster();
  const moves = ['orders:0=3,2', 'orders:1=1,5', 'visits:0=4'];
  const run = await runCommand(['partitions', 'reassign', ...moves, '--throttle', '50000'], { calls });
  t.equal(run.stderr, '');
  t.match(run.stdout, /Moving orders:0\.\n.*reassignments\n.*varve partitions unthrottle\n/);
  t.same(order, ['AlterConfigs', 'AlterPartitionReassignments']);
  const rates = [
    ['leader.replication.throttled.rate', '50000', ConfigOperation.CONFIG_SET],
    ['follower.replication.throttled.rate', '50000', ConfigOperation.CONFIG_SET],
  ];
  t.same(changesOf(altered), [
    [
      'orders',
      [
        ['leader.replication.throttled.replicas', '0:1,0:2,1:1,1:2', ConfigOperation.CONFIG_APPEND],
        ['follower.replication.throttled.replicas', '0:3,1:5', ConfigOperation.CONFIG_APPEND],
      ],
    ],
    ['1', rates],
    ['2', rates],
    ['3', rates],
    ['5', rates],
  ]);
  t.equal((await runCommand(['partitions', 'reassign', 'orders:0=1', '--throttle', '0'], { calls })).code, 2);
});

t.test('throttles are taken away after the moves, and nothing else is', async (t) => {
  const { calls, altered } = fakeCluster({ throttled: true });
  const run = await runCommand(['partitions', 'unthrottle'], { calls });
  t.equal(run.stdout, 'Removed the throttle of topic orders.\nRemoved the throttle of broker 2.\n');
  t.match(altered, [
    { changes: [{ name: 'leader.replication.throttled.replicas', operation: ConfigOperation.CONFIG_DELETE }] },
    { changes: [{ name: 'follower.replication.throttled.rate', operation: ConfigOperation.CONFIG_DELETE }] },
  ]);
  t.equal(altered[0]?.changes?.length, 1);
  t.equal((await runCommand(['partitions', 'unthrottle'], fakeCluster())).stdout, 'Nothing is throttled.\n');
});

t.test('while partitions are moved their throttle stays, unless it is forced', async (t) => {
  const { calls, altered } = fakeCluster({ moving: true, throttled: true });
  const refused = await runCommand(['partitions', 'unthrottle'], { calls });
  t.equal(refused.code, 1);
  t.match(refused.stderr, /still being moved: 1\.\n.*--force/);
  t.same(altered, []);
  t.equal((await runCommand(['partitions', 'unthrottle', '--force'], { calls })).code, 0);
  t.equal(altered.length, 2);
});
