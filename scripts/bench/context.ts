import { mkdirSync } from 'node:fs';
import { Admin } from '../../src/index.js';
import { ClusterProcesses } from '../cluster/cluster-processes.js';
import { runClient } from './client-run.js';
import type { ClientTask } from './client-run.js';
import type { BenchReport } from './report.js';

/** What every part of the benchmark works with. */
export interface BenchContext {
  readonly report: BenchReport;
  readonly say: (text: string) => void;
  /** Sentences on what could not be measured; with one of them the run has failed. */
  readonly failures: string[];
  /** Of throughput and latency. */
  readonly runs: number;
  readonly seconds: number;
  /** Of the records' values in bytes, for throughput. */
  readonly valueSizes: readonly number[];
  /** Of everything that kills or starts. */
  readonly trials: number;
  /** The same, of the peer: a trial takes Kafka half a minute. */
  readonly peerTrials: number;
  /** On a real disk. */
  readonly directory: string;
  /** Options of Node for each node and, for throughput, each client. */
  readonly nodeArguments: readonly string[];
}

const SEPARATE_MODULES = 'dist/src/bin/varve.js';
export const VARVE_CLIENT_PROGRAM = 'dist/scripts/bench/varve-client.js';
export const VARVE_CLIENT: readonly string[] = [process.execPath, VARVE_CLIENT_PROGRAM];
/** What a topic that does not sync is made with: durable in the page caches of a majority. */
export const RELAXED: Readonly<Record<string, string>> = { 'flush.messages': '9223372036854775807' };

export async function startVarve(context: BenchContext): Promise<ClusterProcesses> {
  mkdirSync(context.directory, { recursive: true });
  return await ClusterProcesses.start({
    nodeCount: 3,
    parentDirectory: context.directory,
    // A profile is told by modules, which the bundled command has no more; its starter sets what the environment has.
    ...(context.nodeArguments.length === 0
      ? {}
      : { command: [process.execPath, ...context.nodeArguments, SEPARATE_MODULES] }),
    config: { 'auto.create.topics.enable': 'false', 'log.level': 'warn' },
  });
}

export async function createVarveTopic(
  cluster: ClusterProcesses,
  topic: string,
  partitions: number,
  configs: Readonly<Record<string, string>> = {},
): Promise<void> {
  const task: ClientTask = { do: 'createTopic', bootstrap: cluster.bootstrap, topic, partitions, configs };
  await runClient(VARVE_CLIENT, task);
}

export async function deleteVarveTopic({ bootstrap }: ClusterProcesses, topic: string): Promise<void> {
  const admin = new Admin({ bootstrap });
  await admin.deleteTopic(topic).finally(() => admin.close());
}
