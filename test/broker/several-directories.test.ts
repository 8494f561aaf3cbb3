import t from 'tap';
import { LogManager } from '../../src/broker/log-manager.js';
import type { Uuid } from '../../src/common/ids.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { topicConfig, withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { FakeDisk, Seeded } from '../log/fake-disk.js';
import { makeBatch, ManualClock } from '../log/support.js';

const texts = new Map([
  ['node.id', '1'],
  ['log.dirs', '/a,/b,/c'],
]);
const config = withDynamicConfigs(texts, new Map(), new Map());
const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';

/** A node with the directories /a (the metadata's), /b and /c. */
class Host {
  readonly disk = new FakeDisk();
  topicTexts = new Map<string, string>();
  #lives = 0;
  #ids = new Map<string, Uuid>();

  /** Starts it, as after a stop of any kind, up to where the logs on the disks are open. */
  async start(): Promise<LogManager> {
    const logs = await LogManager.open({
      nodeId: 1,
      config,
      platform: {
        clock: new ManualClock(),
        random: new Seeded(++this.#lives),
        fileSystem: this.disk,
        logger: silentLogger,
        workers: { run: () => Promise.reject(new Error('no workers here')), close: async () => undefined },
        buffers: new PoisonedBuffers(),
      },
      topicConfig: () => topicConfig(config, this.topicTexts),
      onOffline: () => {},
    });
    for (const { path, directoryId } of logs.directories) this.#ids.set(path, directoryId);
    await logs.recover();
    return logs;
  }

  /** Node 2 leads; node 1 is a replica in the directory, and a member of nothing. */
  placedIn(path: string, more: Partial<PartitionAssignment> = {}): PartitionAssignment {
    return {
      topic: 't',
      topicId: TOPIC_ID,
      partition: 0,
      directoryId: this.#ids.get(path),
      leader: 2,
      leaderEpoch: 0,
      partitionEpoch: 0,
      replicas: [1, 2],
      isr: [2],
      elr: [],
      markedReplicas: [],
      minInsyncReplicas: 1,
      mayLoseRecords: false,
      lagMaxMs: 10_000,
      leaderThrottled: false,
      followerThrottled: false,
      ...more,
    };
  }

  /** In a life of the node that ends with it: the partition gets a log of so many records in the directory. */
  async fill(path: string, records: number): Promise<void> {
    const logs = await this.start();
    const { log } = await logs.open(this.placedIn(path));
    await append(log, records);
    await logs.close();
  }

  /** As an operator with `mv`, or `cp -a`, while the node is down. */
  async move(from: string, to: string, keep = false): Promise<void> {
    const folder = `${from}/t-0`;
    for (const file of this.disk.paths(`${folder}/`)) {
      this.disk.put(`${to}/t-0${file.slice(folder.length)}`, this.disk.bytesOf(file));
    }
    if (!keep) await this.disk.removeTree(folder);
  }

  /** The directories in which the partition has a folder. */
  get folders(): string[] {
    return ['/a', '/b', '/c'].filter((path) => this.disk.exists(`${path}/t-0/partition.metadata`));
  }
}

async function append(log: PartitionLog, records: number): Promise<void> {
  for (let i = 0; i < records; i++) log.appendAsLeader(makeBatch(), 0);
  await log.flush();
}

// Moved away and back while the node was down: the controller places it in whichever directory holds the least then.
t.test('a replica that is placed in another directory than its former log is begun there', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const logs = await host.start();
  const { log } = await logs.open(host.placedIn('/c'));
  t.equal(log.folder, '/c/t-0');
  t.equal(log.endOffset, 0);
  t.same(host.folders, ['/c'], 'the metadata knows of no other copy, and nobody would miss that one');
  await append(log, 1);
  t.equal(log.durableOffset, 1);
  await logs.close();
});

t.test('a log that acknowledged records count on is neither lost nor served under another directory', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const members = { isr: { isr: [1, 2] }, elr: { elr: [1] }, leader: { leader: 1, isr: [1] } };
  for (const [name, member] of Object.entries(members)) {
    const logs = await host.start();
    await t.rejects(
      logs.open(host.placedIn('/c', member)),
      { code: 'KAFKA_STORAGE_ERROR', message: /t-0.* \/b.* \/c/ },
      name,
    );
    t.same(host.folders, ['/b']);
    await logs.close();
  }
  await host.move('/b', '/c');
  const logs = await host.start();
  t.equal((await logs.open(host.placedIn('/c', members.elr))).log.endOffset, 3, 'moved there, it is the replica');
  await logs.close();
});

t.test('a directory that is full is not left out at the start: its replicas would count as lost', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const { disk } = host;
  const lock = disk.lockDirectory.bind(disk);
  let isFull = true;
  const lockDirectory = (path: string): ReturnType<typeof lock> =>
    isFull && path === '/b' ? Promise.reject(new FileSystemError('full', path, 'no space left on device')) : lock();
  Object.assign(disk, { lockDirectory });
  await t.rejects(host.start(), { name: 'FileSystemError', kind: 'full', path: '/b' });
  isFull = false;
  const logs = await host.start();
  t.equal(logs.onlineDirectoryIds.length, 3);
  t.equal((await logs.open(host.placedIn('/b'))).log.endOffset, 3);
  await logs.close();
});

t.test('while nobody leads, no copy goes: it may be the best one that there is', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const logs = await host.start();
  const leaderless = { leader: -1, isr: [], elr: [2] };
  await t.rejects(logs.open(host.placedIn('/c', leaderless)), { code: 'KAFKA_STORAGE_ERROR' });
  t.same(host.folders, ['/b']);
  t.equal((await logs.open(host.placedIn('/c'))).log.folder, '/c/t-0', 'with a leader there is a better one');
  await logs.close();
});

