import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { Address, RpcClient, RpcStream, Transport } from '../../src/platform/transport.js';
import { RpcRaftTransport } from '../../src/raft/transport.js';
import { ManualClock } from '../replication/manual-clock.js';
import { streamPair } from '../replication/stream-pair.js';

type End = ReturnType<typeof streamPair>['client'];

/** Node 1 and its way to node 2, of which the test holds the other end. */
function node() {
  const clock = new ManualClock();
  const connections: { closed: boolean; readonly ends: End[] }[] = [];
  const reached: number[] = [];
  const connectRpc = (): RpcClient => {
    const connection: (typeof connections)[number] = { closed: false, ends: [] };
    connections.push(connection);
    return {
      unary: () => Promise.reject(new Error('not used')),
      stream: () => {
        const { client, server } = streamPair();
        server.onMessage(() => {});
        connection.ends.push(server);
        return client;
      },
      close: () => (connection.closed = true),
    };
  };
  const transport = new RpcRaftTransport({
    self: { nodeId: 1, directoryId: 'AAAAAAAAAAAAAAAAAAAAAQ' },
    transport: { connectRpc } as unknown as Transport,
    clock,
    events: {
      onMessage: (bytes) => !bytes.equals(Buffer.from('founding')),
      onRefused: () => {},
      onRejected: () => {},
      refusalOf: ({ directoryId }) =>
        directoryId === 'stranger' ? new VarveError('INVALID_REQUEST', 'node.id 2 is in use') : undefined,
      onOpened: () => {},
      onReached: (nodeId) => reached.push(nodeId),
    },
    maxQueuedBytes: 1_000_000,
    maxMessageBytes: 1_000_000,
  });
  const address: Address = { host: 'n2', port: 9093 };
  transport.setPeers(new Map([[2, address]]));
  /** Every 200 ms a message, for so long. */
  const send = async (forMs: number, wantsAnswer: boolean): Promise<void> => {
    for (let ms = 0; ms < forMs; ms += 200) {
      transport.send(2, Buffer.from('x'), wantsAnswer);
      await clock.advance(200);
    }
  };
  /** Node 2 opens a stream to node 1; gives its end. */
  const accept = (directoryId = 'own'): End => {
    const { client, server } = streamPair();
    const [handler] = Object.values(transport.handlers);
    const headers = { 'varve-node-id': '2', 'varve-directory-id': directoryId };
    handler?.(server as RpcStream, { headers } as never);
    return client;
  };
  return { clock, connections, reached, transport, send, accept };
}

t.test('a node that owes an answer for a second is tried by a new connection, and later and later again', async (t) => {
  const { connections, send, transport } = node();
  await send(1_000, true);
  t.equal(connections.length, 1);
  await send(400, true);
  t.equal(connections.length, 2, 'after a second');
  t.equal(connections[0]?.closed, true);
  await send(1_400, true);
  t.equal(connections.length, 2);
  await send(1_000, true);
  t.equal(connections.length, 3, 'after two more');
  await send(60_000, true);
  t.ok(connections.length >= 6 && connections.length <= 9, `${connections.length} in a minute`);
  t.equal(connections.filter(({ closed }) => !closed).length, 1);
  transport.close();
});

t.test('when a second process with the id of a node has gone, the first one hears again', async (t) => {
  const { accept, clock, transport } = node();
  transport.setPeers(new Map());
  const heard: string[] = [];
  const [first, second] = [accept(), accept('copy')];
  first.onMessage((bytes) => heard.push(`first: ${String(bytes)}`));
  second.onMessage((bytes) => heard.push(`second: ${String(bytes)}`));
  transport.send(2, Buffer.from('a'), false);
  await clock.advance(0);
  second.cancel();
  await clock.advance(0);
  transport.send(2, Buffer.from('b'), false);
  await clock.advance(0);
  t.same(heard, ['second: a', 'first: b']);
  transport.close();
});

