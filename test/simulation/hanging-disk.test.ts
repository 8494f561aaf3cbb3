import t from 'tap';
import { HEALTHY_DISK } from '../../src/simulation/disk/disk.js';
import { isOfQuorum } from '../../src/simulation/fault-injector.js';
import { onStage } from './stage.js';
import type { Stage } from './stage.js';
import { seedsOf } from './seeds.js';

const SEEDS = 3;
/** A disk hangs after 3 s; seen at the next heartbeats. */
const RELIEVED_MS = 4_500;
const EVERY_MS = 20;

function setSyncMs(stage: Stage, nodeId: number, syncMs: number): void {
  stage.cluster.host(nodeId).disk.behaviour.syncMs = [syncMs, syncMs];
}

function heal(stage: Stage, nodeId: number): void {
  stage.cluster.host(nodeId).disk.behaviour.syncMs = HEALTHY_DISK.syncMs;
}

/** It hands over what it can, until its disk has proved itself. */
function isRelieved(stage: Stage, nodeId: number): boolean {
  return stage.node(stage.controllerId).image.broker(nodeId)?.inControlledShutdown === true;
}

/** Sends one record after the other; gives the longest time that one took. */
async function load(stage: Stage, topic: string, forMs: number): Promise<number> {
  const { simulation } = stage;
  const endMs = simulation.nowMs + forMs;
  let worstMs = 0;
  while (simulation.nowMs < endMs) {
    const startMs = simulation.nowMs;
    await stage.send(topic, 1);
    worstMs = Math.max(worstMs, simulation.nowMs - startMs);
    await stage.sleep(EVERY_MS);
  }
  return worstMs;
}

t.test('a leader whose disk hangs is relieved, and leads again once the disk has proved itself', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    await onStage({ seed, nodes: 3, lookEveryMs: 20 }, async (stage) => {
      // Also where it is the controller, who has to be relieved of that as well.
      const leader = seed === 1 ? stage.controllerId : (stage.others[0] ?? 0);
      await stage.makeTopic('orders', [leader, ...stage.cluster.nodeIds.filter((id) => id !== leader)], {});
      await stage.send('orders', 10);
      setSyncMs(stage, leader, 8_000);
      const worstMs = await load(stage, 'orders', 6_000);
      t.ok(worstMs < RELIEVED_MS, `seed ${seed}: the longest wait is ${worstMs.toFixed(0)} ms`);
      const { isr, leaderEpoch } = stage.partition('orders');
      t.notOk(isr.includes(leader), `seed ${seed}: the in-sync replicas are ${isr.join()}`);
      t.equal(leaderEpoch, 1, `seed ${seed}`);
      heal(stage, leader);
      const healedMs = stage.simulation.nowMs;
      await stage.until('it is in sync again', () => stage.partition('orders').isr.length === 3, { withinMs: 60_000 });
      const tookMs = stage.simulation.nowMs - healedMs;
      t.ok(tookMs > 10_000 && tookMs < 30_000, `seed ${seed}: it is in sync after ${tookMs.toFixed(0)} ms`);
      await stage.admin.electLeaders('preferred', [{ topic: 'orders', partitions: [0] }]);
      await stage.until('it leads', () => stage.partition('orders').leader === leader);
      await stage.send('orders', 10);
    });
  }
});

t.test('a disk that is slow, by seconds, and one that hangs with all others depose nobody for long', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    await onStage({ seed, nodes: 3, lookEveryMs: 20 }, async (stage) => {
      const [leader = 0] = stage.others;
      const { nodeIds } = stage.cluster;
      await stage.makeTopic('orders', [leader, ...nodeIds.filter((id) => id !== leader)], {});
      setSyncMs(stage, leader, 1_200);
      await load(stage, 'orders', 20_000);
      t.match(stage.partition('orders'), { leader, leaderEpoch: 0, isr: { length: 3 } }, `seed ${seed}: a slow disk`);

      heal(stage, leader);
      await stage.sleep(3_000);
      for (const nodeId of nodeIds) setSyncMs(stage, nodeId, 5_000);
      const loading = load(stage, 'orders', 5_000);
      await stage.sleep(1_000);
      for (const nodeId of nodeIds) heal(stage, nodeId);
      const worstMs = await loading;
      t.ok(worstMs < 16_000, `seed ${seed}: the longest wait is ${worstMs.toFixed(0)} ms`);
      const relieved = nodeIds.filter((id) => isRelieved(stage, id));
      t.ok(relieved.length <= 1, `seed ${seed}: ${relieved.length} of three are on trial at once`);
      t.ok(stage.partition('orders').isr.length >= 2, `seed ${seed}: nobody leaves to who cannot go on`);
    });
  }
});

t.test('what nobody else can lead stays with a disk that hangs, and goes on when it does', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    await onStage({ seed, nodes: 3, lookEveryMs: 20 }, async (stage) => {
      const [leader = 0, other = 0] = stage.others;
      await stage.makeTopic('alone', [leader], {});
      await stage.makeTopic('both', [leader, other], { 'min.insync.replicas': '2' });
      setSyncMs(stage, leader, 6_000);
      const sent = Promise.all([stage.send('alone', 1), stage.send('both', 1)]);
      await stage.sleep(1_000);
      heal(stage, leader);
      await stage.sleep(4_000);
      for (const topic of ['alone', 'both'])
        t.match(stage.partition(topic), { leader, leaderEpoch: 0 }, `seed ${seed}: ${topic}`);
      const healedMs = stage.simulation.nowMs;
      await sent;
      t.ok(stage.simulation.nowMs - healedMs < 3_000, `seed ${seed}: it waits for no trial of the disk`);
    });
  }
});

