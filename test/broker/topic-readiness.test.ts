import t from 'tap';
import type { ProduceResult } from '../../src/broker/broker-api.js';
import { uuidFromBytes, uuidToBytes } from '../../src/common/ids.js';
import { AWAIT_TOPICS, TopicReadiness } from '../../src/broker/topic-readiness.js';
import type { MetadataImage } from '../../src/metadata/image.js';
import type { RpcCall, RpcClient } from '../../src/platform/transport.js';
import { varve as internal } from '../../src/protocol/controller.js';
import { varve } from '../../src/protocol/varve.js';
import { TopicOpenings } from '../../src/replication/topic-openings.js';
import { makeBatch, ManualClock, settle } from '../log/support.js';
import { LocalCluster, context } from './local-cluster.js';

const { AwaitTopicsRequest } = internal.internal;

t.test('a topic can be used through every node as soon as its creation is answered', async (t) => {
  const cluster = await LocalCluster.start(4, { 'default.replication.factor': '3' });
  t.teardown(() => cluster.close());
  const produce = (nodeId: number, partition: number): Promise<ProduceResult> => {
    const call = { context, topic: 't', partition, acks: -1, timeoutMs: 10_000, batches: makeBatch() } as const;
    return new Promise((resolve) => cluster.node(nodeId).api.produce(call, resolve));
  };
  const refusals = async (from: number, to: number): Promise<string[]> => {
    const tries: Promise<ProduceResult>[] = [];
    for (const nodeId of [1, 2, 3, 4]) {
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

const TOPIC_ID = uuidFromBytes(Buffer.alloc(16, 7));
/** Metadata with this offset tells of the topic. */
const OFFSET = 40;

/** Node 1 of four, as far as readiness sees it. */
class Node {
  readonly clock = new ManualClock();
  /** Fenced, stopping, or with a disk that hangs. */
  readonly inactive = new Set<number>();
  readonly asked: number[] = [];
  /** How many topics. */
  readonly askedFor: number[] = [];
  readonly answers = new Map<number, { resolve: () => void; reject: () => void }>();
  readonly listeners = new Set<() => void>();
  readonly opening = new TopicOpenings();
  offset = OFFSET;
  hasTopic = true;
  isLive = true;
  readonly readiness: TopicReadiness;
  done = false;

  constructor() {
    const image = (): MetadataImage =>
      ({
        offset: this.offset,
        topicByName: (name: string) => (name === 't' && this.hasTopic ? { id: TOPIC_ID } : undefined),
        isActive: (nodeId: number) => !this.inactive.has(nodeId),
        brokers: { sortedValues: () => [1, 2, 3, 4].map((nodeId) => ({ nodeId })) },
      }) as unknown as MetadataImage;
    this.readiness = new TopicReadiness({
      nodeId: 1,
      clock: this.clock,
      image,
      isLive: () => this.isLive,
      onChange: (listener) => {
        this.listeners.add(listener);
        return () => void this.listeners.delete(listener);
      },
      whenOpened: (topicId, listener) => this.opening.whenEnded(topicId, listener),
      clientOf: (nodeId) => this.#client(nodeId),
    });
    this.inactive.add(4);
  }

  #client(nodeId: number): RpcClient {
    return {
      unary: (method, request) => {
        t.equal(method, AWAIT_TOPICS);
        const { metadata_offset, topic_ids } = AwaitTopicsRequest.decode(request);
        t.equal(metadata_offset, OFFSET);
        t.same([...new Set(topic_ids.map(uuidFromBytes))], [TOPIC_ID]);
        this.asked.push(nodeId);
        this.askedFor.push(topic_ids.length);
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
    void this.readiness.everywhere(['t'], OFFSET, 5_000).then(() => (this.done = true));
    await settle();
  }

  async pass(ms: number): Promise<void> {
    this.clock.advance(ms);
    await settle();
  }
}

t.test('a topic is waited for until this node knows of it and all live brokers have their logs', async (t) => {
  const node = new Node();
  node.offset = OFFSET - 1;
  node.opening.begin(TOPIC_ID);
  node.opening.begin(TOPIC_ID);
  await node.awaitTopic();
  t.same(node.asked, []);
  await node.change(() => (node.offset = OFFSET));
  t.same(node.asked, [2, 3], 'broker 4 leads nothing');
  node.answers.get(2)?.resolve();
  node.answers.get(3)?.resolve();
  node.opening.end(TOPIC_ID);
  await settle();
  t.equal(node.done, false, 'one of its logs is being opened here');
  node.opening.end(TOPIC_ID);
  await settle();
  t.equal(node.done, true);
  t.equal(node.listeners.size, 0);
});

t.test(
  'nobody waits for a broker that leads nothing or cannot be asked, nor for a topic that is gone again',
  async (t) => {
    const node = new Node();
    await node.awaitTopic();
    node.answers.get(2)?.reject();
    await settle();
    t.equal(node.done, false);
    await node.change(() => node.inactive.add(3));
    t.equal(node.done, true);

    const other = new Node();
    other.hasTopic = false;
    await other.awaitTopic();
    t.equal(other.done, true);
    t.same(other.asked, []);
  },
);

t.test('of more topics than one question may have the first are awaited', async (t) => {
  const node = new Node();
  void node.readiness.everywhere(new Array<string>(10_001).fill('t'), OFFSET, 5_000);
  await settle();
  t.same(node.askedFor, [10_000, 10_000], 'which the others do not refuse');
  node.readiness.close();
});

t.test('the wait has its bound, whatever is missing, and a node that stops ends it', async (t) => {
  for (const miss of [(node: Node) => (node.offset = 1), (node: Node) => node.opening.begin(TOPIC_ID)]) {
    for (const stops of [false, true]) {
      const node = new Node();
      miss(node);
      await node.awaitTopic();
      await node.pass(4_999);
      t.equal(node.done, false);
      if (stops) node.readiness.close();
      await node.pass(stops ? 0 : 1);
      t.equal(node.done, true);
      t.equal(node.listeners.size, 0);
    }
  }
});

t.test('another node is answered when this one has the logs open, or the time is over', async (t) => {
  const request = { version: 1, metadata_offset: OFFSET, topic_ids: [uuidToBytes(TOPIC_ID)], timeout_ms: 800 };
  const node = new Node();
  let answered = 0;
  const serve = async (call: Partial<RpcCall> = {}, more: typeof request = request): Promise<AbortController> => {
    const caller = new AbortController();
    const bytes = Buffer.from(AwaitTopicsRequest.encode(more).finish());
    const of = { timeoutMs: undefined, signal: caller.signal, ...call } as RpcCall;
    void node.readiness.serve(bytes, of).then(() => answered++);
    await settle();
    return caller;
  };
  node.offset = OFFSET - 1;
  node.isLive = false;
  node.opening.begin(TOPIC_ID);
  await serve();
  await node.change(() => (node.offset = OFFSET));
  node.opening.end(TOPIC_ID);
  await settle();
  t.equal(answered, 0, 'its replicas have no roles yet');
  await node.change(() => (node.isLive = true));
  t.equal(answered, 1);
  t.same(node.asked, [], 'it asks nobody in its turn');

  node.opening.begin(TOPIC_ID);
  await serve();
  await node.pass(799);
  t.equal(answered, 1);
  await node.pass(1);
  t.equal(answered, 2);
  await serve({ timeoutMs: 100 });
  await node.pass(100);
  t.equal(answered, 3, 'the caller has no more time');
  (await serve()).abort();
  await settle();
  t.equal(answered, 4, 'the caller is gone');
  await serve({}, { ...request, topic_ids: [] });
  t.equal(answered, 5, 'nothing to open');

  const many = { ...request, topic_ids: Array.from({ length: 10_001 }, () => uuidToBytes(TOPIC_ID)) };
  for (const bad of [many, { ...request, topic_ids: [Buffer.alloc(15)] }]) {
    const bytes = Buffer.from(AwaitTopicsRequest.encode(bad).finish());
    await t.rejects(node.readiness.serve(bytes, {} as RpcCall), { code: 'INVALID_REQUEST' });
  }
});
