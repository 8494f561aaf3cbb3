import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { Workload } from './workload.js';

/** What each client completes at least in a simulated second outside faults. */
const LEAST_OPERATIONS_A_SECOND = 100;
const CALM_MS = 1_000;

/**
 * A stretch before the faults: gives how many operations the slowest of `clients` completed a simulated second, and throws an
 * Error that names it where those were too few. (A client that is held up would find nothing while faults strike.)
 */
export async function requireCalmRate(
  clock: Clock,
  workload: Pick<Workload, 'operations'>,
  clients: readonly string[],
): Promise<number> {
  const rates = await operationRates(workload, clients, () => sleep(clock, CALM_MS), CALM_MS);
  const slowest = slowestOf(rates);
  if (slowest.aSecond < LEAST_OPERATIONS_A_SECOND) {
    throw new Error(
      `client ${slowest.name} completed ${slowest.aSecond.toFixed(0)} operations a simulated second before any fault, ` +
        `fewer than ${LEAST_OPERATIONS_A_SECOND}`,
    );
  }
  return slowest.aSecond;
}

/** Operations a simulated second that each client completes during `work`, which takes `lastingMs`. */
export async function operationRates(
  workload: Pick<Workload, 'operations'>,
  clients: readonly string[],
  work: () => Promise<void>,
  lastingMs: number,
): Promise<ReadonlyMap<string, number>> {
  const before = new Map(workload.operations);
  await work();
  const done = (name: string): number => (workload.operations.get(name) ?? 0) - (before.get(name) ?? 0);
  return new Map(clients.map((name) => [name, (done(name) / lastingMs) * 1_000]));
}

export function slowestOf(rates: ReadonlyMap<string, number>): { readonly name: string; readonly aSecond: number } {
  let slowest = { name: '', aSecond: Number.POSITIVE_INFINITY };
  for (const [name, aSecond] of rates) if (aSecond < slowest.aSecond) slowest = { name, aSecond };
  return slowest;
}
