import t from 'tap';
import { defined } from '../../src/common/assert.js';
import { BoundedRun } from '../../src/log/bounded-run.js';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { SharedRun } from '../../src/log/shared-run.js';
import { crashAtEachStep } from './crash-steps.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

t.test('whoever asks while a run is under way is told of the next one, which all of them share', async (t) => {
  const ends: Array<() => void> = [];
  const shared = new SharedRun(() => new Promise<void>((resolve) => ends.push(resolve)));
  const told: string[] = [];
  const ask = (name: string): void => void shared.run().then(() => told.push(name));
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  ask('first');
  ask('second');
  ask('third');
  t.equal(ends.length, 1);
  ends[0]?.();
  await settle();
  t.same(told, ['first'], 'the others asked after the run had begun');
  t.equal(ends.length, 2);
  ask('fourth');
  ends[1]?.();
  await settle();
  t.same(told, ['first', 'second', 'third']);
  t.equal(ends.length, 3);
  ends[2]?.();
  await settle();
  t.same(told, ['first', 'second', 'third', 'fourth']);
});

t.test('runs follow one another, whenever they are asked for', async (t) => {
  let running = 0;
  let most = 0;
  const shared = new SharedRun(async () => {
    running++;
    most = Math.max(most, running);
    for (let turn = 0; turn < 3; turn++) await Promise.resolve();
    running--;
  });
  const asked: Promise<void>[] = [];
  for (let ask = 0; ask < 40; ask++) {
    asked.push(shared.run());
    await Promise.resolve();
  }
  await Promise.all(asked);
  t.equal(most, 1);
});

t.test('a run that fails is the failure of those who shared it, and of no other', async (t) => {
  let runs = 0;
  const shared = new SharedRun(async () => {
    runs += 1;
    if (runs === 1) throw new Error('no room');
  });
  const first = shared.run();
  const second = shared.run();
  await t.rejects(first, { message: 'no room' });
  await second;
  t.equal(runs, 2);
});

t.test(
  'of many logs a few are opened at a time, in the order of the calls, and one that fails gives its place up',
  async (t) => {
    const begun: number[] = [];
    const ends: Array<(error?: Error) => void> = [];
    const bounded = new BoundedRun(2);
    const results = [0, 1, 2, 3, 4].map((n) =>
      bounded.run(
        () =>
          new Promise<number>((resolve, reject) => {
            begun.push(n);
            ends.push((error) => (error === undefined ? resolve(n) : reject(error)));
          }),
      ),
    );
    const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    await settle();
    t.same(begun, [0, 1]);
    ends[1]?.(new Error('no room'));
    await t.rejects(Promise.resolve(results[1]), { message: 'no room' });
    await settle();
    t.same(begun, [0, 1, 2]);
    ends[0]?.();
    ends[2]?.();
    await settle();
    t.same(begun, [0, 1, 2, 3, 4]);
    const late = bounded.run(async () => void begun.push(5));
    await settle();
    t.same(begun, [0, 1, 2, 3, 4], 'it waits as the others did');
    ends[3]?.();
    ends[4]?.();
    await late;
    t.same(await Promise.all([0, 2, 3, 4].map((n) => results[n])), [0, 2, 3, 4]);
    t.same(begun, [0, 1, 2, 3, 4, 5]);
  },
);

t.test('a topic of hundreds of partitions has a few dozen logs under way at a time', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  let underWay = 0;
  let most = 0;
  const { open } = disk;
  t.intercept(disk, 'open', {
    value: async (...args: Parameters<typeof open>) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      return open.apply(disk, args);
    },
  });
  const partitions = Array.from({ length: 200 }, (_, partition) => partition);
  const logs = await Promise.all(partitions.map((n) => directory.openLog('orders', n, TOPIC_ID, logConfig())));
  t.same(
    logs.map((log) => log.partition),
    partitions,
  );
  t.ok(most > 1 && most <= 32, `${most} at a time`);
  await directory.close();
});

t.test('many logs that are deleted at once share the syncs of their directory', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  const partitions = Array.from({ length: 64 }, (_, partition) => partition);
  await Promise.all(partitions.map((partition) => directory.openLog('orders', partition, TOPIC_ID, logConfig())));
  await directory.checkpoint();
  disk.calls.length = 0;
  await Promise.all(partitions.map((partition) => directory.deleteLog('orders', partition)));
  const syncs = disk.calls.filter(([call, path]) => call === 'syncDirectory' && path === '/data').length;
  t.ok(syncs >= 1 && syncs <= 20, `${syncs} syncs for 64 folders`);
  await directory.close();
  disk.crash(new Seeded(1), 'loseAll');
  const again = await openDirectory(disk);
  t.same(await again.directory.findPartitions(), [], 'all are gone');
  await again.directory.close();
});

