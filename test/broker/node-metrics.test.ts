import t from 'tap';
import type { Test } from 'tap';
import type { ClusterProcesses } from '../../scripts/cluster/cluster-processes.js';
import { ClusterWatch } from '../../scripts/cluster/cluster-watch.js';
import type { NodeProcess } from '../../scripts/cluster/node-process.js';
import type { Admin, Consumer, Producer } from '../../src/index.js';
import type { MetricDefinition } from '../../src/platform/metric-catalog.js';
import { METRICS } from '../../src/platform/metric-catalog.js';
import { varve } from '../../src/protocol/varve.js';
import { clusterAndClients } from '../hardening/cluster-and-clients.js';
import { RawClient, encodedBatch } from '../hardening/raw-client.js';
import { until } from './local-cluster.js';

const TOPIC = 'orders';
const NODES = [1, 2, 3];
const TIMEOUT_MS = 60_000;
const RECORDS_A_BATCH = 10;
const BATCHES = 30;
/** Shorter than the lease, so that it is the leaders who miss a node that stands still. */
const LAG_MS = 2_000;
const LEASE_MS = 30_000;

type Name = keyof typeof METRICS;

/** The samples of one node's /metrics. */
class Page {
  readonly #samples: readonly { readonly name: string; readonly labels: string; readonly value: number }[];

  constructor(text: string) {
    this.#samples = text.split('\n').flatMap((line) => {
      const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, labels, value: Number(value) }];
    });
  }

  has(name: Name): boolean {
    const { name: text, type } = METRICS[name];
    return this.#samples.some((one) => one.name === (type === 'histogram' ? `${text}_count` : text));
  }

  /** The sum of a metric's samples whose labels hold `label`; of a histogram of its `part`. */
  sum(name: Name, label = '', part: '_count' | '_sum' | '' = ''): number {
    const text = METRICS[name].name + part;
    const found = this.#samples.filter((one) => one.name === text && one.labels.includes(label));
    return found.reduce((sum, { value }) => sum + value, 0);
  }
}

/** Three nodes, and what they say of themselves. */
class MeasuredCluster {
  readonly processes: ClusterProcesses;
  readonly watch: ClusterWatch;
  readonly admin: Admin;
  readonly producer: Producer;
  readonly consumer: Consumer;
  readonly raw: RawClient;

  private constructor(clients: Awaited<ReturnType<typeof clusterAndClients>>, raw: RawClient) {
    this.processes = clients.cluster;
    this.admin = clients.admin;
    this.producer = clients.producer;
    this.consumer = clients.consumer;
    this.watch = new ClusterWatch(clients.admin, TOPIC);
    this.raw = raw;
  }

  static async start(t: Test): Promise<MeasuredCluster> {
    const config = {
      'min.insync.replicas': '3',
      'replica.lag.time.max.ms': `${LAG_MS}`,
      'broker.session.timeout.ms': `${LEASE_MS}`,
    };
    const clients = await clusterAndClients(t, { nodeCount: 3, config });
    await clients.admin.createTopic({ name: TOPIC, partitions: 3, replicationFactor: 3 });
    const [host = '', port = ''] = clients.cluster.node(1).grpcAddress.split(':');
    const raw = await RawClient.connect({ host, port: Number(port) });
    t.teardown(() => raw.close());
    const cluster = new MeasuredCluster(clients, raw);
    await cluster.watch.everyIsrFull(TIMEOUT_MS);
    return cluster;
  }

  async page(nodeId: number): Promise<Page> {
    return new Page(await this.processes.node(nodeId).page('/metrics'));
  }

  pages(nodes = NODES): Promise<Page[]> {
    return Promise.all(nodes.map((id) => this.page(id)));
  }

  controller(): Promise<number> {
    return this.watch.controller(TIMEOUT_MS);
  }

  /** Another node than the leader of the quorum: where that one is missed, the rest elect another. */
  async follower(): Promise<NodeProcess> {
    const controller = await this.controller();
    return this.processes.node(NODES.find((id) => id !== controller) ?? 0);
  }
}

/** Over the nodes. */
function total(all: readonly Page[], ...of: Parameters<Page['sum']>): number {
  return all.reduce((sum, one) => sum + one.sum(...of), 0);
}

