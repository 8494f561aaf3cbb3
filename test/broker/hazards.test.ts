import t from 'tap';
import { LogManager } from '../../src/broker/log-manager.js';
import type { ProduceResult } from '../../src/broker/broker-api.js';
import { Broker } from '../../src/broker/broker.js';
import { LeaderApi } from '../../src/broker/leader-api.js';
import { NodeMetrics } from '../../src/broker/node-metrics.js';
import { PartitionLookup } from '../../src/broker/partition-lookup.js';
import { ProducerIds } from '../../src/broker/producer-ids.js';
import { ProducerOrder } from '../../src/broker/producer-order.js';
import { ProduceForwarder } from '../../src/broker/forwarding/produce-forwarder.js';
import { encodeAck } from '../../src/broker/forwarding/wire.js';
import { ReplicaAssigner } from '../../src/broker/replica-assigner.js';
import { changesBetween } from '../../src/metadata/image-changes.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { topicConfig, withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { noMetrics, silentLogger } from '../../src/platform/observe.js';
import { varve } from '../../src/protocol/varve.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import { ReplicaManager } from '../../src/replication/replica-manager.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { Fixture } from '../controller/fixture.js';
import { FakeDisk, Seeded } from '../log/fake-disk.js';
import { ManualClock as LogClock, makeBatch } from '../log/support.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { MemoryLog, batch } from '../replication/memory-log.js';
import { streamPair } from '../replication/stream-pair.js';
import { context } from './local-cluster.js';
import { fetchFrom, localPosition } from './local-positions.js';
import { leaderOptions } from '../replication/leader-options.js';

// One test for each way of the design's hazard table to lose or double data that the node around the replicas designs out.

const texts = new Map([
  ['node.id', '1'],
  ['log.dirs', '/data'],
]);
const config = withDynamicConfigs(texts, new Map(), new Map());

t.test('forwarder: nothing later goes until the earliest failed batch has come again', async (t) => {
  const streams: ReturnType<typeof streamPair>[] = [];
  const arrived: varve.v1.IProduceBatch[] = [];
  const forwarder = new ProduceForwarder({
    clock: new ManualClock(),
    order: new ProducerOrder(new ManualClock()),
    maxUnderWayBytes: 1 << 20,
    onRefused: () => {},
    open: () => {
      const pair = streamPair();
      pair.server.onMessage((message) => arrived.push(...varve.v1.ProduceRequest.decode(message).batches));
      streams.push(pair);
      return pair.client;
    },
  });
  const answers: string[] = [];
  const forward = (baseSequence: number): void => {
    const batches = makeBatch({ producerId: 7, baseSequence });
    const done = ({ error }: ProduceResult): void => void answers.push(`${baseSequence}: ${error?.code ?? 'ok'}`);
    forwarder.forward(2, { context, topic: 't', partition: 0, acks: -1, timeoutMs: 1_000, batches }, done);
  };
  forward(0);
  await settle();
  streams[0]?.server.cancel();
  await settle();
  t.same(answers, ['0: NETWORK_EXCEPTION']);
  // The client has sent this one before it heard of the failure. A leader that does not know the producer could take it.
  forward(1);
  await settle();
  t.same(answers.slice(1), ['1: NOT_LEADER_OR_FOLLOWER'], 'turned back');
  t.equal(arrived.length, 1, 'and not sent');
  forward(0);
  await settle();
  t.equal(arrived.length, 2);
  const stored: ProduceResult = { error: undefined, baseOffset: 0, logAppendTimeMs: -1, logStartOffset: 0 };
  const acks = [encodeAck(arrived[1]?.correlation_id ?? 0, 't', 0, stored)];
  streams[1]?.server.send(varve.v1.ProduceResponse.encode({ acks }).finish());
  await settle();
  forward(1);
  await settle();
  t.equal(arrived.length, 3, 'the earliest is settled: on with the next');
  forwarder.close();
});