t.test('a disk that hangs again is on trial for longer', async (t) => {
  await onStage({ seed: 1, nodes: 3, lookEveryMs: 20 }, async (stage) => {
    const [leader = 0] = stage.others;
    await stage.makeTopic('orders', [leader, ...stage.cluster.nodeIds.filter((id) => id !== leader)], {});
    for (const leastMs of [10_000, 20_000]) {
      setSyncMs(stage, leader, 6_000);
      await load(stage, 'orders', 5_000);
      heal(stage, leader);
      const healedMs = stage.simulation.nowMs;
      await stage.until('it is in sync again', () => stage.partition('orders').isr.length === 3, { withinMs: 60_000 });
      const tookMs = stage.simulation.nowMs - healedMs;
      t.ok(tookMs > leastMs, `a trial of ${leastMs} ms: it is in sync after ${tookMs.toFixed(0)} ms`);
    }
  });
});

t.test('a process that was held up does not take that for its disk', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    await onStage({ seed, nodes: 3, lookEveryMs: 20 }, async (stage) => {
      const [leader = 0, follower = 0] = stage.others;
      await stage.makeTopic('orders', [leader, ...stage.cluster.nodeIds.filter((id) => id !== leader)], {});
      setSyncMs(stage, follower, 100);
      const loading = load(stage, 'orders', 6_000);
      await stage.sleep(500);
      // A sync is under way, and done when it goes on.
      stage.cluster.host(follower).pause();
      await stage.sleep(5_000);
      stage.cluster.host(follower).resume();
      heal(stage, follower);
      await loading;
      await stage.until('whoever was held up is in sync', () => stage.partition('orders').isr.length === 3, {
        withinMs: 5_000,
      });
    });
  }
  t.pass('it joins at once');
});

t.test('whose disk is on trial leads what nobody else can', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    await onStage({ seed, nodes: 5, lookEveryMs: 20 }, async (stage) => {
      const [leader = 0, other = 0] = stage.others;
      await stage.makeTopic('both', [leader, other], { 'min.insync.replicas': '2' });
      setSyncMs(stage, other, 6_000);
      const sent = stage.send('both', 1);
      await stage.until('its disk is known to hang', () => isRelieved(stage, other));
      heal(stage, other);
      await sent;
      stage.cluster.host(leader).kill();
      await stage.until('it leads', () => stage.partition('both').leader === other, { withinMs: 5_000 });
      stage.expect('whether it is on trial', isRelieved(stage, other), true);
    });
  }
  t.pass('it does');
});

t.test('a node whose quorum store alone hangs is relieved as well', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    await onStage({ seed, nodes: 5, lookEveryMs: 20 }, async (stage) => {
      const [hung = 0, ...rest] = stage.others;
      const { behaviour } = stage.cluster.host(hung).disk;
      behaviour.hang = { ms: 8_000, concerns: isOfQuorum };
      // Something to store, for every voter.
      await stage.makeTopic('first', rest.slice(0, 2), {});
      await stage.sleep(RELIEVED_MS);
      const startMs = stage.simulation.nowMs;
      // Nobody there would hear of it.
      await stage.admin.createTopic({ name: 'orders', assignment: [[hung, ...rest.slice(0, 2)]], configs: {} });
      await stage.send('orders', 1);
      const tookMs = stage.simulation.nowMs - startMs;
      t.ok(tookMs < 2_000, `seed ${seed}: another one leads after ${tookMs.toFixed(0)} ms`);
      behaviour.hang = undefined;
    });
  }
});

t.test('a disk that hangs while segments are removed, so that their log writes nothing, is seen as well', async (t) => {
  for (const seed of seedsOf(t, SEEDS)) {
    const config = { 'log.retention.check.interval.ms': '500' };
    await onStage({ seed, nodes: 3, lookEveryMs: 20, config }, async (stage) => {
      const [leader = 0] = stage.others;
      await stage.makeTopic('orders', [leader, ...stage.cluster.nodeIds.filter((id) => id !== leader)], {});
      await stage.send('orders', 10);
      const { behaviour } = stage.cluster.host(leader).disk;
      // The log's new beginning, made in the course of the removal; until that ends nothing is written.
      behaviour.hang = { ms: 60_000, concerns: (path) => path.endsWith('orders-0/00000000000000000010.log') };
      await stage.admin.deleteRecords([{ topic: 'orders', partition: 0, beforeOffset: 10n }]);
      await stage.until('its disk is known to hang', () => isRelieved(stage, leader), { withinMs: RELIEVED_MS });
      const startMs = stage.simulation.nowMs;
      await stage.send('orders', 1);
      const tookMs = stage.simulation.nowMs - startMs;
      t.ok(tookMs < 2_000, `seed ${seed}: another one leads after ${tookMs.toFixed(0)} ms`);
      behaviour.hang = undefined;
    });
  }
});