t.test('what /metrics says of a cluster that works, misses a node, and has it again', async (t) => {
  const cluster = await MeasuredCluster.start(t);
  await t.test('records and bytes, once at the leader and once a follower', (t) => recordsAndBytes(t, cluster));
  await t.test('what was sent again, and what was refused', (t) => repeatsAndRefusals(t, cluster));
  await t.test('times of requests and of syncs, by their number and sum', (t) => times(t, cluster));
  await t.test('the quorum and the partitions, as each node has them', (t) => quorumAndPartitions(t, cluster));
  await t.test('a node that stands still leaves the in-sync sets, and tells how long its event loop was held up', (t) =>
    standingStill(t, cluster),
  );
  await t.test('a node that is gone is missed, and no more once it is back', (t) => missingNode(t, cluster));
});

async function recordsAndBytes(t: Test, cluster: MeasuredCluster): Promise<void> {
  let bytes = 0;
  for (let sequence = 0; sequence < BATCHES; sequence++) {
    const record_batch = encodedBatch(Array.from({ length: RECORDS_A_BATCH }, (_, i) => `${sequence} ${i}`));
    bytes += record_batch.length;
    const send = (): Promise<string> =>
      cluster.raw.produceError({ topic: TOPIC, partition: sequence % 3, record_batch });
    // The node that is asked may not have heard of the leader yet.
    await until('it is acknowledged', async () => (await send()) === '');
  }
  await cluster.consumer.assign([{ topic: TOPIC, from: 'earliest' }]);
  let read = 0;
  for await (const _ of cluster.consumer) if (++read === BATCHES * RECORDS_A_BATCH) break;
  const all = await cluster.pages();
  t.equal(total(all, 'recordsIn'), BATCHES * RECORDS_A_BATCH);
  t.equal(total(all, 'recordsOut'), BATCHES * RECORDS_A_BATCH);
  t.equal(total(all, 'bytesIn'), bytes);
  t.equal(total(all, 'bytesOut'), bytes);
  t.equal(total(all, 'replicationBytesIn'), 2 * bytes);
  t.equal(total(all, 'duplicateBatches'), 0);
}

async function repeatsAndRefusals(t: Test, cluster: MeasuredCluster): Promise<void> {
  const { producer_id, producer_epoch } = await producerId(cluster.raw);
  const again = { producerId: producer_id, producerEpoch: producer_epoch, baseSequence: 0 };
  const batch = { topic: TOPIC, partition: 0, record_batch: encodedBatch(['once'], again) };
  t.equal(await cluster.raw.produceError(batch), '');
  t.equal(await cluster.raw.produceError(batch), '');
  const timed = async (): Promise<number> => total(await cluster.pages(), 'requestSeconds', 'api="produce"', '_count');
  const before = await timed();
  const absent = { topic: TOPIC, partition: 99 };
  t.equal(await cluster.raw.produceError({ ...batch, ...absent }), 'UNKNOWN_TOPIC_OR_PARTITION');
  t.equal(await timed(), before, 'no leader took it: there is no time that it took');
  t.equal((await cluster.raw.fetch({ ...absent, offset: 0 })).error?.name, 'UNKNOWN_TOPIC_OR_PARTITION');
  t.equal((await cluster.raw.listOffset(absent)).error?.name, 'UNKNOWN_TOPIC_OR_PARTITION');
  const all = await cluster.pages();
  t.equal(total(all, 'duplicateBatches'), 1);
  for (const api of ['produce', 'fetch', 'listOffsets']) {
    t.equal(total(all, 'requestErrors', `api="${api}",error="UNKNOWN_TOPIC_OR_PARTITION"`), 1, api);
  }
}

async function times(t: Test, cluster: MeasuredCluster): Promise<void> {
  await cluster.producer.send({ topic: TOPIC, value: 'by the client' });
  await cluster.raw.fetch({ topic: TOPIC, partition: 0, offset: 0 });
  await cluster.raw.listOffset({ topic: TOPIC, partition: 0, timestamp_ms: -1 });
  await cluster.admin.deleteRecords([{ topic: TOPIC, partition: 2, beforeOffset: 1n }]);
  const all = await cluster.pages();
  for (const api of ['produce', 'fetch', 'listOffsets', 'initProducerId', 'deleteRecords', 'admin']) {
    t.ok(total(all, 'requestSeconds', `api="${api}"`, '_count') > 0, `${api} is counted`);
    t.ok(total(all, 'requestSeconds', `api="${api}"`, '_sum') > 0, `${api} takes time`);
  }
  t.ok(total(all, 'requestSeconds', 'api="produce"', '_count') >= BATCHES);
  for (const one of all) {
    for (const name of ['logSyncSeconds', 'quorumPersistSeconds'] as const) {
      t.ok(one.sum(name, '', '_count') > 0, `${name} is counted`);
      t.ok(one.sum(name, '', '_sum') > 0, `${name} takes time`);
    }
  }
}

