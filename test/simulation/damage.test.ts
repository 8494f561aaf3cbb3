import t from 'tap';
import { toVarveError, VarveError } from '../../src/common/errors.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { batchRecordCount, LEADER_EPOCH_AT } from '../../src/record/batch-header.js';
import { compareReplicas, laggingReplicas } from '../../src/simulation/cluster/replica-check.js';
import { HEALTHY_LINK } from '../../src/simulation/network/network.js';
import { AT_ONCE_MS, onStage } from './stage.js';
import type { Stage } from './stage.js';
import { seedsOf } from './seeds.js';

// Damage of more replicas of a record than the swarm may strike: what else was acknowledged stays.

const TOPIC = 'orders';
const RECORDS = 10;
const LOG_FILE = `/data/${TOPIC}-0/00000000000000000000.log`;
const CONFIG = { 'log.scrub.interval.ms': '500', 'log.flush.offset.checkpoint.interval.ms': '500' };

/** Flips a bit in the value of the record at `offset` of so many; each is a batch of its own, and all are as long. */
function damage(stage: Stage, nodeId: number, offset: number, records = RECORDS): void {
  const { disk } = stage.cluster.host(nodeId);
  const sizeBytes = disk.peek(LOG_FILE)?.length ?? 0;
  disk.flipBit(LOG_FILE, Math.floor(((offset + 1) * sizeBytes) / records) - 2);
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
  for (const seed of seedsOf(t, 2)) {
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

t.test('a node that has started since is not held for in sync before it has registered', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, simulation, others } = stage;
    await stage.makeTopic(TOPIC, cluster.nodeIds, {});
    await stage.until('all replicas are in sync', () => cluster.isFull);
    const [left = '', ...died] = [stage.controllerId, ...others].map((id) => stage.name(id));
    for (const nodeId of others) cluster.host(nodeId).kill();
    // Nobody can be told: the two do not hear of each other, and the third not of them.
    for (const name of died) simulation.network.cutBoth(left, name);
    simulation.network.cutBoth(...(died as [string, string]));
    for (const nodeId of others) cluster.start(nodeId);
    await stage.until('they run', () => others.every((id) => cluster.node(id)?.brokerEpoch === -1));
    stage.expect('what the metadata says', stage.partition(TOPIC).isr.length, 3);
    stage.expect('all are in sync', cluster.isFull, false);
    simulation.network.healAll();
    await stage.until('all replicas are in sync again', () => cluster.isFull);
  });
  t.pass('it was not');
});

// SEED=94246 SECONDS=60, at that time: the whole one had lost its place, as if the others had gone on without it.
t.test(
  'after the power was off everywhere a whole log leads, though another was cut and a third disk is gone',
  async (t) => {
    for (const seed of seedsOf(t, 6)) {
      await onStage({ seed, nodes: 3 }, async (stage) => {
        const { cluster } = stage;
        const [cut = 0, gone = 0, whole = 0] = stage.simulation.random.shuffle([...cluster.nodeIds]);
        await stage.makeTopic(TOPIC, cluster.nodeIds, {});
        await stage.send(TOPIC, RECORDS);
        for (const nodeId of cluster.nodeIds) cluster.host(nodeId).powerOff();
        damage(stage, cut, RECORDS - 1);
        cluster.start(cut);
        cluster.start(whole);
        await stage.until('it leads', () => stage.replica(whole, TOPIC)?.leader !== undefined);
        cluster.host(gone).wipe();
        cluster.start(gone);
        await stage.until('all are in sync', () => cluster.isFull);
      });
    }
    t.pass('it did');
  },
);

/** Of two replicas, both in sync with all records, one is eligible and the other led last: nobody does. */
async function bothAreDown(stage: Stage): Promise<readonly [leader: number, other: number]> {
  const { cluster } = stage;
  const [leader = 0, other = 0] = stage.others;
  await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '2' });
  await stage.send(TOPIC, RECORDS);
  cluster.host(other).kill();
  await stage.until('it is eligible', () => stage.partition(TOPIC).elr.includes(other));
  cluster.host(leader).kill();
  await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
  return [leader, other];
}