t.test('a replica that waits for its disk is not replaced by a former copy on another one', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  await host.move('/b', '/c', true);
  const logs = await host.start();
  const away = { ...host.placedIn('/b'), directoryId: 'AAAAAAAAAAAAAAAAAAAADw', isr: [1, 2] };
  await t.rejects(logs.open(away), { code: 'KAFKA_STORAGE_ERROR', message: /bring its disk back/ });
  t.same(host.folders, ['/b', '/c'], 'both stay: nobody knows yet');
  await logs.close();
});

t.test('a second copy of another topic of that name does not go with the first', async (t) => {
  const host = new Host();
  const former = { topicId: 'AAAAAAAAAAAAAAAAAAAAAg' };
  const first = await host.start();
  await first.open({ ...host.placedIn('/a'), ...former });
  await first.close();
  // As though /a had been away when the topic was deleted and made again.
  const hidden = host.disk.paths('/a/t-0/').map((file) => [file, host.disk.bytesOf(file)] as const);
  await host.disk.removeTree('/a/t-0');
  await host.fill('/b', 3);
  for (const [file, bytes] of hidden) host.disk.put(file, bytes);
  const logs = await host.start();
  await logs.remove(former.topicId, 't', 0);
  t.same(host.folders, ['/b']);
  t.equal((await logs.open(host.placedIn('/b', { isr: [1, 2] }))).log.endOffset, 3);
  await logs.close();
});

t.test("of two copies, the one that counts has its topic's settings, whichever was found first", async (t) => {
  const host = new Host();
  for (const counts of ['/b', '/c']) {
    await host.fill('/b', 3);
    await host.move('/b', '/c', true);
    const logs = await host.start();
    host.topicTexts = new Map([
      ['max.message.bytes', '4321'],
      ['retention.ms', '1000'],
    ]);
    logs.configChanged('t', topicConfig(config, host.topicTexts), 1);
    const { log } = await logs.open(host.placedIn(counts, { isr: [1, 2] }));
    t.equal(log.folder, `${counts}/t-0`);
    t.equal(log.config.maxMessageBytes, 4321);
    t.same(logs.configuredLogs, [log], 'retention and compaction look at it');
    await logs.remove(TOPIC_ID, 't', 0);
    host.topicTexts = new Map();
    await logs.close();
  }
});

t.test('a leader whose disk failed, and that is elected all the same, gets a log on another one', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const logs = await host.start();
  await logs.open(host.placedIn('/b', { leader: 1, isr: [1] }));
  logs.directories.find(({ path }) => path === '/b')?.fail(new Error('away'));
  const { log } = await logs.open(host.placedIn('/c', { leader: 1, isr: [1], leaderEpoch: 1 }));
  t.equal(log.folder, '/c/t-0');
  await append(log, 1);
  t.equal(log.durableOffset, 1);
  await logs.close();
});

t.test('a stray on a disk that fails is left there, and the node goes on', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const logs = await host.start();
  host.disk.fault = (_, path) => (path.startsWith('/b') ? 'io' : undefined);
  await logs.removeStrays(MetadataImage.EMPTY);
  t.equal(logs.offlineDirectoryIds.length, 1);
  const { log } = await logs.open(host.placedIn('/c'));
  await append(log, 1);
  t.equal(log.durableOffset, 1);
  await logs.close();
  host.disk.fault = undefined;

  const next = await host.start();
  await next.removeStrays(MetadataImage.EMPTY);
  t.same(host.folders, [], 'a later start removes it');
  await next.close();
});

t.test('a copy on a disk that fails does not keep the one that counts from being opened', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  await host.move('/b', '/c', true);
  const logs = await host.start();
  host.disk.fault = (_, path) => (path.startsWith('/b') ? 'io' : undefined);
  const { log } = await logs.open(host.placedIn('/c', { isr: [1, 2] }));
  t.equal(log.folder, '/c/t-0');
  t.equal(log.endOffset, 3);
  await logs.close();
});

t.test('a stray whose disk failed before it could be removed is left there', async (t) => {
  const host = new Host();
  await host.fill('/b', 3);
  const logs = await host.start();
  logs.directories.find(({ path }) => path === '/b')?.fail(new Error('away'));
  await logs.removeStrays(MetadataImage.EMPTY);
  t.same(host.folders, ['/b']);
  await logs.close();
});

t.test(
  'a new directory whose disk fails before it knows its cluster is left out, unless it has the metadata',
  async (t) => {
    for (const { path, rejects } of [
      { path: '/b', rejects: false },
      { path: '/a', rejects: true },
    ]) {
      const host = new Host();
      const logs = await host.start();
      host.disk.fault = (_, file) => (file.startsWith(`${path}/meta.properties`) ? 'io' : undefined);
      const told = logs.setClusterId('AAAAAAAAAAAAAAAAAAAABw');
      if (rejects) await t.rejects(told, { name: 'FileSystemError', message: /meta\.properties/ });
      else {
        await told;
        t.equal(logs.offlineDirectoryIds.length, 1);
        t.same(
          logs.directories.filter(({ offline }) => !offline).map(({ clusterId }) => clusterId),
          ['AAAAAAAAAAAAAAAAAAAABw', 'AAAAAAAAAAAAAAAAAAAABw'],
        );
      }
      await logs.close();
    }
  },
);
