import t from 'tap';
import { SmallCluster } from './small-cluster.js';

/**
 * A voter, the leader above all, is taken out of 2, 3 and 4, and at each point of the way all of them, or some, crash. Whatever
 * is left of it on the disks, a leader comes to be, the change is done or undone, and who is no voter disturbs nobody.
 */

/** What happens to a node at most until it has heard all: the entry, its write, its answer, the commit, and the hand-over. */
const STAGES = 8;

interface Course {
  readonly voters: number;
  readonly removed: number;
  /** The leader's own write of the change ended. */
  readonly leaderStored: boolean;
  /** By node from 2 on: how much has happened to it. */
  readonly stages: readonly number[];
  readonly crashed: readonly number[];
  /** It never comes back: majorities of both sets are left. */
  readonly gone: number | undefined;
  /** The log gave way to a snapshot before. */
  readonly compacted: boolean;
  readonly seed: number;
}

/** Ascending: who of the others is how far makes no difference. */
function stagesOf(count: number, least = 0): number[][] {
  if (count === 0) return [[]];
  const all: number[][] = [];
  for (let stage = least; stage < STAGES; stage++) {
    for (const rest of stagesOf(count - 1, stage)) all.push([stage, ...rest]);
  }
  return all;
}

function subsetsOf(nodeIds: readonly number[]): number[][] {
  return Array.from({ length: 2 ** nodeIds.length }, (_, bits) => nodeIds.filter((_, i) => (bits >> i) % 2 === 1));
}

function* coursesOf(voters: number): Generator<Course> {
  const nodeIds = Array.from({ length: voters }, (_, i) => i + 1);
  let seed = 0;
  for (const removed of [1, voters])
    for (const { compacted, gone } of worldsOf(voters, removed))
      for (const leaderStored of [false, true])
        for (const stages of stagesOf(voters - 1))
          for (const crashed of subsetsOf(nodeIds.filter((nodeId) => nodeId !== gone)))
            yield { voters, removed, leaderStored, stages, crashed, gone, compacted, seed: seed++ };
}

function worldsOf(voters: number, removed: number): Pick<Course, 'compacted' | 'gone'>[] {
  const whole = [false, true].map((compacted) => ({ compacted, gone: undefined }));
  if (voters < 4) return whole;
  const gone = [1, 2, voters].filter((nodeId) => nodeId !== removed);
  return [...whole, ...gone.map((nodeId) => ({ compacted: false, gone: nodeId }))];
}

function begin({ voters, removed, leaderStored, stages, compacted, seed }: Course): SmallCluster {
  const cluster = new SmallCluster(voters, seed);
  if (compacted) for (const nodeId of cluster.nodeIds) cluster.snapshot(nodeId);
  if (cluster.remove(1, removed) !== 'appended') throw new Error('the leader takes the change');
  if (leaderStored) cluster.store(1);
  for (const [i, stage] of stages.entries()) for (let step = 0; step < stage; step++) cluster.step(i + 2);
  return cluster;
}

function crash(cluster: SmallCluster, nodeIds: readonly number[]): void {
  for (const nodeId of nodeIds) cluster.crash(nodeId);
  for (const nodeId of nodeIds) cluster.restart(nodeId);
}

/** The change is done or undone, everywhere, and those who vote go on. Gives back what is wrong. */
function findFault(cluster: SmallCluster, { removed, gone }: Course): string | undefined {
  const { nodeIds } = cluster;
  const living = nodeIds.filter((nodeId) => nodeId !== gone);
  const settled = (): boolean => {
    const { leader } = cluster;
    if (leader === undefined) return false;
    const { voters, commit } = cluster.core(leader);
    return living.every((nodeId) => {
      const core = cluster.core(nodeId);
      return core.voters.sameReplicas(voters) && core.commit === commit && core.lastIndex === commit;
    });
  };
  if (!cluster.run(20_000, settled)) return 'there is no leader, or not all follow it';
  const { leader = 0, term } = cluster;
  const voters = cluster.core(leader).voters.voters.map(({ nodeId }) => nodeId);
  const others = nodeIds.filter((nodeId) => nodeId !== removed).join();
  if (voters.join() !== nodeIds.join() && voters.join() !== others) return `the voters are ${voters.join()}`;
  if (!voters.includes(leader)) return `node ${leader} leads, which is no voter`;
  if (!cluster.propose(leader)) return 'the leader takes nothing';
  if (!cluster.run(5_000, settled)) return 'nothing is committed any more';
  // Long enough for elections, if somebody called one.
  cluster.run(5_000, () => false);
  if (cluster.term !== term || cluster.leader !== leader) return 'the leader is disturbed';
  return undefined;
}