t.test('who cut a damaged tail says so, and does not lead while a whole replica may come back', async (t) => {
  await onStage({ seed: 1, nodes: 5 }, async (stage) => {
    const { cluster } = stage;
    const [leader, other] = await bothAreDown(stage);
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

/** The leader's last batch has a leader epoch that was never given, and the eligible replica is away. */
async function isAskedToLead(stage: Stage): Promise<readonly [leader: number, other: number]> {
  const { cluster } = stage;
  const [leader, other] = await bothAreDown(stage);
  const { disk } = cluster.host(leader);
  const lastBatchAt = ((disk.peek(LOG_FILE)?.length ?? 0) * (RECORDS - 1)) / RECORDS;
  // No CRC covers it: the recovery believes the last batch of the file.
  disk.flipBit(LOG_FILE, lastBatchAt + LEADER_EPOCH_AT + 1);
  cluster.start(leader);
  await stage.until('it cannot lead', () => stage.partition(TOPIC).recoveryMarks.length > 0);
  await stage.sleep(2_000);
  stage.expect('who leads', stage.partition(TOPIC).leader, -1);
  stage.expect('what is left', stage.replica(leader, TOPIC)?.log.endOffset, RECORDS);
  return [leader, other];
}

// SEED=80168 SECONDS=60, at that time: it cut off what the eligible replica, which was starting, would have given it.
t.test('a leader with an epoch that was never given waits for an eligible replica that is away', async (t) => {
  await onStage({ seed: 1, nodes: 5 }, async (stage) => {
    const [leader, other] = await isAskedToLead(stage);
    stage.cluster.start(other);
    await endsInSync(stage, 2);
    stage.expect('what is left', stage.replica(leader, TOPIC)?.log.endOffset, RECORDS);
  });
  t.pass('it does');
});

t.test('a leader with an epoch that was never given leads without it after an unclean election', async (t) => {
  await onStage({ seed: 1, nodes: 5 }, async (stage) => {
    const [leader, other] = await isAskedToLead(stage);
    // The invariants know of what a topic allows, not of what an operator orders.
    const changes = [{ name: 'unclean.leader.election.enable', operation: 'set', value: 'true' }] as const;
    await stage.admin.alterConfigs([{ resource: { type: 'topic', name: TOPIC }, changes }]);
    await leads(stage, leader);
    stage.expect('what is left', stage.replica(leader, TOPIC)?.log.endOffset, RECORDS - 1);
    // It has what was given up, and cuts it.
    stage.cluster.start(other);
    await endsInSync(stage, 2);
    await stage.send(TOPIC, 1);
    stage.expect('what both have', stage.replica(other, TOPIC)?.log.endOffset, RECORDS);
  });
  t.pass('it does');
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

// SEED=60310 SECONDS=60, at that time: a leader that was alone in the ISR could not serve what its disk had damaged, nobody in
// sync had it, and nobody came into sync again.

/** With this a partition goes on without what no replica has any more. */
const MAY_LOSE = { 'unclean.leader.election.enable': 'true', 'min.insync.replicas': '1' };

function logOf(stage: Stage, nodeId: number): PartitionLog {
  const log = stage.node(nodeId).logs.logs.find(({ topic }) => topic === TOPIC);
  if (log === undefined) throw new Error(`node ${nodeId} has a replica`);
  return log;
}

/** How many records stand at each of the offsets, which are read one by one. */
async function recordsAt(stage: Stage, nodeId: number, offsets: readonly number[]): Promise<number[]> {
  const counts: number[] = [];
  for (const offset of offsets) {
    const [batch] = await logOf(stage, nodeId).read(offset, 1, offset + 1);
    counts.push(batch === undefined ? -1 : batchRecordCount(batch, 0));
  }
  return counts;
}

async function leads(stage: Stage, nodeId: number): Promise<void> {
  await stage.until(`node ${nodeId} leads`, () => {
    const { leader, leaderEpoch } = stage.partition(TOPIC);
    return leader === nodeId && stage.replica(nodeId, TOPIC)?.leader?.leaderEpoch === leaderEpoch;
  });
}

async function endsInSync(stage: Stage, replicas: number): Promise<void> {
  const isInSync = (): boolean => stage.partition(TOPIC).isr.length === replicas;
  await stage.until('all are in sync', isInSync, { withinMs: 60_000 });
  const replicated = { topic: TOPIC, partitions: 1, replicas };
  await stage.until('all know the high watermark', () => laggingReplicas(stage.cluster, replicated).length === 0);
  stage.expect('replicas differ', await compareReplicas(stage.cluster, replicated), []);
}

/** The leader alone has the second half of its records; its disk damages the 5th and these, and it starts again. */
async function damagesWhatOneHas(stage: Stage, replicas: readonly number[], offsets: readonly number[]): Promise<void> {
  const { cluster } = stage;
  const [leader = 0, ...others] = replicas;
  await stage.send(TOPIC, RECORDS);
  for (const other of others) cluster.host(other).kill();
  await stage.until('the leader is alone', () => stage.partition(TOPIC).isr.length === 1);
  await stage.send(TOPIC, RECORDS);
  // A checkpoint makes the recovery point.
  await stage.sleep(2_000);
  for (const offset of [4, ...offsets]) damage(stage, leader, offset, 2 * RECORDS);
  cluster.host(leader).kill();
  await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
  cluster.start(leader);
  await leads(stage, leader);
}

t.test(
  'a leader gives up what no replica has, is mended from those that are out of sync, and loses nothing else',
  async (t) => {
    await onStage({ seed: 1, nodes: 7, config: CONFIG }, async (stage) => {
      const replicas = stage.others.slice(0, 3);
      const [leader = 0, ...others] = replicas;
      await stage.makeTopic(TOPIC, replicas, MAY_LOSE);
      await damagesWhatOneHas(stage, replicas, [13, 14, 17]);
      for (const other of others) stage.cluster.start(other);
      await endsInSync(stage, 3);
      stage.expect('what is left', await recordsAt(stage, leader, [4, 12, 15, 16, 18, 19]), [1, 1, 1, 1, 1, 1]);
      stage.expect('what is lost', logOf(stage, leader).damagedRanges, []);
      stage.expect('of these', await recordsAt(stage, leader, [17]), [0]);
      await stage.send(TOPIC, 1);
      stage.expect('the next one', logOf(stage, leader).endOffset, 2 * RECORDS + 1);
    });
    t.pass('it did');
  },
);

t.test('the only copy is given up once its topic allows that, and not before', async (t) => {
  await onStage({ seed: 1, nodes: 3, config: CONFIG }, async (stage) => {
    const [leader = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader], {});
    await damagesWhatOneHas(stage, [leader], []);
    await stage.sleep(10_000);
    stage.expect('it waits', logOf(stage, leader).damagedRanges, [{ fromOffset: 4, toOffset: 5 }]);
    const changes = [{ name: 'unclean.leader.election.enable', value: 'true' }];
    await stage.admin.alterConfigs([{ resource: { type: 'topic', name: TOPIC }, changes }]);
    const isMended = (): boolean => logOf(stage, leader).damagedRanges.length === 0;
    await stage.until('it is given up', isMended, { withinMs: 120_000 });
    stage.expect('what is left', await recordsAt(stage, leader, [3, 4, 5]), [1, 0, 1]);
  });
  t.pass('it was');
});

t.test('a lost segment comes back from a replica out of sync, while another one is waited for', async (t) => {
  await onStage({ seed: 1, nodes: 7, config: CONFIG }, async (stage) => {
    const { cluster } = stage;
    const replicas = stage.others.slice(0, 3);
    const [leader = 0, second = 0, third = 0] = replicas;
    // Five records a segment.
    await stage.makeTopic(TOPIC, replicas, { 'min.insync.replicas': '1', 'segment.bytes': '400' });
    await stage.send(TOPIC, RECORDS);
    cluster.host(second).kill();
    await stage.until('two are in sync', () => stage.partition(TOPIC).isr.length === 2);
    await stage.send(TOPIC, RECORDS);
    cluster.host(third).kill();
    await stage.until('the leader is alone', () => stage.partition(TOPIC).isr.length === 1);
    await stage.sleep(2_000);
    cluster.host(leader).kill();
    await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
    const { disk } = cluster.host(leader);
    const segment = (base: number): string => `/data/${TOPIC}-0/${String(base).padStart(20, '0')}`;
    for (const suffix of ['log', 'index', 'timeindex']) disk.lose(`${segment(5)}.${suffix}`);
    // The second replica has no record of this one.
    const sizeBytes = disk.peek(`${segment(10)}.log`)?.length ?? 0;
    disk.flipBit(`${segment(10)}.log`, sizeBytes - 2);
    cluster.start(leader);
    await leads(stage, leader);
    await stage.until('the scrub finds the bit', () => logOf(stage, leader).damagedRanges.length > 0);
    // A segment that is missing is found by who reads it.
    const refused = await Promise.resolve(logOf(stage, leader).read(5, 1, 2 * RECORDS)).catch(toVarveError);
    stage.expect('a reader is refused', refused instanceof VarveError && refused.code, 'CORRUPT_MESSAGE');
    stage.expect('what is missing', logOf(stage, leader).damagedRanges, [
      { fromOffset: 5, toOffset: 10 },
      { fromOffset: 14, toOffset: 15 },
    ]);
    cluster.start(second);
    const isMended = (): boolean => logOf(stage, leader).damagedRanges.length === 1;
    await stage.until('the segment is back', isMended, { withinMs: 60_000 });
    stage.expect('who leads', stage.partition(TOPIC).leader, leader);
    stage.expect('what is left', await recordsAt(stage, leader, [4, 5, 9, 10]), [1, 1, 1, 1]);
    cluster.start(third);
    await endsInSync(stage, 3);
    stage.expect('all of it is there', await recordsAt(stage, leader, [5, 14, 19]), [1, 1, 1]);
  });
  t.pass('it does');
});

t.test('nothing is given up while a replica that may have it is away', async (t) => {
  await onStage({ seed: 1, nodes: 7, config: CONFIG }, async (stage) => {
    const { cluster } = stage;
    const replicas = stage.others.slice(0, 3);
    const [leader = 0, second = 0, third = 0] = replicas;
    await stage.makeTopic(TOPIC, replicas, MAY_LOSE);
    await stage.send(TOPIC, RECORDS);
    cluster.host(second).kill();
    await stage.until('two are in sync', () => stage.partition(TOPIC).isr.length === 2);
    await stage.send(TOPIC, RECORDS);
    cluster.host(third).kill();
    await stage.until('the leader is alone', () => stage.partition(TOPIC).isr.length === 1);
    await stage.sleep(2_000);
    for (const offset of [4, 14]) damage(stage, leader, offset, 2 * RECORDS);
    cluster.host(leader).kill();
    await stage.until('nobody leads', () => stage.partition(TOPIC).leader < 0);
    cluster.start(leader);
    await leads(stage, leader);
    cluster.start(second);
    await stage.sleep(20_000);
    stage.expect('the second has told what it has', logOf(stage, leader).damagedRanges, [
      { fromOffset: 14, toOffset: 15 },
    ]);
    cluster.start(third);
    await endsInSync(stage, 3);
    stage.expect('all of it is there', await recordsAt(stage, leader, [4, 14]), [1, 1]);
  });
  t.pass('it was waited for');
});

t.test('a batch of another leader epoch does not take the place of a damaged one', async (t) => {
  for (const seed of seedsOf(t, 4)) {
    await onStage({ seed, nodes: 3, config: CONFIG }, async (stage) => {
      const { cluster, simulation } = stage;
      const [former = 0, latter = 0] = stage.others;
      await stage.makeTopic(TOPIC, [former, latter], MAY_LOSE);
      await stage.send(TOPIC, 4);
      cluster.host(latter).kill();
      await stage.until('the leader is alone', () => stage.partition(TOPIC).isr.length === 1);
      await stage.send(TOPIC, 6);
      await stage.sleep(2_000);
      cluster.host(former).kill();
      cluster.start(latter);
      await leads(stage, latter);
      await stage.send(TOPIC, 6);
      cluster.host(latter).kill();
      damage(stage, former, 7);
      cluster.start(former);
      await leads(stage, former);
      // What the other one has is asked for before it hears where it has to cut its log.
      const slow = { ...HEALTHY_LINK, latencyMs: [600, 600] as const };
      simulation.network.link(stage.name(latter), stage.name(former)).behaviour = slow;
      await stage.sleep(2_700 + 100 * seed);
      cluster.start(latter);
      await endsInSync(stage, 2);
      stage.expect('nobody has it', await recordsAt(stage, former, [6, 7, 8]), [1, 0, 1]);
    });
  }
  t.pass('it did not');
});
