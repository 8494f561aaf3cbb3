import { Admin, Producer } from '../../src/index.js';
import { startCluster } from '../../src/testing/cluster.js';
import { ClusterProcesses } from '../cluster/cluster-processes.js';
import type { BenchContext } from './context.js';

export const START_SECTION = 'from nothing to the first acknowledged record';
const MOST_PROCESSES_MS = 1_200;
const MOST_IN_PROCESS_MS = 500;
const TIMEOUT_MS = 30_000;

/** Blank directories, acks=all, three replicas, synced: three processes, and three nodes in this one. */
export async function benchStartup(context: BenchContext): Promise<void> {
  const processes: number[] = [];
  for (let trial = 0; trial < context.trials; trial++) processes.push(await startProcesses(context));
  context.report.add(START_SECTION, 'three processes', 'ms', processes, { atMost: MOST_PROCESSES_MS });
  const within: number[] = [];
  for (let trial = 0; trial < context.trials; trial++) within.push(await startWithin());
  context.report.add(START_SECTION, 'startCluster({ nodes: 3 })', 'ms', within, { atMost: MOST_IN_PROCESS_MS });
}

async function startProcesses(context: BenchContext): Promise<number> {
  const cluster = await ClusterProcesses.prepare({ nodeCount: 3, parentDirectory: context.directory });
  try {
    const startMs = performance.now();
    cluster.startAll();
    await firstAcknowledgement(cluster.bootstrap);
    return performance.now() - startMs;
  } finally {
    await cluster.close();
  }
}

async function startWithin(): Promise<number> {
  const startMs = performance.now();
  const cluster = await startCluster({ nodes: 3 });
  try {
    await firstAcknowledgement(cluster.bootstrap);
    return performance.now() - startMs;
  } finally {
    await cluster.close();
  }
}

/** Makes a topic of three replicas and sends it one record, as soon as anything answers. */
async function firstAcknowledgement(bootstrap: readonly string[]): Promise<void> {
  const admin = new Admin({ bootstrap });
  const producer = new Producer({ bootstrap, retryBackoffMs: 5 });
  const deadlineMs = performance.now() + TIMEOUT_MS;
  try {
    for (;;) {
      try {
        await admin.createTopic({ name: 'first', partitions: 1, replicationFactor: 3 });
        break;
      } catch (error) {
        if (performance.now() > deadlineMs) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    await producer.send({ topic: 'first', value: 'record' });
  } finally {
    admin.close();
    await producer.close({ timeoutMs: 0 });
  }
}
