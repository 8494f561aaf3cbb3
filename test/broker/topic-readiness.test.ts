import t from 'tap';
import type { ProduceResult } from '../../src/broker/broker-api.js';
import { AWAIT_TOPICS, TopicReadiness } from '../../src/broker/topic-readiness.js';
import type { MetadataImage } from '../../src/metadata/image.js';
import type { RpcCall, RpcClient } from '../../src/platform/transport.js';
import { varve as internal } from '../../src/protocol/controller.js';
import { varve } from '../../src/protocol/varve.js';
import { makeBatch, ManualClock, settle } from '../log/support.js';
import { LocalCluster, context } from './local-cluster.js';

const { AwaitTopicsRequest } = internal.internal;

t.test('a topic can be used through every node as soon as its creation is answered', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  const produce = (nodeId: number, partition: number): Promise<ProduceResult> => {
    const call = { context, topic: 't', partition, acks: -1, timeoutMs: 10_000, batches: makeBatch() } as const;
    return new Promise((resolve) => cluster.node(nodeId).api.produce(call, resolve));
  };
  const refusals = async (from: number, to: number): Promise<string[]> => {
    const tries: Promise<ProduceResult>[] = [];
    for (const nodeId of [1, 2, 3]) {
      for (let partition = from; partition < to; partition++) tries.push(produce(nodeId, partition));
    }
    return (await Promise.all(tries)).flatMap(({ error }) => error?.code ?? []);
  };
  await cluster.createTopic('t', 120);
  t.same(await refusals(0, 120), []);
  const { CreatePartitionsRequest, CreatePartitionsResponse } = varve.v1;
  const topics = [{ name: 't', total_count: 240 }];
  await cluster.admin(2, 'CreatePartitions', CreatePartitionsRequest, CreatePartitionsResponse, { topics });
  t.same(await refusals(120, 240), [], 'and so can new partitions');
});

/** Node 1 of three, as far as readiness sees it. */
class Node {
  readonly clock = new ManualClock();
  readonly fenced = new Set<number>();
  readonly asked: number[] = [];
  readonly answers = new Map<number, { resolve: () => void; reject: () => void }>();
  readonly listeners = new Set<() => void>();
  partitions = 0;
  opened: () => void = () => {};
  readonly readiness: TopicReadiness;
  done = false;

  constructor() {
    const image = {
      topicByName: (name: string) => {
        const states = Array.from({ length: this.partitions }, () => ({ replicas: [1, 2, 3] }));
        return name === 't' && this.partitions > 0 ? { id: 'id of t', partitions: states } : undefined;
      },
      broker: (nodeId: number) => ({ fenced: this.fenced.has(nodeId) }),
    } as unknown as MetadataImage;
    this.readiness = new TopicReadiness({
      nodeId: 1,
      clock: this.clock,
      image: () => image,
      onChange: (listener) => {
        this.listeners.add(listener);
        return () => void this.listeners.delete(listener);
      },
      opened: () => new Promise((resolve) => (this.opened = resolve)),
      clientOf: (nodeId) => this.#client(nodeId),
    });
  }

  #client(nodeId: number): RpcClient {
    return {
      unary: (method, request) => {
        t.equal(method, AWAIT_TOPICS);
        t.match(AwaitTopicsRequest.decode(request), { topics: [{ name: 't', partitions: 2 }] });
        this.asked.push(nodeId);
        return new Promise((resolve, reject) => {
          const answer = { resolve: () => resolve(Buffer.alloc(0)), reject: () => reject(new Error('gone')) };
          this.answers.set(nodeId, answer);
        });
      },
      stream: () => {
        throw new Error('it asks by calls');
      },
      close() {},
    };
  }

  async change(make: () => void): Promise<void> {
    make();
    for (const listener of [...this.listeners]) listener();
    await settle();
  }

  /** Begins to wait. */
  async awaitTopic(): Promise<void> {
    void this.readiness.everywhere([{ name: 't', partitions: 2 }], 5_000).then(() => (this.done = true));
    await settle();
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settle();
  }
}

t.test('it is waited for until this node knows the topic and all have their logs', async (t) => {
  const node = new Node();
  await node.awaitTopic();
  await node.change(() => (node.partitions = 1));
  t.same(node.asked, [], 'one of the two partitions is not known yet');
  await node.change(() => (node.partitions = 2));
  t.same(node.asked, [2, 3]);
  node.opened();
  node.answers.get(2)?.resolve();
  await settle();
  t.equal(node.done, false, 'node 3 is awaited');
  node.answers.get(3)?.resolve();
  await settle();
  t.equal(node.done, true);
  t.equal(node.listeners.size, 0);
});

t.test('nobody waits for a node that is fenced or cannot be asked', async (t) => {
  const node = new Node();
  node.partitions = 2;
  await node.awaitTopic();
  node.opened();
  node.answers.get(2)?.reject();
  await settle();
  t.equal(node.done, false);
  await node.change(() => node.fenced.add(3));
  t.equal(node.done, true);

  const other = new Node();
  other.partitions = 2;
  other.fenced.add(2);
  await other.awaitTopic();
  t.same(other.asked, [3], 'fenced from the beginning');
});

t.test('the wait has its bound, whatever is missing', async (t) => {
  for (const knows of [false, true]) {
    const node = new Node();
    if (knows) node.partitions = 2;
    await node.awaitTopic();
    await node.pass(4_999);
    t.equal(node.done, false);
    await node.pass(1);
    t.equal(node.done, true);
    t.equal(node.listeners.size, 0);
  }
});

t.test('another node is answered when the logs are open here, or its time is over', async (t) => {
  const call = {} as RpcCall;
  const request = AwaitTopicsRequest.encode({ version: 1, topics: [{ name: 't', partitions: 2 }], timeout_ms: 800 });
  const bytes = Buffer.from(request.finish());
  const node = new Node();
  let answered = 0;
  const serve = async (): Promise<void> => {
    void node.readiness.serve(bytes, call).then(() => answered++);
    await settle();
  };
  await serve();
  await node.change(() => (node.partitions = 2));
  t.equal(answered, 0);
  node.opened();
  await settle();
  t.equal(answered, 1);
  t.same(node.asked, [], 'it asks nobody in its turn');
  await serve();
  await node.pass(799);
  t.equal(answered, 1);
  await node.pass(1);
  t.equal(answered, 2);
});
