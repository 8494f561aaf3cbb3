import t from 'tap';
import { HEALTHY_DISK } from '../../src/simulation/disk/disk.js';
import { onStage } from './stage.js';
import type { Stage } from './stage.js';

const SEEDS = [1, 2, 3];
/** A disk hangs after 3 s; seen at the next heartbeats. */
const RELIEVED_MS = 4_500;
const EVERY_MS = 20;

function setSyncMs(stage: Stage, nodeId: number, syncMs: number): void {
  stage.cluster.host(nodeId).disk.behaviour.syncMs = [syncMs, syncMs];
}

function heal(stage: Stage, nodeId: number): void {
  stage.cluster.host(nodeId).disk.behaviour.syncMs = HEALTHY_DISK.syncMs;
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
  for (const seed of SEEDS) {
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
  for (const seed of SEEDS) {
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
      t.ok(stage.partition('orders').isr.length >= 2, `seed ${seed}: nobody leaves to who cannot go on`);
    });
  }
});

t.test('what nobody else can lead stays with a disk that hangs, and goes on when it does', async (t) => {
  for (const seed of SEEDS) {
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
