import t from 'tap';
import { ALTER_PARTITION, HEARTBEAT } from '../../src/broker/controller-link.js';
import { REPLICATION_FETCH } from '../../src/broker/internal-handlers.js';
import { errorName } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import type { RpcClient } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/controller.js';
import { varve as replication } from '../../src/protocol/replication.js';
import { AT_ONCE_MS, onStage } from './stage.js';
import type { Stage } from './stage.js';

// What was said comes late, again, or without an answer, while the one that it was said of has died and come back.

const TOPIC = 'orders';
/** Nobody is fenced for the words of his that stand still. */
const LONG_LEASES = { 'broker.session.timeout.ms': '30000' };

/** Node `joiner` is out of the ISR, has caught up again, and `leader` has asked at this moment to have it back. */
async function asksForJoining(stage: Stage, leader: number, joiner: number): Promise<void> {
  const { cluster } = stage;
  cluster.host(joiner).kill();
  await stage.until('it is out of the ISR', () => !stage.partition(TOPIC).isr.includes(joiner));
  await stage.send(TOPIC, 3);
  cluster.start(joiner);
  await stage.until(
    'its leader asks to have it back',
    () => stage.replica(leader, TOPIC)?.leader?.proposedIsr?.isr.includes(joiner) === true,
    { everyMs: AT_ONCE_MS },
  );
}

/** A new incarnation of it lives, which has lost what was not synced. */
async function losesPower(stage: Stage, nodeId: number): Promise<void> {
  const { cluster } = stage;
  const before = stage.aliveEpoch(nodeId);
  const { disk } = cluster.host(nodeId);
  disk.behaviour.fates = ['lost'];
  cluster.host(nodeId).powerOff();
  cluster.start(nodeId);
  await stage.until('its new incarnation lives', () => {
    const epoch = stage.aliveEpoch(nodeId);
    return epoch !== undefined && epoch !== before;
  });
}

/** A follower whose leader has asked to have it back loses its power, before the controller hears of that. */
async function losesPowerWhileItsJoiningIsAskedFor(stage: Stage, leader: number, joiner: number): Promise<void> {
  const { network } = stage.simulation;
  await stage.makeTopic(TOPIC, [leader, joiner], { 'min.insync.replicas': '1', 'flush.messages': '1000000' });
  await stage.send(TOPIC, 1);
  await asksForJoining(stage, leader, joiner);
  network.cut(stage.name(leader), stage.name(stage.controllerId));
  network.cutBoth(stage.name(leader), stage.name(joiner));
  await losesPower(stage, joiner);
}

/** A connection on which what a node said before comes late. */
function lateTo({ platform, cluster }: Stage, nodeId: number): RpcClient {
  const { name: host } = cluster.host(nodeId);
  return platform.transport.connectRpc({ host, port: 9093, maxMessageBytes: 1_000_000, channel: 'late' });
}

/** What a leader proposed once, of an earlier state of the partition. */
interface LateProposal {
  readonly leader: number;
  readonly isr: readonly number[];
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  /** Broker epochs of nodes that are fenced. */
  readonly epochs?: ReadonlyMap<number, number>;
}

/** What the controller answers to a proposal that comes late, from and of incarnations that live. */
async function answerTo(
  stage: Stage,
  { leader, isr, leaderEpoch, partitionEpoch, epochs }: LateProposal,
): Promise<string> {
  const epochOf = (nodeId: number): number => epochs?.get(nodeId) ?? stage.aliveEpoch(nodeId) ?? -1;
  const request = {
    version: 1,
    node_id: leader,
    broker_epoch: epochOf(leader),
    partitions: [
      {
        topic_id: uuidToBytes(stage.topicId(TOPIC)),
        partition: 0,
        leader_epoch: leaderEpoch,
        partition_epoch: partitionEpoch,
        new_isr: isr.map((node_id) => ({ node_id, broker_epoch: epochOf(node_id) })),
      },
    ],
  };
  const client = lateTo(stage, stage.controllerId);
  const bytes = varve.internal.AlterPartitionRequest.encode(request).finish();
  const answer = varve.internal.AlterPartitionResponse.decode(
    await client.unary(ALTER_PARTITION, bytes, { timeoutMs: 1_000 }),
  );
  client.close();
  return errorName(answer.partitions[0]?.error ?? answer.error);
}

t.test('a proposal that got no answer counts until the image settles it', async (t) => {
  await onStage({ seed: 1, nodes: 5, config: LONG_LEASES }, async (stage) => {
    const { simulation, controllerId } = stage;
    const { network } = simulation;
    const [leader = 0, joiner = 0, member = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, joiner, member], { 'min.insync.replicas': '2' });
    await stage.send(TOPIC, 1);
    await asksForJoining(stage, leader, joiner);
    // The controller does as it is asked, its leader hears nothing of that, and the joiner nothing more of its leader.
    network.cut(stage.name(controllerId), stage.name(leader));
    network.cutBoth(stage.name(leader), stage.name(joiner));
    await stage.until('it is in the ISR', () => stage.partition(TOPIC).isr.includes(joiner));
    network.resetConnections(stage.name(controllerId), stage.name(leader));
    const sent = stage.send(TOPIC, 5);
    await stage.sleep(400);
    stage.expect(
      'its leader has not heard of it',
      stage.replica(leader, TOPIC)?.assignment.isr.includes(joiner),
      false,
    );
    network.healAll();
    await sent;
  });
  t.pass('it did not');
});

