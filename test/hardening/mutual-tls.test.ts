import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import t from 'tap';
import type { Test } from 'tap';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { httpDoor } from '../../src/http/http-node-door.js';
import { Admin, Consumer, Producer, deserializers } from '../../src/index.js';
import type { TlsMaterial } from '../../src/client/index.js';
import { LocalCluster, until } from '../broker/local-cluster.js';

const pem = (name: string): string => readFileSync(`test/fixtures/tls/${name}`, 'utf8');
const pair = (name: string): { certificate: string; key: string } => ({
  certificate: pem(`${name}.pem`),
  key: pem(`${name}.key`),
});
const keystore = (name: string): string => pem(`${name}.pem`) + pem(`${name}.key`);
const oldCa = pem('ca.pem');
const newCa = pem('next-ca.pem');
const bothCas = oldCa + newCa;
const NODES = [1, 2, 3];

/** The files of each node's keys and of whom it trusts, exchanged as an operator would: one file at a time, at once. */
class Certificates {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  path(kind: 'keys' | 'trust', nodeId: number): string {
    return join(this.directory, `${kind}-${nodeId}.pem`);
  }

  async set(kind: 'keys' | 'trust', nodeId: number, text: string): Promise<void> {
    const path = this.path(kind, nodeId);
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  }
}

async function mutualTlsCluster(t: Test): Promise<{ cluster: LocalCluster; certificates: Certificates }> {
  const directory = await mkdtemp(join(tmpdir(), 'varve-tls-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  const certificates = new Certificates(directory);
  for (const id of NODES) {
    await certificates.set('keys', id, keystore('server'));
    await certificates.set('trust', id, oldCa);
  }
  const cluster = await LocalCluster.start(
    NODES.length,
    (id) => ({
      'listener.security.protocol.map': 'INTERNAL:SSL,GRPC:SSL,HTTP:SSL',
      'ssl.client.auth': 'required',
      'ssl.keystore.location': certificates.path('keys', id),
      'ssl.truststore.location': certificates.path('trust', id),
      'ssl.reload.interval.ms': '100',
    }),
    [grpcDoor, httpDoor],
  );
  t.teardown(() => cluster.close());
  return { cluster, certificates };
}

const LISTENERS = ['INTERNAL', 'GRPC', 'HTTP'] as const;
type Listener = (typeof LISTENERS)[number];

function bootstrapOf(cluster: LocalCluster): string[] {
  return NODES.map((id) => {
    const address = cluster.node(id).address('GRPC');
    return `${address?.host}:${address?.port}`;
  });
}

/** The issuer of the certificate that a listener shows to one who is let in; undefined for one who is turned away. */
function issuerSeenBy(material: TlsMaterial, port: number, listener: Listener): Promise<string | undefined> {
  const { certificate: cert, key, ca } = material;
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, cert, key, ca };
    if (listener === 'HTTP') {
      const asked = request({ ...options, path: '/livez', agent: false }, (answer) => {
        const { socket } = answer;
        resolve('getPeerX509Certificate' in socket ? String(peerOf(socket)) : undefined);
        answer.resume();
      });
      asked.on('error', () => resolve(undefined)).end();
      return;
    }
    // With TLS 1.3 the server judges a client after the client's own handshake is over; what it sends then (HTTP/2's
    // settings) tells that it let the client in.
    const socket = connect({ ...options, ALPNProtocols: ['h2'] });
    socket.on('data', () => {
      resolve(socket.getPeerX509Certificate()?.issuer);
      socket.destroy();
    });
    socket.on('error', () => resolve(undefined)).on('close', () => resolve(undefined));
  });
}

function peerOf(socket: object): string | undefined {
  const { getPeerX509Certificate } = socket as { getPeerX509Certificate(): { issuer: string } | undefined };
  return getPeerX509Certificate.call(socket)?.issuer;
}

async function untilAll(
  what: string,
  cluster: LocalCluster,
  ids: readonly number[],
  material: TlsMaterial,
  issuer: string | undefined,
): Promise<void> {
  for (const id of ids) {
    for (const listener of LISTENERS) {
      const port = cluster.node(id).address(listener)?.port ?? 0;
      const seen = async (): Promise<boolean> => (await issuerSeenBy(material, port, listener)) === issuer;
      await until(`${what}: ${listener} of node ${id}`, seen);
    }
  }
}

/** Sends numbered records, one after the other, until it is told to stop. */
class SteadyProducer {
  readonly sent: string[] = [];
  readonly producer: Producer;
  #stopped = false;
  readonly #done: Promise<void>;