t.test('many logs that are made at once share the syncs of their directory', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  disk.calls.length = 0;
  const partitions = Array.from({ length: 64 }, (_, partition) => partition);
  await Promise.all(partitions.map((partition) => directory.openLog('orders', partition, TOPIC_ID, logConfig())));
  const syncs = disk.calls.filter(([call, path]) => call === 'syncDirectory' && path === '/data').length;
  t.ok(syncs >= 1 && syncs <= 8, `${syncs} syncs for 64 folders, of which 32 are under way at a time`);
  await directory.close();
});

t.test('the first write of a new log makes and syncs nothing but the records', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk);
  const log = await directory.openLog('orders', 0, TOPIC_ID, logConfig());
  disk.calls.length = 0;
  log.appendAsLeader(makeBatch(), 1);
  await log.flush();
  const path = '/data/orders-0/00000000000000000000.log';
  t.same(disk.calls, [
    ['write', path],
    ['sync', path],
  ]);
  disk.crash(new Seeded(1), 'loseAll');
  const again = await openDirectory(disk);
  const reopened = await again.directory.openLog('orders', 0, TOPIC_ID, logConfig());
  t.equal((await readAll(reopened)).length, 1, 'the record outlives a loss of power');
  await again.directory.close();
});

t.test('a new log that nothing was written to opens empty, after a crash and after a clean stop', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  await first.directory.openLog('orders', 0, TOPIC_ID, logConfig());
  disk.crash(new Seeded(1), 'loseAll');
  const second = await openDirectory(disk);
  const recovered = await second.directory.openLog('orders', 0, TOPIC_ID, logConfig());
  t.equal(recovered.endOffset, 0);
  t.equal(recovered.truncatedByRecovery, false);
  await second.directory.close();
  const third = await openDirectory(disk);
  const clean = await third.directory.openLog('orders', 0, TOPIC_ID, logConfig());
  t.equal(clean.recovery, undefined, 'no recovery after a clean stop');
  t.equal(clean.endOffset, 0);
  clean.appendAsLeader(makeBatch(), 1);
  await clean.flush();
  t.equal(clean.endOffset, 1);
  await third.directory.close();
});

t.test('a crash at any step of the making of a log leaves a folder that the log opens from', async (t) => {
  for (let seed = 0; seed < 20; seed++) {
    const crashes = await crashAtEachStep({
      how: 'mix',
      seed,
      prepare: async (disk) => {
        const { directory } = await openDirectory(disk.mount());
        return {
          work: () => directory.openLog('orders', 0, TOPIC_ID, logConfig()),
          check: async () => {
            const second = await openDirectory(disk.mount());
            const found = await second.directory.findPartitions();
            t.ok(found.every(({ topicId }) => topicId === undefined || topicId === TOPIC_ID));
            const log = await second.directory.openLog('orders', 0, TOPIC_ID, logConfig());
            t.equal(log.truncatedByRecovery, false, 'nothing was in it');
            log.appendAsLeader(makeBatch(), 1);
            await log.flush();
            disk.crash(new Seeded(seed), 'loseAll');
            const third = await openDirectory(disk.mount());
            t.match(await third.directory.findPartitions(), [{ topic: 'orders', partition: 0, topicId: TOPIC_ID }]);
            const again = await third.directory.openLog('orders', 0, TOPIC_ID, logConfig());
            t.equal((await readAll(again)).length, 1, 'what was synced in it is there');
            await third.directory.close();
          },
        };
      },
    });
    t.ok(crashes >= 5, `seed ${seed}: ${crashes} crashes`);
  }
});

interface ManyLogs {
  readonly disk: FakeDisk;
  readonly directory: LogDirectory;
  readonly logs: readonly PartitionLog[];
  /** Appends three records to each. */
  append(logs: readonly PartitionLog[], epoch: number): Promise<void>;
  /** What the file has, by partition. */
  recoveryPoints(): Promise<Map<number, number>>;
}

async function manyLogs(count: number): Promise<ManyLogs> {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const partitions = Array.from({ length: count }, (_, partition) => partition);
  const logs = await Promise.all(partitions.map((n) => directory.openLog('orders', n, TOPIC_ID, logConfig())));
  return {
    disk,
    directory,
    logs,
    append: async (some, epoch) => {
      for (const log of some) log.appendAsLeader(makeBatch({ records: 3 }), epoch);
      await Promise.all(some.map((log) => log.flush()));
    },
    recoveryPoints: async () => {
      const content = await disk.readFile('/data/recovery-point-offset-checkpoint');
      const lines = content.toString().trim().split('\n').slice(2);
      const entries = lines.map((line) => line.split(' ').slice(1).map(Number));
      return new Map(entries.map(([partition = -1, offset = -1]) => [partition, offset]));
    },
  };
}