async function quorumAndPartitions(t: Test, cluster: MeasuredCluster): Promise<void> {
  const controller = await cluster.controller();
  const all = await cluster.pages();
  t.ok(total(all, 'elections') > 0);
  t.equal(total(all, 'activeController'), 1);
  t.equal(total(all, 'leaderPartitions'), 3);
  for (const [index, one] of all.entries()) {
    t.equal(one.sum('activeController'), NODES[index] === controller ? 1 : 0);
    t.equal(one.sum('quorumLeader'), controller);
    t.ok(one.sum('quorumTerm') > 0);
    t.ok(one.sum('quorumApplied') > 0);
    t.equal(one.sum('replicaPartitions'), 3);
    t.equal(one.sum('offlineLogDirectories'), 0);
    t.equal(one.sum('damagedBatches'), 0);
  }
  const zero = ['offlinePartitions', 'underReplicatedPartitions', 'underMinIsrPartitions', 'fencedBrokers'] as const;
  for (const name of zero) await until(`no ${name}`, async () => total(await cluster.pages(), name) === 0);
  const onlyAtLeader = new Set<Name>(['quorumReplicaLag', 'quorumReplicaContact']);
  const onlyOnceMet = new Set<Name>(['requestErrors', 'requestSeconds']);
  for (const name of Object.keys(METRICS) as Name[]) {
    const { name: text }: MetricDefinition = METRICS[name];
    const having = NODES.filter((_, index) => all[index]?.has(name));
    if (onlyAtLeader.has(name)) t.same(having, [controller], text);
    else if (onlyOnceMet.has(name)) t.ok(having.length > 0, text);
    else t.same(having, NODES, text);
  }
}

async function standingStill(t: Test, cluster: MeasuredCluster): Promise<void> {
  const held = await cluster.follower();
  const others = NODES.filter((id) => id !== held.nodeId);
  const { partition = 0 } = (await cluster.watch.partitions()).find(({ leader }) => leader !== held.nodeId) ?? {};
  await cluster.page(held.nodeId);
  held.pause();
  const sent = cluster.producer.send({ topic: TOPIC, partition, value: 'acknowledged once it goes on' });
  await until('it is to be taken out', async () => total(await cluster.pages(others), 'isrShrinks') > 0, TIMEOUT_MS);
  // Counted when it is proposed: one that goes on before the controller has decided may never have been out.
  await until('it is out', async () => total(await cluster.pages(others), 'underReplicatedPartitions') > 0, TIMEOUT_MS);
  held.resume();
  await sent;
  await cluster.watch.everyIsrFull(TIMEOUT_MS);
  t.ok(total(await cluster.pages(others), 'isrExpands') > 0, 'and taken in again');
  // It has timers of a fraction of the pause: the first one of them that was due is late by the rest of it.
  const late = (await cluster.page(held.nodeId)).sum('eventLoopDelay');
  t.ok(late > LAG_MS / 2 / 1000, `${late} s`);
}

async function missingNode(t: Test, cluster: MeasuredCluster): Promise<void> {
  const gone = await cluster.follower();
  const left = NODES.filter((id) => id !== gone.nodeId);
  await gone.kill();
  for (const name of ['underReplicatedPartitions', 'underMinIsrPartitions'] as const) {
    await until(`${name} are all`, async () => total(await cluster.pages(left), name) === 3, TIMEOUT_MS);
  }
  await until('it is fenced', async () => (await cluster.pages(left)).every((one) => one.sum('fencedBrokers') === 1));
  gone.start();
  await gone.ready(TIMEOUT_MS);
  await cluster.watch.everyIsrFull(TIMEOUT_MS);
  for (const name of ['underReplicatedPartitions', 'underMinIsrPartitions', 'fencedBrokers'] as const) {
    await until(`${name} are none`, async () => total(await cluster.pages(), name) === 0, TIMEOUT_MS);
  }
  t.equal(total(await cluster.pages(), 'leaderPartitions'), 3);
  for (const one of await cluster.pages(left)) t.ok(one.sum('leaderChanges') > 0, 'what it led is led by another');
}

async function producerId(raw: RawClient): Promise<{ producer_id: number; producer_epoch: number }> {
  const { InitProducerIdRequest, InitProducerIdResponse } = varve.v1;
  const answer = await raw.unary('/varve.v1.Varve/InitProducerId', InitProducerIdRequest, InitProducerIdResponse, {});
  return { producer_id: Number(answer.producer_id), producer_epoch: answer.producer_epoch ?? 0 };
}
