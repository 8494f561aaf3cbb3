import { spawn } from 'node:child_process';
import { defined } from '../../src/common/assert.js';
import { idleFigures } from './idle.js';
import { runClient } from './client-run.js';
import type { ClientResult, ClientTask } from './client-run.js';
import type { BenchContext } from './context.js';
import { KafkaCluster, installPeers, newerNode, peersDirectory } from './kafka-cluster.js';
import { residentMiB } from './machine.js';
import { ROLES } from './unavailability.js';
import type { Role } from './unavailability.js';

export const PEER_SECTION = 'Kafka';
/** What is compared with Varve's figure of the same. */
export const PEER_FIGURES = {
  start: 'from nothing, formatted, to the first acknowledged record',
  latency: (client: string, to: string, share: string): string => `${client}, 2,000 records/s, to the ${to}, ${share}`,
  silence: (signal: string, role: string): string => `longest silence after ${signal} of ${role}, kafkajs`,
};
export const PEER_CLIENTS = ['kafkajs', '@platformatic/kafka'] as const;
const KAFKAJS: readonly string[] = [process.execPath, 'scripts/bench/peers/kafkajs-client.mjs'];
const SHARES = ['p50', 'p99', 'p999'] as const;
const PARTITIONS = 6;
const BROKERS = [1, 2, 3];
const STEADY_MS = 2_000;
const SILENCE_SECONDS = 25;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What the other parts measure of Varve, of three Apache Kafka brokers with their defaults: they do not sync. A start or a
 * fail-over of Kafka takes ten seconds and more.
 */
export async function benchPeer(context: BenchContext): Promise<void> {
  const { report } = context;
  installPeers();
  process.env.VARVE_PEERS = peersDirectory();
  const { peerTrials: trials } = context;
  const starts: number[] = [];
  for (let trial = 0; trial < trials; trial++) starts.push(await start(context, trial));
  report.add(PEER_SECTION, PEER_FIGURES.start, 'ms', starts);
  const kafka = await KafkaCluster.start(context.directory);
  try {
    const { used } = await idleFigures(kafka.pids);
    context.report.add(PEER_SECTION, 'processor, idle, by broker', '% of a core', used);
    await latency(context, kafka, PEER_CLIENTS[0], KAFKAJS);
    const newer = [newerNode(), 'scripts/bench/peers/platformatic-client.mjs'];
    await latency(context, kafka, PEER_CLIENTS[1], newer);
    await silencesOf(context, kafka, trials);
    const resident = kafka.pids.map((pid) => residentMiB(pid ?? -1) ?? NaN);
    report.add(PEER_SECTION, 'resident, by broker', 'MiB', resident);
  } finally {
    await kafka.close();
  }
}

/** Formatting does not count. */
async function start(context: BenchContext, trial: number): Promise<number> {
  const kafka = await KafkaCluster.start(context.directory, { waits: false });
  try {
    const startMs = performance.now();
    await runClient(KAFKAJS, { do: 'first', bootstrap: kafka.bootstrap, topic: `first-${trial}`, partitions: 1 });
    return performance.now() - startMs;
  } finally {
    await kafka.close();
  }
}

async function latency(
  context: BenchContext,
  kafka: KafkaCluster,
  name: string,
  command: readonly string[],
): Promise<void> {
  const { bootstrap } = kafka;
  const runs: ClientResult[] = [];
  for (let run = 0; run < context.runs; run++) {
    const topic = `latency-${name.replace(/[^a-z]/g, '')}-${run}`;
    await runClient(KAFKAJS, { do: 'createTopic', bootstrap, topic, partitions: PARTITIONS });
    try {
      const task: ClientTask = { do: 'latency', bootstrap, topic, valueBytes: 100, seconds: context.seconds };
      runs.push(await runClient(command, task));
      await runClient(KAFKAJS, { do: 'deleteTopic', bootstrap, topic });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      context.failures.push(`peer: ${name}, latency, run ${run + 1}: ${reason}`);
      context.say(`${name}, latency: ${reason}`);
    }
  }
  for (const share of SHARES) {
    const acknowledged = runs.map((run) => run.acknowledged?.[share] ?? NaN);
    const consumed = runs.map((run) => run.consumed?.[share] ?? NaN);
    context.report.add(PEER_SECTION, PEER_FIGURES.latency(name, 'acknowledgement', share), 'ms', acknowledged);
    context.report.add(PEER_SECTION, PEER_FIGURES.latency(name, 'consumer', share), 'ms', consumed);
  }
}

/** SIGKILL and SIGSTOP of each role, as of Varve's nodes. */
async function silencesOf(context: BenchContext, kafka: KafkaCluster, trials: number): Promise<void> {
  for (const signal of ['SIGKILL', 'SIGSTOP'] as const) {
    for (const [role, name] of Object.entries(ROLES) as [Role, string][]) {
      const silences: number[] = [];
      for (let trial = 0; trial < trials; trial++) {
        const result = await silence(kafka, signal, role, `silence-${signal.toLowerCase()}-${role}-${trial}`);
        if (typeof result === 'number') silences.push(result);
        else context.failures.push(`peer: silence after ${signal} of ${name}, trial ${trial + 1}: ${result}`);
      }
      context.report.add(PEER_SECTION, PEER_FIGURES.silence(signal, name), 'ms', silences);
    }
  }
}

/**
 * One broker leads all partitions, the controller or another one; the one of the role dies or stands still. Milliseconds, or
 * why the client failed.
 */
async function silence(
  kafka: KafkaCluster,
  signal: 'SIGKILL' | 'SIGSTOP',
  role: Role,
  topic: string,
): Promise<number | string> {
  const { bootstrap } = kafka;
  const controller = kafka.controller();
  const others = BROKERS.filter((id) => id !== controller);
  const brokers = role === 'both' ? [controller, ...others] : [...others, controller];
  const victim = role === 'leader' ? defined(others[0], 'there are three brokers') : controller;
  const replicas = Array.from({ length: PARTITIONS }, () => brokers);
  await runClient(KAFKAJS, { do: 'createTopic', bootstrap, topic, replicas });
  const task: ClientTask = { do: 'silence', bootstrap, topic, partitions: PARTITIONS, seconds: SILENCE_SECONDS };
  const [program = '', ...args] = KAFKAJS;
  const child = spawn(program, [...args, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const sending = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      resolve();
    });
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await Promise.race([sending, ended]);
  await pause(STEADY_MS);
  if (signal === 'SIGKILL') await kafka.kill(victim);
  else kafka.pause(victim);
  await ended;
  if (signal === 'SIGKILL') await kafka.startAgain(victim);
  else kafka.resume(victim);
  await runClient(KAFKAJS, { do: 'deleteTopic', bootstrap, topic });
  const result = JSON.parse(output.trimEnd().split('\n').at(-1) ?? '{}') as Partial<ClientResult>;
  if (result.seconds !== undefined) return result.seconds * 1000;
  return errors.trimEnd().split('\n').at(-1) || `the client ended with ${child.exitCode}`;
}