t.test('a late proposal does not bring a rebooted broker back into the ISR (KIP-903)', async (t) => {
  await onStage({ seed: 1, nodes: 5, config: LONG_LEASES }, async (stage) => {
    const { controllerId } = stage;
    const { network } = stage.simulation;
    const [leader = 0, joiner = 0] = stage.others;
    await losesPowerWhileItsJoiningIsAskedFor(stage, leader, joiner);
    network.heal(stage.name(leader), stage.name(controllerId));
    await stage.sleep(1_000);
    stage.expect('it was refused', stage.partition(TOPIC).isr, [leader]);
    network.healAll();
    await stage.until('it has caught up', () => stage.partition(TOPIC).isr.includes(joiner));
  });
  t.pass('it did not');
});

t.test('a proposal that is sent again is of the incarnations that were seen in sync (KIP-903)', async (t) => {
  await onStage({ seed: 1, nodes: 5, config: LONG_LEASES }, async (stage) => {
    const { controllerId } = stage;
    const { network } = stage.simulation;
    const [leader = 0, joiner = 0] = stage.others;
    await losesPowerWhileItsJoiningIsAskedFor(stage, leader, joiner);
    // The first request never arrives: refused, it would end the partition epoch that the second names.
    network.resetConnections(stage.name(leader), stage.name(controllerId));
    const { proposedIsr } = stage.replica(leader, TOPIC)?.leader ?? {};
    stage.expect('it is asked for', proposedIsr?.isr.includes(joiner), true);
    const epoch = stage.aliveEpoch(joiner);
    await stage.until('its leader knows', () => stage.node(leader).image.broker(joiner)?.brokerEpoch === epoch);
    // Longer than an answer is waited for.
    await stage.sleep(6_000);
    stage.expect('it is still asked for', stage.replica(leader, TOPIC)?.leader?.proposedIsr, proposedIsr);
    network.heal(stage.name(leader), stage.name(controllerId));
    await stage.sleep(1_000);
    stage.expect('it was refused', stage.partition(TOPIC).isr, [leader]);
    network.healAll();
    await stage.until('it has caught up', () => stage.partition(TOPIC).isr.includes(joiner));
  });
  t.pass('it did not');
});

t.test('heartbeats of a former incarnation do not keep its silent successor alive', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, controllerId } = stage;
    const [nodeId = 0] = stage.others;
    const former = stage.aliveEpoch(nodeId) ?? -1;
    cluster.host(nodeId).kill();
    cluster.start(nodeId);
    await stage.until('its new incarnation lives', () => (stage.aliveEpoch(nodeId) ?? former) !== former);
    const client = lateTo(stage, controllerId);
    const stream = client.stream(HEARTBEAT);
    const late = {
      version: 1,
      node_id: nodeId,
      broker_epoch: former,
      metadata_offset: stage.node(nodeId).image.offset,
    };
    cluster.host(nodeId).pause();
    for (let left = 60; left > 0; left--) {
      stream.send(varve.internal.HeartbeatRequest.encode(late).finish());
      await stage.sleep(50);
    }
    stage.expect('it is fenced', stage.aliveEpoch(nodeId), undefined);
    cluster.host(nodeId).resume();
    client.close();
    await stage.serving();
  });
  t.pass('it did not');
});

t.test('a follower that has not heard of an epoch is not taken at its word in it (KIP-320)', async (t) => {
  await onStage({ seed: 1, nodes: 5, config: LONG_LEASES }, async (stage) => {
    const { cluster, controllerId } = stage;
    const { network } = stage.simulation;
    const [leader = 0, second = 0, third = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, second, third], { 'min.insync.replicas': '1' });
    await stage.send(TOPIC, 3);
    network.cut(stage.name(controllerId), stage.name(third));
    cluster.host(leader).kill();
    await stage.until('the second leads', () => stage.replica(second, TOPIC)?.leader !== undefined);
    cluster.start(leader);
    await stage.until('it is back', () => cluster.node(leader) === undefined);
    await stage.until('it is in sync', () => stage.partition(TOPIC).isr.includes(leader));
    await stage.admin.electLeaders('preferred', [{ topic: TOPIC, partitions: [0] }]);
    await stage.until('the first leads again', () => stage.replica(leader, TOPIC)?.leader !== undefined);
    await stage.sleep(500);
    stage.expect('the epoch that the third knows', stage.replica(third, TOPIC)?.assignment.leaderEpoch, 0);
    network.healAll();
    await stage.until('all know', () => stage.replica(third, TOPIC)?.assignment.leaderEpoch === 2);
  });
  t.pass('it was not');
});

