import t from 'tap';
import { Producer } from '../../src/client/producer/producer.js';
import { VarveError } from '../../src/common/errors.js';
import { HEALTHY_LINK } from '../../src/simulation/network/network.js';
import { makeBatch } from '../log/support.js';
import { CONTEXT, onStage } from './stage.js';
import type { Stage } from './stage.js';

// A client that knows one node has its batches forwarded, five under way at once, and the first may fail on each leg of
// the way. The log cannot tell that one is missing: these producers are new to it, and where records were deleted one may
// start anywhere, since what told of it may have been among them.

const TOPIC = 'orders';
const ELSEWHERE = 'elsewhere';
const BATCHES = 5;
/** Answers take so long, and so all batches are under way before the first one is answered. */
const ANSWER_MS = 40;

/** A producer that is new to the topic: it has its id, and nothing of it is in the log. */
async function newProducer(stage: Stage, forwarder: number): Promise<Producer<string, string>> {
  const producer = new Producer<string, string>({
    bootstrap: `${stage.name(forwarder)}:9094`,
    platform: stage.platform,
    routing: 'bootstrap',
    batchSizeBytes: 1,
  });
  await producer.send({ topic: ELSEWHERE, value: 'x' });
  return producer;
}

function errorName(error: unknown): string {
  if (error instanceof VarveError) return error.code;
  throw error;
}

/**
 * Its first batches, sent one after the other without waiting, stand in the log in this order. The first one leaves the
 * client when it has asked where the partitions are: ANSWER_MS later.
 */
async function sendsInOrder(stage: Stage, producer: Producer<string, string>): Promise<void> {
  const sent: Promise<bigint | string>[] = [];
  for (let left = BATCHES; left > 0; left--) {
    const settled = producer.send({ topic: TOPIC, value: 'x' }).then(({ offset }) => offset, errorName);
    sent.push(settled);
    // Until the first has left, all gather.
    await stage.sleep(left === BATCHES ? ANSWER_MS + 1 : stage.simulation.random.between(0, ANSWER_MS / 3));
  }
  const offsets = await Promise.all(sent);
  let last = -1n;
  for (const offset of offsets) {
    // One that was overtaken is refused until it expires.
    const isNext = typeof offset === 'bigint' && offset > last;
    if (!isNext) throw new Error(`a producer's batches stand at ${offsets.join(', ')}`);
    last = offset;
  }
  await producer.close();
}

/** A topic that begins behind records which were deleted; from here on clients hear everything late. */
async function makeShortened(stage: Stage, replicas: readonly number[]): Promise<void> {
  await stage.makeTopic(TOPIC, replicas, { 'min.insync.replicas': '1' });
  await stage.makeTopic(ELSEWHERE, stage.cluster.nodeIds, {});
  await stage.send(TOPIC, 3);
  await stage.admin.deleteRecords([{ topic: TOPIC, partition: 0, beforeOffset: 2n }]);
  const behaviour = { ...HEALTHY_LINK, latencyMs: [ANSWER_MS, ANSWER_MS + 0.1] as const };
  for (const id of stage.cluster.nodeIds)
    stage.simulation.network.link(stage.name(id), 'scenario').behaviour = behaviour;
}

t.test('a new producer keeps its order when the connection to its leader breaks', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { controllerId, simulation } = stage;
    const { random } = simulation;
    const [leader = 0, other = 0] = stage.others;
    await makeShortened(stage, [leader, other]);
    for (let left = 40; left > 0; left--) {
      const forwarder = left % 2 === 0 ? other : controllerId;
      const producer = await newProducer(stage, forwarder);
      simulation.at(ANSWER_MS + random.between(0, 1), () => {
        simulation.network.resetConnections(stage.name(forwarder), stage.name(leader));
      });
      await sendsInOrder(stage, producer);
    }
  });
  t.pass('it did');
});

t.test('a new producer keeps its order when too few replicas are in sync at first', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, controllerId, simulation } = stage;
    const [leader = 0, other = 0] = stage.others;
    await makeShortened(stage, [leader, other]);
    const need = (count: number): Promise<unknown> =>
      stage.admin.alterConfigs([
        { resource: { type: 'topic', name: TOPIC }, changes: [{ name: 'min.insync.replicas', value: String(count) }] },
      ]);
    for (let left = 20; left > 0; left--) {
      await need(2);
      cluster.host(other).kill();
      await stage.until('one is in sync', () => stage.replica(leader, TOPIC)?.leader?.isr.length === 1);
      const producer = await newProducer(stage, left % 2 === 0 ? leader : controllerId);
      const sent = sendsInOrder(stage, producer);
      await stage.sleep(simulation.random.between(ANSWER_MS, 2 * ANSWER_MS));
      await Promise.all([need(1), sent]);
      cluster.start(other);
      await stage.until('both are in sync', () => stage.replica(leader, TOPIC)?.leader?.isr.length === 2);
    }
  });
  t.pass('it did');
});

