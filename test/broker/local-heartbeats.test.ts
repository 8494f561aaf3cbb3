import t from 'tap';
import { ControllerLink, HEARTBEAT } from '../../src/broker/controller-link.js';
import type { ServedHeartbeatStream } from '../../src/broker/controller-link.js';
import { localHeartbeats } from '../../src/broker/local-heartbeats.js';
import type { RpcClient, RpcStream } from '../../src/platform/transport.js';

/** The ends of one stream, and what each has heard. */
function pair() {
  const heard: string[] = [];
  let served: ServedHeartbeatStream | undefined;
  const broker = localHeartbeats((stream) => {
    served = stream;
    stream.onMessage((message) => heard.push(`controller: ${message.toString()}`));
    stream.onClose(() => heard.push('controller: closed'));
  });
  if (served === undefined) throw new Error('the stream is served at once');
  broker.onMessage((message) => heard.push(`broker: ${message.toString()}`));
  broker.onClose(() => heard.push('broker: closed'));
  return { heard, broker, controller: served };
}

const soon = (): Promise<void> => new Promise((resolve) => queueMicrotask(resolve));

t.test('messages go both ways, in order, and not from within the call', async (t) => {
  const { heard, broker, controller } = pair();
  broker.send(Buffer.from('1'));
  broker.send(Buffer.from('2'));
  controller.send(Buffer.from('3'));
  t.same(heard, []);
  await soon();
  t.same(heard, ['controller: 1', 'controller: 2', 'broker: 3']);
});

t.test('either side ends it once, after what it had sent', async (t) => {
  for (const end of ['broker', 'controller']) {
    const { heard, broker, controller } = pair();
    broker.send(Buffer.from('1'));
    if (end === 'broker') broker.cancel();
    else controller.end({ code: 'NOT_CONTROLLER', message: 'It is another.' });
    broker.cancel();
    t.same(heard, [], 'nobody is told from within the call');
    await soon();
    broker.send(Buffer.from('2'));
    await soon();
    t.same(heard, ['controller: 1', 'controller: closed', 'broker: closed']);
  }
});

t.test("heartbeats share Raft's connection to another node, and need none to this one", async (t) => {
  const opened: string[] = [];
  let leaderId: number | undefined;
  let hasConnection = true;
  const stream = {} as RpcStream;
  const link = new ControllerLink({
    nodeId: 1,
    raft: {
      get leaderId() {
        return leaderId;
      },
      openStream: (nodeId, method) => {
        if (!hasConnection) return undefined;
        opened.push(`raft ${nodeId} ${method}`);
        return stream;
      },
    },
    clientOf: (nodeId) =>
      ({
        stream: (method: string) => {
          opened.push(`client ${nodeId} ${method}`);
          return stream;
        },
      }) as RpcClient,
    serveOwnHeartbeats: () => opened.push('own'),
    timeoutMs: 1000,
  });
  t.equal(link.openHeartbeat(), undefined, 'while no controller is known');
  leaderId = 1;
  t.not(link.openHeartbeat(), undefined);
  leaderId = 2;
  t.equal(link.openHeartbeat(), stream);
  hasConnection = false;
  t.equal(link.openHeartbeat(), stream);
  t.same(opened, ['own', `raft 2 ${HEARTBEAT}`, `client 2 ${HEARTBEAT}`]);
});
