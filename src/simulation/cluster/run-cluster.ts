import { Admin } from '../../client/admin.js';
import { topicPartitionKey } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import { LIVENESS_MS } from './liveness.js';
import type { Platform } from '../../platform/platform.js';
import { formatReport, mergeReports } from '../checkers/check-history.js';
import type { HistoryReport } from '../checkers/check-history.js';
import { countingMetrics } from '../counting-metrics.js';
import { FaultInjector } from '../fault-injector.js';
import { drawFaultPlan, formatPlan, isChange, isFault } from '../fault-plan.js';
import type { SwarmKind, SwarmPlan } from '../fault-plan.js';
import type { TraceLine } from '../observe.js';
import { Simulation } from '../simulation.js';
import type { Strikes } from '../strikes.js';
import type { TaskRunner } from '../workers.js';
import { ClusterInvariants } from './invariants.js';
import { Operator } from './operator.js';
import { operationRates, requireCalmRate, slowestOf } from './calm.js';
import { PassingWorkload } from './passing-workload.js';
import { RarePathWatch, pathOfCounter, pathOfLine } from './rare-paths.js';
import type { RarePath } from './rare-paths.js';
import { compareReplicas, laggingReplicas, unreadableReplicas } from './replica-check.js';
import { drawSettings } from './settings.js';
import { COMPACTED, sideTopics } from './side-topics.js';
import { SimulatedCluster } from './simulated-cluster.js';
import { Sweeper } from './sweeper.js';
import type { SweeperOptions } from './sweeper.js';
import { Workload } from './workload.js';

export interface ClusterRunOptions {
  readonly seed: number;
  readonly runTask: TaskRunner;
  readonly nodes?: number;
  readonly partitions?: number;
  readonly producers?: number;
  readonly consumers?: number;
  /** A record of one producer before the faults begin; 5 ms without it. */
  readonly calmEveryMs?: number;
  /** Producers send to any node, which forwards for them. */
  readonly thinProducers?: boolean;
  /** How long faults may strike; then they end and all must make progress. */
  readonly safetyMs: number;
  /** Kinds to draw from; the plan itself where it is given. */
  readonly faults: readonly SwarmKind[];
  readonly plan?: SwarmPlan;
  /** Configuration of every node; drawn from the seed when it is not given. */
  readonly config?: Readonly<Record<string, string>>;
  readonly onTrace?: (line: TraceLine) => void;
  /** Which faults and changes of the plan happen, all without it; hears of those that do. */
  readonly strikes?: Strikes;
  /** Between two looks at what must hold inside; 20 ms without it. */
  readonly lookEveryMs?: number;
}

export interface ClusterRunReport {
  readonly seed: number;
  readonly plan: SwarmPlan;
  readonly digest: string;
  readonly events: number;
  readonly simulatedMs: number;
  readonly history: HistoryReport;
  /** Operations that the slowest client completed a simulated second, before the faults and while they might strike. */
  readonly calmOperationsPerSecond: number;
  readonly operationsPerSecond: number;
  readonly coverage: ReadonlyMap<string, number>;
}

const TOPIC = 'orders';
/** A topic that is deleted and made again, where the plan has that. */
const PASSING = 'passing';
const PASSING_PARTITIONS = 2;
const MAX_IN_FLIGHT = 40;
/** A record of one producer before faults strike: in so short a time a burst more or less must not decide. */
const CALM_EVERY_MS = 5;
/** And from then on. */
const MEAN_EVERY_MS = 9.4;
const REPLICAS = 3;
const PRODUCERS = 2;
const FORMATION_MS = 30_000;
/** Between two looks at what must hold inside. */
const INVARIANTS_EVERY_MS = 20;
/** Between two looks for rare paths: the metadata may change and change back. */
const PATHS_EVERY_MS = 20;

/**
 * One seed: a cluster and its clients, a safety phase with faults, a liveness phase without. Rejects with a
 * SimulationFailure that names what broke first.
 */
