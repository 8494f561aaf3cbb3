import t from 'tap';
import { AdminRouter } from '../../src/broker/admin-router.js';
import type { AdminRouterOptions } from '../../src/broker/admin-router.js';
import { errorCode } from '../../src/common/errors.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { TransportError } from '../../src/platform/transport.js';
import type { RpcCall, RpcClient } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { Fixture } from '../controller/fixture.js';
import { ManualClock } from '../replication/manual-clock.js';

const { v1 } = varve;

interface Awaited {
  readonly topics: readonly string[];
  readonly metadataOffset: number;
  readonly timeoutMs: number;
}

interface SetUp {
  readonly router: AdminRouter;
  readonly clock: ManualClock;
  readonly waits: Array<number | undefined>;
  readonly awaited: Awaited[];
}

function setUp(
  answer: (clock: ManualClock) => Promise<Uint8Array> = async () => Buffer.alloc(0),
  others: Partial<Pick<AdminRouterOptions, 'image' | 'brokerClient'>> = {},
): SetUp {
  const waits: Array<number | undefined> = [];
  const awaited: Awaited[] = [];
  const clock = new ManualClock();
  const router = new AdminRouter({
    nodeId: 1,
    configTexts: new Map(),
    image: () => MetadataImage.EMPTY,
    cluster: () => ({ clusterId: '', controllerId: 1 }),
    forward: async (_, __, { timeoutMs }) => {
      waits.push(timeoutMs);
      return { response: await answer(clock), metadataOffset: 40 };
    },
    quorum: () => ({}),
    allowsDeletion: () => true,
    deleteRecords: () => Promise.resolve(0),
    brokerClient: () => undefined,
    ...others,
    clock,
    awaitTopics: async (topics, metadataOffset, timeoutMs) => void awaited.push({ topics, metadataOffset, timeoutMs }),
  });
  return { router, clock, waits, awaited };
}

function context(timeoutMs?: number) {
  return { principal: 'User:ANONYMOUS', peerAddress: '', timeoutMs, signal: new AbortController().signal };
}

t.test('a change is waited for as long as its request says, and no longer than the call lasts', async (t) => {
  const { router, waits } = setUp();
  const create = (timeout_ms: number): Uint8Array => v1.CreateTopicsRequest.encode({ timeout_ms }).finish();
  await router.handle('/varve.v1.Admin/CreateTopics', create(700), context());
  await router.handle('/varve.v1.Admin/CreateTopics', create(700), context(300));
  await router.handle('/varve.v1.Admin/CreateTopics', create(0), context());
  await router.handle('/varve.v1.Admin/CreateTopics', create(0xffff_ffff), context());
  await router.handle('/varve.v1.Admin/ElectLeaders', Buffer.alloc(0), context(400));
  t.same(waits, [700, 300, 30_000, 0x7fff_ffff, 400]);
});

t.test('what was made is awaited on all nodes, within half of the time that is left', async (t) => {
  const topics: varve.v1.ICreateTopicResult[] = [
    { name: 'a', partitions: 3 },
    { name: 'b', error: { code: errorCode('TOPIC_ALREADY_EXISTS') } },
  ];
  const { router, awaited } = setUp(async (clock) => {
    await clock.advance(100);
    return v1.CreateTopicsResponse.encode({ topics }).finish();
  });
  const create = (more: { timeout_ms?: number; validate_only?: boolean }): Promise<Uint8Array> =>
    router.handle(
      '/varve.v1.Admin/CreateTopics',
      v1.CreateTopicsRequest.encode({ topics: [{ name: 'a' }, { name: 'b' }], ...more }).finish(),
      context(),
    );
  const answer = v1.CreateTopicsResponse.decode(await create({}));
  t.equal(answer.topics.length, 2, "the answer is the controller's");
  await create({ timeout_ms: 1_100 });
  await create({ validate_only: true });
  t.same(awaited, [
    { topics: ['a'], metadataOffset: 40, timeoutMs: 5_000 },
    { topics: ['a'], metadataOffset: 40, timeoutMs: 500 },
  ]);
});

