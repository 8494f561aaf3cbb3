import { Admin, Consumer, Producer } from '../src/index.js';
import { ClusterProcesses } from './cluster/cluster-processes.js';
import { ClusterWatch } from './cluster/cluster-watch.js';
import { compareReplicas } from './cluster/replica-logs.js';
import type { ReplicaComparison } from './cluster/replica-logs.js';
import { printTable, thousands } from './cluster/tables.js';
import { DeliveryLedger } from './workload/delivery-ledger.js';
import { LiveReader } from './workload/live-reader.js';
import { PacedLoad } from './workload/paced-load.js';
import { SilenceMeter } from './workload/silence-meter.js';
import { endlessTextLines } from './workload/text-lines.js';

/**
 * Three nodes, a steady stream of records, and two of the nodes killed in the middle of it: nothing that was
 * acknowledged may be lost. Exits with 1 when anything is. RATE (records/s) and STEADY_SECONDS (before and after the kills) in the environment make it a smaller one.
 */

const TOPIC = 'lines';
const PARTITIONS = 6;
const RECORDS_PER_SECOND = setting('RATE', 20_000);
/** More than comes within any silence that is not a failure of the demonstration itself. */
const MAX_UNDER_WAY = 2_000_000;
const BUFFER_BYTES = 512 * 1024 * 1024;
const STEADY_MS = setting('STEADY_SECONDS', 5) * 1_000;
const DOWN_MS = 3_000;
const TIMEOUT_MS = 60_000;
const PROGRESS_MS = 1_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
/** One that the process does not stay alive for. */
const unheldPause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** A number above 0 from the environment. */
function setting(name: string, standard: number): number {
  const text = process.env[name] ?? '';
  if (text === '') return standard;
  const value = Number(text);
  if (!(value > 0)) throw new Error(`${name}=${text} is not a number above 0.`);
  return value;
}

class Demo {
  readonly #cluster: ClusterProcesses;
  readonly #admin: Admin;
  readonly #watch: ClusterWatch;
  readonly #producer: Producer;
  readonly #consumer: Consumer;
  readonly #ledger = new DeliveryLedger(MAX_UNDER_WAY);
  readonly #silence = new SilenceMeter(PARTITIONS, () => performance.now(), 'before the kills');
  readonly #load: PacedLoad;
  readonly #startMs = performance.now();

