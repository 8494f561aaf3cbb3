import t from 'tap';
import { Cluster } from '../../src/client/cluster.js';
import type { ClientPlatform } from '../../src/client/platform.js';
import { realClientPlatform } from '../../src/client/platform.js';
import { TransportError } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from '../grpc/fake-broker.js';

/** The real platform; the node at `port` takes calls and never answers. */
function hanging(port: number, asked: string[]): ClientPlatform {
  const platform = realClientPlatform();
  const { transport } = platform;
  const connectRpc: typeof transport.connectRpc = (options) => {
    const client = transport.connectRpc(options);
    if (options.port !== port) return client;
    return {
      stream: (method, streamOptions) => client.stream(method, streamOptions),
      close: () => client.close(),
      unary: (method, _request, { timeoutMs }) => {
        asked.push(method);
        return new Promise((_resolve, reject) => {
          platform.clock.after(timeoutMs, () => reject(new TransportError('timeout', 'No answer.')));
        });
      },
    };
  };
  return { ...platform, transport: { ...transport, connectRpc } as typeof transport };
}

t.test('a node that hangs costs one attempt; the next one is asked, and asked first from then on', async (t) => {
  const nodes = await FakeCluster.start(2);
  nodes.createTopic('log', 1);
  const asked: string[] = [];
  const port = Number(nodes.node(0).address.split(':')[1]);
  const cluster = new Cluster({ bootstrap: nodes.bootstrap, platform: hanging(port, asked) });
  t.teardown(async () => {
    cluster.close();
    await nodes.close();
  });
  cluster.refresh();
  await until('the other node has told of the cluster', () => cluster.clusterId === 'fake');
  t.equal(asked.length, 1);
  const { MetadataRequest, MetadataResponse } = varve.v1;
  const startedMs = performance.now();
  await cluster.call('/varve.v1.Varve/Metadata', MetadataRequest, MetadataResponse, {});
  t.ok(performance.now() - startedMs < 900, 'a call goes straight to the node that answers');
  t.equal(asked.length, 1);
});