t.test(
  'a checkpoint writes the epochs of some of many logs, and lets the recovery points of the others wait',
  async (t) => {
    const { disk, directory, logs, append, recoveryPoints } = await manyLogs(100);
    const upTo = (end: number, offset: number): Array<[number, number]> =>
      Array.from({ length: end }, (_, partition) => [partition, offset]);
    await append(logs, 1);
    for (const known of [32, 64, 96, 100]) {
      await directory.checkpoint();
      const withEpochs = logs.filter(({ partition }) =>
        disk.exists(`/data/orders-${partition}/leader-epoch-checkpoint`),
      );
      t.equal(withEpochs.length, known);
      t.same([...(await recoveryPoints())], upTo(known, 3), 'a recovery point for those alone');
    }
    await append(logs, 2);
    await directory.checkpoint();
    t.same([...(await recoveryPoints())], [...upTo(32, 6), ...upTo(100, 3).slice(32)], 'those of the others stay');
    disk.crash(new Seeded(1), 'loseAll');
    const again = await openDirectory(disk.mount());
    for (const { partition } of logs) {
      const log = await again.directory.openLog('orders', partition, TOPIC_ID, logConfig());
      const expected = [0, 3].map((startOffset, i) => ({ epoch: i + 1, startOffset }));
      t.same(log.epochs, expected, `partition ${partition}: what the file lacks is read from the batches`);
    }
    await again.directory.close();
  },
);

t.test('every log has its turn, though the epochs of the first ones change again and again', async (t) => {
  const { directory, logs, append, recoveryPoints } = await manyLogs(100);
  await append(logs, 1);
  for (let round = 0; round < 4; round++) {
    await directory.checkpoint();
    await append(logs.slice(0, 40), round + 2);
  }
  t.equal((await recoveryPoints()).size, 100);
  await directory.close();
});

t.test(
  'a log whose epochs wait has no later recovery point than is true, though one was noted and not written',
  async (t) => {
    const { disk, directory, logs, append, recoveryPoints } = await manyLogs(40);
    const last = defined(logs.at(-1), 'there are 40');
    await append(logs, 1);
    await directory.checkpoint();
    await directory.checkpoint();
    await append([last], 1);
    disk.fault = (call, path) => (call === 'rename' && path.includes('recovery-point') ? 'full' : undefined);
    const failure = await directory.checkpoint().catch((error: unknown) => error);
    t.match(failure, { kind: 'full' });
    disk.fault = undefined;
    t.equal((await recoveryPoints()).get(39), 3);
    await append(logs.slice(0, 35), 2);
    await append([last], 2);
    await last.truncateTo(3);
    t.equal((await recoveryPoints()).get(39), 3, 'where it is cut');
    await directory.close();
  },
);

t.test('a log that was begun, and failed half-way, is on the disk when it is open', async (t) => {
  for (const [call, path] of [
    ['sync', 'partition.metadata'],
    ['syncDirectory', '/data/orders-0'],
    ['syncDirectory', '/data'],
  ] as const) {
    const disk = new FakeDisk();
    const { directory, clock } = await openDirectory(disk.mount());
    let failures = 1;
    disk.fault = (each, at) => (each === call && at.endsWith(path) && failures-- > 0 ? 'full' : undefined);
    const opening = directory.openLog('orders', 0, TOPIC_ID, logConfig());
    await settle(200);
    t.equal(failures, 0, `${call} of ${path} failed`);
    clock.advance(60_000);
    const log = await opening;
    log.appendAsLeader(makeBatch(), 1);
    await log.flush();
    disk.crash(new Seeded(1), 'loseAll');
    const again = await openDirectory(disk.mount());
    t.match(await again.directory.findPartitions(), [{ topic: 'orders', partition: 0, topicId: TOPIC_ID }]);
    const reopened = await again.directory.openLog('orders', 0, TOPIC_ID, logConfig());
    t.equal((await readAll(reopened)).length, 1);
    await again.directory.close();
  }
});

t.test('a log whose making met a disk that failed says whose it is on the disk, when that works again', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  let failures = 1;
  disk.fault = (call, path) =>
    call === 'sync' && path.endsWith('partition.metadata') && failures-- > 0 ? 'io' : undefined;
  await t.rejects(directory.openLog('orders', 0, TOPIC_ID, logConfig()), { code: 'KAFKA_STORAGE_ERROR' });
  t.ok(directory.offline);
  await directory.failureNoted;
  await directory.close();
  const second = await openDirectory(disk.mount());
  const log = await second.directory.openLog('orders', 0, TOPIC_ID, logConfig());
  log.appendAsLeader(makeBatch(), 1);
  await log.flush();
  disk.crash(new Seeded(1), 'loseAll');
  const third = await openDirectory(disk.mount());
  t.match(await third.directory.findPartitions(), [{ topic: 'orders', partition: 0, topicId: TOPIC_ID }]);
  await third.directory.close();
});
