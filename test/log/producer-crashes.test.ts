import t from 'tap';
import type { Test } from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, ManualClock, type Opened, openDirectory, settle, TOPIC_ID } from './support.js';

const MODES = ['loseAll', 'keepAll', 'mix'] as const;
/** More disk calls than each of the scenarios makes. */
const STEPS = 80;

const open = ({ directory }: Opened): Promise<PartitionLog> =>
  directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 400, retentionMs: Infinity }));

const send = (log: PartitionLog, producerId: number, baseSequence: number) =>
  log.appendAsLeader(makeBatch({ producerId, baseSequence }), 0);

interface Scenario {
  /** Until the disk has it. */
  prepare(log: PartitionLog, opened: Opened, disk: FakeDisk): Promise<PartitionLog>;
  /** A crash may come at any point of it, and after it. */
  change(log: PartitionLog): Promise<unknown>;
  check(t: Test, log: PartitionLog, at: string): void;
}

/** Runs `change` up to each of its disk calls, then loses the power. */
async function crashEverywhere(t: Test, { prepare, change, check }: Scenario): Promise<void> {
  for (const how of MODES) {
    for (let step = 0; step < STEPS; step++) {
      const disk = new FakeDisk();
      const random = new Seeded(step);
      const opened = await openDirectory(disk.mount());
      const log = await prepare(await open(opened), opened, disk);
      disk.manual = true;
      let isDone = false;
      void change(log).then(() => (isDone = true));
      for (let turn = 0; turn < step; turn++) {
        await settle(40);
        disk.runOne(random);
      }
      await settle(40);
      if (step === STEPS - 1) t.ok(isDone && disk.waiting.length === 0, 'the last crash comes after it');
      disk.manual = false;
      disk.crash(random, how);
      check(t, await open(await openDirectory(disk.mount())), `${how}, after ${step} calls`);
    }
  }
}

const isRetry = (t: Test, log: PartitionLog, producerId: number, baseSequence: number, at: string): void => {
  const appended = send(log, producerId, baseSequence);
  t.ok(appended.duplicateOf, `${at}: a retry of producer ${producerId} is stored again at ${appended.firstOffset}`);
};

t.test('a retry is known after a crash while the last segment goes', async (t) => {
  await crashEverywhere(t, {
    async prepare(log, { directory }) {
      for (let index = 0; index < 5; index++) send(log, 7, index);
      await log.flush();
      log.updateHighWatermark(5);
      await directory.checkpoint();
      log.deleteRecordsBefore(5);
      await log.saveStartOffset();
      return log;
    },
    change: (log) => log.applyRetention(0),
    check: (t, log, at) => isRetry(t, log, 7, 4, at),
  });
});

t.test('a retry is known after a crash while segments go behind which a recovery left no snapshot', async (t) => {
  await crashEverywhere(t, {
    async prepare(log, _, disk) {
      for (const producerId of [1, 2, 3, 4]) for (let index = 0; index < 5; index++) send(log, producerId, index);
      await log.flush();
      disk.crash(new Seeded(1), 'loseAll');
      const opened = await openDirectory(disk.mount());
      const again = await open(opened);
      t.equal(disk.paths('/data/t-0/').filter((path) => path.endsWith('.snapshot')).length, 0);
      again.updateHighWatermark(20);
      again.deleteRecordsBefore(17);
      await again.saveStartOffset();
      return again;
    },
    change: (log) => log.applyRetention(0),
    check(t, log, at) {
      for (const producerId of [1, 2, 3, 4]) isRetry(t, log, producerId, 4, at);
    },
  });
});

t.test('a replica that starts over has no log without the producers of before it', async (t) => {
  const leader = await open(await openDirectory(new FakeDisk()));
  for (let index = 0; index < 7; index++) send(leader, 7, index);
  leader.updateHighWatermark(7);
  leader.deleteRecordsBefore(7);
  await crashEverywhere(t, {
    async prepare(log) {
      for (let index = 0; index < 5; index++) send(log, 1, index);
      await log.flush();
      return log;
    },
    change: (log) => log.truncateFullyAndStartAt(7, leader.producersBelowStart()),
    check(t, log, at) {
      if (log.endOffset === 7) isRetry(t, log, 7, 6, at);
    },
  });
});

