import { spawn, spawnSync } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defined } from '../../src/common/assert.js';
import { freePorts } from '../cluster/free-ports.js';

/** Three Apache Kafka brokers, and the two clients that a Node team would use with them, in a folder outside the project. */

const KAFKA = 'org.apache.kafka:kafka_2.13:4.3.1';
/** It tells who the active controller is. */
const TOOLS = 'org.apache.kafka:kafka-tools:4.3.1';
const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.varve</groupId><artifactId>bench-peers</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency>${coordinates(KAFKA)}</dependency>
    <dependency>${coordinates(TOOLS)}</dependency>
    <dependency>${coordinates('org.slf4j:slf4j-nop:1.7.36')}</dependency>
  </dependencies>
</project>
`;
const BROKERS = 3;
const START_TIMEOUT_MS = 90_000;
/** The same for each broker as Kafka's own start script gives. */
const HEAP = ['-Xmx1g', '-Xms1g', '-XX:+UseG1GC'];

function coordinates(text: string): string {
  const [group, artifact, version] = text.split(':');
  return `<groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version>`;
}

export function peersDirectory(): string {
  return process.env.VARVE_PEERS ?? join(homedir(), '.cache', 'varve-peers');
}

/** Fetches what is missing: Kafka's jars with Maven, the clients and a newer Node with npm. */
export function installPeers(): void {
  const kafka = join(peersDirectory(), 'kafka');
  if (!existsSync(join(kafka, 'libs', 'kafka-tools-4.3.1.jar'))) {
    mkdirSync(kafka, { recursive: true });
    writeFileSync(join(kafka, 'pom.xml'), POM);
    run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=libs', '-DincludeScope=runtime'], kafka);
  }
  const clients = join(peersDirectory(), 'clients');
  if (!existsSync(newerNode())) {
    mkdirSync(clients, { recursive: true });
    cpSync('scripts/bench/peers/package.json', join(clients, 'package.json'));
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], clients);
  }
}

/** The newer Node, which @platformatic/kafka wants: of the packages npm installs the one of this platform. */
export function newerNode(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = platform === 'darwin-arm64' ? `node-bin-${platform}` : `node-${platform}`;
  return join(peersDirectory(), 'clients', 'node_modules', name, 'bin', 'node');
}

/** Gives what it prints. */
function run(program: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (error !== undefined)
    throw new Error(`${program} cannot be run: ${error.message}. Install it, or leave out PEER.`);
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${status}.\n${stderr}`);
  return stdout;
}

interface Broker {
  child: ReturnType<typeof spawn>;
  readonly port: number;
  readonly start: () => ReturnType<typeof spawn>;
}

/** Kafka in KRaft mode with its defaults: it does not sync, as most people run it. */
export class KafkaCluster {
  readonly directory: string;
  readonly bootstrap: readonly string[];
  readonly #brokers: readonly Broker[];

  private constructor(directory: string, brokers: readonly Broker[]) {
    this.directory = directory;
    this.#brokers = brokers;
    this.bootstrap = brokers.map(({ port }) => `127.0.0.1:${port}`);
  }

  /** `waits` false: gives the cluster as soon as its processes are started. */
  static async start(parentDirectory: string, options: { readonly waits?: boolean } = {}): Promise<KafkaCluster> {
    const directory = mkdtempSync(join(parentDirectory, 'kafka-'));
    const ports = await freePorts(BROKERS * 2);
    const controller = (index: number): number => defined(ports[index], 'each broker has two ports');
    const voters = Array.from({ length: BROKERS }, (_, index) => `${index + 1}@127.0.0.1:${controller(index)}`);
    const brokers: Broker[] = [];
    for (let index = 0; index < BROKERS; index++) {
      const port = defined(ports[BROKERS + index], 'each broker has two ports');
      const file = join(directory, `${index + 1}.properties`);
      writeFileSync(file, brokerProperties(index + 1, port, controller(index), voters.join(','), directory));
      java(['kafka.tools.StorageTool', 'format', '-t', 'dmFydmUtYmVuY2gta2Fma2E', '-c', file]);
      const start = (): ReturnType<typeof spawn> => {
        const log = openSync(join(directory, `${index + 1}.log`), 'a');
        const args = [...HEAP, '-cp', classPath(), 'kafka.Kafka', file];
        const child = spawn('java', args, { stdio: ['ignore', log, log] });
        closeSync(log);
        return child;
      };
      brokers.push({ child: start(), port, start });
    }
    const cluster = new KafkaCluster(directory, brokers);
    try {
      if (options.waits !== false) await Promise.all(brokers.map((broker) => listening(broker)));
      return cluster;
    } catch (error) {
      await cluster.close();
      throw error;
    }
  }

  get pids(): readonly (number | undefined)[] {
    return this.#brokers.map(({ child }) => child.pid);
  }

  /** SIGKILL; resolves when the process of broker `id` (1, 2 or 3) is gone. */
  async kill(id: number): Promise<void> {
    const { child } = this.#broker(id);
    const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await exit;
  }

  /** SIGSTOP: it answers nothing, and its connections stay open. */
  pause(id: number): void {
    this.#broker(id).child.kill('SIGSTOP');
  }

  resume(id: number): void {
    this.#broker(id).child.kill('SIGCONT');
  }

  /** The broker that is the active controller. */
  controller(): number {
    const tool = 'org.apache.kafka.tools.MetadataQuorumCommand';
    const told = java([tool, '--bootstrap-server', this.bootstrap.join(), 'describe', '--status']);
    const [, id] = /^LeaderId:\s+(\d+)$/m.exec(told) ?? [];
    if (id === undefined) throw new Error(`Kafka does not tell who its controller is:\n${told}`);
    return Number(id);
  }

  async startAgain(id: number): Promise<void> {
    const broker = this.#broker(id);
    broker.child = broker.start();
    await listening(broker);
  }

  #broker(id: number): Broker {
    return defined(this.#brokers[id - 1], 'there are three brokers');
  }

  async close(): Promise<void> {
    const ended = this.#brokers.map(({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
      const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.kill('SIGKILL');
      return exit;
    });
    await Promise.all(ended);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

function brokerProperties(id: number, port: number, controllerPort: number, voters: string, directory: string): string {
  return [
    `node.id=${id}`,
    'process.roles=broker,controller',
    `controller.quorum.voters=${voters}`,
    `listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names=CONTROLLER',
    'listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${join(directory, `data-${id}`)}`,
    'offsets.topic.replication.factor=3',
    'offsets.topic.num.partitions=1',
    'group.initial.rebalance.delay.ms=0',
    'min.insync.replicas=2',
    'auto.create.topics.enable=false',
    '',
  ].join('\n');
}

function classPath(): string {
  return join(peersDirectory(), 'kafka', 'libs', '*');
}

function java(args: readonly string[]): string {
  return run('java', ['-cp', classPath(), ...args], '.');
}

async function listening({ child, port }: Broker): Promise<void> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`A Kafka broker ended with ${child.exitCode}.`);
    if (performance.now() > deadlineMs) throw new Error(`A Kafka broker did not listen in ${START_TIMEOUT_MS} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
