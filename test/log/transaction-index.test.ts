import t from 'tap';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, TOPIC_ID } from './support.js';

const CONFIG = logConfig({ segmentBytes: 600 });
const FOLDER = '/data/t-0';

/** A transaction of two producers, of which the second is aborted, some of it in another segment than its marker. */
function appendTransactions(log: PartitionLog, count: number): void {
  for (let index = 0; index < count; index++) {
    for (const producerId of [1, 2]) {
      log.appendAsLeader(makeBatch({ producerId, baseSequence: index, transactional: true }), 0);
    }
    for (const producerId of [1, 2]) {
      log.appendAsLeader(makeBatch({ producerId, marker: { committed: producerId === 1, coordinatorEpoch: 0 } }), 0, {
        origin: 'coordinator',
      });
    }
  }
}

t.test('a transaction index that cannot be right is made from the batches', async (t) => {
  for (const clean of [true, false]) {
    for (const snapshots of [true, false]) {
      const disk = new FakeDisk();
      const { directory } = await openDirectory(disk.mount());
      const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
      appendTransactions(log, 10);
      await log.flush();
      await directory.checkpoint();
      const expected = log.abortedTransactions(0, 40);
      t.equal(expected.length, 10);
      if (clean) await directory.close();
      disk.crash(new Seeded(1), 'keepAll');
      const names = await disk.readDirectory(FOLDER);
      const indexes = names.filter((name) => name.endsWith('.txnindex'));
      t.ok(indexes.length > 4);
      if (!snapshots) for (const name of names) if (name.endsWith('.snapshot')) await disk.unlink(`${FOLDER}/${name}`);
      const stale = disk.bytesOf(`${FOLDER}/${indexes[0]}`);
      for (const [which, name] of indexes.entries()) {
        const path = `${FOLDER}/${name}`;
        const harmed = [disk.bytesOf(path).subarray(3), Buffer.alloc(34, 7), stale][which % 3] ?? stale;
        if (which > 0) disk.put(path, harmed);
      }
      const again = await openDirectory(disk.mount());
      const reopened = await again.directory.openLog('t', 0, TOPIC_ID, CONFIG);
      t.same(reopened.abortedTransactions(0, 40), expected, `clean: ${clean}, snapshots: ${snapshots}`);
      t.ok(reopened.truncatedByRecovery === false);
    }
  }
});

t.test('transactions that were truncated are not in the index of the segment that is written again', async (t) => {
  const disk = new FakeDisk();
  const { directory } = await openDirectory(disk.mount());
  const log = await directory.openLog('t', 0, TOPIC_ID, CONFIG);
  appendTransactions(log, 10);
  await log.flush();
  await log.truncateTo(2);
  for (let index = 0; index < 40; index++) log.appendAsLeader(makeBatch(), 1);
  await log.flush();
  await directory.checkpoint();
  disk.crash(new Seeded(1), 'keepAll');
  const again = await openDirectory(disk.mount());
  t.same((await again.directory.openLog('t', 0, TOPIC_ID, CONFIG)).abortedTransactions(0, 42), []);
});
