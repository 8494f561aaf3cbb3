import t from 'tap';
import { HEARTBEAT } from '../../src/broker/controller-link.js';
import { varve } from '../../src/protocol/controller.js';
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
    const { cluster, controllerId, platform } = stage;
    const [nodeId = 0] = stage.others;
    const former = stage.aliveEpoch(nodeId) ?? -1;
    cluster.host(nodeId).kill();
    cluster.start(nodeId);
    await stage.until('its new incarnation lives', () => (stage.aliveEpoch(nodeId) ?? former) !== former);
    const client = platform.transport.connectRpc({
      host: stage.name(controllerId),
      port: 9093,
      maxMessageBytes: 1_000_000,
      channel: 'late',
    });
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
