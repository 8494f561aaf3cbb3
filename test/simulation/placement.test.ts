import t from 'tap';
import { Admin } from '../../src/client/admin.js';
import type { VarveError } from '../../src/common/errors.js';
import { onStage } from './stage.js';
import type { Stage } from './stage.js';
import { seedsOf } from './seeds.js';

// Replicas are placed, taken away and placed again, controllers lose their office, nodes come back with less: who has not
// everything is no member, and what came to nothing is forgotten.

const TOPIC = 'orders';
const LONG_LEASES = { 'broker.session.timeout.ms': '30000' };

async function reassign(stage: Stage, topic: string, replicas: readonly number[]): Promise<void> {
  const [result] = await stage.admin.alterPartitionReassignments([{ topic, partition: 0, replicas }]);
  if (result?.error !== undefined) throw result.error;
}

t.test('who was taken out and placed anew before it heard so does not join with the log that it deletes', async (t) => {
  for (const seed of seedsOf(t, 3)) {
    await onStage({ seed, nodes: 5, config: LONG_LEASES }, async (stage) => {
      const { controllerId } = stage;
      const { network } = stage.simulation;
      const [leader = 0, second = 0, third = 0] = stage.others;
      await stage.makeTopic(TOPIC, [leader, second, third], { 'min.insync.replicas': '1' });
      await stage.send(TOPIC, 5);
      network.cut(stage.name(controllerId), stage.name(third));
      await reassign(stage, TOPIC, [leader, second]);
      await stage.until('the third is taken out', () => !stage.partition(TOPIC).replicas.includes(third));
      await stage.sleep(50);
      await reassign(stage, TOPIC, [leader, third]);
      // It fetches on, and says how far it is.
      await stage.send(TOPIC, 5);
      await stage.sleep(300);
      // What was said meanwhile arrives in its order.
      network.healAll();
      await stage.until('it is placed', () => stage.partition(TOPIC).addingReplicas.length === 0);
      await stage.sleep(300);
      await stage.send(TOPIC, 1);
    });
  }
  t.pass('it did not');
});

t.test('a reassignment that takes the place of another one keeps who alone is in sync', async (t) => {
  await onStage({ seed: 1, nodes: 5 }, async (stage) => {
    const { cluster } = stage;
    const { network } = stage.simulation;
    const [first = 0, second = 0, third = 0] = stage.others;
    await stage.makeTopic(TOPIC, [first], { 'min.insync.replicas': '1' });
    await stage.send(TOPIC, 3);
    network.cutBoth(stage.name(first), stage.name(third));
    network.cutBoth(stage.name(second), stage.name(third));
    await reassign(stage, TOPIC, [second, third]);
    await stage.until('the second is in sync', () => stage.partition(TOPIC).isr.includes(second));
    cluster.host(first).kill();
    await stage.until('it leads alone', () => stage.replica(second, TOPIC)?.leader?.isr.length === 1);
    await reassign(stage, TOPIC, [third]);
    network.healAll();
    await stage.until('the third has it all', () => stage.replica(third, TOPIC)?.leader?.isr.length === 1);
    stage.expect('so much is there', stage.replica(third, TOPIC)?.log.endOffset, 3);
    cluster.start(first);
  });
  t.pass('it did');
});

t.test('an unclean restart costs a replica its place where syncing is relaxed', async (t) => {
  await onStage({ seed: 1, nodes: 5 }, async (stage) => {
    const { cluster } = stage;
    const [first = 0, second = 0] = stage.others;
    await stage.makeTopic(TOPIC, [first, second], { 'min.insync.replicas': '2', 'flush.messages': '1000000' });
    await stage.send(TOPIC, 5);
    // A clean stop, and a loss of power of the one that is left: what both had is with the former alone.
    cluster.stopInOrder(second);
    await stage.until('it is stopped', () => !cluster.host(second).running);
    cluster.host(first).disk.behaviour.fates = ['lost'];
    cluster.host(first).powerOff();
    await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
    cluster.start(first);
    await stage.until('it is back', () => stage.aliveEpoch(first) !== undefined);
    await stage.sleep(500);
    cluster.start(second);
    await stage.until('both are in sync', () => stage.partition(TOPIC).isr.length === 2);
    stage.expect('so much is left', stage.replica(first, TOPIC)?.log.endOffset, 5);
  });
  t.pass('it did');
});