t.test('a new producer keeps its order when there is no leader at first', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, controllerId, simulation } = stage;
    const [leader = 0] = stage.others;
    await makeShortened(stage, [leader]);
    for (let left = 20; left > 0; left--) {
      cluster.host(leader).kill();
      await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
      const producer = await newProducer(stage, controllerId);
      cluster.start(leader);
      await stage.sleep(simulation.random.between(0, 2 * ANSWER_MS));
      await sendsInOrder(stage, producer);
    }
  });
  t.pass('it did');
});

/** What a client of its own writing is told of a batch of producer 7, sent through `nodeId`. */
function told(stage: Stage, nodeId: number, baseSequence: number, producerEpoch = 0): Promise<string> {
  const batches = makeBatch({ producerId: 7, producerEpoch, baseSequence });
  const call = { context: CONTEXT, topic: TOPIC, partition: 0, acks: -1 as const, timeoutMs: 10_000, batches };
  return new Promise((resolve) => {
    stage.node(nodeId).api.produce(call, ({ error, baseOffset }) => resolve(error?.code ?? `stored at ${baseOffset}`));
  });
}

t.test('what is behind a batch that found no leader is stored behind it', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, controllerId } = stage;
    const [leader = 0] = stage.others;
    // Producers of the project send their first batch alone: this is one that does not.
    await makeShortened(stage, [leader]);
    cluster.host(leader).kill();
    await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
    stage.expect('without a leader', await told(stage, controllerId, 0), 'LEADER_NOT_AVAILABLE');
    cluster.start(leader);
    await stage.until('it leads again', () => {
      const { leader: elected, leaderEpoch } = stage.partition(TOPIC);
      return elected === leader && stage.replica(leader, TOPIC)?.leader?.leaderEpoch === leaderEpoch;
    });
    // The node that passes the batches on may hear of it a moment later than the leader.
    const knows = (): boolean =>
      stage.node(controllerId).image.topicByName(TOPIC)?.partitions.get(0)?.leader === leader;
    await stage.until('who passes them on knows', knows);
    stage.expect('what found no leader comes first', await told(stage, controllerId, 1), 'NOT_LEADER_OR_FOLLOWER');
    stage.expect('it again', await told(stage, controllerId, 0), 'stored at 3');
    stage.expect('the later one, again', await told(stage, controllerId, 1), 'stored at 4');
  });
  t.pass('it was');
});

t.test('a producer goes on at once when a batch of it was given up', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, platform, simulation } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '2' });
    cluster.host(other).kill();
    await stage.until('one is in sync', () => stage.replica(leader, TOPIC)?.leader?.isr.length === 1);
    const producer = new Producer<string, string>({ bootstrap: cluster.bootstrap, platform, deliveryTimeoutMs: 700 });
    const first = await producer.send({ topic: TOPIC, value: 'x' }).catch((error: unknown) => error);
    stage.expect('the first batch', first instanceof VarveError && first.code, 'REQUEST_TIMED_OUT');
    const changes = [{ name: 'min.insync.replicas', value: '1' }];
    await stage.admin.alterConfigs([{ resource: { type: 'topic', name: TOPIC }, changes }]);
    const fromMs = simulation.nowMs;
    stage.expect('the next one', Number((await producer.send({ topic: TOPIC, value: 'y' })).offset), 0);
    if (simulation.nowMs - fromMs > 500) throw new Error(`it took ${simulation.nowMs - fromMs} ms`);
    await producer.close();
    cluster.start(other);
    await stage.serving();
  });
  t.pass('it did');
});