t.test('a retry is known after a crash while a log is cut to where it begins', async (t) => {
  await crashEverywhere(t, {
    async prepare(log, { directory }) {
      for (let index = 0; index < 7; index++) send(log, 7, index);
      await log.flush();
      log.updateHighWatermark(7);
      log.deleteRecordsBefore(7);
      await log.saveStartOffset();
      await log.applyRetention(0);
      // It notes no start where the first file tells it.
      await directory.checkpoint();
      t.equal(log.firstSegmentOffset, 7);
      for (let index = 0; index < 7; index++) send(log, 1, index);
      await log.flush();
      return log;
    },
    change: (log) => log.truncateTo(7),
    check(t, log, at) {
      t.equal(log.startOffset, 7, `${at}: it begins where it began`);
      isRetry(t, log, 7, 6, at);
    },
  });
});

t.test('a retry is known after a crash while a log is cut within the batch where it begins', async (t) => {
  await crashEverywhere(t, {
    async prepare(log) {
      for (let index = 0; index < 9; index++) send(log, 7, index);
      log.appendAsLeader(makeBatch({ producerId: 1, records: 3 }), 0);
      for (let index = 3; index < 12; index++) send(log, 1, index);
      await log.flush();
      log.updateHighWatermark(10);
      log.deleteRecordsBefore(10);
      await log.saveStartOffset();
      return log;
    },
    change: (log) => log.truncateTo(11),
    check: (t, log, at) => isRetry(t, log, 7, 8, at),
  });
});

t.test('a snapshot of what is gone tells nothing of what comes in its place', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await open({ directory, clock: new ManualClock() });
  for (let index = 0; index < 8; index++) send(log, 7, index);
  await log.flush();
  await log.applyRetention(0);
  const snapshot = disk.paths('/data/t-0/').find((path) => path.endsWith('.snapshot'));
  t.equal(snapshot, '/data/t-0/00000000000000000005.snapshot');
  for (const path of disk.paths('/data/t-0/').filter((each) => each.endsWith('.log'))) await disk.unlink(path);
  disk.crash(new Seeded(1), 'keepAll');
  const again = await open(await openDirectory(disk.mount()));
  for (let index = 0; index < 8; index++) send(again, 2, index);
  await again.truncateTo(6);
  t.notOk(again.knowsProducer(7));
  t.equal(send(again, 2, 6).firstOffset, 6);
});

t.test(
  'a full disk does not keep the files that would make room, and the producers of before them follow',
  async (t) => {
    const disk = new FakeDisk();
    const opened = await openDirectory(disk.mount());
    const log = await open(opened);
    for (let index = 0; index < 7; index++) send(log, 7, index);
    await log.flush();
    log.updateHighWatermark(7);
    log.deleteRecordsBefore(7);
    await log.saveStartOffset();
    disk.fault = (call, path) =>
      call === 'write' && path.endsWith('.snapshot') && disk.exists('/data/t-0/00000000000000000005.log')
        ? 'full'
        : undefined;
    t.match(await log.applyRetention(0), { segments: 2 });
    disk.crash(new Seeded(1), 'loseAll');
    isRetry(t, await open(await openDirectory(disk.mount())), 7, 6, 'after it');
  },
);

// SEED=95017 SECONDS=60, and 95158, found it.
t.test('a retry of several batches is known though the file of those before the last is damaged', async (t) => {
  for (const clean of [true, false]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk.mount());
    const log = await open(first);
    for (let index = 0; index < 12; index++) send(log, 7, index);
    await log.flush();
    log.updateHighWatermark(12);
    await first.directory.checkpoint();
    if (clean) await first.directory.close();
    else disk.crash(new Seeded(1), 'loseAll');
    const names = (await disk.readDirectory('/data/t-0')).filter((name) => name.endsWith('.batches'));
    t.ok(names.length > 1, `there are some: ${names.join(', ')}`);
    disk.flipBit(`/data/t-0/${names.at(-1)}`, 12);
    const again = await open(await openDirectory(disk.mount()));
    t.equal(again.endOffset, 12);
    for (let index = 8; index < 12; index++) isRetry(t, again, 7, index, clean ? 'after a stop' : 'after a crash');
  }
});

t.test('where the disk has read that file wrong once it is read again', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk.mount());
  const log = await open(first);
  for (let index = 0; index < 3; index++) send(log, 7, index);
  await log.flush();
  log.updateHighWatermark(3);
  await first.directory.close();
  const mounted = disk.mount();
  const { readFile } = mounted;
  const wrong = new Set<string>();
  mounted.readFile = async (path) => {
    const content = await readFile(path);
    if (!/\.(batches|snapshot)$/.test(path) || wrong.has(path)) return content;
    wrong.add(path);
    return Buffer.alloc(content.length);
  };
  const again = await open(await openDirectory(mounted));
  t.equal(wrong.size, 2);
  for (let index = 0; index < 3; index++) isRetry(t, again, 7, index, 'after a wrong read');
});
