import type { TraceLine } from './observe.js';

/** Who speaks of faults and changes: they concern everybody. */
const FAULTS: ReadonlySet<string> = new Set(['fault', 'operator', 'plan']);
/** `node 2`, `nodes 2 and 1`, `nodes 1, 2, 3`. */
const NODES = /\b(?:node (\d+)|nodes (\d+(?:(?:, | and )\d+)*))/g;
/** `orders-0`. */
const PARTITION = /\b[A-Za-z_][\w.]*-\d+\b/g;

/** Whom and what a failure names. */
export interface Involved {
  /** Names of hosts. */
  readonly hosts: ReadonlySet<string>;
  /** `topic-index`. */
  readonly partitions: ReadonlySet<string>;
}

/** What `failure` names, of the hosts that say something in `trace`. Node 2 is the host n2, as in `SimulatedCluster`. */
export function involvedIn(failure: string, trace: readonly TraceLine[]): Involved {
  const speakers = new Set(trace.map(({ who }) => hostOf(who)));
  const hosts = new Set<string>();
  for (const [, one, several = ''] of failure.matchAll(NODES)) {
    for (const [id] of (one ?? several).matchAll(/\d+/g)) hosts.add(`n${id}`);
  }
  for (const [word] of failure.matchAll(/[\w-]+/g)) if (speakers.has(word) && !FAULTS.has(word)) hosts.add(word);
  return { hosts, partitions: partitionsIn(failure) };
}

/**
 * The last `count` lines that concern the involved: those of the hosts unless they are on other partitions, those of all hosts on
 * the partitions, and the faults. Where a failure names nobody, the last of all.
 */
export function lastOfInvolved(
  trace: readonly TraceLine[],
  { hosts, partitions }: Involved,
  count: number,
): readonly TraceLine[] {
  if (hosts.size === 0 && partitions.size === 0) return trace.slice(-count);
  const concerns = ({ who, text }: TraceLine): boolean => {
    if (FAULTS.has(who)) return true;
    const named = partitions.size === 0 ? partitions : partitionsIn(text);
    if (named.size > 0) return [...named].some((partition) => partitions.has(partition));
    return hosts.has(hostOf(who));
  };
  return trace.filter(concerns).slice(-count);
}

/** `the faults`, or with whom and what: `n1, n2, orders-0 and the faults`. */
export function nameInvolved({ hosts, partitions }: Involved): string {
  const names = [...hosts, ...partitions];
  return names.length === 0 ? 'everybody' : `${names.sort().join(', ')} and the faults`;
}

/** Partitions in a text, also where a log line names topic and partition by two fields. */
function partitionsIn(text: string): Set<string> {
  const found = new Set<string>();
  for (const [name] of text.matchAll(PARTITION)) found.add(name);
  const [, topic] = /\btopic=(\S+)/.exec(text) ?? [];
  const [, partition] = /\bpartition=(\d+)/.exec(text) ?? [];
  if (topic !== undefined && partition !== undefined) found.add(`${topic}-${partition}`);
  return found;
}

/** `n1` of `n1#2`. */
function hostOf(who: string): string {
  return who.split('#')[0] ?? who;
}
