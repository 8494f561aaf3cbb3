import t from 'tap';
import { AdminRouter } from '../../src/broker/admin-router.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { varve } from '../../src/protocol/varve.js';
import { ManualClock } from '../replication/manual-clock.js';

const { v1 } = varve;

function setUp(): { router: AdminRouter; clock: ManualClock; waits: Array<number | undefined> } {
  const waits: Array<number | undefined> = [];
  const clock = new ManualClock();
  const router = new AdminRouter({
    nodeId: 1,
    configTexts: new Map(),
    image: () => MetadataImage.EMPTY,
    cluster: () => ({ clusterId: '', controllerId: 1 }),
    forward: (_, __, { timeoutMs }) => {
      waits.push(timeoutMs);
      return Promise.resolve(Buffer.alloc(0));
    },
    quorum: () => ({}),
    allowsDeletion: () => true,
    deleteRecords: () => Promise.resolve(0),
    clock,
  });
  return { router, clock, waits };
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