  constructor(cluster: ClusterProcesses) {
    const { bootstrap } = cluster;
    this.#cluster = cluster;
    this.#admin = new Admin({ bootstrap });
    this.#watch = new ClusterWatch(this.#admin, TOPIC);
    this.#producer = new Producer({ bootstrap, bufferMemoryBytes: BUFFER_BYTES });
    this.#consumer = new Consumer({ bootstrap });
    const lines = endlessTextLines('node_modules');
    this.#load = new PacedLoad({
      sink: this.#producer,
      ledger: this.#ledger,
      silence: this.#silence,
      topic: TOPIC,
      producer: 0,
      recordsPerSecond: RECORDS_PER_SECOND,
      nextRecord: () => lines.next().value,
    });
  }

  /** Gives whether all that must be 0 is. */
  async run(): Promise<boolean> {
    await this.#admin.createTopic({ name: TOPIC, partitions: PARTITIONS, replicationFactor: 3 });
    await this.#watch.everyIsrFull(TIMEOUT_MS);
    await this.#producer.partitionCount(TOPIC);
    await this.#consumer.assign([{ topic: TOPIC, from: 'earliest' }]);
    const reader = new LiveReader(this.#consumer, [this.#ledger]);
    this.#say(`Sending ${thousands(RECORDS_PER_SECOND)} records/s, the lines of the text files under node_modules.`);
    this.#silence.next('steady load');
    this.#load.start();
    const progress = setInterval(() => this.#progress(), PROGRESS_MS);
    try {
      await pause(STEADY_MS);
      await this.#killAndRestart('the leader of partition 0', () => this.#watch.leaderOf(0, TIMEOUT_MS));
      await this.#killAndRestart('the active controller', () => this.#watch.controller(TIMEOUT_MS));
      await pause(STEADY_MS);
      this.#load.stop();
      await this.#drained(reader);
    } finally {
      clearInterval(progress);
      this.#load.stop();
    }
    return await this.#conclude(reader);
  }

  /** Disconnects; to be called in any case. */
  async close(): Promise<void> {
    await Promise.allSettled([
      this.#producer.close({ timeoutMs: 0 }),
      this.#consumer.close(),
      Promise.resolve(this.#admin.close()),
    ]);
  }

  async #killAndRestart(what: string, find: () => Promise<number>): Promise<void> {
    const nodeId = await find();
    const node = this.#cluster.node(nodeId);
    this.#silence.next(`SIGKILL of node ${nodeId}, ${what}`);
    await node.kill();
    this.#say(`Killed node ${nodeId}, ${what}.`);
    await pause(DOWN_MS);
    node.start();
    await node.ready(TIMEOUT_MS);
    await this.#watch.everyIsrFull(TIMEOUT_MS);
    // All the while it was down, and its return: a partition that waited for it would be seen here.
    this.#silence.next('steady load');
    this.#say(`Node ${nodeId} is back and every ISR is full.`);
  }

  /** Everything is settled and, where acknowledged, read. */
  async #drained(reader: LiveReader): Promise<void> {
    const deadlineMs = performance.now() + TIMEOUT_MS;
    await Promise.race([this.#producer.flush().catch(() => {}), unheldPause(TIMEOUT_MS)]);
    while (!(this.#ledger.isSettled && this.#ledger.isRead)) {
      if (reader.failure !== undefined || performance.now() > deadlineMs) return;
      await pause(50);
    }
    await this.#watch.everyIsrFull(TIMEOUT_MS);
  }

  async #conclude(reader: LiveReader): Promise<boolean> {
    const windows = this.#silence.windows().filter((window) => window.label.startsWith('SIGKILL'));
    const partitions = await this.#watch.partitions();
    const positions = partitions.map(({ partition }) => ({ topic: TOPIC, partition }));
    const ends = await this.#consumer.endOffsets(positions);
    const highWatermark = new Map(ends.map(({ partition, offset }) => [partition, Number(offset)]));
    await reader.stop();
    await this.close();
    await this.#cluster.stop();
    this.#say('Comparing the replicas, byte for byte.');
    const comparison = compareReplicas(
      partitions.map(({ partition, replicas }) => ({
        topic: TOPIC,
        partition,
        replicas,
        highWatermark: highWatermark.get(partition) ?? 0,
      })),
      (nodeId) => this.#cluster.dataDirectory(nodeId),
    );
    const problems = [
      ...(reader.failure === undefined ? [] : [`Reading ended: ${reader.failure.message}`]),
      ...(this.#load.firstFailure === undefined ? [] : [`A record failed: ${this.#load.firstFailure.message}`]),
      ...this.#cluster.nodes
        .filter((node) => node.unexpectedEnds > 0)
        .map((node) => `Node ${node.nodeId} ended by itself, or not in order.\n${node.logTail()}`),
      ...comparison.differences,
    ];
    for (const problem of problems) console.log(problem);
    const storedCount = ends.reduce((sum, { offset }) => sum + Number(offset), 0);
    const good = this.#printTable(comparison, storedCount, reader.untaggedCount) && problems.length === 0;
    printTable(
      ['no acknowledgement came', 'from any partition', 'from the worst partition'],
      windows.map(({ label, anyMs, worstPartitionMs }) => [
        `after ${label}`,
        `${anyMs.toFixed(0)} ms`,
        `${worstPartitionMs.toFixed(0)} ms`,
      ]),
    );
    return good;
  }

  /** Every record that is stored was read: nothing stands behind the last one that was acknowledged. */
  #printTable(comparison: ReplicaComparison, storedCount: number, untaggedCount: number): boolean {
    const counts = this.#ledger.counts();
    const mustBeZero: [string, number][] = [
      ['not acknowledged', counts.sent - counts.acknowledged],
      ['times the input had to pause', this.#load.refusedCount],
      ['lost', counts.lost],
      ['duplicated', counts.duplicated],
      ['out of order', counts.outOfOrder],
      ['altered, or never sent', counts.altered + counts.unexpected + untaggedCount],
      ['stored, and not among those that were read', storedCount - counts.readBack],
      ['replicas that differ in a byte below the high watermark', comparison.differences.length],
    ];
    const mebibytes = (comparison.comparedBytes / (1024 * 1024)).toFixed(0);
    printTable(
      ['records', 'count', 'must be'],
      [
        ['sent', thousands(counts.sent), ''],
        ['acknowledged', thousands(counts.acknowledged), ''],
        ['read back', thousands(counts.readBack), thousands(counts.acknowledged)],
        ...mustBeZero.map(([name, count]) => [name, thousands(count), '0']),
        ['replicas compared', `${comparison.comparedReplicas} (${mebibytes} MiB)`, `${PARTITIONS * 3}`],
      ],
    );
    const complete = comparison.comparedReplicas === PARTITIONS * 3 && counts.readBack === counts.acknowledged;
    return complete && counts.acknowledged > 0 && mustBeZero.every(([, count]) => count === 0);
  }

  #progress(): void {
    const { sent, acknowledged, readBack } = this.#ledger.counts();
    this.#say(`sent ${thousands(sent)}, acknowledged ${thousands(acknowledged)}, read ${thousands(readBack)}`);
  }

  #say(text: string): void {
    console.log(`${((performance.now() - this.#startMs) / 1000).toFixed(1).padStart(5)} s  ${text}`);
  }
}

async function main(): Promise<boolean> {
  console.log('Starting three nodes.');
  const cluster = await ClusterProcesses.prepare({ nodeCount: 3, config: { 'auto.create.topics.enable': 'false' } });
  const interrupted = (): void => {
    void cluster.close().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  let good = false;
  try {
    cluster.startAll();
    await cluster.ready();
    const demo = new Demo(cluster);
    try {
      good = await demo.run();
    } finally {
      await demo.close();
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  } finally {
    await cluster.close(!good);
  }
  console.log(good ? 'Nothing that was acknowledged was lost.' : `FAILED. Data and logs are in ${cluster.directory}.`);
  return good;
}

process.exitCode = (await main()) ? 0 : 1;