  constructor(producer: Producer) {
    this.producer = producer;
    this.#done = this.#run();
    // A failure is told by `stop`.
    this.#done.catch(() => {});
  }

  /** Resolves once a record that was sent after this call is acknowledged. */
  async passes(): Promise<void> {
    const goal = this.sent.length + 2;
    await Promise.race([until('a record is acknowledged', () => this.sent.length >= goal), this.#done]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      const value = String(this.sent.length);
      await this.producer.send({ topic: 'events', partition: this.sent.length % 3, value });
      this.sent.push(value);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

async function restart(cluster: LocalCluster, nodeId: number): Promise<void> {
  await cluster.stopNode(nodeId);
  await cluster.startNode(nodeId);
  await cluster.ready();
}

t.test('every listener speaks mutual TLS, and a new authority takes over from the old under load', async (t) => {
  const { cluster, certificates } = await mutualTlsCluster(t);
  const OLD = 'CN=Varve test CA';
  const NEW = 'CN=Varve second test CA';
  let mine: TlsMaterial = { ca: oldCa, ...pair('client') };
  const client = { bootstrap: bootstrapOf(cluster), tls: { current: () => mine } };
  const admin = new Admin(client);
  t.teardown(() => admin.close());
  await admin.createTopic({ name: 'events', partitions: 3, replicationFactor: 3 });
  const steady = new SteadyProducer(new Producer({ ...client, acks: 'all' }));
  t.teardown(() => steady.producer.close());
  await untilAll('served under the old authority', cluster, NODES, mine, OLD);
  const early: TlsMaterial = { ca: bothCas, ...pair('next-client') };
  await untilAll('a certificate of the new one is not trusted yet', cluster, NODES, early, undefined);

  mine = { ca: bothCas, ...pair('client') };
  for (const id of NODES) await certificates.set('trust', id, bothCas);
  await untilAll('both authorities are trusted', cluster, NODES, early, OLD);
  await steady.passes();

  for (const id of NODES) {
    await certificates.set('keys', id, keystore('next-server'));
    await untilAll('it shows its new certificate', cluster, [id], mine, NEW);
    // All of its connections, to and from the others, are made anew while the authorities are mixed.
    if (id === 2) await restart(cluster, id);
    await steady.passes();
  }

  mine = { ca: newCa, ...pair('next-client') };
  for (const id of NODES) await certificates.set('trust', id, newCa);
  const late: TlsMaterial = { ca: bothCas, ...pair('client') };
  await untilAll('the old authority is not trusted any more', cluster, NODES, late, undefined);
  for (const id of NODES) {
    await restart(cluster, id);
    await steady.passes();
  }
  await untilAll('served under the new authority alone', cluster, NODES, mine, NEW);
  await steady.stop();

  await until('all replicas are in sync over the new connections', () => {
    const partitions = cluster.node(1).image.topicByName('events')?.partitions;
    return [0, 1, 2].every((partition) => partitions?.get(partition)?.isr.length === 3);
  });
  const consumer = new Consumer({
    bootstrap: bootstrapOf(cluster),
    tls: client.tls,
    valueDeserializer: deserializers.string,
  });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: 'events' }]);
  const read: string[] = [];
  for await (const record of consumer) {
    read.push(record.value ?? '');
    if (read.length === steady.sent.length) break;
  }
  const byNumber = (left: string, right: string): number => Number(left) - Number(right);
  t.same(read.sort(byNumber), steady.sent, 'everything acknowledged was read, once');
  t.same(cluster.failures, []);
});

t.test('a client without a certificate, or with one of nobody trusted, is told so', async (t) => {
  const { cluster } = await mutualTlsCluster(t);
  const bootstrap = bootstrapOf(cluster);
  for (const [material, what] of [
    [{ ca: oldCa }, 'without a certificate'],
    [{ ca: oldCa, ...pair('stranger') }, 'with a certificate of nobody known'],
  ] as const) {
    const client = { bootstrap, tls: { current: () => material }, requestTimeoutMs: 1_500 };
    const admin = new Admin(client);
    const producer = new Producer({ ...client, maxBlockMs: 1_500 });
    await t.rejects(admin.listTopics(), { code: 'NETWORK_EXCEPTION', message: /certificate/ }, `admin ${what}`);
    const sending = producer.send({ topic: 'events', value: 'x' });
    await t.rejects(sending, { code: 'REQUEST_TIMED_OUT', message: /certificate/ }, `producer ${what}`);
    await Promise.all([admin.close(), producer.close()]);
  }
  t.equal(cluster.node(1).image.topicByName('events'), undefined, 'nothing came of it');
});
