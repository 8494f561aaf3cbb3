import t from 'tap';
import { LogManager, type TruncatedReplica } from '../../src/broker/log-manager.js';
import { parseBrokerConfig } from '../../src/metadata/configs/parse.js';
import { topicConfig } from '../../src/metadata/configs/parse.js';
import { silentLogger } from '../../src/platform/observe.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { FakeDisk, Seeded } from '../log/fake-disk.js';
import { ManualClock, makeBatch, TOPIC_ID } from '../log/support.js';

const config = parseBrokerConfig(
  new Map([
    ['node.id', '1'],
    ['log.dirs', '/data'],
  ]),
);

async function start(disk: FakeDisk): Promise<{ logs: LogManager; truncated: readonly TruncatedReplica[] }> {
  const logs = await LogManager.open({
    nodeId: 1,
    config,
    platform: {
      clock: new ManualClock(),
      random: new Seeded(1),
      fileSystem: disk.mount(),
      logger: silentLogger,
      workers: { run: () => Promise.reject(new Error('no workers here')), close: async () => undefined },
      buffers: new PoisonedBuffers(),
    },
    topicConfig: () => topicConfig(config, new Map()),
    onOffline: () => {},
  });
  return { logs, truncated: await logs.recover() };
}

// SEED=2006 SECONDS=6, at that time: the replica was elected over whole ones.
t.test('a log that a recovery cut says so at every start until the controller knows', async (t) => {
  const disk = new FakeDisk();
  const first = await start(disk);
  const { log } = await first.logs.open({
    topic: 't',
    topicId: TOPIC_ID,
    partition: 0,
    directoryId: undefined,
    leader: 1,
    leaderEpoch: 4,
    partitionEpoch: 0,
    replicas: [1, 2, 3],
    isr: [1, 2, 3],
    elr: [],
    markedReplicas: [],
    minInsyncReplicas: 2,
    mayLoseRecords: false,
    lagMaxMs: 10_000,
    leaderThrottled: false,
    followerThrottled: false,
  });
  const batchBytes = makeBatch().length;
  for (let batch = 0; batch < 5; batch++) log.appendAsLeader(makeBatch(), 4);
  await log.flush();
  disk.crash(new Seeded(1), 'keepAll');
  const path = '/data/t-0/00000000000000000000.log';
  const damaged = Buffer.from(disk.bytesOf(path));
  damaged[3 * batchBytes + 70] = (damaged[3 * batchBytes + 70] ?? 0) ^ 1;
  disk.put(path, damaged);

  const cut = [{ topicId: TOPIC_ID, partition: 0, lastEpoch: 4, endOffset: 3 }];
  const second = await start(disk);
  t.same(second.truncated, cut);
  disk.crash(new Seeded(2), 'loseAll');
  const third = await start(disk);
  t.same(third.truncated, cut, 'the start that found it had no controller to tell, and died');
  await third.logs.close();
  const fourth = await start(disk);
  t.same(fourth.truncated, cut, 'nor does a clean stop make it whole');
  await fourth.logs.truncationsReported();
  disk.crash(new Seeded(3), 'mix');
  const fifth = await start(disk);
  await fifth.logs.truncationsReported();
  await fifth.logs.close();
  t.same((await start(disk)).truncated, []);
});

t.test('a clean stop stays one when the next start comes to nothing', async (t) => {
  const disk = new FakeDisk();
  const first = await start(disk);
  first.logs.registeredAs(42);
  await first.logs.close();
  const second = await start(disk);
  t.equal(second.logs.previousBrokerEpoch, 42);
  // Its door's port is in use, say: it never registers.
  await second.logs.close();
  const third = await start(disk);
  t.equal(third.logs.previousBrokerEpoch, 42);
  disk.crash(new Seeded(1), 'keepAll');
  const fourth = await start(disk);
  t.equal(fourth.logs.previousBrokerEpoch, -1, 'a crash is none, registered or not');
  await fourth.logs.close();
  t.equal((await start(disk)).logs.previousBrokerEpoch, -1);
});
