import { join } from 'node:path';
import t from 'tap';
import { BROKER_CONFIGS, TOPIC_CONFIGS } from '../../src/metadata/configs/tables.js';
import { varve } from '../../src/protocol/varve.js';
import { LocalCluster, context, until } from './local-cluster.js';

const v1 = varve.v1;

async function setDefault(cluster: LocalCluster, name: string, value: string): Promise<void> {
  const request = v1.AlterConfigsRequest.encode({
    alterations: [{ resource: { type: 1, name: '' }, changes: [{ name, operation: 0, value }] }],
  }).finish();
  const answer = await cluster.node(1).api.admin('/varve.v1.Admin/AlterConfigs', request, context);
  const error = v1.AlterConfigsResponse.decode(answer).results[0]?.error;
  if (error) throw new Error(error.message ?? '');
}

t.test("a log has its topic's configuration, also after a restart and for a topic made later", async (t) => {
  const cluster = await LocalCluster.start(1, { 'log.flush.interval.messages': '7' });
  t.teardown(() => cluster.close());
  const configOf = (topic: string): unknown =>
    [...cluster.node(1).logs.logs].find((log) => log.topic === topic)?.config;
  await cluster.createTopic('first', 1, { 'retention.ms': '12345' });
  await until('the log is open', () => configOf('first') !== undefined);
  t.match(configOf('first'), { retentionMs: 12345, flushMessages: 7 }, 'the file founded the cluster with 7');

  await setDefault(cluster, 'log.segment.bytes', '1000000');
  await cluster.createTopic('second', 1);
  await until('the log is open', () => configOf('second') !== undefined);
  t.match(configOf('second'), { segmentBytes: 1_000_000 });

  await cluster.stopNode(1);
  await cluster.startNode(1);
  await cluster.ready();
  t.match(configOf('first'), { retentionMs: 12345, flushMessages: 7, segmentBytes: 1_000_000 });
});

interface Alteration {
  readonly type: number;
  readonly resource: string;
  readonly key: string;
  readonly value: string | undefined;
}

/** The error of each, in their order. */
async function alter(cluster: LocalCluster, alterations: readonly Alteration[]): Promise<(string | undefined)[]> {
  const errors: (string | undefined)[] = [];
  for (const { type, resource, key, value } of alterations) {
    const change = { name: key, ...(value === undefined ? { operation: 1 } : { operation: 0, value }) };
    const { results } = await cluster.admin(1, 'AlterConfigs', v1.AlterConfigsRequest, v1.AlterConfigsResponse, {
      alterations: [{ resource: { type, name: resource }, changes: [change] }],
    });
    errors.push(results[0]?.error?.name ?? undefined);
  }
  return errors;
}

t.test('a topic and its brokers cannot be given compaction lags that contradict each other', async (t) => {
  const cluster = await LocalCluster.start(1);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 1);
  const [least, greatest] = ['log.cleaner.min.compaction.lag.ms', 'log.cleaner.max.compaction.lag.ms'];
  const errors = await alter(cluster, [
    { type: 0, resource: 't', key: 'max.compaction.lag.ms', value: '60000' },
    { type: 1, resource: '', key: least, value: '3600000' },
    { type: 1, resource: '1', key: least, value: '3600000' },
    { type: 0, resource: 't', key: 'max.compaction.lag.ms', value: undefined },
    { type: 1, resource: '', key: least, value: '3600000' },
    { type: 1, resource: '', key: greatest, value: '60000' },
    { type: 0, resource: 't', key: 'max.compaction.lag.ms', value: '60000' },
    { type: 0, resource: 't', key: 'retention.ms', value: '60000' },
  ]);
  const refused = 'INVALID_CONFIG';
  t.same(errors, [undefined, refused, refused, undefined, undefined, refused, refused, undefined]);
  t.same(cluster.failures, []);
  t.equal(cluster.node(1).raft.role, 'leader');
});

t.test("a broker's settings are those in its own file, whichever node is asked", async (t) => {
  const cluster = await LocalCluster.start(2, (nodeId) => ({
    'broker.rack': `rack-${nodeId}`,
    'log.retention.ms': `${nodeId}00000`,
  }));
  t.teardown(() => cluster.close());
  const rate = 'leader.replication.throttled.rate';
  t.same(await alter(cluster, [{ type: 1, resource: '2', key: rate, value: '77777' }]), [undefined]);
  const describe = async (via: number, name: string) => {
    const { DescribeConfigsRequest: asked, DescribeConfigsResponse: answer } = v1;
    const { resources } = await cluster.admin(via, 'DescribeConfigs', asked, answer, {
      resources: [{ type: 1, name }],
    });
    t.equal(resources.length, 1);
    return resources[0];
  };
  await until(
    'node 2 has heard of the rate',
    () => cluster.node(2).dynamicConfig.leaderReplicationThrottledRate === 77_777,
  );
  for (const [via, name] of [
    [1, '2'],
    [2, '1'],
  ] as const) {
    const described = await describe(via, name);
    t.notOk(described?.error);
    const entry = (key: string) => described?.entries?.find((one) => one.name === key);
    t.match(entry('broker.rack'), { value: `rack-${name}`, source: 'STATIC_BROKER_CONFIG' });
    t.match(entry('log.retention.ms'), { value: `${name}00000`, source: 'STATIC_BROKER_CONFIG' });
    t.match(entry('log.dirs'), { value: join(cluster.directory, name), source: 'STATIC_BROKER_CONFIG' });
    t.same(described, await describe(Number(name), name), 'as it says itself');
    if (name === '2') t.match(entry(rate), { value: '77777', source: 'DYNAMIC_BROKER_CONFIG' });
  }
  await cluster.stopNode(2);
  const described = await describe(1, '2');
  t.match(described?.error?.message, /Node 2, which alone knows the settings in its file, gave no answer/);
  t.match(described?.entries, [{ name: rate, value: '77777' }], 'what was set at run time is known everywhere');
});

/** Values at the edges of what some key allows; most keys refuse most of them. */
const EDGES = [
  '-1',
  '0',
  '1',
  '14',
  '0.5',
  '2147483647',
  '9223372036854775807',
  'true',
  'false',
  '*',
  '0:1',
  'text',
  '',
];

t.test('whatever value the controller takes, the node that applies it goes on, and starts again', async (t) => {
  const cluster = await LocalCluster.start(1);
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 1);
  const keysOf = (table: Readonly<Record<string, { readonly name: string; readonly allowed: string }>>) =>
    Object.values(table).map(({ name, allowed }) => ({
      name,
      values: [...EDGES, ...(/^(?:one|a list) of (.*)$/.exec(allowed)?.[1]?.split(', ') ?? [])],
    }));
  const resources = [
    { type: 0, resource: 't', keys: keysOf(TOPIC_CONFIGS) },
    { type: 1, resource: '', keys: keysOf(BROKER_CONFIGS) },
    { type: 1, resource: '1', keys: keysOf(BROKER_CONFIGS) },
  ];
  let taken = 0;
  for (const { type, resource, keys } of resources) {
    for (const { name: key, values } of keys) {
      const errors = await alter(
        cluster,
        values.map((value) => ({ type, resource, key, value })),
      );
      taken += errors.filter((error) => error === undefined).length;
    }
  }
  t.same(cluster.failures, []);
  t.ok(taken > 300, `${taken} values were taken`);
  await cluster.stopNode(1);
  await cluster.startNode(1);
  await cluster.ready();
});
