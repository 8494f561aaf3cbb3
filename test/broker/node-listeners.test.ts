import t from 'tap';
import type { BrokerApi } from '../../src/broker/broker-api.js';
import type { NodeDoor, NodeHealth } from '../../src/broker/node-door.js';
import { NodeListeners } from '../../src/broker/node-listeners.js';
import { NodePeers } from '../../src/broker/node-peers.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { parseBrokerConfig } from '../../src/metadata/configs/parse.js';
import type { Platform } from '../../src/platform/platform.js';
import type { RpcConnectOptions, RpcServeOptions, TlsSource, Transport } from '../../src/platform/transport.js';
import type { Raft } from '../../src/raft/api.js';

type Warning = readonly [fields: Record<string, unknown>, message: string];

t.test('nodes take whole messages of the quorum from each other, however little clients may send', async (t) => {
  for (const [socketRequestMaxBytes, least] of [
    [1024, 16 * 1024 * 1024],
    [100 * 1024 * 1024, 100 * 1024 * 1024],
  ] as const) {
    const taken: number[] = [];
    const note = ({ maxMessageBytes }: { readonly maxMessageBytes: number }): void => void taken.push(maxMessageBytes);
    const transport = {
      serveRpc: async (options: RpcServeOptions) => {
        note(options);
        return { address: { host: options.host, port: options.port }, close: async () => {} };
      },
      connectRpc: (options: RpcConnectOptions) => {
        note(options);
        return { close: () => {} };
      },
    } as unknown as Transport;
    const settings = {
      'node.id': '1',
      listeners: 'INTERNAL://127.0.0.1:9093',
      'controller.quorum.voters': '1@127.0.0.1:9093,2@127.0.0.1:9193',
      'socket.request.max.bytes': String(socketRequestMaxBytes),
    };
    const config = parseBrokerConfig(new Map(Object.entries(settings)));
    await new NodeListeners(config, { transport } as Platform, undefined).openInternal({ unary: {}, streams: {} });
    const peers = new NodePeers({
      nodeId: 1,
      config,
      transport,
      tls: undefined,
      raft: {} as Raft,
      image: () => MetadataImage.EMPTY,
      ownAddress: () => undefined,
    });
    peers.control.client(2);
    peers.close();
    t.equal(taken.length, 2);
    t.ok(Math.min(...taken) > least, `${taken.join()} bytes, with ${socketRequestMaxBytes} for clients`);
  }
});

/** Opens the listeners of these settings, bound by nobody; gives the warnings. */
async function warningsOf(listeners: string, settings: Record<string, string> = {}): Promise<Warning[]> {
  const warnings: Warning[] = [];
  const running = (host: string, port: number) => ({ address: { host, port }, close: async () => {} });
  const platform = {
    logger: { warn: (...warning: Warning) => void warnings.push(warning) },
    transport: { serveRpc: async ({ host, port }: RpcServeOptions) => running(host, port) },
  };
  const doors = (['GRPC', 'HTTP'] as const).map((listener): NodeDoor => ({
    listener,
    open: async ({ host, port }) => running(host, port),
  }));
  const config = parseBrokerConfig(new Map(Object.entries({ 'node.id': '1', listeners, ...settings })));
  const opened = new NodeListeners(config, platform as unknown as Platform, {} as TlsSource);
  await opened.openInternal({ unary: {}, streams: {} });
  await opened.openDoors(doors, {} as BrokerApi, {} as NodeHealth);
  return warnings;
}

t.test('listeners without TLS beyond this machine are announced in one warning', async (t) => {
  const beyond = await warningsOf('INTERNAL://127.0.0.1:9093,GRPC://10.1.2.3:9094,HTTP://10.1.2.4:9095');
  t.same(beyond, [
    [
      { listeners: ['GRPC://10.1.2.3:9094', 'HTTP://10.1.2.4:9095'] },
      'Listeners without TLS or authentication are open beyond this machine: anyone who reaches them can read and write. ' +
        'Set listener.security.protocol.map to SSL for them, or listen at 127.0.0.1.',
    ],
  ]);
  const told = { 'advertised.listeners': 'INTERNAL://a.example:9093,GRPC://a.example:9094' };
  const everywhere = await warningsOf('INTERNAL://:9093,GRPC://[::]:9094', told);
  t.match(everywhere, [[{ listeners: { length: 2 } }, /./]]);
  t.equal(everywhere.length, 1);
});

t.test('loopback and TLS are no reason to warn', async (t) => {
  t.same(await warningsOf('INTERNAL://127.0.0.1:9093,GRPC://localhost:9094,HTTP://[::1]:9095'), []);
  t.same(await warningsOf('INTERNAL://127.0.0.1:9093,GRPC://127.8.8.8:9094'), []);
  const tls = { 'listener.security.protocol.map': 'INTERNAL:SSL,GRPC:SSL', 'ssl.keystore.location': 'node.pem' };
  t.same(await warningsOf('INTERNAL://10.1.2.3:9093,GRPC://10.1.2.3:9094', tls), []);
  const half = await warningsOf('INTERNAL://10.1.2.3:9093,GRPC://10.1.2.3:9094,HTTP://10.1.2.4:9095', tls);
  t.match(half, [[{ listeners: ['HTTP://10.1.2.4:9095'] }, /can read the metrics\./]]);
});
