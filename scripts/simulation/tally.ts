/** What came of seeds, as plain data: it travels from a process to the one that started it. */
export interface Tally {
  readonly seeds: number;
  readonly failedSeeds: readonly number[];
  readonly simulatedMs: number;
  readonly cpuMs: number;
  readonly events: number;
  readonly coverage: Readonly<Record<string, number>>;
}

export const EMPTY_TALLY: Tally = {
  seeds: 0,
  failedSeeds: [],
  simulatedMs: 0,
  cpuMs: 0,
  events: 0,
  coverage: {},
};

export function addTallies(a: Tally, b: Tally): Tally {
  const coverage = { ...a.coverage };
  for (const [name, count] of Object.entries(b.coverage)) coverage[name] = (coverage[name] ?? 0) + count;
  return {
    seeds: a.seeds + b.seeds,
    failedSeeds: [...a.failedSeeds, ...b.failedSeeds],
    simulatedMs: a.simulatedMs + b.simulatedMs,
    cpuMs: a.cpuMs + b.cpuMs,
    events: a.events + b.events,
    coverage,
  };
}

/** How much quicker than real time a simulation went on one core: by the time that the processor worked for it. */
export function formatSpeed({ simulatedMs, cpuMs, events }: Pick<Tally, 'simulatedMs' | 'cpuMs' | 'events'>): string {
  const timesReal = (simulatedMs / Math.max(cpuMs, 1)).toFixed(1);
  const eventsPerSecond = Math.round((events / Math.max(simulatedMs, 1)) * 1_000);
  return `${timesReal} times real time, ${eventsPerSecond} events a second`;
}

/** The lines that end a batch of seeds: what was reached, and how much was run. */
export function formatTally(tally: Tally): string[] {
  const lines = Object.entries(tally.coverage)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, count]) => `${name}: ${count}`);
  if (tally.seeds > 1) {
    const failed = tally.failedSeeds.length === 0 ? 'none failed' : `failed: ${tally.failedSeeds.join(', ')}`;
    const simulated = `${(tally.simulatedMs / 1_000).toFixed(0)} simulated seconds`;
    lines.push(`${tally.seeds} seeds, ${failed}; ${simulated}, ${formatSpeed(tally)}`);
  }
  return lines;
}