t.test('a client that sends a later batch again, and not the one that failed, is told by its sequence', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '2' });
    cluster.host(other).kill();
    await stage.until('one is in sync', () => stage.replica(leader, TOPIC)?.leader?.isr.length === 1);
    for (const nodeId of [leader, stage.controllerId]) {
      stage.expect('the first one', await told(stage, nodeId, 0), 'NOT_ENOUGH_REPLICAS');
      stage.expect('the later one', await told(stage, nodeId, 1), 'NOT_LEADER_OR_FOLLOWER');
    }
    const changes = [{ name: 'min.insync.replicas', value: '1' }];
    await stage.admin.alterConfigs([{ resource: { type: 'topic', name: TOPIC }, changes }]);
    for (const nodeId of [leader, stage.controllerId]) {
      const answers: string[] = [];
      while (answers.length < 3 && answers.at(-1) !== 'UNKNOWN_PRODUCER_ID') {
        answers.push(await told(stage, nodeId, 1));
      }
      stage.expect('the later one, again', answers.at(-1), 'UNKNOWN_PRODUCER_ID');
    }
    cluster.start(other);
    await stage.serving();
  });
  t.pass('it was');
});

t.test('a batch that overtakes the first one of its producer on another way is refused', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { simulation, controllerId: forwarder } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], {});
    const late = [ANSWER_MS, ANSWER_MS + 1] as const;
    simulation.network.link(stage.name(forwarder), stage.name(leader)).behaviour = { ...HEALTHY_LINK, latencyMs: late };
    const first = told(stage, forwarder, 0);
    stage.expect('the later one', await told(stage, leader, 1), 'UNKNOWN_PRODUCER_ID');
    stage.expect('the first one', await first, 'stored at 0');
    stage.expect('the later one, again', await told(stage, leader, 1), 'stored at 1');
  });
  t.pass('it was');
});

t.test('a retry of what was deleted before a follower started over is known to that follower, too', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '1' });
    stage.expect('the first batch', await told(stage, leader, 0), 'stored at 0');
    cluster.host(other).kill();
    await stage.until('one is in sync', () => stage.replica(leader, TOPIC)?.leader?.isr.length === 1);
    stage.expect('the second batch', await told(stage, leader, 1), 'stored at 1');
    await stage.admin.deleteRecords([{ topic: TOPIC, partition: 0, beforeOffset: 2n }]);
    cluster.start(other);
    await stage.until('both are in sync', () => stage.partition(TOPIC).isr.length === 2);
    cluster.host(leader).kill();
    await stage.until('the other leads', () => stage.replica(other, TOPIC)?.leader !== undefined);
    stage.expect('the second batch, again', await told(stage, other, 1), 'stored at 1');
    cluster.start(leader);
    await stage.serving();
  });
  t.pass('it was stored once');
});

t.test('a batch that is refused for good fails alone', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { platform, cluster } = stage;
    await stage.makeTopic(TOPIC, cluster.nodeIds, { 'cleanup.policy': 'compact' });
    const { bootstrap } = cluster;
    const producer = new Producer<string, string>({ bootstrap, platform, batchSizeBytes: 1 });
    // A compacted topic takes no record without a key.
    const keys = ['a', undefined, 'b', 'c', 'd', 'e'];
    let settled = 0;
    const sent = keys.map((key) =>
      producer
        .send({ topic: TOPIC, partition: 0, value: 'x', ...(key === undefined ? {} : { key }) })
        .finally(() => settled++),
    );
    const results = Promise.allSettled(sent);
    await stage.until('each is settled', () => settled === keys.length, { withinMs: 2_000 });
    const told = (await results).map((one) => (one.status === 'fulfilled' ? Number(one.value.offset) : 'refused'));
    stage.expect('what became of each', told, [0, 'refused', 1, 2, 3, 4]);
    await producer.close();
  });
  t.pass('the others were stored, in order');
});

t.test(
  'an earlier instance of a producer is refused once a later one has written, by whoever leads (KIP-98)',
  async (t) => {
    await onStage({ seed: 1, nodes: 3 }, async (stage) => {
      const { cluster } = stage;
      const [leader = 0, other = 0] = stage.others;
      await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '1' });
      stage.expect('the later instance', await told(stage, leader, 0, 1), 'stored at 0');
      // Of what it has sent, the first batch is not asked for its sequence: that is where each epoch begins.
      stage.expect('the earlier instance', await told(stage, leader, 0), 'INVALID_PRODUCER_EPOCH');
      cluster.host(leader).kill();
      await stage.until('the other leads', () => stage.replica(other, TOPIC)?.leader !== undefined);
      stage.expect('the earlier instance, elsewhere', await told(stage, other, 0), 'INVALID_PRODUCER_EPOCH');
      cluster.start(leader);
      await stage.serving();
    });
    t.pass('it was');
  },
);
