import { execFileSync, spawn } from 'node:child_process';
import t from 'tap';
import { CLIENTS } from '../../scripts/chaos/network/chaos-network.js';
import type { NetworkFault } from '../../scripts/chaos/network/chaos-network.js';
import { NamespaceNetwork, Namespaces } from '../../scripts/chaos/network/namespaces.js';
import { mayMakeNamespaces } from './namespace-rights.js';

const PORTS = [1, 2].map((nodeId) => ({ nodeId, internal: 7_001, grpc: 7_002, http: 7_003 }));
const FAULT: NetworkFault = { kind: 'cut', from: CLIENTS, to: 1, latencyMs: 0, bytesPerSecond: 0 };

t.test('hosts in namespaces: cuts lose packets, and nothing stays behind', async (t) => {
  if (!mayMakeNamespaces()) {
    t.throws(
      () => Namespaces.create([1, 2], process.pid),
      /^Network namespaces cannot be made here: .*use NETWORK=proxies\.$/s,
    );
    return;
  }
  const namespaces = Namespaces.create([1, 2], process.pid);
  t.teardown(() => namespaces.close());
  const network = await NamespaceNetwork.open(namespaces);
  const attachments = await network.attach(PORTS);
  for (const { prefix, host } of attachments.values()) await listen([...prefix], host);
  const address = (nodeId: number): string => attachments.get(nodeId)?.clientAddress ?? '';
  const ask = (from: number, nodeId: number): string => asked(namespaces.of(from), address(nodeId));
  const all = (): string[] => [ask(CLIENTS, 1), ask(CLIENTS, 2), ask(1, 2), ask(2, 1)];

  t.strictSame(all(), ['answered', 'answered', 'answered', 'answered']);
  network.strike(FAULT);
  t.strictSame(all(), ['silent', 'answered', 'answered', 'answered'], 'a pair is cut');
  network.heal();
  network.strike({ ...FAULT, kind: 'oneWay', from: 2, to: 1 });
  t.strictSame(all(), ['answered', 'answered', 'silent', 'silent'], 'no connection without answers');
  network.heal();
  network.strike({ ...FAULT, kind: 'clog', from: 2 });
  t.strictSame([ask(CLIENTS, 1), ask(CLIENTS, 2)], ['answered', 'silent'], 'a host is unplugged');
  network.heal();
  network.strike({ ...FAULT, kind: 'clog', from: CLIENTS });
  t.strictSame([ask(CLIENTS, 1), ask(CLIENTS, 2), ask(1, 2)], ['silent', 'silent', 'answered']);
  network.heal();
  t.strictSame(all(), ['answered', 'answered', 'answered', 'answered']);
  t.throws(() => network.strike({ ...FAULT, kind: 'slow' }), /no fault 'slow'/);
  if (network.kinds.includes('reset')) {
    const held = [hold(namespaces.of(1), address(2)), hold(namespaces.of(2), address(1))] as const;
    await Promise.all(held.map(({ connected }) => connected));
    network.strike({ ...FAULT, kind: 'reset', from: 2, to: 1 });
    t.strictSame(await Promise.all(held.map(({ end }) => end)), ['ECONNRESET', 'ECONNABORTED'], 'both directions');
    t.strictSame(all(), ['answered', 'answered', 'answered', 'answered'], 'what comes after it is free');
  }

  t.equal(await namespaces.runClients([process.execPath, '-e', 'process.exit(7)'], {}), 7);
  namespaces.close();
  const left = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  t.notOk(namespaces.names.some((name) => left.includes(name)));
});

/** A server that answers, in a namespace; ends with it. */
async function listen(prefix: string[], host: string): Promise<void> {
  // Who says nothing at once is held.
  const program = `require('node:net').createServer((s) => s.on('error', () => {}).once('data', (d) => {
      if (String(d) === 'hold') s.write('held'); else s.end('answered');
    }))
    .listen(7002, '${host}', () => console.log('listens'));`;
  const [command = '', ...args] = [...prefix, process.execPath, '-e', program];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdout.destroy();
  child.unref();
}

/** A connection that stays; `end` is the error that it ends with. */
function hold(namespace: string, address: string): { connected: Promise<void>; end: Promise<string> } {
  const program = `
    const [host, port] = '${address}'.split(':');
    const socket = require('node:net').connect(Number(port), host, () => socket.write('hold'));
    socket.once('data', () => console.log('held')).on('error', ({ code }) => { console.log(code); process.exit(); });
    setTimeout(() => { console.log('nothing'); process.exit(); }, 10_000);`;
  const child = spawn('ip', ['netns', 'exec', namespace, process.execPath, '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const connected = new Promise<void>((resolve) => {
    child.stdout.on('data', (bytes: Buffer) => {
      text += bytes.toString();
      resolve();
    });
  });
  const end = new Promise<string>((resolve) =>
    child.once('close', () => resolve(text.trim().split('\n').at(-1) ?? '')),
  );
  return { connected, end };
}

/** What someone in a namespace hears from an address within a second. */
function asked(namespace: string, address: string): string {
  const program = `
    const [host, port] = '${address}'.split(':');
    const socket = require('node:net').connect(Number(port), host, () => socket.write('ask'));
    let text = '';
    const end = () => { process.stdout.write(text || 'silent'); process.exit(); };
    socket.on('data', (bytes) => (text += bytes)).on('end', end).on('error', end);
    setTimeout(end, 1_000);`;
  return execFileSync('ip', ['netns', 'exec', namespace, process.execPath, '-e', program], { encoding: 'utf8' });
}
