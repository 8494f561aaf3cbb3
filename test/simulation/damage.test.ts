import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { AT_ONCE_MS, onStage } from './stage.js';
import type { Stage } from './stage.js';

// Damage of more replicas of a record than the swarm may strike: what else was acknowledged stays.

const TOPIC = 'orders';
const RECORDS = 10;
const LOG_FILE = `/data/${TOPIC}-0/00000000000000000000.log`;
const CONFIG = { 'log.scrub.interval.ms': '500', 'log.flush.offset.checkpoint.interval.ms': '500' };

/** Flips a bit in the value of the record at `offset`; each record is a batch of its own, and all are as long. */
function damage(stage: Stage, nodeId: number, offset: number): void {
  const { disk } = stage.cluster.host(nodeId);
  const sizeBytes = disk.peek(LOG_FILE)?.length ?? 0;
  disk.flipBit(LOG_FILE, Math.floor(((offset + 1) * sizeBytes) / RECORDS) - 2);
}

t.test('damage below the recovery point costs what is damaged, and nothing behind it', async (t) => {
  await onStage({ seed: 1, nodes: 1, config: CONFIG }, async (stage) => {
    const { cluster } = stage;
    await stage.makeTopic(TOPIC, [1], {});
    await stage.send(TOPIC, RECORDS);
    // A checkpoint makes the recovery point.
    await stage.sleep(2_000);
    damage(stage, 1, 2);
    cluster.host(1).kill();
    cluster.start(1);
    await stage.until('its process runs', () => cluster.node(1) === undefined);
    await stage.until('it leads again', () => stage.replica(1, TOPIC)?.leader !== undefined);
    stage.expect('the log ends where it did', stage.replica(1, TOPIC)?.log.endOffset, RECORDS);
  });
  t.pass('nothing was cut');
});

/**
 * The third replica has a damaged record that nobody can give it: the second one has deleted it, the leader does not get
 * through. At this moment it has told the controller that it will cut its log there.
 */
async function tellsThatItCuts(stage: Stage, leader: number, second: number, third: number): Promise<void> {
  const { network } = stage.simulation;
  await stage.makeTopic(TOPIC, [leader, second, third], { 'min.insync.replicas': '2' });
  await stage.send(TOPIC, RECORDS);
  network.cut(stage.name(leader), stage.name(third));
  const isExpected = (error: unknown): void => {
    if (!(error instanceof VarveError)) throw error;
  };
  stage.admin.deleteRecords([{ topic: TOPIC, partition: 0, beforeOffset: 5n }]).catch(isExpected);
  await stage.until('the second has deleted it', () => stage.replica(second, TOPIC)?.log.startOffset === 5);
  damage(stage, third, 2);
  await stage.until('the third gives it up', () => stage.replica(third, TOPIC)?.log.isWithdrawn(2) === true, {
    everyMs: AT_ONCE_MS,
  });
}

t.test('who cuts its log is out of the ISR before', async (t) => {
  await onStage({ seed: 1, nodes: 4, config: CONFIG, lookEveryMs: 0.2 }, async (stage) => {
    const [leader = 0, second = 0, third = 0] = stage.others;
    await tellsThatItCuts(stage, leader, second, third);
    await stage.until('it has cut it', () => (stage.replica(third, TOPIC)?.log.endOffset ?? 0) < RECORDS);
    stage.simulation.network.healAll();
    await stage.until('it has caught up', () => stage.partition(TOPIC).isr.includes(third));
  });
  t.pass('it was');
});

t.test('a log whose damage was deleted while the controller was told is not cut', async (t) => {
  for (let seed = 1; seed <= 2; seed++) {
    await onStage({ seed, nodes: 4, config: CONFIG, lookEveryMs: 0.2 }, async (stage) => {
      const { controllerId } = stage;
      const { network } = stage.simulation;
      const [leader = 0, second = 0, third = 0] = stage.others;
      const controller = stage.name(controllerId);
      await tellsThatItCuts(stage, leader, second, third);
      network.cut(stage.name(third), controller);
      network.heal(stage.name(leader), stage.name(third));
      await stage.until('its leader has it deleted', () => stage.replica(third, TOPIC)?.log.startOffset === 5);
      const { leaderEpoch } = stage.partition(TOPIC);
      network.heal(stage.name(third), controller);
      await stage.until('the controller knows', () => stage.partition(TOPIC).leaderEpoch > leaderEpoch);
      await stage.until('it is in sync', () => stage.partition(TOPIC).isr.includes(third));
      await stage.sleep(1_000);
    });
  }
  t.pass('it was not');
});

t.test('who comes back with an empty disk loses its place, and takes it again once it has caught up', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '2' });
    await stage.send(TOPIC, RECORDS);
    cluster.host(other).kill();
    cluster.host(other).wipe();
    cluster.start(other);
    await stage.until('it is out of the ISR', () => stage.partition(TOPIC).isr.length === 1);
    await stage.until('it is in sync again', () => stage.partition(TOPIC).isr.length === 2);
    await stage.send(TOPIC, 1);
  });
  t.pass('it did');
});

t.test('who cut a damaged tail says so, and does not lead while a whole replica may come back', async (t) => {
  await onStage({ seed: 1, nodes: 5 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '2' });
    await stage.send(TOPIC, RECORDS);
    cluster.host(other).kill();
    await stage.until('it is eligible', () => stage.partition(TOPIC).elr.includes(other));
    cluster.host(leader).kill();
    await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
    damage(stage, other, RECORDS - 1);
    cluster.start(other);
    await stage.until('it lives', () => stage.aliveEpoch(other) !== undefined);
    await stage.sleep(500);
    cluster.start(leader);
    await stage.until('both are in sync', () => stage.partition(TOPIC).isr.length === 2);
    stage.expect('what is left', stage.replica(other, TOPIC)?.log.endOffset, RECORDS);
  });
  t.pass('it did');
});

t.test('a stop in order before the mend does not make a damaged replica a whole one', async (t) => {
  await onStage({ seed: 1, nodes: 4, config: CONFIG }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '1' });
    await stage.send(TOPIC, RECORDS);
    await stage.sleep(2_000);
    cluster.host(other).kill();
    damage(stage, other, 2);
    // Nobody mends it.
    stage.simulation.network.cut(stage.name(leader), stage.name(other));
    const lives = async (): Promise<void> => {
      await stage.until('it runs no more', () => !cluster.host(other).running);
      cluster.start(other);
      await stage.until('its process runs', () => cluster.node(other) === undefined);
      await stage.until('it lives', () => stage.aliveEpoch(other) !== undefined);
      await stage.until('it follows', () => stage.replica(other, TOPIC) !== undefined);
    };
    await lives();
    stage.expect('what it vouches for', stage.replica(other, TOPIC)?.log.vouchedOffset, 2);
    cluster.stopInOrder(other);
    await lives();
    stage.expect('what it vouches for after it', stage.replica(other, TOPIC)?.log.vouchedOffset, 2);
    stage.simulation.network.healAll();
    await stage.until('it is in sync', () => stage.partition(TOPIC).isr.length === 2);
    stage.expect('what is damaged then', stage.replica(other, TOPIC)?.log.damagedRanges, []);
  });
  t.pass('it did not');
});