t.test(
  'producers: nothing later is taken here, or handed on, before a batch that found no leader or was refused',
  async (t) => {
    const clock = new ManualClock();
    const log = new MemoryLog();
    const replicas = replicaManager(log);
    let route: { leader: number; leaderEpoch: number } | undefined;
    const lookup = new PartitionLookup(1, replicas, () => route);
    const { broker, arrived } = forwardingBroker(lookup, clock);
    const produce = async (baseSequence: number, of = context): Promise<string> => {
      let answer = 'none yet';
      const batches = makeBatch({ producerId: 7, baseSequence });
      broker.produce({ context: of, topic: 't', partition: 0, acks: -1, timeoutMs: 1_000, batches }, ({ error }) => {
        answer = error?.code ?? 'ok';
      });
      await settle();
      return answer;
    };
    route = { leader: -1, leaderEpoch: 1 };
    t.equal(await produce(5), 'LEADER_NOT_AVAILABLE');
    route = { leader: 2, leaderEpoch: 2 };
    t.equal(await produce(6), 'NOT_LEADER_OR_FOLLOWER', 'turned back: what found no leader comes first');
    t.equal(arrived.length, 0);
    t.equal(await produce(5), 'ok');
    t.equal(await produce(6), 'ok');
    t.equal(arrived.length, 2);

    // Now this node leads, and knows nothing of the producer: the records that told of it were deleted long ago.
    const assigned: PartitionAssignment = {
      topic: 't',
      topicId: 'AAAAAAAAAAAAAAAAAAAAAQ',
      partition: 0,
      directoryId: undefined,
      leader: 1,
      leaderEpoch: 3,
      partitionEpoch: 0,
      replicas: [1],
      isr: [1],
      elr: [],
      markedReplicas: [],
      minInsyncReplicas: 2,
      mayLoseRecords: false,
      lagMaxMs: 10_000,
      leaderThrottled: false,
      followerThrottled: false,
    };
    replicas.apply(assigned);
    await settle();
    t.equal(await produce(7), 'NOT_ENOUGH_REPLICAS');
    replicas.apply({ ...assigned, minInsyncReplicas: 1, partitionEpoch: 1 });
    await settle();
    t.equal(await produce(8), 'NOT_LEADER_OR_FOLLOWER', 'turned back: what was refused comes first');
    t.equal(await produce(7), 'ok');
    t.equal(await produce(8), 'ok');

    replicas.apply({ ...assigned, minInsyncReplicas: 2, partitionEpoch: 2 });
    await settle();
    t.equal(await produce(9), 'NOT_ENOUGH_REPLICAS');
    replicas.apply({ ...assigned, minInsyncReplicas: 1, partitionEpoch: 3 });
    await settle();
    t.equal(await produce(12, { ...context }), 'ok', 'on another stream: its client has heard of the failure');
    broker.close();
  },
);

/** A broker whose neighbours store whatever is forwarded to them; what has arrived there. */
function forwardingBroker(
  lookup: PartitionLookup,
  clock: ManualClock,
): { broker: Broker; arrived: varve.v1.IProduceBatch[] } {
  const arrived: varve.v1.IProduceBatch[] = [];
  const broker = new Broker({
    nodeId: 1,
    lookup,
    leaderApi: new LeaderApi(lookup, clock, 1 << 20, new NodeMetrics(noMetrics, clock)),
    producerIds: new ProducerIds(() => Promise.reject(new Error('not asked for'))),
    image: () => MetadataImage.EMPTY,
    onClusterChange: () => () => {},
    cluster: () => ({ clusterId: 'c', controllerId: 1 }),
    forwardClient: () => ({
      unary: () => Promise.reject(new Error('not asked for')),
      stream: () => {
        const pair = streamPair();
        pair.server.onMessage((message) => {
          const { batches } = varve.v1.ProduceRequest.decode(message);
          arrived.push(...batches);
          const stored: ProduceResult = { error: undefined, baseOffset: 0, logAppendTimeMs: -1, logStartOffset: 0 };
          const acks = batches.map((each) => encodeAck(each.correlation_id ?? 0, 't', 0, stored));
          pair.server.send(varve.v1.ProduceResponse.encode({ acks }).finish());
        });
        return pair.client;
      },
      close: () => {},
    }),
    admin: () => Promise.reject(new Error('not asked for')),
    maxForwardBytes: 1 << 20,
    clock,
    metrics: new NodeMetrics(noMetrics, clock),
  });
  return { broker, arrived };
}

function replicaManager(log: MemoryLog): ReplicaManager {
  return new ReplicaManager({
    nodeId: 1,
    clock: new ManualClock(),
    logger: silentLogger,
    logs: { open: async () => ({ log, highWatermark: 0 }), remove: async () => {} },
    isrChanges: { send: async () => ({ error: 0, partitions: [] }), brokerEpochOf: () => 1, retryMs: 100 },
    isEligible: () => true,
    fetcher: {
      clusterId: () => 'c',
      brokerEpoch: () => 1,
      windowBytes: 1 << 20,
      backoffMs: 20,
      maxBackoffMs: 100,
      connect: () => undefined,
      disconnect: () => {},
    },
    readRange: () => Promise.reject(new Error('nobody is there')),
    reportTruncation: () => Promise.reject(new Error('nobody is there')),
    onDamaged: () => {},
    minTickMs: 100,
    maxTickMs: 100,
    onTick: () => {},
    onProposal: () => {},
    onFetched: () => {},
  });
}