t.test('a copy of a proposal that comes when the ISR has changed since is refused', async (t) => {
  await onStage({ seed: 1, nodes: 3, config: { 'replica.lag.time.max.ms': '500' } }, async (stage) => {
    const { network } = stage.simulation;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '1' });
    const { leaderEpoch, partitionEpoch } = stage.partition(TOPIC);
    // It lives, and is out of the ISR for its lag.
    network.cutBoth(stage.name(leader), stage.name(other));
    await stage.send(TOPIC, 3);
    stage.expect('the ISR', stage.partition(TOPIC).isr, [leader]);
    const late = { leader, isr: [leader, other], leaderEpoch, partitionEpoch };
    stage.expect('the late proposal', await answerTo(stage, late), 'INVALID_UPDATE_VERSION');
    await stage.sleep(100);
    stage.expect('the ISR, still', stage.partition(TOPIC).isr, [leader]);
    network.healAll();
    await stage.until('it has caught up', () => stage.partition(TOPIC).isr.includes(other));
  });
  t.pass('it was');
});

t.test('a copy of a proposal that was refused is not granted when its replica is available again', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const { network } = stage.simulation;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '1' });
    const epoch = stage.aliveEpoch(other) ?? -1;
    network.cutBoth(stage.name(leader), stage.name(other));
    cluster.host(other).pause();
    await stage.until('it is fenced', () => stage.aliveEpoch(other) === undefined);
    const { leaderEpoch, partitionEpoch } = stage.partition(TOPIC);
    const proposal = { leader, isr: [leader, other], leaderEpoch, partitionEpoch, epochs: new Map([[other, epoch]]) };
    stage.expect('the proposal', await answerTo(stage, proposal), 'INELIGIBLE_REPLICA');
    // Its leader goes on without it, and it lives again, as the same incarnation.
    await stage.send(TOPIC, 3);
    cluster.host(other).resume();
    await stage.until('it is available', () => stage.aliveEpoch(other) === epoch);
    stage.expect('the copy of it', await answerTo(stage, proposal), 'INVALID_UPDATE_VERSION');
    stage.expect('the ISR, still', stage.partition(TOPIC).isr, [leader]);
    network.healAll();
    await stage.until('it has caught up', () => stage.partition(TOPIC).isr.includes(other));
  });
  t.pass('it was not');
});

t.test('a copy of a proposal that comes when its leader leads in another epoch is refused by that epoch', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '1' });
    const { leaderEpoch, partitionEpoch } = stage.partition(TOPIC);
    cluster.host(leader).kill();
    await stage.until('the other leads', () => stage.partition(TOPIC).leader === other);
    cluster.start(leader);
    await stage.until('it is in sync', () => stage.partition(TOPIC).isr.includes(leader));
    await stage.admin.electLeaders('preferred', [{ topic: TOPIC, partitions: [0] }]);
    await stage.until('the first leads again', () => stage.replica(leader, TOPIC)?.leader !== undefined);
    const late = { leader, isr: [leader], leaderEpoch, partitionEpoch };
    stage.expect('the late proposal', await answerTo(stage, late), 'FENCED_LEADER_EPOCH');
    await stage.sleep(100);
    stage.expect('the ISR, still', stage.partition(TOPIC).isr.length, 2);
  });
  t.pass('it was');
});

t.test('what a former incarnation fetched is no evidence for the one that lives (KIP-903)', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, follower = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, follower], { 'min.insync.replicas': '1' });
    await stage.send(TOPIC, 3);
    const former = stage.aliveEpoch(follower) ?? -1;
    cluster.host(follower).kill();
    cluster.start(follower);
    await stage.until('its new incarnation lives', () => (stage.aliveEpoch(follower) ?? former) !== former);
    await stage.until(
      'its leader knows',
      () => stage.node(leader).image.broker(follower)?.brokerEpoch === stage.aliveEpoch(follower),
    );
    const client = lateTo(stage, leader);
    const stream = client.stream(REPLICATION_FETCH);
    const answers: string[] = [];
    stream.onMessage((message) => {
      for (const { error } of replication.internal.FetchResponse.decode(message).partitions)
        answers.push(errorName(error ?? 0));
    });
    const partition = {
      topic_id: uuidToBytes(stage.topicId(TOPIC)),
      partition: 0,
      current_leader_epoch: stage.partition(TOPIC).leaderEpoch,
      session: 1,
      fetch_offset: 3,
      durable_offset: 3,
      last_fetched_epoch: 0,
      log_start_offset: 0,
    };
    const late = {
      version: 1,
      replica_id: follower,
      broker_epoch: former,
      cluster_id: Buffer.from(stage.node(leader).clusterId ?? ''),
      window_bytes: 1_000_000,
      partitions: [partition],
    };
    stream.send(replication.internal.FetchRequest.encode(late).finish());
    await stage.until('it is answered', () => answers.length > 0);
    stage.expect('the fetch of the former incarnation', answers[0], 'STALE_BROKER_EPOCH');
    client.close();
  });
  t.pass('it is not');
});
