import t from 'tap';
import { LogManager } from '../../src/broker/log-manager.js';
import { topicConfig, withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { FakeDisk, Seeded } from '../log/fake-disk.js';
import { makeBatch, ManualClock } from '../log/support.js';

const texts = new Map([
  ['node.id', '1'],
  ['log.dirs', '/data'],
]);
const config = withDynamicConfigs(texts, new Map(), new Map());
const [FORMER, PRESENT] = ['AAAAAAAAAAAAAAAAAAAAAQ', 'AAAAAAAAAAAAAAAAAAAAAg'];

function assignment(topicId: string): PartitionAssignment {
  return {
    topic: 't',
    topicId,
    partition: 0,
    directoryId: undefined,
    leader: 2,
    leaderEpoch: 0,
    partitionEpoch: 0,
    replicas: [1, 2],
    isr: [1, 2],
    elr: [],
    markedReplicas: [],
    minInsyncReplicas: 1,
    mayLoseRecords: false,
    lagMaxMs: 10_000,
    leaderThrottled: false,
    followerThrottled: false,
  };
}

async function openManager(topicTexts: Map<string, string>): Promise<LogManager> {
  return LogManager.open({
    nodeId: 1,
    config,
    platform: {
      clock: new ManualClock(),
      random: new Seeded(1),
      fileSystem: new FakeDisk(),
      logger: silentLogger,
      workers: { run: () => Promise.reject(new Error('no workers here')), close: async () => undefined },
      buffers: new PoisonedBuffers(),
    },
    topicConfig: () => topicConfig(config, topicTexts),
    onOffline: () => {},
  });
}

t.test(
  'a topic is deleted and made again while its log is being opened: the new one gets a log of its own',
  async (t) => {
    const logs = await openManager(new Map());
    const former = logs.open(assignment(FORMER));
    const removed = logs.remove(FORMER, 't', 0);
    const present = logs.open(assignment(PRESENT));
    t.equal((await former).log.topicId, FORMER);
    await removed;
    const { log } = await present;
    t.equal(log.topicId, PRESENT);
    await logs.remove(FORMER, 't', 0);
    log.appendAsLeader(makeBatch(), 0);
    await log.flush();
    t.equal(log.durableOffset, 1, 'late removals of the former topic leave it alone');
    await logs.close();
  },
);

t.test("a topic's configuration changes while its log is being opened", async (t) => {
  const topicTexts = new Map([['max.message.bytes', '1000']]);
  const logs = await openManager(topicTexts);
  const opened = logs.open(assignment(PRESENT));
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  topicTexts.set('max.message.bytes', '2000');
  logs.configChanged('t', topicConfig(config, topicTexts), 1);
  t.equal((await opened).log.config.maxMessageBytes, 2000);
  await logs.close();
});

t.test("a topic's new settings cost no look at the logs of other topics", async (t) => {
  const logs = await openManager(new Map());
  const { log: own } = await logs.open(assignment(FORMER));
  const { log: other } = await logs.open({ ...assignment(PRESENT), topic: 'other' });
  let looks = 0;
  Object.defineProperty(other, 'topic', {
    get() {
      looks += 1;
      return 'other';
    },
  });
  logs.configChanged('t', topicConfig(config, new Map([['retention.ms', '1234']])), 2);
  t.equal(own.config.retentionMs, 1234);
  t.not(other.config.retentionMs, 1234);
  t.equal(looks, 0);
  await logs.close();
});

// SEED=1899140028 SECONDS=20, at that time: the log of a member of the ISR was removed under it.
t.test('a partition that is moved back here while strays are removed gets a log that stays', async (t) => {
  const logs = await openManager(new Map());
  for (const partition of [0, 1, 2]) {
    const { log } = await logs.open({ ...assignment(PRESENT), partition });
    log.appendAsLeader(makeBatch(), 0);
    await log.flush();
  }
  const removed = logs.removeStrays(MetadataImage.EMPTY);
  const { log } = await logs.open({ ...assignment(PRESENT), partition: 2 });
  t.equal(log.endOffset, 0, 'what was there is gone');
  log.appendAsLeader(makeBatch(), 1);
  await removed;
  await log.flush();
  t.same(
    [...logs.logs].map(({ partition, endOffset }) => [partition, endOffset]),
    [[2, 1]],
  );
  await logs.close();
});