t.test('a restarted leader holds still until its image has its own registration', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  const replicas = replicaManager(new MemoryLog());
  const assigner = new ReplicaAssigner({
    nodeId: 1,
    config,
    configTexts: texts,
    replicas,
    logger: silentLogger,
    configChanged: () => {},
    removeStrays: () => {},
  });
  // Node 1 starts anew. What it reads first is the image in which its former self leads epoch 0.
  const stale = f.image;
  t.match(f.partition('orders'), { leader: 1, leaderEpoch: 0 });
  assigner.imageChanged(stale, changesBetween(MetadataImage.EMPTY, stale));
  await settle();
  t.equal(replicas.replica('orders', 0)?.leader, undefined, 'an epoch in which it may have written is not led again');
  f.start(1);
  const own = f.image;
  assigner.imageChanged(own, changesBetween(stale, own));
  assigner.goLive(own);
  await settle();
  t.match(f.partition('orders'), { leader: 2, leaderEpoch: 1 });
  t.equal(replicas.replica('orders', 0)?.assignment.leaderEpoch, 1);
  replicas.close();
});

t.test('a topic that was deleted and made again while its replica was down starts empty (KIP-516)', async (t) => {
  const disk = new FakeDisk();
  const open = (): Promise<LogManager> =>
    LogManager.open({
      nodeId: 1,
      config,
      platform: {
        clock: new LogClock(),
        random: new Seeded(1),
        fileSystem: disk.mount(),
        logger: silentLogger,
        workers: { run: () => Promise.reject(new Error('no workers here')), close: async () => undefined },
        buffers: new PoisonedBuffers(),
      },
      topicConfig: () => topicConfig(config, new Map()),
      onOffline: () => {},
    });
  const assignment = (topicId: string): PartitionAssignment => ({
    topic: 't',
    topicId,
    partition: 0,
    directoryId: undefined,
    leader: 2,
    leaderEpoch: 0,
    partitionEpoch: 0,
    replicas: [1, 2],
    isr: [1, 2],
    elr: [],
    markedReplicas: [],
    minInsyncReplicas: 1,
    mayLoseRecords: false,
    lagMaxMs: 10_000,
    leaderThrottled: false,
    followerThrottled: false,
  });
  const [former, present] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'];
  const before = await open();
  const { log } = await before.open(assignment(former));
  log.appendAsLeader(makeBatch({ records: 3 }), 0);
  await log.flush();
  await before.close();

  const after = await open();
  await after.recover();
  const made = await after.open(assignment(present));
  t.equal(made.log.topicId, present);
  t.equal(made.log.endOffset, 0, 'nothing of the former topic is in it');
  t.equal(made.log.latestEpoch, -1, 'nor are its epochs');
  await after.close();
});

t.test('readers are told of a truncation, and of leaders that they do not know (KIP-320)', async (t) => {
  const clock = new ManualClock();
  const log = new MemoryLog();
  for (const [tag, epoch] of [
    ['a', 1],
    ['p', 3],
    ['q', 3],
  ] as const) {
    log.appendAsLeader(batch(tag), epoch);
  }
  const leader = new PartitionLeader(
    leaderOptions({ log, clock, leaderEpoch: 3, replicas: [1], isr: [1], minInsyncReplicas: 1 }),
  );
  const fetch = async (offset: number, currentLeaderEpoch: number, lastFetchedEpoch: number): Promise<unknown> => {
    const position = localPosition(leader, { offset, currentLeaderEpoch, lastFetchedEpoch });
    const [chunk] = await fetchFrom(clock, [position], { maxWaitMs: 0, minBytes: 1 });
    return chunk?.error?.code ?? chunk?.divergingEpoch ?? chunk?.batches.length;
  };
  t.equal(await fetch(1, 3, 1), 2);
  // It has read x and y of epoch 2 at offsets 1 and 2, which are gone: p and q stand there now.
  t.same(
    await fetch(3, 3, 2),
    { leaderEpoch: 1, endOffset: 1 },
    'a reader beyond a truncation is told where it departed',
  );
  t.equal(await fetch(1, 2, 1), 'FENCED_LEADER_EPOCH', 'a client with an old leader epoch is told');
  t.equal(await fetch(1, 4, 1), 'UNKNOWN_LEADER_EPOCH');
});
