import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import t from 'tap';
import type { Test } from 'tap';
import { CLIENTS } from '../../scripts/chaos/network/chaos-network.js';
import type { NetworkFault } from '../../scripts/chaos/network/chaos-network.js';
import { ProxyNetwork } from '../../scripts/chaos/network/proxies.js';
import type { NodeAttachment } from '../../scripts/cluster/attachment.js';
import { freePorts } from '../../scripts/cluster/free-ports.js';

const TIMEOUT_MS = 10_000;
const MARK = 'first';
const FAULT: NetworkFault = { kind: 'cut', from: CLIENTS, to: 1, latencyMs: 0, bytesPerSecond: 0 };

async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + TIMEOUT_MS;
  while (!(await isTrue())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** One end of a connection, and what came to it. */
class End {
  readonly socket: Socket;
  text = '';
  hasEnded = false;
  error: string | undefined;
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => (this.text += bytes.toString()));
    socket.once('end', () => (this.hasEnded = true));
    socket.on('error', (error: NodeJS.ErrnoException) => (this.error = error.code));
    socket.once('close', () => (this.isClosed = true));
  }
}

/** A server in place of node 1's GRPC listener. */
class Fixture {
  readonly network = new ProxyNetwork();
  readonly taken: End[] = [];
  readonly #ends: End[] = [];
  readonly #attachments: ReadonlyMap<number, NodeAttachment>;
  readonly #port: number;
  readonly #served: End[] = [];
  #server: Server | undefined;

  private constructor(port: number, network: ProxyNetwork, attachments: ReadonlyMap<number, NodeAttachment>) {
    this.#port = port;
    this.network = network;
    this.#attachments = attachments;
  }

  static async open(t: Test): Promise<Fixture> {
    const [internal = 0, grpc = 0, http = 0] = await freePorts(3);
    const network = new ProxyNetwork();
    const fixture = new Fixture(grpc, network, await network.attach([{ nodeId: 1, internal, grpc, http }]));
    t.teardown(() => fixture.close());
    await fixture.startNode();
    return fixture;
  }

  async startNode(): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const end = new End(socket);
      this.taken.push(end);
      this.#served.push(end);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.network.nodeStarts(1);
    await until('the way to open', () => this.#accepts());
    // The probes that looked for the node.
    await until('the probes to end', () => this.taken.every((end) => end.isClosed || end.hasEnded));
    this.taken.length = 0;
  }

