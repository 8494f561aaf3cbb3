import t from 'tap';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { varve } from '../../src/protocol/varve.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { RawClient, encodedBatch } from './raw-client.js';

const { v1 } = varve;
const NODES = [1, 2, 3];

t.test('a position of a topic that was deleted and made again is refused, through any node', async (t) => {
  const cluster = await LocalCluster.start(3, {}, [grpcDoor]);
  t.teardown(() => cluster.close());
  const clients = await Promise.all(NODES.map((id) => RawClient.connect(cluster.node(id).address('GRPC'))));
  t.teardown(() => Promise.all(clients.map((client) => client.close())));
  const [client] = clients;
  if (client === undefined) throw new Error('no client');
  const topicId = async (through: RawClient): Promise<Uint8Array> => {
    const request = { topics: ['orders'] };
    const answer = await through.unary('/varve.v1.Varve/Metadata', v1.MetadataRequest, v1.MetadataResponse, request);
    return answer.topics[0]?.topic_id ?? Buffer.alloc(0);
  };
  const make = async (): Promise<Uint8Array> => {
    await client.createTopic({ name: 'orders', partitions: 1 });
    let error = 'none yet';
    await until('it is led', async () => {
      error = await client.produceError({ topic: 'orders', partition: 0, record_batch: encodedBatch(['a', 'b']) });
      return error === '';
    });
    return topicId(client);
  };
  const old = await make();
  const names = { names: ['orders'] };
  await client.unary('/varve.v1.Admin/DeleteTopics', v1.DeleteTopicsRequest, v1.DeleteTopicsResponse, names);
  const fresh = await make();
  t.notSame(fresh, old);
  for (const [index, through] of clients.entries()) {
    await until('it has heard', async () => Buffer.from(fresh).equals(await topicId(through)));
    const position = { topic: 'orders', partition: 0, offset: 1 };
    const place = `node ${index + 1}`;
    t.equal((await through.fetch({ ...position, topic_id: old })).error?.name, 'UNKNOWN_TOPIC_ID', place);
    t.match(await through.fetch({ ...position, topic_id: fresh }), { error: null, next_offset: 2 }, place);
    t.match(await through.fetch(position), { error: null, next_offset: 2 }, `${place}: not asked for`);
    const stream = through.rpc.stream('/varve.v1.Varve/Consume');
    const first = new Promise<Buffer>((resolve) => stream.onMessage(resolve));
    stream.onClose(() => {});
    stream.send(v1.ConsumeRequest.encode({ positions: [{ ...position, topic_id: old }] }).finish());
    t.equal(v1.ConsumeResponse.decode(await first).partitions[0]?.error?.name, 'UNKNOWN_TOPIC_ID', place);
    stream.cancel();
    await t.rejects(through.fetch({ ...position, topic_id: Buffer.alloc(3) }), { code: 'INVALID_REQUEST' });
  }
});
