import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { benchIdle } from './bench/idle.js';
import { benchLatency } from './bench/latency.js';
import { describeMachine, measureSyncs } from './bench/machine.js';
import { benchPeer } from './bench/peer.js';
import { benchPartitions } from './bench/partitions.js';
import { readProfiles } from './bench/profile.js';
import { addRatios } from './bench/ratios.js';
import { BenchReport } from './bench/report.js';
import { benchStartup } from './bench/startup.js';
import { benchThroughput } from './bench/throughput.js';
import { benchUnavailability } from './bench/unavailability.js';
import type { BenchContext } from './bench/context.js';
import { startVarve } from './bench/context.js';
import type { ClusterProcesses } from './cluster/cluster-processes.js';
import { printTable } from './cluster/tables.js';

/**
 * Measures three nodes on this machine.
 *
 *     QUICK=1       one run of 5 s and three trials of each, in place of five runs of 30 s and twenty trials
 *     RUNS=n, RUN_SECONDS=n, TRIALS=n   any other number of them
 *     PEER=kafka    also kafkajs and @platformatic/kafka on three Apache Kafka brokers
 *     PEER_TRIALS=n   of what kills or starts Kafka, where fewer will do: each takes it half a minute
 *     ONLY=a,b      only some of the parts: idle, throughput, latency, startup, unavailability, partitions, peer
 *     SIZES=a,b     of values in bytes, for throughput; default 100,1024,10240
 *     PROFILE=1     profiles nodes and clients and says where their time went
 *     BENCH_DIR     where data and results go; default ./data/bench
 */

const PARTS = ['startup', 'idle', 'latency', 'throughput', 'partitions', 'unavailability', 'peer'] as const;
type Part = (typeof PARTS)[number];

const isQuick = (process.env.QUICK ?? '') !== '';
const isProfiled = (process.env.PROFILE ?? '') !== '';
const peer = process.env.PEER ?? '';
const numberFrom = (name: string, otherwise: number): number => Number(process.env[name] || otherwise);
const DEFAULT_SIZES = '100,1024,10240';
const directory = resolve(process.env.BENCH_DIR || 'data/bench');
const profiles = join(directory, `profiles-${process.pid}`);

function chosenParts(): readonly Part[] {
  const only = (process.env.ONLY ?? '').split(',').filter((name) => name !== '');
  const unknown = only.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`ONLY names '${unknown}': there are ${PARTS.join(', ')}.`);
  return PARTS.filter((part) => (only.length === 0 ? part !== 'peer' || peer !== '' : only.includes(part)));
}

async function measure(part: Part, context: BenchContext, cluster: ClusterProcesses): Promise<void> {
  switch (part) {
    case 'startup':
      return await benchStartup(context);
    case 'idle':
      return await benchIdle(context, cluster);
    case 'latency':
      return await benchLatency(context, cluster);
    case 'throughput':
      return await benchThroughput(context, cluster, peer === 'kafka');
    case 'partitions':
      return await benchPartitions(context, cluster);
    case 'unavailability':
      return await benchUnavailability(context, cluster);
    case 'peer':
      await cluster.stop();
      return await benchPeer(context);
  }
}

function printProfiles(): void {
  for (const [file, { busyPercent, parts, functions }] of readProfiles(profiles)) {
    console.log(`${file}: busy ${busyPercent.toFixed(0)}% of the time`);
    const rows = parts.map((part, index) => {
      const called = functions[index];
      return [part.what, `${part.percent.toFixed(1)}%`, called?.what ?? '', `${called?.percent.toFixed(1) ?? ''}%`];
    });
    printTable(['part', 'of the busy time', 'function', 'itself'], rows);
  }
}

async function main(): Promise<void> {
  if (isProfiled) process.env.UV_THREADPOOL_SIZE ??= '16';
  if (peer !== '' && peer !== 'kafka') throw new Error(`PEER must be kafka, not '${peer}'.`);
  mkdirSync(directory, { recursive: true });
  const startMs = performance.now();
  const say = (text: string): void => {
    console.log(`${((performance.now() - startMs) / 1000).toFixed(0).padStart(5)} s  ${text}`);
  };
  const report = new BenchReport(say);
  const trials = numberFrom('TRIALS', isQuick ? 3 : 20);
  const context: BenchContext = {
    report,
    say,
    failures: [],
    runs: numberFrom('RUNS', isQuick ? 1 : 5),
    seconds: numberFrom('RUN_SECONDS', isQuick ? 5 : 30),
    valueSizes: (process.env.SIZES || DEFAULT_SIZES).split(',').map(Number),
    trials,
    peerTrials: numberFrom('PEER_TRIALS', trials),
    directory,
    nodeArguments: isProfiled ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [],
  };
  const machine = describeMachine();
  const sync = measureSyncs(directory);
  say(`${machine.processor}, ${machine.cores} cores, ${machine.memoryGiB} GiB, Node ${machine.node}`);
  if (machine.load > 0.5) say(`Something else is using the processors (load ${machine.load.toFixed(1)}).`);
  report.add('disk', 'fdatasync of 4 KiB, p50', 'ms', [sync.p50]);
  report.add('disk', 'fdatasync of 4 KiB, p99', 'ms', [sync.p99]);
  const { failures } = context;
  for (const part of chosenParts()) {
    const cluster = await startVarve(context);
    try {
      await measure(part, context, cluster);
      await cluster.stop();
    } catch (error) {
      failures.push(`${part}: ${error instanceof Error ? error.message : String(error)}`);
    } finally {
      await cluster.close();
    }
  }
  addRatios(report);
  report.print();
  if (isProfiled) printProfiles();
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  const file = join(directory, `result-${process.pid}.json`);
  writeFileSync(
    file,
    `${JSON.stringify({ machine, sync, quick: isQuick, figures: report.figures, failures }, null, 2)}\n`,
  );
  console.log(`Written to ${file}.`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

await main();
