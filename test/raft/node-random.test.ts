import t from 'tap';
import type { Test } from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { withCluster } from './node-cluster.js';
import type { Member, NodeCluster } from './node-cluster.js';

/** Whole nodes, their stores and streams, under kills, power losses, pauses, cuts and wiped directories. */
const SEEDS = 16;
const DISTURBANCES = 10;

interface Totals {
  acknowledged: number;
  kills: number;
  powerLosses: number;
  pauses: number;
  cuts: number;
  wipes: number;
  snapshots: number;
  leaderTerms: number;
}

async function disturb(cluster: NodeCluster, totals: Totals): Promise<void> {
  const { random, network } = cluster.simulation;
  const member = cluster.member(1 + random.below(3));
  const other = cluster.member(1 + random.below(3));
  const dice = random.below(12);
  if (dice < 3) {
    totals.kills++;
    cluster.kill(member);
  } else if (dice < 5) {
    totals.powerLosses++;
    cluster.powerOff(member);
  } else if (dice < 6) {
    totals.powerLosses++;
    for (const each of cluster.members) cluster.powerOff(each);
  } else if (dice < 8) {
    totals.pauses++;
    member.host.pause();
  } else if (dice < 10 && member !== other) {
    totals.cuts++;
    network.cut(member.host.name, other.host.name);
    if (random.below(2) === 0) network.cut(other.host.name, member.host.name);
  } else if (dice >= 10) {
    await heal(cluster);
    await settled(cluster);
    totals.wipes++;
    cluster.wipe(member);
  }
  await sleep(cluster.clock, random.below(2500));
  if (random.below(3) > 0) await heal(cluster);
}

async function heal(cluster: NodeCluster): Promise<void> {
  cluster.simulation.network.healAll();
  for (const member of cluster.members) {
    member.host.resume();
    if (!member.host.running) cluster.start(member);
  }
  await sleep(cluster.clock, 1);
}

/** All three vote, under the directory ids that they have now, and have all that is committed. */
function settled(cluster: NodeCluster): Promise<void> {
  return cluster.until(
    'all three vote and have caught up',
    () => {
      const status = cluster.leader()?.node?.status();
      // An appended voter set is in effect, but lost with its leader until it is committed.
      if (status?.voters.length !== 3 || status.committedIndex < status.lastIndex) return false;
      return cluster.members.every((member) => {
        const voter = status.voters.find(({ nodeId }) => nodeId === member.nodeId);
        return voter?.directoryId === member.directoryId && member.node?.appliedIndex === status.committedIndex;
      });
    },
    30_000,
  );
}

/** Proposes on whoever leads, one value after the other, until told to stop; gives back what was acknowledged. */
async function keepProposing(cluster: NodeCluster, stop: { now: boolean }): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let i = 0; !stop.now; i++) {
    const leader = cluster.leader();
    const value = `value ${i}`;
    let done = false;
    leader?.node?.propose([Buffer.from(value)]).then(
      () => {
        done = true;
        acknowledged.push(value);
      },
      () => {
        done = true;
      },
    );
    // A killed node answers no more.
    const giveUpMs = cluster.clock.monotonicMs() + 300;
    while (!done && cluster.clock.monotonicMs() < giveUpMs && !stop.now) await sleep(cluster.clock, 20);
  }
  return acknowledged;
}

/** Of a value that `keepProposing` made. */
function numberOf(value: string): number {
  return Number(value.slice('value '.length));
}

function check(t: Test, seed: number, members: readonly Member[], acknowledged: readonly string[]): void {
  const [first] = members;
  for (const member of members) {
    if (JSON.stringify(member.machine.values) !== JSON.stringify(first?.machine.values)) {
      t.fail(`seed ${seed}: node ${member.nodeId} holds something else`);
    }
  }
  const values = new Set(first?.machine.values);
  const lost = acknowledged.filter((value) => !values.has(value));
  if (lost.length > 0) t.fail(`seed ${seed}: acknowledged and lost: ${lost.join(', ')}`);
  // In the order of the proposals, not of the answers: a leader that stood still may hear late that one was committed, when the next
  // have been acknowledged by the leader after it.
  const inTurn = [...acknowledged].sort((a, b) => numberOf(a) - numberOf(b));
  const order = inTurn.map((value) => first?.machine.values.indexOf(value) ?? -1);
  const wrong = order.findIndex((at, i) => i > 0 && at < (order[i - 1] ?? 0));
  if (wrong >= 0) t.fail(`seed ${seed}: ${inTurn[wrong]} is stored before ${inTurn[wrong - 1]}`);
}

t.test('nothing acknowledged is lost whatever happens to the nodes', async (t) => {
  t.setTimeout(120_000);
  const totals: Totals = {
    acknowledged: 0,
    kills: 0,
    powerLosses: 0,
    pauses: 0,
    cuts: 0,
    wipes: 0,
    snapshots: 0,
    leaderTerms: 0,
  };
  const config = { snapshotIntervalBytes: 4000, snapshotTrailingEntries: 20, snapshotChunkBytes: 256 };
  for (let seed = 1; seed <= SEEDS; seed++) {
    await withCluster({ seed, voters: 3, config }, async (cluster) => {
      cluster.startAll();
      const stop = { now: false };
      const proposing = keepProposing(cluster, stop);
      for (let i = 0; i < DISTURBANCES; i++) await disturb(cluster, totals);
      await heal(cluster);
      stop.now = true;
      const acknowledged = await proposing;
      await settled(cluster);
      await cluster.propose('end');
      await settled(cluster);
      check(t, seed, cluster.members, acknowledged);
      totals.acknowledged += acknowledged.length;
      totals.snapshots += cluster.members.filter((member) => (member.node?.status().snapshotIndex ?? 0) > 0).length;
      totals.leaderTerms += cluster.leader()?.node?.term ?? 0;
      for (const member of cluster.members) t.equal(member.failure, undefined, `seed ${seed}: no node failed`);
    });
  }
  for (const [name, total] of Object.entries(totals)) t.ok(total > 0, `${name}: ${total}`);
});
