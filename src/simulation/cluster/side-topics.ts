import type { Admin } from '../../client/admin.js';
import type { Platform } from '../../platform/platform.js';
import { KEEPALIVE_MS } from '../network/rpc-client.js';
import { FencedWorkload } from './fenced-workload.js';
import { KeyedWorkload } from './keyed-workload.js';
import type { SimulatedCluster } from './simulated-cluster.js';
import { UncleanWorkload } from './unclean-workload.js';

/** A topic beside the one whose history is judged, with a promise of its own. */
export interface SideTopic {
  readonly name: string;
  /** Makes the topic and starts its clients; true once it is made. */
  make(admin: Admin): Promise<boolean>;
  /** Nothing more is written. */
  stop(): void;
  /** Everything was answered, and read as far as it must be. */
  isDone(): Promise<boolean>;
  /** A sentence for each thing that is wrong. */
  check(): Promise<string[]>;
}

export const COMPACTED = 'table';
export const UNCLEAN = 'unclean';
const FENCED = 'fenced';

const REPLICAS = 3;
/** Each seed has each of them with this probability. */
const CHANCE = 0.4;
const COMPACTED_CONFIGS = { 'cleanup.policy': 'compact', 'segment.bytes': '4096', 'min.cleanable.dirty.ratio': '0.1' };
const UNCLEAN_CONFIGS = { 'unclean.leader.election.enable': 'true', 'min.insync.replicas': '1' };

/**
 * A reader that holds for so long what the log does not, and nothing fails any more, is blind. When all hosts lost their power
 * its connections are dead, and it hears of nothing before it has found that out (SEED=2373484639 NODES=4, SEED=1795826854).
 */
export const BLIND_MS = KEEPALIVE_MS + 5_000;

/** Those that the seed draws. */
export function sideTopics(cluster: SimulatedCluster, platform: Platform): SideTopic[] {
  const { random } = cluster.simulation;
  const topics: SideTopic[] = [];
  if (random.split('compacted').chance(CHANCE)) topics.push(compacted(cluster, platform));
  if (random.split('unclean').chance(CHANCE)) topics.push(unclean(cluster, platform));
  if (random.split('fenced').chance(CHANCE)) topics.push(fenced(cluster, platform));
  return topics;
}

function compacted({ simulation, bootstrap }: SimulatedCluster, platform: Platform): SideTopic {
  const workload = new KeyedWorkload({ bootstrap, topic: COMPACTED, random: simulation.random.split(COMPACTED) });
  return {
    name: COMPACTED,
    async make(admin) {
      if (!(await isMade(admin, COMPACTED, COMPACTED_CONFIGS))) return false;
      simulation.host('table').start((own) => workload.produce(own));
      return true;
    },
    stop: () => workload.stop(),
    isDone: async () => workload.settled,
    check: () => workload.check(platform),
  };
}

function fenced({ simulation, bootstrap }: SimulatedCluster, platform: Platform): SideTopic {
  const workload = new FencedWorkload({
    bootstrap,
    topic: FENCED,
    random: simulation.random.split(FENCED),
    onFenced: () => simulation.reached('a producer was fenced'),
  });
  return {
    name: FENCED,
    async make(admin) {
      if (!(await isMade(admin, FENCED, {}))) return false;
      simulation.host('fenced').start((own) => workload.produce(own));
      return true;
    },
    stop: () => workload.stop(),
    isDone: async () => workload.settled,
    check: () => workload.check(platform),
  };
}

function unclean({ simulation, bootstrap }: SimulatedCluster, platform: Platform): SideTopic {
  const workload = new UncleanWorkload({ bootstrap, topic: UNCLEAN, random: simulation.random.split(UNCLEAN) });
  let found: string[] | undefined;
  let wrongSinceMs: number | undefined;
  return {
    name: UNCLEAN,
    async make(admin) {
      if (!(await isMade(admin, UNCLEAN, UNCLEAN_CONFIGS))) return false;
      simulation.host('unclean-writer').start((own) => workload.produce(own));
      simulation.host('unclean-reader').start((own) => workload.read(own));
      return true;
    },
    stop: () => workload.stop(),
    async isDone() {
      if (!workload.settled) return false;
      found = workload.compare(await workload.contents(platform));
      if (found === undefined || found.length === 0) return found !== undefined;
      // It may stand where the log happens to end, and has not heard yet that it was cut.
      wrongSinceMs ??= simulation.nowMs;
      return simulation.nowMs - wrongSinceMs >= BLIND_MS;
    },
    async check() {
      if (workload.timesBack > 0) simulation.reached('a reader was told of a truncation');
      return found ?? [];
    },
  };
}

async function isMade(admin: Admin, name: string, configs: Readonly<Record<string, string>>): Promise<boolean> {
  const [made] = await admin
    .createTopics([{ name, partitions: 1, replicationFactor: REPLICAS, configs }])
    .catch(() => []);
  return made !== undefined && (made.error === undefined || made.error.code === 'TOPIC_ALREADY_EXISTS');
}