export async function runCluster(options: ClusterRunOptions): Promise<ClusterRunReport> {
  const { seed } = options;
  // There is one as soon as there is a cluster.
  const watches: RarePathWatch[] = [];
  const simulation = watchedSimulation(options, (line) => watches.forEach((watch) => watch.heard(line)));
  const plan = options.plan ?? drawFaultPlan(simulation.random.split('plan'), options.faults);
  simulation.say('plan', formatPlan(plan));
  const config = options.config ?? drawSettings(simulation.random.split('settings'), options.safetyMs);
  const cluster = new SimulatedCluster({ simulation, nodes: options.nodes ?? 3, config });
  const paths = new RarePathWatch(cluster);
  watches.push(paths);
  const limitMs = FORMATION_MS + options.safetyMs + 3 * LIVENESS_MS;
  const outcome = await simulation.run((platform) => lifeOf(options, plan, cluster, paths, platform), { limitMs });
  return {
    seed,
    plan,
    digest: simulation.digest,
    events: simulation.scheduler.executed,
    simulatedMs: simulation.nowMs,
    ...outcome,
    coverage: simulation.coverage,
  };
}

/** A simulation that counts rare paths that show in logs and counters. */
function watchedSimulation(
  { seed, runTask, onTrace }: ClusterRunOptions,
  heard: (line: TraceLine) => void,
): Simulation {
  const reached = (path: RarePath | undefined): void => {
    if (path !== undefined) simulation.reached(path);
  };
  const metrics = countingMetrics((name) => reached(pathOfCounter(name)));
  const simulation: Simulation = new Simulation({
    seed,
    runTask,
    metricsFor: () => metrics,
    onTrace: (line) => {
      reached(pathOfLine(line));
      heard(line);
      onTrace?.(line);
    },
  });
  return simulation;
}

async function lifeOf(
  options: ClusterRunOptions,
  plan: SwarmPlan,
  cluster: SimulatedCluster,
  paths: RarePathWatch,
  platform: Platform,
): Promise<Pick<ClusterRunReport, 'history' | 'calmOperationsPerSecond' | 'operationsPerSecond'>> {
  const { simulation, bootstrap } = cluster;
  const { clock } = platform;
  const partitions = options.partitions ?? 3;
  // The victim's disk may lose what it synced; the others' may not. One that is exchanged is another disk: its replica is
  // held to what it says.
  const mayLose = (nodeId: number): boolean => injector.mayLie && nodeId === victim;
  const invariants = new ClusterInvariants({ cluster, mayLose });
  const workload = new Workload({
    simulation,
    bootstrap,
    topic: TOPIC,
    partitions,
    producers: options.producers ?? PRODUCERS,
    maxInFlight: MAX_IN_FLIGHT,
    meanEveryMs: options.calmEveryMs ?? CALM_EVERY_MS,
    thinProducers: options.thinProducers ?? false,
    onAcknowledged: (partition, offset, sentMs) => {
      try {
        invariants.acknowledged(TOPIC, partition, offset, sentMs);
      } catch (error) {
        simulation.fail('an invariant of the cluster broke', error);
      }
    },
  });
  cluster.startAll();
  paths.watch(PATHS_EVERY_MS);
  const admin = new Admin({ bootstrap, platform, requestTimeoutMs: 5_000 });
  await inTime(clock, FORMATION_MS, 'the topic is made', () => createTopic(admin, partitions));
  const clients = startClients(workload, options);
  const sides = options.config === undefined ? sideTopics(cluster, platform) : [];
  for (const side of sides) await inTime(clock, FORMATION_MS, `${side.name} is made`, () => side.make(admin));
  const mayWipe = (): boolean => operator?.votersChanging !== true;
  const injector = new FaultInjector({
    simulation,
    random: simulation.random.split('faults'),
    plan: plan.filter(isFault),
    subjects: cluster.subjects(mayWipe),
    clients,
    // A leader cannot mend a compacted log from replicas that compacted otherwise (docs/TESTING.md).
    mayFlip: (path) => path.endsWith('.log') && !path.includes(`/${COMPACTED}-`),
    ...(options.strikes === undefined ? {} : { strikes: options.strikes }),
  });
  const victim = cluster.nodeIds.find((nodeId) => cluster.host(nodeId) === injector.victim);
  invariants.watch(simulation, options.lookEveryMs ?? INVARIANTS_EVERY_MS);
  await inTime(clock, FORMATION_MS, 'every client is at work', async () => {
    return clients.every((name) => (workload.operations.get(name) ?? 0) > 0);
  });
  const calmOperationsPerSecond = await requireCalmRate(clock, workload, clients);
  workload.pace(MEAN_EVERY_MS);
  const operator = startOperator(options, plan, cluster, workload, injector.isDamaging ? victim : undefined);
  const passing = operator === undefined ? undefined : startPassing(plan, cluster);
  injector.begin();
  const deleteRecords: SweeperOptions['deleteRecords'] = (records) => admin.deleteRecords(records);
  const sweeper = new Sweeper({ simulation, deleteRecords, topic: TOPIC, partitions, workload });
  const safety = (): Promise<void> => sweeper.sleep(clock, options.safetyMs);
  const { aSecond } = slowestOf(await operationRates(workload, clients, safety, options.safetyMs));
  injector.end();
  await operator?.end(clock);
  passing?.stop();
  for (const side of sides) side.stop();
  await finish(platform, admin, workload, cluster, operator);
  for (const side of sides) {
    await inTime(clock, LIVENESS_MS, `all of ${side.name} is answered and read`, () => side.isDone());
    const wrong = await side.check();
    if (wrong.length > 0) throw new Error(`${side.name}: ${wrong.slice(0, 5).join('; ')}`);
  }
  await passing?.readToEnd(platform);
  await admin.close();
  await judgeReplicas(cluster, clock, workload);
  if (passing !== undefined) judgePassing(simulation, passing);
  return { history: check(simulation, workload, partitions), calmOperationsPerSecond, operationsPerSecond: aSecond };
}

