import { Admin, Producer } from '../../src/index.js';
import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import { ClusterWatch } from '../cluster/cluster-watch.js';
import { DeliveryLedger } from '../workload/delivery-ledger.js';
import { PacedLoad } from '../workload/paced-load.js';
import { SilenceMeter } from '../workload/silence-meter.js';
import type { BenchContext } from './context.js';

export type Role = 'leader' | 'controller' | 'both';

export const SILENCE_SECTION = 'longest silence of acknowledgements';
export const ROLES: Readonly<Record<Role, string>> = {
  leader: 'a leader that is not the controller',
  controller: 'a controller that leads nothing',
  both: 'a controller that leads every partition',
};
const PARTITIONS = 6;
const RECORDS_PER_SECOND = 1_000;
const STEADY_MS = 1_000;
const KILLED_MS = 3_000;
const STOPPED_MS = 5_000;
const TIMEOUT_MS = 60_000;
const MOST_KILLED_MEDIAN_MS = 500;
const MOST_KILLED_WORST_MS = 1_200;
const MOST_STOPPED_MS = 3_500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** SIGKILL and SIGSTOP of each role: how long a partition was without acknowledgements. */
export async function benchUnavailability(context: BenchContext, cluster: ClusterProcesses): Promise<void> {
  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    for (const role of ['leader', 'controller', 'both'] as const) {
      const silences: number[] = [];
      for (let trial = 0; silences.length < context.trials; trial++) {
        if (trial === 2 * context.trials) throw new Error('The controller moved by itself in every second trial.');
        const silenceMs = await trialOf(cluster, signal, role, `silence-${signal.toLowerCase()}-${role}-${trial}`);
        if (silenceMs !== undefined) silences.push(silenceMs);
      }
      const name = `after ${signal} of ${ROLES[role]}`;
      if (signal === 'SIGKILL') {
        context.report.add(SILENCE_SECTION, name, 'ms', silences, { atMost: MOST_KILLED_MEDIAN_MS });
        context.report.add(SILENCE_SECTION, `${name}, worst`, 'ms', silences, {
          atMost: MOST_KILLED_WORST_MS,
          judged: 'most',
        });
      } else {
        context.report.add(SILENCE_SECTION, name, 'ms', silences, { atMost: MOST_STOPPED_MS, judged: 'most' });
      }
    }
  }
}

/**
 * The silence of the worst partition in milliseconds, over a topic of its own that is led as the role demands. Undefined when
 * another node became the controller meanwhile: the signal would have met another role.
 */
async function trialOf(
  cluster: ClusterProcesses,
  signal: 'SIGKILL' | 'SIGSTOP',
  role: Role,
  topic: string,
): Promise<number | undefined> {
  const { bootstrap } = cluster;
  const admin = new Admin({ bootstrap });
  const producer = new Producer({ bootstrap });
  const watch = new ClusterWatch(admin, topic);
  const silence = new SilenceMeter(PARTITIONS, () => performance.now(), 'steady');
  let load: PacedLoad | undefined;
  try {
    const controller = await watch.controller(TIMEOUT_MS);
    const [a = controller, b = controller] = cluster.nodes.map((node) => node.nodeId).filter((id) => id !== controller);
    const replicas = role === 'both' ? [controller, a, b] : [a, b, controller];
    const assignment = Array.from({ length: PARTITIONS }, () => replicas);
    await admin.createTopic({ name: topic, assignment });
    await watch.everyIsrFull(TIMEOUT_MS);
    await producer.partitionCount(topic);
    let sent = 0;
    load = new PacedLoad({
      sink: producer,
      ledger: new DeliveryLedger(1_000_000),
      silence,
      topic,
      producer: 0,
      recordsPerSecond: RECORDS_PER_SECOND,
      nextRecord: () => ({ key: `key-${sent++}`, value: Buffer.alloc(100) }),
    });
    load.start();
    await pause(STEADY_MS);
    if ((await watch.controller(TIMEOUT_MS)) !== controller) {
      load.stop();
      await admin.deleteTopic(topic);
      return undefined;
    }
    const victim = cluster.node(role === 'leader' ? a : controller);
    silence.next('fault');
    if (signal === 'SIGKILL') await victim.kill();
    else victim.pause();
    await pause(signal === 'SIGKILL' ? KILLED_MS : STOPPED_MS);
    const { worstPartitionMs } = silence.current();
    load.stop();
    if (signal === 'SIGKILL') victim.start();
    else victim.resume();
    await victim.ready(TIMEOUT_MS);
    await watch.everyIsrFull(TIMEOUT_MS);
    await admin.deleteTopic(topic);
    return worstPartitionMs;
  } finally {
    load?.stop();
    await producer.close({ timeoutMs: 0 });
    admin.close();
  }
}