t.test('one that answers, or is asked nothing, keeps its connection', async (t) => {
  const { clock, connections, send, accept, transport } = node();
  await send(10_000, false);
  t.equal(connections.length, 1, 'what wants no answer');
  const inbound = accept();
  for (let round = 0; round < 20; round++) {
    await send(600, true);
    inbound.send(Buffer.from('answer'));
    await clock.advance(0);
  }
  t.equal(connections.length, 1, 'answers on its own stream');
  await clock.advance(60_000);
  await send(600, true);
  t.equal(connections.length, 1, 'the time before it was asked does not count');
  connections[0]?.ends[0]?.send(Buffer.from('answer'));
  await clock.advance(0);
  await send(800, true);
  t.equal(connections.length, 1, 'answers on the stream to it');
  transport.close();
});

t.test('over a slow link, where each answer takes seconds, the connection is left alone in the end', async (t) => {
  const { clock, connections, send, accept, transport } = node();
  const inbound = accept();
  /** A renewal has the other side say its founding message anew, and the first heartbeat is answered at once. */
  const round = async (): Promise<void> => {
    const before = connections.length;
    await send(3_000, true);
    if (connections.length > before) {
      inbound.send(Buffer.from('founding'));
      await send(200, true);
    }
    inbound.send(Buffer.from('late'));
    await clock.advance(0);
  };
  for (let n = 0; n < 3; n++) await round();
  const before = connections.length;
  for (let n = 0; n < 40; n++) await round();
  t.equal(connections.length, before);
  inbound.send(Buffer.from('soon'));
  await send(200, true);
  inbound.send(Buffer.from('soon'));
  await clock.advance(0);
  await send(1_400, true);
  t.equal(connections.length, before + 1, 'once it has answered quickly, a second is long again');
  transport.close();
});

t.test('what says nothing of this node being heard is no answer', async (t) => {
  const { clock, connections, send, accept, transport } = node();
  const inbound = accept();
  for (let ms = 0; ms < 1_400; ms += 200) {
    await send(200, true);
    inbound.send(Buffer.from('founding'));
    await clock.advance(0);
  }
  t.equal(connections.length, 2);
  transport.close();
});

t.test('a large message has more time', async (t) => {
  const { clock, connections, send, transport } = node();
  transport.send(2, Buffer.alloc(8 * 1024 * 1024), true);
  await send(9_000, true);
  t.equal(connections.length, 1, '8 MiB: eight seconds more');
  await send(600, true);
  t.equal(connections.length, 2);
  await clock.advance(0);
  transport.close();
});

t.test(
  'a node that comes on a new stream while its old one stands was cut off, and so may be the way to it',
  async (t) => {
    const { clock, connections, reached, accept, transport } = node();
    accept();
    t.same(reached, []);
    await clock.advance(5_000);
    accept();
    t.same(reached, [2]);
    t.equal(connections.length, 2, 'a new connection');
    t.equal(connections[0]?.closed, true);
    accept();
    t.same(reached, [2, 2]);
    t.equal(connections.length, 2, 'one that is young has its chance: two nodes do not go on renewing by turns');
    transport.close();
  },
);

t.test('a second process with the node.id of one that answers is refused, and does not pass for it', async (t) => {
  const { clock, connections, reached, accept, transport } = node();
  accept();
  await clock.advance(5_000);
  const second = accept('stranger');
  t.match(second.other?.ended, { code: 'INVALID_REQUEST', message: 'node.id 2 is in use' });
  t.same(reached, [], 'the node itself was not cut off');
  t.equal(connections.length, 1, 'and its connection is left alone');
  transport.close();
});

t.test('a node whose old stream ended in order has merely begun anew', async (t) => {
  const { clock, connections, reached, accept, transport } = node();
  const old = accept();
  await clock.advance(5_000);
  old.cancel();
  await clock.advance(0);
  accept();
  t.same(reached, []);
  t.equal(connections.length, 1);
  transport.close();
});

t.test('a probe is a new connection, once a second at most', async (t) => {
  const { clock, connections, transport } = node();
  transport.probe(2);
  t.equal(connections.length, 1);
  await clock.advance(1_000);
  transport.probe(2);
  transport.probe(2);
  t.equal(connections.length, 2);
  transport.probe(3);
  transport.close();
  transport.probe(2);
  t.equal(connections.length, 2, 'none after the end');
});