t.test('what a controller proposed and nobody committed is forgotten when it takes office again', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { controllerId: former, platform } = stage;
    const { network } = stage.simulation;
    for (const other of stage.others) network.cutBoth(stage.name(former), stage.name(other));
    const alone = new Admin({ bootstrap: [`${stage.name(former)}:9094`], platform });
    for (let i = 0; i < 20; i++) {
      alone.createTopic({ name: `lost-${i}`, partitions: 1, replicationFactor: 1 }).catch(() => {});
    }
    await stage.until('another one is elected', () => {
      const leaders = stage.cluster.runningNodes.filter(({ raft }) => raft.role === 'leader');
      return leaders.some(({ nodeId }) => nodeId !== former) && stage.node(former).raft.role !== 'leader';
    });
    // It would ask again, of whoever leads then.
    await alone.close();
    network.healAll();
    await stage.serving();
    const isLeading = (): boolean => stage.node(former).raft.role === 'leader';
    await stage.until(
      'it has caught up',
      () => stage.node(former).raft.term === stage.node(stage.controllerId).raft.term,
    );
    await stage.sleep(200);
    await stage.admin.transferQuorumLeadership(former);
    await stage.until('it is the controller again', isLeading);
    const made = await stage.admin.createTopic({ name: 'lost-0', partitions: 1, replicationFactor: 1 }).then(
      () => 'made',
      (error: VarveError) => error.code,
    );
    stage.expect('a topic that never was', made, 'made');
    await stage.until('it is led', () => stage.partition('lost-0').leader >= 0);
  });
  t.pass('it is');
});

// Seed 25 of the swarm of make test, at that time: no node could start any more.
t.test('a snapshot of the metadata that is cut within a record is read again', async (t) => {
  const config = {
    'metadata.log.max.record.bytes.between.snapshots': '1000',
    'metadata.log.snapshot.trailing.entries': '0',
  };
  await onStage({ seed: 1, nodes: 3, config, lookEveryMs: 20 }, async (stage) => {
    const { cluster } = stage;
    const [nodeId = 0] = stage.others;
    // Longer than a piece: it is cut within the record.
    const throttled = Array.from({ length: 60_000 }, (_, partition) => `${partition}:1`).join(',');
    await stage.makeTopic('wide', [nodeId], { 'follower.replication.throttled.replicas': throttled });
    for (let i = 0; i < 5; i++) await stage.makeTopic(`next-${i}`, [nodeId], { 'retention.ms': '1000' });
    await stage.sleep(1_000);
    cluster.host(nodeId).kill();
    cluster.start(nodeId);
    await stage.until('its process is another one', () => cluster.node(nodeId) === undefined);
    const isThere = (): boolean => cluster.node(nodeId)?.image.topicByName('wide') !== undefined;
    await stage.until('it has read the snapshot', isThere, { withinMs: 10_000 });
  });
  t.pass('it was');
});

t.test('a follower that is held back in one partition holds up no other one of its leader', async (t) => {
  const config = {
    'replica.fetch.window.bytes': '65536',
    'replica.fetch.max.bytes': '16384',
    'follower.replication.throttled.rate': '2000',
  };
  await onStage({ seed: 1, nodes: 4, config }, async (stage) => {
    const [leader = 0, follower = 0] = stage.others;
    await stage.makeTopic('bulk', [leader], { 'follower.replication.throttled.replicas': '*' });
    await stage.makeTopic(TOPIC, [leader, follower], { 'min.insync.replicas': '2' });
    for (let i = 0; i < 40; i++) await stage.producer.send({ topic: 'bulk', value: 'x'.repeat(10_000) });
    await reassign(stage, 'bulk', [leader, follower]);
    await stage.sleep(1_500);
    let isAnswered = false;
    void stage.send(TOPIC, 10).then(() => (isAnswered = true));
    await stage.until('what the other one is sent is stored', () => isAnswered, { everyMs: 1, withinMs: 2_000 });
    const held = stage.replica(follower, 'bulk')?.log.endOffset ?? 0;
    if (held >= 40) throw new Error('the first one is not held back');
  });
  t.pass('it did not');
});