  endNode(): void {
    this.network.nodeEnds(1);
    this.#server?.close();
    for (const end of this.#served) end.socket.resetAndDestroy();
  }

  connect(): End {
    const [host, port] = (this.#attachments.get(1)?.clientAddress ?? '').split(':');
    const end = new End(connect({ host: host ?? '', port: Number(port), allowHalfOpen: true }));
    this.#ends.push(end);
    return end;
  }

  /** Two ends that are known for those of one connection by what has come through it: a probe may be taken as late. */
  async pair(): Promise<[End, End]> {
    const near = this.connect();
    near.socket.write(MARK);
    const find = (): End | undefined => this.taken.find((end) => end.text === MARK);
    await until('the connection', () => find() !== undefined);
    const far = find();
    if (far === undefined) throw new Error('nothing was taken');
    this.taken.length = 0;
    far.text = '';
    this.#ends.push(far);
    return [near, far];
  }

  async #accepts(): Promise<boolean> {
    const end = this.connect();
    await until('an answer', () => end.isClosed || !end.socket.connecting);
    const isAccepted = end.error === undefined;
    end.socket.destroy();
    return isAccepted;
  }

  close(): void {
    this.endNode();
    for (const end of this.#ends) end.socket.destroy();
    this.network.close();
  }
}

t.test('what one side sends comes to the other, and so does its end', async (t) => {
  const fixture = await Fixture.open(t);
  const [near, far] = await fixture.pair();
  near.socket.write('there');
  far.socket.write('back');
  await until('both texts', () => near.text === 'back' && far.text === 'there');
  near.socket.end();
  await until('the end', () => far.hasEnded);
  t.notOk(near.hasEnded, 'one direction ends alone');
  far.socket.end('more');
  await until('the rest', () => near.hasEnded && near.text === 'backmore');
});

t.test('behind a cut nothing arrives, no death either, and all of it in order afterwards', async (t) => {
  const fixture = await Fixture.open(t);
  const [near, far] = await fixture.pair();
  fixture.network.strike(FAULT);
  near.socket.write('a');
  far.socket.write('b');
  const late = fixture.connect();
  await until('a connection that nobody answers', () => !late.socket.connecting);
  late.socket.write('c');
  fixture.endNode();
  const later = fixture.connect();
  await until('no refusal either', () => !later.socket.connecting);
  t.strictSame([near.text, near.isClosed, later.error], ['', false, undefined]);
  fixture.network.heal();
  await until('the death', () => near.hasEnded && late.isClosed && later.isClosed);
  t.equal(near.text, 'b');
  const refused = fixture.connect();
  await until('the refusal', () => refused.isClosed);
  t.equal(refused.error, 'ECONNREFUSED');
  await fixture.startNode();
  t.pass('and the way opens again when the node does');
});

t.test('a one-way cut holds one direction alone', async (t) => {
  const fixture = await Fixture.open(t);
  const [near, far] = await fixture.pair();
  fixture.network.strike({ ...FAULT, kind: 'oneWay', from: 1, to: CLIENTS });
  far.socket.write('back');
  near.socket.write('there');
  await until('the direction that is free', () => far.text === 'there');
  t.equal(near.text, '');
  fixture.network.heal();
  await until('the other', () => near.text === 'back');
});

t.test('a clog holds all that one host sends and gets', async (t) => {
  const fixture = await Fixture.open(t);
  const [near, far] = await fixture.pair();
  fixture.network.strike({ ...FAULT, kind: 'clog', from: 1 });
  near.socket.write('there');
  far.socket.write('back');
  const other = fixture.connect();
  await until('a connection that nobody answers', () => !other.socket.connecting);
  t.strictSame([near.text, far.text, fixture.taken.length], ['', '', 0]);
  fixture.network.heal();
  await until('everything', () => near.text === 'back' && far.text === 'there' && fixture.taken.length === 1);
});

t.test('latency and a slow line delay, keep the order, and end with the fault', async (t) => {
  const fixture = await Fixture.open(t);
  const [near, far] = await fixture.pair();
  fixture.network.strike({ ...FAULT, kind: 'latency', latencyMs: 60 });
  let sentMs = performance.now();
  for (const letter of 'abc') near.socket.write(letter);
  await until('the text', () => far.text === 'abc');
  t.ok(performance.now() - sentMs >= 59, 'no sooner than the latency');
  fixture.network.strike({ ...FAULT, kind: 'slow', bytesPerSecond: 100_000 });
  sentMs = performance.now();
  near.socket.write('d'.repeat(10_000));
  await until('the long text', () => far.text.length === 10_003);
  t.ok(performance.now() - sentMs >= 99, 'no sooner than the rate allows');
  fixture.network.strike({ ...FAULT, kind: 'slow', bytesPerSecond: 1 });
  near.socket.write('e'.repeat(20_000_000));
  near.socket.end();
  await until('the buffers on the way to be full', () => near.socket.writableLength > 0);
  fixture.network.heal();
  await until('the rest', () => far.hasEnded);
  t.equal(far.text.length, 20_010_003);
});

t.test('a reset breaks a connection for both, and what follows is free', async (t) => {
  const fixture = await Fixture.open(t);
  const [near, far] = await fixture.pair();
  fixture.network.strike({ ...FAULT, kind: 'reset' });
  await until('both to learn of it', () => near.isClosed && far.isClosed);
  t.strictSame([near.error, far.error], ['ECONNRESET', 'ECONNRESET']);
  const [again, other] = await fixture.pair();
  again.socket.write('again');
  await until('the text', () => other.text === 'again');
});

t.test('each node has a way of its own to each other one', async (t) => {
  const found = await freePorts(6);
  // The probe that looks for it breaks off.
  const server = createServer((socket) => socket.on('error', () => {}).end('served'));
  const port = found[3] ?? 0;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const network = new ProxyNetwork();
  t.teardown(() => network.close());
  const [internal = 0, grpc = 0, http = 0] = found;
  const attachments = await network.attach([
    { nodeId: 1, internal, grpc, http },
    { nodeId: 2, internal: port, grpc: found[4] ?? 0, http: found[5] ?? 0 },
  ]);
  network.nodeStarts(2);
  const attachment = attachments.get(1);
  // As grpc-js does it: the options of one object, used for every connection.
  const program = `
    const options = { host: '127.0.0.1', port: ${port} };
    const once = () => new Promise((resolve) => {
      const socket = require('node:net').connect(options, () => socket.setNoDelay());
      let text = '';
      socket.on('data', (bytes) => (text += bytes)).on('error', (error) => (text = error.code));
      socket.on('close', () => resolve(socket.remotePort ?? text));
      socket.on('connect', () => console.log(socket.remotePort !== options.port));
    });
    (async () => { await once(); await once(); console.log(options.port); })();`;
  await until('the way to open', async () => (await output(attachment, program)) !== `${port}\n`);
  t.equal(await output(attachment, program), `true\ntrue\n${port}\n`);
  network.strike({ ...FAULT, kind: 'cut', from: 2, to: CLIENTS });
  t.equal(await output(attachment, program), `true\ntrue\n${port}\n`, 'another pair is not concerned');
});

async function output(attachment: NodeAttachment | undefined, program: string): Promise<string> {
  const child = spawn(process.execPath, [...(attachment?.nodeArguments ?? []), '-e', program], {
    env: { ...process.env, ...attachment?.env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (bytes: Buffer) => (text += bytes.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  return text;
}
