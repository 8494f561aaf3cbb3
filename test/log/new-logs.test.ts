import t from 'tap';
import { BoundedRun } from '../../src/log/bounded-run.js';
import { SharedRun } from '../../src/log/shared-run.js';
import { crashAtEachStep } from './crash-steps.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

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

t.test(
  'a checkpoint writes the epochs of some of many new logs, and lets the recovery points of the others wait',
  async (t) => {
    const disk = new FakeDisk();
    const { directory } = await openDirectory(disk);
    const partitions = Array.from({ length: 100 }, (_, partition) => partition);
    const logs = await Promise.all(partitions.map((n) => directory.openLog('orders', n, TOPIC_ID, logConfig())));
    for (const log of logs) log.appendAsLeader(makeBatch({ records: 3 }), 1);
    await Promise.all(logs.map((log) => log.flush()));
    const withEpochs = (): number[] =>
      partitions.filter((partition) => disk.exists(`/data/orders-${partition}/leader-epoch-checkpoint`));
    const recoveryPoints = async (): Promise<number[]> => {
      const lines = (await disk.readFile('/data/recovery-point-offset-checkpoint'))
        .toString()
        .trim()
        .split('\n')
        .slice(2);
      return lines.map((line) => Number(line.split(' ')[1])).sort((a, b) => a - b);
    };
    for (const known of [32, 64, 96, 100]) {
      await directory.checkpoint();
      t.same(withEpochs(), partitions.slice(0, known));
      t.same(await recoveryPoints(), partitions.slice(0, known), 'a recovery point for those alone');
    }
    for (const log of logs) log.appendAsLeader(makeBatch({ records: 3 }), 2);
    await Promise.all(logs.map((log) => log.flush()));
    await directory.checkpoint();
    disk.crash(new Seeded(1), 'loseAll');
    const again = await openDirectory(disk);
    for (const partition of partitions) {
      const log = await again.directory.openLog('orders', partition, TOPIC_ID, logConfig());
      const expected = [0, 3].map((startOffset, i) => ({ epoch: i + 1, startOffset }));
      t.same(log.epochs, expected, `partition ${partition}: what the file lacks is read from the batches`);
    }
    await again.directory.close();
  },
);
