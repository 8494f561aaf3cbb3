import t from 'tap';
import { DEFAULT_LOG_CONFIG } from '../../src/log/log-config.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { Platform } from '../../src/platform/platform.js';
import { Admin } from '../../src/client/admin.js';
import { Producer } from '../../src/client/producer/producer.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import { sleep } from '../../src/platform/clock.js';
import { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';
import { makeBatch, TOPIC_ID } from '../log/support.js';
import { onStarts, openDirectory } from './starts.js';

t.test('what a failed sync left in the page cache alone is durable once the next start counts it so', async (t) => {
  const simulation = new Simulation({ seed: 7 });
  const host = simulation.host('n1');
  const run = <T>(work: (platform: Platform) => Promise<T>): Promise<T> =>
    new Promise((resolve) => {
      host.start(async (platform) => {
        resolve(await work(platform));
        await new Promise(() => {});
      });
    });
  await simulation.run(
    async () => {
      await run(async (platform) => {
        const directory = await openDirectory(platform);
        const log = await directory.openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
        log.appendAsLeader(makeBatch(), 0);
        await log.flush();
        host.disk.behaviour.syncFailureRate = 1;
        log.appendAsLeader(makeBatch(), 0);
        await t.rejects(log.flush(), { code: 'KAFKA_STORAGE_ERROR' });
        host.disk.behaviour.syncFailureRate = 0;
        await directory.close();
      });
      host.kill();
      const durable = await run(async (platform) => {
        const log = await (await openDirectory(platform)).openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
        log.appendAsLeader(makeBatch(), 0);
        await log.flush();
        return log.durableOffset;
      });
      t.equal(durable, 3, 'the page cache still had it');
      host.powerOff();
      await run(async (platform) => {
        const log = await (await openDirectory(platform)).openLog('t', 0, TOPIC_ID, DEFAULT_LOG_CONFIG);
        t.equal(log.endOffset, durable);
      });
    },
    { limitMs: 60_000 },
  );
});

type StartWork = (platform: Platform) => Promise<void>;

/** Each on a start of its own: after the first the process is killed, after the second the power is lost. */
async function onThreeStarts(seed: number, starts: readonly [StartWork, StartWork, StartWork]): Promise<void> {
  await onStarts(
    seed,
    starts.map((work, index) => ({ work, end: index === 0 ? 'kill' : 'powerOff' })),
  );
}

/** A disk that syncs files and no names. */
function withoutNames(platform: Platform): Platform {
  const fileSystem = new Proxy(platform.fileSystem, {
    get(target, name) {
      if (name === 'syncDirectory') return async (path: string) => Promise.reject(new FileSystemError('io', path, ''));
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return { ...platform, fileSystem };
}

// SEED=1795826876 SECONDS=4, at that time: the mark that the metadata log is there was durable, and its folder was not. The
// next start had found both, and the one after it refused to go on.
t.test('names that a failed start left in the page cache are durable once the next start finds them', async (t) => {
  const found: (string | number | undefined)[] = [];
  const open = (platform: Platform, mustExist: boolean) => {
    const { fileSystem, keyValueStores } = platform;
    const self = { nodeId: 1, directoryId: TOPIC_ID };
    return RaftStorage.open({ fileSystem, keyValueStores, directory: '/data/quorum', mustExist, self });
  };
  const hardState = { term: 3, vote: undefined, commit: 0 };
  const nothing = { entries: [], founding: undefined, clusterId: undefined, snapshot: undefined, messages: [] };
  for (let seed = 1; seed <= 10; seed++) {
    await onThreeStarts(seed, [
      async (platform) => {
        await platform.fileSystem.makeDirectory('/data');
        await platform.fileSystem.syncDirectory('/');
        await open(withoutNames(platform), false).catch(() => found.push('failed'));
      },
      async (platform) => {
        const { storage } = await open(platform, false);
        await storage.write({ ...nothing, hardState, isEmpty: false });
      },
      async (platform) => {
        const opened = await open(platform, true).catch(() => undefined);
        found.push(opened?.restored.hardState.term);
      },
    ]);
  }
  t.same(found, Array.from({ length: 10 }, () => ['failed', 3]).flat());
});

t.test('a directory that a failed start made keeps its id once the next start has told it', async (t) => {
  const differing: number[] = [];
  for (let seed = 1; seed <= 10; seed++) {
    const ids: string[] = [];
    const note = async (platform: Platform): Promise<void> => {
      ids.push((await openDirectory(platform)).directoryId);
    };
    await onThreeStarts(seed, [
      async (platform) => {
        await platform.fileSystem.makeDirectory('/data');
        await platform.fileSystem.syncDirectory('/');
        await note(withoutNames(platform)).catch(() => {});
      },
      note,
      note,
    ]);
    if (ids.length !== 2 || ids[0] !== ids[1]) differing.push(seed);
  }
  t.same(differing, []);
});

// SEED=30142 SECONDS=6, at that time: the node ended before the mark was made, and the next start took what the page cache
// still showed for durable.
t.test('a node that ends for a failed sync has noted it before', async (t) => {
  const simulation = new Simulation({ seed: 3, runTask: await loadWorkerTasks() });
  await simulation.run(
    async (platform) => {
      const cluster = new SimulatedCluster({ simulation, nodes: 1 });
      const host = cluster.host(1);
      cluster.startAll();
      const options = { bootstrap: cluster.bootstrap, platform };
      const admin = new Admin(options);
      const isMade = (): Promise<boolean> =>
        admin.createTopic({ name: 't', partitions: 1 }).then(
          () => true,
          () => false,
        );
      while (!(await isMade())) await sleep(platform.clock, 50);
      const producer = new Producer<string, string>(options);
      await producer.send({ topic: 't', value: 'a' });
      const { incarnation } = host;
      host.disk.behaviour.syncFailureRate = 1;
      const sent = producer.send({ topic: 't', value: 'b' });
      while (host.running) await sleep(platform.clock, 0.01);
      t.ok(host.disk.filePaths().includes('/data/sync-failed'));
      host.disk.behaviour.syncFailureRate = 0;
      await sent;
      t.ok(host.incarnation > incarnation);
      await producer.close();
      await admin.close();
    },
    { limitMs: 60_000 },
  );
});