async function judgeReplicas(cluster: SimulatedCluster, clock: Clock, workload: Workload): Promise<void> {
  const deletedBelow = (partition: number): number =>
    workload.deletedBelow.get(topicPartitionKey(TOPIC, partition)) ?? 0;
  for (const { name, partitions } of topicsOf(cluster)) {
    const replicated = {
      topic: name,
      partitions,
      replicas: REPLICAS,
      ...(name === TOPIC ? { deletedBelow } : {}),
    };
    await inTime(clock, LIVENESS_MS, 'every replica is there, knows the high watermark, and is repaired', async () => {
      // Of one that is not there nobody knows whether it is damaged.
      const lagging = laggingReplicas(cluster, replicated);
      if (lagging.length > 0) return lagging.join(', ');
      return (await unreadableReplicas(cluster, name, partitions)).join(', ') || true;
    });
    // Each replica compacts for itself: their bytes are not the same, what is read of them is.
    if (name === COMPACTED) continue;
    const differences = await compareReplicas(cluster, replicated);
    if (differences.length > 0) throw new Error(`replicas differ: ${differences.join('; ')}`);
  }
}

/** As the node has them that knows the most: one that has just started may know of none yet. */
function topicsOf(cluster: SimulatedCluster): { name: string; partitions: number }[] {
  const [newest] = cluster.runningNodes.map(({ image }) => image).sort((a, b) => b.offset - a.offset);
  const topics: { name: string; partitions: number }[] = [];
  newest?.topics.forEach(({ name, partitions }) => topics.push({ name, partitions: partitions.length }));
  if (!topics.some(({ name }) => name === TOPIC))
    throw new Error(`no node knows of ${TOPIC}: nothing would be compared`);
  return topics;
}

/** Somebody who changes the cluster while faults strike, where the plan has such changes. */
function startOperator(
  options: ClusterRunOptions,
  plan: SwarmPlan,
  cluster: SimulatedCluster,
  workload: Workload,
  onlyVoter: number | undefined,
): Operator | undefined {
  const changes = plan.filter(isChange);
  if (changes.length === 0) return undefined;
  const { simulation } = cluster;
  const operator = new Operator({
    simulation,
    cluster,
    random: simulation.random.split('operator'),
    plan: changes,
    workload,
    topic: TOPIC,
    partitions: options.partitions ?? 3,
    replicationFactor: REPLICAS,
    passing: PASSING,
    passingPartitions: PASSING_PARTITIONS,
    ...(onlyVoter === undefined ? {} : { onlyVoter }),
    ...(options.strikes === undefined ? {} : { strikes: options.strikes }),
  });
  operator.start();
  return operator;
}

