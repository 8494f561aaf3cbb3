import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import { varve } from '../../src/protocol/varve.js';
import type { FakeCall } from './fake-surroundings.js';
import { runCommand } from './fake-surroundings.js';

const { v1 } = varve;
const TOPIC_ID = 'aGVsbG8tdmFydmUtMDAwMQ';

const metadata: FakeCall = (request) => {
  const { topics: names } = v1.MetadataRequest.decode(request);
  const partitions = [
    { partition: 0, leader: 1, leader_epoch: 4, replicas: [1, 2, 3], isr: [1, 3], offline_replicas: [2] },
    { partition: 1, leader: -1, leader_epoch: 5, replicas: [2, 3, 1], isr: [2], eligible_leader_replicas: [3] },
    { partition: 2, leader: 3, leader_epoch: 0, replicas: [3, 1, 2], isr: [3, 1, 2] },
  ];
  const all = [
    { name: 'orders', topic_id: uuidToBytes(TOPIC_ID), partitions },
    { name: '__consumer_offsets', internal: true, partitions: [{ partition: 0, leader: 1, replicas: [1], isr: [1] }] },
  ];
  const known = all.filter((topic) => names.length === 0 || names.includes(topic.name));
  const unknown = names
    .filter((name) => !all.some((topic) => topic.name === name))
    .map((name) => ({
      name,
      error: { code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION', message: 'There is no such topic.' },
    }));
  const message = { cluster_id: 'c', controller_id: 1, topics: [...known, ...unknown] };
  return v1.MetadataResponse.encode(message).finish();
};

const describeConfigs: FakeCall = (request) => {
  const { resources } = v1.DescribeConfigsRequest.decode(request);
  return v1.DescribeConfigsResponse.encode({
    resources: resources.map((resource) => ({
      resource,
      entries: [
        { name: 'retention.ms', value: '1000', source: 'DYNAMIC_TOPIC_CONFIG' },
        { name: 'segment.bytes', value: '1073741824', source: 'DEFAULT_CONFIG' },
      ],
    })),
  }).finish();
};

const calls = { '/varve.v1.Varve/Metadata': metadata, '/varve.v1.Admin/DescribeConfigs': describeConfigs };

t.test('topics create sends what was asked and says what was made', async (t) => {
  let seen: varve.v1.CreateTopicsRequest | undefined;
  const create: FakeCall = (request) => {
    seen = v1.CreateTopicsRequest.decode(request);
    return v1.CreateTopicsResponse.encode({
      topics: [{ name: 'orders', topic_id: uuidToBytes(TOPIC_ID), partitions: 6, replication_factor: 3 }],
    }).finish();
  };
  const run = await runCommand(
    ['topics', 'create', 'orders', '--partitions', '6', '--config', 'retention.ms=1', '--config', 'a=b=c'],
    { calls: { '/varve.v1.Admin/CreateTopics': create } },
  );
  t.equal(run.stderr, '');
  t.equal(run.code, 0);
  t.equal(run.stdout, 'Created topic orders: 6 partitions, replication factor 3.\n');
  t.match(seen?.topics[0], { partitions: 6, replication_factor: -1, configs: { 'retention.ms': '1', a: 'b=c' } });
  t.same(run.called, ['127.0.0.1:9094 /varve.v1.Admin/CreateTopics']);
  t.equal(run.openPlatforms, 0, 'the platform is closed');

  const json = await runCommand(['topics', 'create', 'orders', '--json'], {
    calls: { '/varve.v1.Admin/CreateTopics': create },
  });
  t.same(JSON.parse(json.stdout), {
    name: 'orders',
    created: true,
    topicId: TOPIC_ID,
    partitions: 6,
    replicationFactor: 3,
  });
  await runCommand(['topics', 'create', 'orders', '--replica-assignment', '1:2,2:3'], {
    calls: { '/varve.v1.Admin/CreateTopics': create },
  });
  t.match(seen?.topics[0]?.assignment, [{ replicas: [1, 2] }, { replicas: [2, 3] }]);
});

t.test('an existing topic is a failure, unless --if-not-exists', async (t) => {
  const exists: FakeCall = () =>
    v1.CreateTopicsResponse.encode({
      topics: [{ name: 'orders', error: { code: 36, name: 'TOPIC_ALREADY_EXISTS' } }],
    }).finish();
  const options = { calls: { '/varve.v1.Admin/CreateTopics': exists } };
  const refused = await runCommand(['topics', 'create', 'orders'], options);
  t.equal(refused.code, 1);
  t.equal(
    refused.stderr,
    'error: orders: A topic of this name exists already. (TOPIC_ALREADY_EXISTS)\n' +
      'To accept an existing topic: varve topics create --if-not-exists\n',
  );
  t.equal((await runCommand(['topics', 'create', 'orders', '--if-not-exists'], options)).code, 0);
});

t.test('topics list leaves internal topics out', async (t) => {
  const run = await runCommand(['topics', 'list'], { calls });
  t.equal(run.stdout, 'TOPIC   PARTITIONS  REPLICATION\norders  3           3\n');
  const all = await runCommand(['topics', 'list', '--internal', '--json'], { calls });
  t.same(
    (JSON.parse(all.stdout) as Array<{ name: string }>).map((topic) => topic.name),
    ['__consumer_offsets', 'orders'],
  );
});

t.test('topics describe shows partitions and own settings', async (t) => {
  const run = await runCommand(['topics', 'describe', 'orders'], { calls });
  t.equal(run.code, 0);
  t.equal(
    run.stdout,
    [
      `orders  id ${TOPIC_ID}  retention.ms=1000`,
      'PARTITION  LEADER  EPOCH  REPLICAS  ISR    ELR  OFFLINE',
      '0          1       4      1,2,3     1,3    -    2',
      '1          none    5      2,3,1     2      3    -',
      '2          3       0      3,1,2     3,1,2  -    -',
      '',
      '',
    ].join('\n'),
  );
  const unavailable = await runCommand(['topics', 'describe', '--unavailable', '--json'], { calls });
  const described = JSON.parse(unavailable.stdout) as Array<{ partitions: Array<{ partition: number }> }>;
  t.match(described, [{ name: 'orders', partitions: [{ partition: 1 }] }]);
  t.equal(described.length, 1);
  t.equal(described[0]?.partitions.length, 1);
  const unknown = await runCommand(['topics', 'describe', 'nothing'], { calls });
  t.equal(unknown.code, 1);
  t.match(unknown.stderr, /nothing: There is no such topic\. \(UNKNOWN_TOPIC_OR_PARTITION\)\nSee the topics/);
});

t.test('replicas that a reassignment adds are not missed while they catch up (KIP-455)', async (t) => {
  const moving: FakeCall = () => {
    const partitions = [
      { partition: 0, leader: 1, replicas: [4, 1, 2], isr: [1, 2], adding_replicas: [4] },
      { partition: 1, leader: 1, replicas: [4, 1, 2], isr: [1], adding_replicas: [4] },
    ];
    return v1.MetadataResponse.encode({ topics: [{ name: 'orders', partitions }] }).finish();
  };
  const cluster: FakeCall = () => v1.DescribeClusterResponse.encode({ cluster_id: 'c', controller_id: 1 }).finish();
  const moves = { ...calls, '/varve.v1.Varve/Metadata': moving, '/varve.v1.Admin/DescribeCluster': cluster };
  const run = await runCommand(['topics', 'describe', '--under-replicated', '--json'], { calls: moves });
  t.equal(run.stderr, '');
  const described = JSON.parse(run.stdout) as Array<{ partitions: Array<{ partition: number }> }>;
  t.same(
    described.map(({ partitions }) => partitions.map(({ partition }) => partition)),
    [[1]],
  );
  const status = await runCommand(['cluster', 'status'], { calls: moves });
  t.match(status.stdout, /1 topics, 2 partitions, 0 offline, 1 under-replicated/);
});

t.test('topics alter and delete', async (t) => {
  let changes: unknown;
  const alter: FakeCall = (request) => {
    changes = v1.AlterConfigsRequest.decode(request).alterations[0]?.changes;
    return v1.AlterConfigsResponse.encode({ results: [{}] }).finish();
  };
  const grow: FakeCall = (request) => {
    t.match(v1.CreatePartitionsRequest.decode(request).topics, [{ name: 'orders', total_count: 9 }]);
    return v1.CreatePartitionsResponse.encode({ topics: [{ name: 'orders' }] }).finish();
  };
  const altered = await runCommand(
    ['topics', 'alter', 'orders', '--config', 'retention.ms=5', '--delete-config', 'segment.ms', '--partitions', '9'],
    { calls: { '/varve.v1.Admin/AlterConfigs': alter, '/varve.v1.Admin/CreatePartitions': grow } },
  );
  t.equal(altered.code, 0);
  t.match(changes, [
    { name: 'retention.ms', value: '5', operation: 0 },
    { name: 'segment.ms', operation: 1 },
  ]);
  const nothing = await runCommand(['topics', 'alter', 'orders']);
  t.equal(nothing.code, 1);
  t.match(nothing.stderr, /Nothing to change\.\nGive --partitions/);

  const remove: FakeCall = () =>
    v1.DeleteTopicsResponse.encode({
      topics: [{ name: 'a' }, { name: 'b', error: { code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION' } }],
    }).finish();
  const options = { calls: { '/varve.v1.Admin/DeleteTopics': remove } };
  const partly = await runCommand(['topics', 'delete', 'a', 'b'], options);
  t.equal(partly.code, 1, 'one of them failed');
  t.equal(partly.stdout, 'Deleted topic a.\n');
  t.equal((await runCommand(['topics', 'delete', 'a', 'b', '--if-exists'], options)).code, 0);
});

t.test('cluster status', async (t) => {
  const describe: FakeCall = () =>
    v1.DescribeClusterResponse.encode({
      cluster_id: 'Q2x1c3RlcklkMDAwMDAwMQ',
      controller_id: 2,
      metadata_version: 1,
      metadata_offset: 77,
      brokers: [
        { node_id: 2, host: 'b', port: 9104, rack: 'r1' },
        { node_id: 1, host: 'a', port: 9094, fenced: true },
      ],
    }).finish();
  const options = { calls: { ...calls, '/varve.v1.Admin/DescribeCluster': describe } };
  const run = await runCommand(['cluster', 'status'], options);
  t.equal(
    run.stdout,
    [
      'Cluster Q2x1c3RlcklkMDAwMDAwMQ, controller node 2, metadata at 77',
      'NODE  ADDRESS  RACK  STATE',
      '1     a:9094   -     fenced',
      '2     b:9104   r1    up      controller',
      '2 topics, 4 partitions, 1 offline, 2 under-replicated',
      '',
    ].join('\n'),
  );
  t.match(JSON.parse((await runCommand(['cluster', 'status', '--json'], options)).stdout), {
    controllerId: 2,
    offline: 1,
    underReplicated: 2,
    brokers: [{ nodeId: 1, state: 'fenced' }, { nodeId: 2 }],
  });
});

t.test('quorum status, voters and leadership', async (t) => {
  const describe: FakeCall = () =>
    v1.DescribeQuorumResponse.encode({
      leader_id: 2,
      leader_epoch: 7,
      commit_offset: 99,
      voters: [
        { node_id: 1, directory_id: 'dir-1', log_end_offset: 90, last_contact_ms: 3 },
        { node_id: 2, directory_id: 'dir-2', log_end_offset: 100, last_contact_ms: 0 },
      ],
      observers: [{ node_id: 3, directory_id: 'dir-3', log_end_offset: 0, last_contact_ms: -1 }],
    }).finish();
  let added: varve.v1.AddVoterRequest | undefined;
  const options = {
    calls: {
      '/varve.v1.Admin/DescribeQuorum': describe,
      '/varve.v1.Admin/AddVoter': (request: Buffer) => {
        added = v1.AddVoterRequest.decode(request);
        return v1.AddVoterResponse.encode({}).finish();
      },
      '/varve.v1.Admin/RemoveVoter': () => v1.RemoveVoterResponse.encode({}).finish(),
      '/varve.v1.Admin/TransferQuorumLeadership': (request: Buffer) =>
        v1.TransferQuorumLeadershipResponse.encode({
          leader_id: v1.TransferQuorumLeadershipRequest.decode(request).to_node_id,
        }).finish(),
    },
  };
  const status = await runCommand(['quorum', 'status'], options);
  t.equal(
    status.stdout,
    [
      'Leader node 2, epoch 7, committed to 99',
      'NODE  ROLE      DIRECTORY ID  LOG END  LAG  LAST CONTACT',
      '1     voter     dir-1         90       10   3 ms ago',
      '2     leader    dir-2         100      0    -',
      '3     observer  dir-3         0        100  never',
      '',
    ].join('\n'),
  );
  t.equal((await runCommand(['quorum', 'add-voter', '3'], options)).code, 0);
  t.match(added, { node_id: 3, directory_id: 'dir-3' }, 'the directory id comes from the status');
  const wrong = await runCommand(['quorum', 'add-voter', '1'], options);
  t.match(wrong.stderr, /Node 1 is not among the observers\.\n.*--directory-id/);
  t.equal(
    (await runCommand(['quorum', 'remove-voter', '1'], options)).stdout,
    'Node 1 (dir-1) is no voter any more.\n',
  );
  t.equal((await runCommand(['quorum', 'transfer'], options)).stdout, 'Node 1 leads the quorum now.\n');
});

t.test('bootstrap: the first node that answers is taken, and none is a clear failure', async (t) => {
  const second = await runCommand(['topics', 'list', '--bootstrap', 'a:1,[::1]:2'], { calls, refused: ['a:1'] });
  t.equal(second.code, 0);
  t.same(second.called, ['::1:2 /varve.v1.Varve/Metadata']);
  const none = await runCommand(['topics', 'list'], { env: { VARVE_BOOTSTRAP: 'x:7' }, refused: ['x:7'] });
  t.equal(none.code, 1);
  t.match(none.stderr, /^error: No node could be reached\. x:7: connection refused\nStart one with varve dev/);
  t.equal(none.openPlatforms, 0);
  const variable = { VARVE_BOOTSTRAP: 'nowhere' };
  const wrong = await runCommand(['topics', 'list'], { env: variable });
  t.equal(wrong.code, 1);
  t.match(wrong.stderr, /^error: VARVE_BOOTSTRAP: 'nowhere' is not host:port, as in .*\nName nodes as host:port/);
  t.equal((await runCommand(['--help'], { env: variable })).code, 0, 'who does not use it does not mind');
});

t.test('--command-config', async (t) => {
  const args = ['topics', 'list', '--command-config', 'client.properties'];
  const good = await runCommand(args, { calls, files: { 'client.properties': 'bootstrap.servers=n1:9094' } });
  t.same(good.called, ['n1:9094 /varve.v1.Varve/Metadata']);
  const unknown = await runCommand(args, { files: { 'client.properties': '\nssl.turststore.location=x' } });
  t.match(unknown.stderr, /client\.properties, line 2: unknown key 'ssl\.turststore\.location'\.\nAllowed: bootstrap/);
  const wrong = await runCommand(args, { files: { 'client.properties': 'bootstrap.servers=n1' } });
  t.equal(wrong.code, 1);
  t.match(wrong.stderr, /client\.properties: bootstrap\.servers: 'n1' is not host:port/);
  const store = await runCommand(args, { files: { 'client.properties': 'ssl.truststore.type=JKS' } });
  t.match(store.stderr, /ssl\.truststore\.type is 'JKS'\.\nAllowed: PEM/);
  const missing = await runCommand(args);
  t.match(missing.stderr, /There is no file client\.properties/);
});

t.test('wrong usage exits with 2, help and version with 0', async (t) => {
  for (const args of [
    ['topics', 'create'],
    ['topics', 'create', 'x', '--partitions', '0'],
    ['topics', 'create', 'x', '--partitions', '2', '--replica-assignment', '1'],
    ['topics', 'frobnicate'],
    ['topics', 'list', '--bootstrap', 'nowhere'],
    ['topics', 'create', 'x', '--config', 'novalue'],
    ['quorum', 'add-voter', 'two'],
    ['nonsense'],
  ]) {
    const run = await runCommand(args);
    t.equal(run.code, 2, args.join(' '));
    t.match(run.stderr, /^error: /);
    t.equal(run.stdout, '');
  }
  const help = await runCommand(['--help']);
  t.equal(help.code, 0);
  t.match(help.stdout, /topics\s+Create, list/);
  t.equal((await runCommand(['--version'])).stdout, '9.9.9\n');
});

t.test('partitions reassign, cancel and elect send what was asked; reassignments shows what moves', async (t) => {
  let altered: varve.v1.AlterPartitionReassignmentsRequest | undefined;
  let elected: varve.v1.ElectLeadersRequest | undefined;
  const options = {
    calls: {
      '/varve.v1.Admin/AlterPartitionReassignments': (request: Uint8Array) => {
        altered = v1.AlterPartitionReassignmentsRequest.decode(request);
        const partitions = altered.reassignments.map(({ topic, partition }) => ({
          topic: topic ?? '',
          partition: partition ?? 0,
          ...(partition === 9 ? { error: { code: 85, name: 'NO_REASSIGNMENT_IN_PROGRESS', message: 'None.' } } : {}),
        }));
        return v1.AlterPartitionReassignmentsResponse.encode({ partitions }).finish();
      },
      '/varve.v1.Admin/ListPartitionReassignments': () =>
        v1.ListPartitionReassignmentsResponse.encode({
          reassignments: [{ topic: 'orders', partition: 1, replicas: [4, 1, 2], adding_replicas: [4] }],
        }).finish(),
      '/varve.v1.Admin/ElectLeaders': (request: Uint8Array) => {
        elected = v1.ElectLeadersRequest.decode(request);
        const error = { code: 84, name: 'ELECTION_NOT_NEEDED' };
        const partitions = [{ topic: 'orders', partition: 0 }, { topic: 'orders', partition: 1, error }]; // prettier-ignore
        return v1.ElectLeadersResponse.encode({ partitions }).finish();
      },
    },
  };
  const moved = await runCommand(['partitions', 'reassign', 'orders:0=1,2,4', 'a:b:1=2'], options);
  t.equal(moved.stderr, '');
  t.match(moved.stdout, /^Moving orders:0\.\nMoving a:b:1\./);
  t.match(altered?.reassignments, [
    { topic: 'orders', partition: 0, replicas: [1, 2, 4], cancel: false },
    { topic: 'a:b', partition: 1, replicas: [2] },
  ]);
  t.equal((await runCommand(['partitions', 'reassign', 'orders=1'], options)).code, 2, 'wrong usage');

  const cancelled = await runCommand(['partitions', 'cancel', 'orders:0', 'orders:9'], options);
  t.match(altered?.reassignments, [{ cancel: true, replicas: [] }, { cancel: true }]);
  t.equal(cancelled.code, 1);
  t.match(cancelled.stdout, 'Cancelled the move of orders:0.');
  t.match(cancelled.stderr, /orders:9: None\./);

  const list = await runCommand(['partitions', 'reassignments'], options);
  t.match(list.stdout, /orders:1 +4,1,2 +4 +-/);

  const run = await runCommand(['partitions', 'elect', 'orders:0', 'orders:1', '--unclean'], options);
  t.equal(run.code, 0, run.stderr);
  t.equal(run.stdout, 'Elected the leader of orders:0.\n');
  t.match(elected, { type: v1.ElectionType.ELECTION_UNCLEAN, partitions: [{ topic: 'orders', partitions: [0] }, {}] });
});

t.test('cluster unregister names the broker', async (t) => {
  let seen: varve.v1.UnregisterBrokerRequest | undefined;
  const unregister: FakeCall = (request) => {
    seen = v1.UnregisterBrokerRequest.decode(request);
    return v1.UnregisterBrokerResponse.encode({}).finish();
  };
  const run = await runCommand(['cluster', 'unregister', '3'], {
    calls: { '/varve.v1.Admin/UnregisterBroker': unregister },
  });
  t.equal(run.stdout, 'Broker 3 is unregistered.\n');
  t.equal(seen?.node_id, 3);
});

t.test('quorum status without a leader shows what each node says, and fails', async (t) => {
  const describe: FakeCall = (request) => {
    if (!v1.DescribeQuorumRequest.decode(request).of_this_node) throw new VarveError('NOT_CONTROLLER');
    return v1.DescribeQuorumResponse.encode({
      node_id: 2,
      leader_id: -1,
      leader_epoch: 7,
      voters: [{ node_id: 2, log_end_offset: 120 }],
      problem: 'Two of three voters are blank.',
    }).finish();
  };
  const run = await runCommand(['quorum', 'status', '--bootstrap', 'a:1,b:2'], {
    calls: { '/varve.v1.Admin/DescribeQuorum': describe },
  });
  t.equal(run.code, 1);
  t.match(run.stderr, 'NOT_CONTROLLER');
  t.match(run.stdout, /^Leader none\. What the nodes say:/);
  t.match(run.stdout, /a:1 +2 +none +7 +120 +Two of three voters are blank\./);
  t.match(run.stdout, /b:2 +2 +none/);
});
