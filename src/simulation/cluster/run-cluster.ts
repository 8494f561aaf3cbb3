import { Admin } from '../../client/admin.js';
import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import { checkHistory, formatReport } from '../checkers/check-history.js';
import type { HistoryReport } from '../checkers/check-history.js';
import { FaultInjector } from '../fault-injector.js';
import { drawFaultPlan, formatPlan } from '../fault-plan.js';
import type { FaultKind, FaultPlan } from '../fault-plan.js';
import type { TraceLine } from '../observe.js';
import { Simulation } from '../simulation.js';
import type { TaskRunner } from '../workers.js';
import { ClusterInvariants } from './invariants.js';
import { compareReplicas, unreadableReplicas } from './replica-check.js';
import { SimulatedCluster } from './simulated-cluster.js';
import { Workload } from './workload.js';

export interface ClusterRunOptions {
  readonly seed: number;
  readonly runTask: TaskRunner;
  readonly nodes?: number;
  readonly partitions?: number;
  readonly producers?: number;
  readonly consumers?: number;
  /** How long faults may strike; then they end and all must make progress. */
  readonly safetyMs: number;
  /** Kinds to draw from; the plan itself where it is given. */
  readonly faults: readonly FaultKind[];
  readonly plan?: FaultPlan;
  readonly onTrace?: (line: TraceLine) => void;
}

export interface ClusterRunReport {
  readonly seed: number;
  readonly plan: FaultPlan;
  readonly digest: string;
  readonly events: number;
  readonly simulatedMs: number;
  readonly history: HistoryReport;
  readonly coverage: ReadonlyMap<string, number>;
}

const TOPIC = 'orders';
/** Within it, once faults have ended, all that was sent is answered, all replicas are in sync and all is read. */
const LIVENESS_MS = 60_000;
const FORMATION_MS = 30_000;
/** Between two looks at what must hold inside. */
const INVARIANTS_EVERY_MS = 20;

/**
 * One seed: a cluster and its clients, a safety phase with faults, a liveness phase without. Rejects with a
 * SimulationFailure that names what broke first.
 */
export async function runCluster(options: ClusterRunOptions): Promise<ClusterRunReport> {
  const { seed, safetyMs } = options;
  const simulation = new Simulation({
    seed,
    runTask: options.runTask,
    ...(options.onTrace === undefined ? {} : { onTrace: options.onTrace }),
  });
  const plan = options.plan ?? drawFaultPlan(simulation.random.split('plan'), options.faults);
  simulation.say('plan', formatPlan(plan));
  const cluster = new SimulatedCluster({ simulation, nodes: options.nodes ?? 3 });
  const partitions = options.partitions ?? 3;
  const { bootstrap } = cluster;
  const workload = new Workload({ simulation, bootstrap, topic: TOPIC, partitions, maxInFlight: 20, meanPauseMs: 10 });
  const limitMs = FORMATION_MS + safetyMs + 2 * LIVENESS_MS;
  const history = await simulation.run(
    async (platform) => {
      cluster.startAll();
      const admin = new Admin({ bootstrap, platform, requestTimeoutMs: 5_000 });
      await inTime(platform.clock, FORMATION_MS, 'the topic is made', () => createTopic(admin, partitions));
      const clients = startClients(workload, options);
      const injector = new FaultInjector({
        simulation,
        random: simulation.random.split('faults'),
        plan,
        subjects: cluster.subjects(),
        clients,
        mayFlip: (path) => path.endsWith('.log'),
      });
      injector.begin();
      // The victim's disk may lose what it synced; the others' may not.
      const mayLose = (nodeId: number): boolean => injector.isDamaging && cluster.host(nodeId) === injector.victim;
      new ClusterInvariants({ cluster, mayLose }).watch(simulation, INVARIANTS_EVERY_MS);
      await sleep(platform.clock, safetyMs);
      injector.end();
      await finish(platform, admin, workload, partitions);
      await admin.close();
      await inTime(platform.clock, LIVENESS_MS, 'every replica is repaired', async () => {
        return (await unreadableReplicas(cluster, TOPIC, partitions)).length === 0;
      });
      const differences = await compareReplicas(cluster, TOPIC, partitions);
      if (differences.length > 0) throw new Error(`replicas differ: ${differences.join('; ')}`);
      return check(simulation, workload);
    },
    { limitMs },
  );
  return {
    seed,
    plan,
    digest: simulation.digest,
    events: simulation.scheduler.executed,
    simulatedMs: simulation.nowMs,
    history,
    coverage: simulation.coverage,
  };
}

function startClients(workload: Workload, options: ClusterRunOptions): string[] {
  const names: string[] = [];
  for (let i = 1; i <= (options.producers ?? 2); i++) {
    names.push(`p${i}`);
    workload.startProducer(`p${i}`);
  }
  for (let i = 1; i <= (options.consumers ?? 2); i++) {
    names.push(`c${i}`);
    workload.startConsumer(`c${i}`);
  }
  return names;
}

async function createTopic(admin: Admin, partitions: number): Promise<boolean> {
  try {
    await admin.createTopic({ name: TOPIC, partitions, replicationFactor: 3 });
    return true;
  } catch {
    return (await isReplicated(admin, partitions).catch(() => false)) === true;
  }
}

async function isReplicated(admin: Admin, partitions: number): Promise<boolean> {
  const [topic] = await admin.describeTopics([TOPIC]);
  if (topic === undefined || topic.partitions.length !== partitions) return false;
  return topic.partitions.every(({ leader, isr, replicas }) => leader >= 0 && isr.length === replicas.length);
}

/** The liveness phase: faults are over, and everything must come to its end in time. */
async function finish(platform: Platform, admin: Admin, workload: Workload, partitions: number): Promise<void> {
  const { clock } = platform;
  const before = workload.acknowledged;
  await inTime(clock, LIVENESS_MS, 'records are acknowledged again', async () => workload.acknowledged > before + 20);
  await inTime(clock, LIVENESS_MS, 'every replica is in sync', () =>
    isReplicated(admin, partitions).catch(() => false),
  );
  workload.stopProducers();
  await inTime(clock, LIVENESS_MS, 'every send is answered', async () => {
    return (
      workload.history.filter(({ steps }) => steps.some(({ kind }) => kind === 'send')).length === workload.answered
    );
  });
  await workload.readToEnd(platform);
}

function check(simulation: Simulation, workload: Workload): HistoryReport {
  const report = checkHistory(workload.history, { consumers: 'assign', readToEnd: true });
  if (!report.valid) simulation.fail('clients saw what may not be', new Error(formatReport(report)));
  return report;
}

async function inTime(clock: Clock, limitMs: number, what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = clock.monotonicMs() + limitMs;
  while (!(await holds())) {
    if (clock.monotonicMs() > deadlineMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await sleep(clock, 50);
  }
}