/** The clients of the topic that is deleted and made again, where the plan has that. */
function startPassing(plan: SwarmPlan, cluster: SimulatedCluster): PassingWorkload | undefined {
  if (plan.every(({ kind }) => kind !== 'recreateTopic')) return undefined;
  const { simulation } = cluster;
  const random = simulation.random.split('passing');
  const passing = new PassingWorkload({ cluster, topic: PASSING, partitions: PASSING_PARTITIONS, random });
  simulation.host('passing').start((platform) => passing.produce(platform));
  simulation.host('passing-reader').start((platform) => passing.consume(platform));
  return passing;
}

function judgePassing(simulation: Simulation, passing: PassingWorkload): void {
  let judged = 0;
  for (const [name, report] of passing.check()) {
    if (!report.valid) simulation.fail('clients saw what may not be', new Error(`${name}: ${formatReport(report)}`));
    if (report.acknowledged > 0 && report.read > 0) judged++;
  }
  // Each partition is judged by itself.
  if (judged > PASSING_PARTITIONS) simulation.reached('a topic that was made again was judged');
}

function startClients(workload: Workload, options: ClusterRunOptions): string[] {
  const names: string[] = [];
  for (let i = 1; i <= (options.producers ?? PRODUCERS); i++) {
    names.push(`p${i}`);
    workload.startProducer(`p${i}`);
  }
  for (let i = 1; i <= (options.consumers ?? 2); i++) {
    names.push(`c${i}`);
    workload.startConsumer(`c${i}`);
  }
  workload.startAsker('asker');
  return names;
}

async function createTopic(admin: Admin, partitions: number): Promise<boolean> {
  try {
    await admin.createTopic({ name: TOPIC, partitions, replicationFactor: REPLICAS });
    return true;
  } catch {
    return (await isReplicated(admin).catch(() => false)) === true;
  }
}

async function isReplicated(admin: Admin): Promise<boolean | string> {
  const topics = await admin.describeTopics();
  if (topics.every(({ name }) => name !== TOPIC)) return false;
  for (const { name, partitions } of topics) {
    for (const { partition, leader, isr, replicas } of partitions) {
      if (leader < 0) return `${name}-${partition} has no leader`;
      const missing = replicas.filter((nodeId) => !isr.includes(nodeId));
      if (missing.length > 0) return `${name}-${partition} of node ${leader} lacks nodes ${missing.join(', ')}`;
    }
  }
  return true;
}

/** The liveness phase: faults are over, and everything must come to its end in time. */
async function finish(
  platform: Platform,
  admin: Admin,
  workload: Workload,
  cluster: SimulatedCluster,
  operator: Operator | undefined,
): Promise<void> {
  const { clock } = platform;
  if (operator !== undefined) {
    await inTime(clock, LIVENESS_MS, 'changes are settled', () => operator.restored(admin, clock));
  }
  const before = workload.acknowledged;
  await inTime(clock, LIVENESS_MS, 'records are acknowledged again', async () => workload.acknowledged > before + 20);
  await inTime(clock, LIVENESS_MS, 'every replica is in sync', () => isReplicated(admin).catch(() => false));
  workload.stopProducers();
  await inTime(clock, LIVENESS_MS, 'every send is answered', async () => workload.answered === workload.sent);
  await workload.readToEnd(platform);
  await inTime(clock, LIVENESS_MS, 'nobody writes any more', async () => !cluster.simulation.host('passing').running);
}

/** Partition by partition: the checker may take far more room than the history. */
function check(simulation: Simulation, workload: Workload, partitions: number): HistoryReport {
  const reports: HistoryReport[] = [];
  const options = { consumers: 'assign', readToEnd: true, deletedBelow: workload.deletedBelow } as const;
  for (let i = 0; i < partitions; i++) reports.push(workload.judge(i, options));
  const report = mergeReports(reports);
  if (!report.valid) simulation.fail('clients saw what may not be', new Error(formatReport(report)));
  return report;
}

/** `holds` may tell what is missing yet, so that a failure names it. */
async function inTime(
  clock: Clock,
  limitMs: number,
  what: string,
  holds: () => Promise<boolean | string>,
): Promise<void> {
  const deadlineMs = clock.monotonicMs() + limitMs;
  for (;;) {
    const state = await holds();
    if (state === true) return;
    if (clock.monotonicMs() > deadlineMs) {
      throw new Error(`not within ${limitMs} ms: ${what}${state === false ? '' : ` (${state})`}`);
    }
    await sleep(clock, 50);
  }
}