t.test('more partitions are awaited where they were made', async (t) => {
  const { router, awaited } = setUp(async () =>
    v1.CreatePartitionsResponse.encode({
      topics: [{ name: 'a' }, { name: 'b', error: { code: errorCode('INVALID_PARTITIONS') } }],
    }).finish(),
  );
  const topics = [
    { name: 'a', total_count: 7 },
    { name: 'b', total_count: 1 },
  ];
  for (const validate_only of [false, true]) {
    const bytes = v1.CreatePartitionsRequest.encode({ topics, validate_only }).finish();
    await router.handle('/varve.v1.Admin/CreatePartitions', bytes, context());
  }
  t.same(awaited, [{ topics: ['a'], metadataOffset: 40, timeoutMs: 5_000 }]);
});

t.test('settings of many resources are described a piece at a time', async (t) => {
  const { router, clock } = setUp();
  let turns = 0;
  clock.defer = (callback): void => {
    turns++;
    queueMicrotask(callback);
  };
  const monotonicMs = clock.monotonicMs.bind(clock);
  let passedMs = 0;
  // Each takes a millisecond.
  clock.monotonicMs = (): number => monotonicMs() + passedMs++;
  const resources = Array.from({ length: 100 }, (_, index) => ({ name: `t${index}` }));
  const bytes = v1.DescribeConfigsRequest.encode({ resources }).finish();
  const answer = v1.DescribeConfigsResponse.decode(
    await router.handle('/varve.v1.Admin/DescribeConfigs', bytes, context()),
  );
  t.equal(answer.resources.length, 100);
  t.ok(turns >= 10, `the event loop had ${turns} turns`);
});

t.test(
  'a broker that gives no answer costs its own settings alone, and what was set at run time is told',
  async (t) => {
    const controller = new Fixture();
    controller.startAll(1, 2);
    controller.setDefault('log.segment.bytes', '1000000');
    const waits: number[] = [];
    const unary: RpcClient['unary'] = async (_, __, { timeoutMs }) => {
      waits.push(timeoutMs);
      throw new TransportError('timeout', 'nothing was heard');
    };
    const brokerClient = () => ({ unary }) as unknown as RpcClient;
    const { router } = setUp(undefined, { image: () => controller.image, brokerClient });
    const resources = ['2', '1', '', '3'].map((name) => ({ type: 1, name }));
    const bytes = v1.DescribeConfigsRequest.encode({ resources }).finish();
    const describe = async (timeoutMs?: number) =>
      v1.DescribeConfigsResponse.decode(
        await router.handle('/varve.v1.Admin/DescribeConfigs', bytes, context(timeoutMs)),
      ).resources;
    const described = await describe();
    t.same(
      described.map(({ resource, error }) => [resource?.name, error?.name]),
      [
        ['2', 'REQUEST_TIMED_OUT'],
        ['1', undefined],
        ['', undefined],
        ['3', 'RESOURCE_NOT_FOUND'],
      ],
    );
    t.match(
      described[0]?.error?.message,
      /Node 2, which alone knows the settings in its file, gave no answer: nothing/,
    );
    t.match(described[0]?.entries, [{ name: 'log.segment.bytes', value: '1000000' }]);
    t.equal(described[0]?.entries?.length, 1);
    t.ok((described[1]?.entries?.length ?? 0) > 50);
    await describe(600);
    t.same(waits, [5_000, 300], 'there is time left for the answer');
  },
);

t.test('a question about another broker is not handed on', async (t) => {
  const controller = new Fixture();
  controller.startAll(1, 2);
  const { router } = setUp(undefined, {
    image: () => controller.image,
    brokerClient: () => {
      throw new Error('node 2 was asked');
    },
  });
  const request = v1.DescribeConfigsRequest.encode({ resources: [{ type: 1, name: '2' }] }).finish();
  const answer = await router.serveDescribeConfigs(Buffer.from(request), {} as RpcCall);
  const [described] = v1.DescribeConfigsResponse.decode(answer).resources;
  t.match(described, { resource: { name: '2' }, error: { name: 'BROKER_NOT_AVAILABLE' } });
});
