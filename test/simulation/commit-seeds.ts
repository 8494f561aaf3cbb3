import type { Test } from 'tap';
import { commitId } from '../../scripts/simulation/replay-command.js';
import { SWARM_KINDS } from '../../src/simulation/fault-plan.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { runSeed } from './cluster-seed.js';

const SAFETY_MS = 3_000;
/** Some findings came with more replicas than a partition has, and some with producers for whom others forward. */
const nodesOf = (seed: number): number => 3 + (seed % 3);
const isThin = (seed: number): boolean => seed % 4 === 0;
/** A disk that goes on lying after a failed sync is left to the fixed seeds and to runs that ask for it. */
const KINDS = SWARM_KINDS.filter((kind) => kind !== 'syncFailure');
/** Damage of what was synced, on the disk or on the way from it; it strikes one node of a run. */
const DAMAGE: ReadonlySet<string> = new Set(['bitFlip', 'misdirectedRead']);
const WITHOUT_DAMAGE = KINDS.filter((kind) => !DAMAGE.has(kind));

/** The first eight digits of the commit as a number, so that each commit adds seeds of its own; 1 outside a repository. */
function firstSeed(): number {
  return Number.parseInt(commitId()?.slice(0, 8) ?? '1', 16);
}

/** Runs `count` of the seeds that follow from the commit's id, from the one at `from` on. */
export async function survivesCommitSeeds(
  t: Test,
  options: { readonly from: number; readonly count: number; readonly damage: boolean },
): Promise<void> {
  const { from, count, damage } = options;
  const faults = damage ? KINDS : WITHOUT_DAMAGE;
  const runTask = await loadWorkerTasks();
  const first = firstSeed() + from;
  t.comment(`seeds ${first} to ${first + count - 1}, at commit ${commitId() ?? 'unknown'}`);
  for (let seed = first; seed < first + count; seed++) {
    const [nodes, thin] = [nodesOf(seed), isThin(seed)];
    await runSeed(t, { seed, runTask, nodes, thinProducers: thin, safetyMs: SAFETY_MS, faults });
  }
}