// Seeds of the core (commit af2763d), at that time: nobody led ever again.
for (const voters of [2, 3, 4]) {
  t.test(`a voter of ${voters} leaves, and crashes on the way leave no dead end`, async (t) => {
    let courses = 0;
    let done = 0;
    let undone = 0;
    for (const course of coursesOf(voters)) {
      const cluster = begin(course);
      // In every other course what is under way is lost too; in every third they crash once more on the way back.
      if (course.seed % 2 === 0) cluster.loseMessages();
      if (course.gone !== undefined) cluster.crash(course.gone);
      crash(cluster, course.crashed);
      if (course.seed % 3 === 0) {
        const living = cluster.nodeIds.filter((nodeId) => nodeId !== course.gone);
        for (let step = cluster.random.below(30); step > 0; step--) cluster.step(cluster.random.pick(living));
        const again = living.filter(() => cluster.random.chance(0.5));
        cluster.run(cluster.random.below(2_000), () => false);
        crash(cluster, again);
      }
      const fault = findFault(cluster, course);
      if (fault !== undefined) {
        t.fail(`${fault}: ${cluster.describe()} after ${JSON.stringify(course)}`);
        break;
      }
      courses++;
      if (cluster.core(cluster.leader ?? 1).voters.size === voters) undone++;
      else done++;
    }
    t.comment(`${courses} courses: ${done} done, ${undone} undone`);
    t.ok(done > 0, 'some changes are done');
    t.ok(undone > 0, 'some changes are undone');
  });
}

t.test('a voter that was cut off when it was removed disturbs nobody, and learns of it', async (t) => {
  for (const voters of [2, 3, 4]) {
    for (const wasLeader of [false, true]) {
      // Two voters elect nobody without one of them.
      if (voters === 2 && wasLeader) continue;
      const cluster = new SmallCluster(voters, voters);
      const removed = wasLeader ? 1 : voters;
      cluster.isolate(removed);
      t.ok(
        cluster.run(5_000, () => cluster.leader !== undefined && cluster.leader !== removed),
        'another one leads',
      );
      const { leader = 0 } = cluster;
      t.equal(cluster.remove(leader, removed), 'appended');
      cluster.run(10_000, () => false);
      const { term } = cluster;
      cluster.heal();
      t.ok(
        cluster.run(10_000, () => !cluster.core(removed).isElectable),
        'it learns that it votes no more',
      );
      cluster.run(5_000, () => false);
      t.equal(cluster.leader, leader, `${voters} voters: the leader stays`);
      t.equal(cluster.term, term, `${voters} voters: in its term`);
    }
  }
});

t.test('a voter is not taken out where too few of those that stay are alive', async (t) => {
  const cluster = new SmallCluster(3, 1);
  cluster.crash(2);
  cluster.run(2_000, () => false);
  t.equal(cluster.leader, 1, 'two of three are enough');
  for (const removed of [1, 3]) t.equal(cluster.remove(1, removed), 'tooFewAlive', `without ${removed} they are not`);
  cluster.restart(2);
  cluster.run(500, () => false);
  t.equal(cluster.remove(1, 1), 'appended');
  t.ok(
    cluster.run(5_000, () => (cluster.leader ?? 1) !== 1),
    'another one leads',
  );
  cluster.crash(1);
  cluster.run(2_000, () => false);
  t.equal(cluster.remove(cluster.leader ?? 0, cluster.leader === 2 ? 3 : 2), 'appended', 'of two, one may stay');
});

t.test('a voter that is down may be taken out', async (t) => {
  const cluster = new SmallCluster(3, 2);
  cluster.crash(2);
  cluster.run(2_000, () => false);
  t.equal(cluster.remove(1, 2), 'appended');
  t.ok(cluster.run(1_000, () => cluster.core(3).voters.size === 2 && cluster.core(3).commit === 2));
});
