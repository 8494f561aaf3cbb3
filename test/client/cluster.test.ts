import t from 'tap';
import { Cluster } from '../../src/client/cluster.js';
import type { ClientPlatform } from '../../src/client/platform.js';
import { realClientPlatform } from '../../src/client/platform.js';
import { TransportError } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from '../grpc/fake-broker.js';
import { AdvancingClock } from './advancing-clock.js';

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
  await cluster.call('/varve.v1.Varve/Metadata', MetadataRequest, MetadataResponse, {});
  t.equal(asked.length, 1, 'a call goes straight to the node that answers');
});

t.test('a node of another cluster is asked nothing once it is known for one', async (t) => {
  const nodes = await FakeCluster.start(1);
  const others = await FakeCluster.start(1);
  others.clusterId = 'other';
  nodes.createTopic('log', 1);
  const [own = '', foreign = ''] = [...nodes.bootstrap, ...others.bootstrap];
  const cluster = new Cluster({ bootstrap: [own, foreign], requestTimeoutMs: 500 });
  t.teardown(async () => {
    cluster.close();
    await Promise.all([nodes.close(), others.close()]);
  });
  await cluster.knownTopic('log', 5_000);
  // Both of them are watched.
  await until('the other has told of itself', () => cluster.pickAddress(new Set([own]), new Map()) === undefined);
  await nodes.node(0).stop();
  const { DeleteTopicsRequest, DeleteTopicsResponse } = varve.v1;
  const method = '/varve.v1.Admin/DeleteTopics';
  const call = cluster.call(method, DeleteTopicsRequest, DeleteTopicsResponse, { names: ['log'] });
  await t.rejects(call, { name: 'VarveError', retriable: true });
  t.same(others.admins, [], 'its topic of that name stays');
  t.equal(cluster.clusterId, 'fake');
});

t.test('where all are of another cluster that is what a client is told', async (t) => {
  const nodes = await FakeCluster.start(1);
  nodes.createTopic('log', 1);
  const clock = new AdvancingClock();
  const platform = { ...realClientPlatform(), clock };
  const cluster = new Cluster({ bootstrap: nodes.bootstrap, requestTimeoutMs: 500, platform });
  t.teardown(async () => {
    cluster.close();
    await nodes.close();
  });
  await cluster.knownTopic('log', 5_000);
  nodes.clusterId = 'other';
  nodes.metadataOffset += 1;
  nodes.createTopic('new', 1);
  await t.rejects(cluster.knownTopic('new', 1_000), {
    code: 'REQUEST_TIMED_OUT',
    message: /belongs to cluster other, and not to fake: correct the bootstrap list/,
  });
  nodes.clusterId = 'fake';
  clock.advance(5_000);
  t.equal((await cluster.knownTopic('new', 5_000)).name, 'new', 'one of the own cluster may take its place');
});
