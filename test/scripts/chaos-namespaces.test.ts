import { execFileSync, spawn } from 'node:child_process';
import t from 'tap';
import { CLIENTS } from '../../scripts/chaos/network/chaos-network.js';
import type { NetworkFault } from '../../scripts/chaos/network/chaos-network.js';
import { NamespaceNetwork, Namespaces } from '../../scripts/chaos/network/namespaces.js';

const PORTS = [1, 2].map((nodeId) => ({ nodeId, internal: 7_001, grpc: 7_002, http: 7_003 }));
const FAULT: NetworkFault = { kind: 'cut', from: CLIENTS, to: 1, latencyMs: 0, bytesPerSecond: 0 };

/** The sentence of the refusal, where this user may not make namespaces. */
function create(): Namespaces | string {
  try {
    return Namespaces.create([1, 2], process.pid);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

t.test('hosts in namespaces: cuts lose packets, and nothing stays behind', async (t) => {
  const namespaces = create();
  if (typeof namespaces === 'string') {
    t.match(namespaces, /^Network namespaces cannot be made here: .*use NETWORK=proxies\.$/s);
    return;
  }
  t.teardown(() => namespaces.close());
  const network = new NamespaceNetwork(namespaces);
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

  t.equal(await namespaces.runClients([process.execPath, '-e', 'process.exit(7)'], {}), 7);
  namespaces.close();
  const left = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' });
  t.notOk(namespaces.names.some((name) => left.includes(name)));
});

/** A server that answers, in a namespace; ends with it. */
async function listen(prefix: string[], host: string): Promise<void> {
  const program = `require('node:net').createServer((s) => s.on('error', () => {}).end('answered'))
    .listen(7002, '${host}', () => console.log('listens'));`;
  const [command = '', ...args] = [...prefix, process.execPath, '-e', program];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  child.stdout.destroy();
  child.unref();
}

/** What someone in a namespace hears from an address within a second. */
function asked(namespace: string, address: string): string {
  const program = `
    const [host, port] = '${address}'.split(':');
    const socket = require('node:net').connect(Number(port), host);
    let text = '';
    const end = () => { process.stdout.write(text || 'silent'); process.exit(); };
    socket.on('data', (bytes) => (text += bytes)).on('end', end).on('error', end);
    setTimeout(end, 1_000);`;
  return execFileSync('ip', ['netns', 'exec', namespace, process.execPath, '-e', program], { encoding: 'utf8' });
}
