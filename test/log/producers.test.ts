import t from 'tap';
import type { AppendResult } from '../../src/log/leader-appends.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { decodeProducers } from '../../src/log/producer-snapshot.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

const MAX_SEQUENCE = 0x7fff_ffff;

t.test('one producer writes each batch once, in order', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const send = (baseSequence: number, records = 1, producerEpoch = 0) =>
    log.appendAsLeader(makeBatch({ producerId: 9, baseSequence, records, producerEpoch }), 0);
  t.throws(() => send(3), { code: 'UNKNOWN_PRODUCER_ID' }, 'a new id begins with 0 in a log that has lost nothing');
  for (let index = 0; index < 7; index++) t.equal(send(index * 2, 2).firstOffset, index * 2);
  t.match(send(12, 2), { duplicateOf: { firstOffset: 12, lastOffset: 13 } });
  t.match(send(4, 2), { duplicateOf: { firstOffset: 4, lastOffset: 5 } }, 'the fifth last is known');
  t.throws(() => send(2, 2), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }, 'the sixth last is not');
  t.throws(() => send(16), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER', message: /go on with sequence 14/ });
  t.throws(() => send(12, 1), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }, 'a part of a batch is no duplicate of it');
  t.equal(log.endOffset, 14, 'nothing of it had an effect');
  t.throws(() => send(5, 1, 1), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' }, 'a new epoch begins with 0');
  t.equal(send(0, 1, 1).firstOffset, 14);
  t.throws(() => send(14, 1, 0), { code: 'INVALID_PRODUCER_EPOCH' });
  const both = Buffer.concat([
    makeBatch({ producerId: 9, producerEpoch: 1, baseSequence: 1 }),
    makeBatch({ producerId: 9, producerEpoch: 1, baseSequence: 3 }),
  ]);
  const coordinator = { origin: 'coordinator' } as const;
  t.throws(
    () => log.appendAsLeader(both, 0, coordinator),
    { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' },
    'within one append',
  );
  const message = 'The request has 2 batches for the partition: send exactly one.';
  t.throws(() => log.appendAsLeader(both, 0), { code: 'INVALID_RECORD', message }, 'a client sends one at a time');
  await t.rejects(log.appendAsLeaderAsync(both, 0), { code: 'INVALID_RECORD', message });
  t.equal(log.endOffset, 15);
});

t.test('sequences wrap, and an unknown id may go on where records were deleted', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  log.appendAsLeader(makeBatch(), 0);
  log.deleteRecordsBefore(1);
  log.appendAsLeader(makeBatch({ producerId: 1, baseSequence: MAX_SEQUENCE - 1, records: 4 }), 0);
  t.match(log.appendAsLeader(makeBatch({ producerId: 1, baseSequence: MAX_SEQUENCE - 1, records: 4 }), 0), {
    duplicateOf: { firstOffset: 1, lastOffset: 4 },
  });
  t.equal(log.appendAsLeader(makeBatch({ producerId: 1, baseSequence: 2 }), 0).firstOffset, 5);
});

t.test('a retry is known after a restart, clean or not, as far back as before it', async (t) => {
  for (const clean of [true, false]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk.mount());
    const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 400 }));
    for (let index = 0; index < 8; index++) log.appendAsLeader(makeBatch({ producerId: 1, baseSequence: index }), 0);
    if (clean) await first.directory.close();
    else await log.flush();
    const second = await openDirectory(disk.mount());
    const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig({ segmentBytes: 400 }));
    for (let index = 3; index < 8; index++) {
      t.match(again.appendAsLeader(makeBatch({ producerId: 1, baseSequence: index }), 1), {
        duplicateOf: { firstOffset: index, lastOffset: index },
      });
    }
    t.equal(again.appendAsLeader(makeBatch({ producerId: 1, baseSequence: 8 }), 1).firstOffset, 8);
  }
});

// SEED=7000104 SECONDS=3, at that time: elected, it stored a retry a second time.
t.test(
  'a replica that starts where the leader has deleted the rest knows what is a retry, after a restart, too',
  async (t) => {
    const leader = await (await openDirectory(new FakeDisk())).directory.openLog('t', 0, TOPIC_ID, logConfig());
    const send = (log: typeof leader, producerId: number, baseSequence: number) =>
      log.appendAsLeader(makeBatch({ producerId, baseSequence }), 0);
    t.equal(leader.producersBelowStart(), undefined, 'nothing was deleted');
    for (let index = 0; index < 6; index++) send(leader, 1, index);
    for (let index = 0; index < 2; index++) send(leader, 2, index);
    await leader.flush();
    leader.updateHighWatermark(7);
    leader.deleteRecordsBefore(7);

    const disk = new FakeDisk();
    const follower = await (await openDirectory(disk)).directory.openLog('t', 0, TOPIC_ID, logConfig());
    send(follower, 3, 0);
    await follower.flush();
    await follower.truncateFullyAndStartAt(leader.startOffset, leader.producersBelowStart());
    follower.appendAsFollower(Buffer.concat(await readAll(leader)));
    await follower.flush();
    disk.crash(new Seeded(1), 'loseAll');
    const restarted = await (await openDirectory(disk)).directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.equal(restarted.startOffset, 7);
    for (const log of [follower, restarted]) {
      for (const sequence of [1, 2, 3, 4, 5]) {
        t.match(send(log, 1, sequence), { duplicateOf: { firstOffset: sequence, lastOffset: sequence } });
      }
      t.match(send(log, 2, 0), { duplicateOf: { firstOffset: 6 } }, 'below the start');
      t.match(send(log, 2, 1), { duplicateOf: { firstOffset: 7 } }, 'and at it');
      t.notOk(log.knowsProducer(3), 'what this replica had and its leader had not is gone');
      t.throws(() => send(log, 1, 7), { code: 'OUT_OF_ORDER_SEQUENCE_NUMBER' });
    }
    t.equal(send(restarted, 1, 6).firstOffset, 8);
  },
);

t.test('what a leader gives of its producers is read whole or not at all', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const leader = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let index = 0; index < 3; index++) leader.appendAsLeader(makeBatch({ producerId: 1, baseSequence: index }), 0);
  leader.updateHighWatermark(3);
  leader.deleteRecordsBefore(3);
  const given = leader.producersBelowStart() ?? Buffer.alloc(0);
  t.equal(decodeProducers(given).length, 1);
  for (let length = 0; length < 4 + 56; length++) t.same(decodeProducers(given.subarray(0, length)), []);
  for (let at = 0; at < 4 + 56; at++) {
    const damaged = Buffer.from(given);
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    t.same(decodeProducers(damaged), []);
  }
});

t.test('silent producers are forgotten, and their number is bounded', async (t) => {
  const { directory, clock } = await openDirectory(new FakeDisk(), {
    config: { producerIdExpirationMs: 1000, maxProducerIds: 32 },
  });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let producerId = 0; producerId < 100; producerId++) {
    log.appendAsLeader(makeBatch({ producerId, timestamp: clock.wallMs() + producerId }), 0);
    t.ok(log.producerState.producers.size <= 32);
  }
  t.ok(log.producerState.producers.has(99), 'the latest stay');
  await log.applyRetention(clock.wallMs());
  clock.advance(2000);
  await log.applyRetention(clock.wallMs());
  t.equal(log.producerState.producers.size, 0);
});

t.test('who copies old records is known while it writes, and for a while after a restart', async (t) => {
  const disk = new FakeDisk();
  const { directory, clock } = await openDirectory(disk);
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig({ retentionMs: Infinity }));
  const timestamp = clock.wallMs() - 365 * 24 * 3_600_000;
  const send = (to: PartitionLog, baseSequence: number): AppendResult =>
    to.appendAsLeader(makeBatch({ producerId: 1, baseSequence, timestamp }), 0);
  send(log, 0);
  await log.applyRetention(clock.wallMs());
  t.equal(send(log, 0).duplicateOf?.firstOffset, 0, 'a retry');
  t.equal(send(log, 1).firstOffset, 1, 'the next');
  await directory.close();
  const again = await openDirectory(disk, { clock });
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, logConfig({ retentionMs: Infinity }));
  await reopened.applyRetention(clock.wallMs());
  t.equal(send(reopened, 1).duplicateOf?.firstOffset, 1, 'a retry after a restart');
  clock.advance(3_600_000);
  await reopened.applyRetention(clock.wallMs());
  t.notOk(reopened.knowsProducer(1), 'it did not come back');
  await again.directory.close();
});

t.test('who copies old records is not forgotten for those that are silent, nor kept from a new replica', async (t) => {
  const disk = new FakeDisk();
  const config = { maxProducerIds: 5_000 };
  const { directory, clock } = await openDirectory(disk, { config });
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const importer = 1_000_000;
  const old = clock.wallMs() - 365 * 24 * 3_600_000;
  const send = (to: PartitionLog, producerId: number, baseSequence: number): AppendResult => {
    const timestamp = producerId === importer ? old : clock.wallMs();
    return to.appendAsLeader(makeBatch({ producerId, baseSequence, timestamp }), 0);
  };
  send(log, importer, 0);
  for (let producerId = 0; producerId < 4_998; producerId++) send(log, producerId, 0);
  send(log, importer, 1);
  await log.flush();
  log.updateHighWatermark(log.endOffset);
  log.deleteRecordsBefore(log.endOffset);
  const given = decodeProducers(log.producersBelowStart() ?? Buffer.alloc(0)).map(({ producerId }) => producerId);
  t.equal(given.length, 4_096);
  t.ok(given.includes(importer) && given.includes(4_997) && !given.includes(0), 'those are given that wrote last');
  await directory.close();

  const again = await openDirectory(disk, { clock, config });
  const reopened = await again.directory.openLog('t', 0, TOPIC_ID, logConfig());
  for (let producerId = 5_000; producerId < 5_002; producerId++) send(reopened, producerId, 0);
  t.notOk(reopened.knowsProducer(0), 'room was made');
  t.ok(send(reopened, importer, 1).duplicateOf, 'a retry of who wrote last');
  await again.directory.close();
});

t.test('the last stable offset stops at the first open transaction', async (t) => {
  const { directory } = await openDirectory(new FakeDisk());
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  const send = (producerId: number, baseSequence = 0) =>
    log.appendAsLeader(makeBatch({ producerId, baseSequence, transactional: true }), 0).firstOffset;
  const end = (producerId: number, committed: boolean) =>
    log.appendAsLeader(makeBatch({ producerId, producerEpoch: 0, marker: { committed, coordinatorEpoch: 3 } }), 0, {
      origin: 'coordinator',
    });
  log.appendAsLeader(makeBatch(), 0);
  send(1);
  send(2);
  t.equal(log.lastStableOffset(3), 1);
  t.throws(() => log.appendAsLeader(makeBatch({ producerId: 1, baseSequence: 1 }), 0), { code: 'INVALID_TXN_STATE' });
  end(1, false);
  log.updateHighWatermark(3);
  t.equal(log.lastStableOffset(), 1, 'its marker is not replicated');
  log.updateHighWatermark(4);
  t.equal(log.lastStableOffset(), 2);
  t.same(log.abortedTransactions(0, 4), [{ producerId: 1, firstOffset: 1, lastOffset: 3, lastStableOffset: 2 }]);
  end(2, true);
  log.updateHighWatermark(5);
  t.equal(log.lastStableOffset(), 5);
  t.throws(
    () =>
      log.appendAsLeader(
        makeBatch({ producerId: 2, producerEpoch: 0, marker: { committed: true, coordinatorEpoch: 2 } }),
        0,
        {
          origin: 'coordinator',
        },
      ),
    { code: 'TRANSACTION_COORDINATOR_FENCED' },
  );
  t.throws(
    () =>
      log.appendAsLeader(
        makeBatch({ producerId: 2, producerEpoch: 0, marker: { committed: true, coordinatorEpoch: 9 } }),
        0,
      ),
    { code: 'INVALID_RECORD' },
    'a client writes no markers',
  );
});

t.test('1,000 logs open after a clean stop without reading a batch', async (t) => {
  const disk = new FakeDisk();
  const first = await openDirectory(disk);
  for (let partition = 0; partition < 1000; partition++) {
    const log = await first.directory.openLog('t', partition, TOPIC_ID, logConfig());
    if (partition % 10 === 0) log.appendAsLeader(makeBatch({ producerId: 1 }), 0);
  }
  await first.directory.close();
  const calls = disk.calls.length;
  const second = await openDirectory(disk);
  for (let partition = 0; partition < 1000; partition++) {
    const log = await second.directory.openLog('t', partition, TOPIC_ID, logConfig());
    if (log.endOffset !== (partition % 10 === 0 ? 1 : 0)) t.fail(`end of ${partition}`);
  }
  const since = disk.calls.slice(calls);
  t.equal(since.filter(([, path]) => path.endsWith('.log')).length, 0);
  t.ok(since.length < 6000, `${since.length} calls to the disk`);
});

t.test('snapshots that clean stops left go with the segments that they are in', async (t) => {
  const disk = new FakeDisk();
  const config = logConfig({ segmentBytes: 600, retentionBytes: 1200 });
  let sequence = 0;
  for (let start = 0; start < 6; start++) {
    const { directory, clock } = await openDirectory(disk);
    const log = await directory.openLog('t', 0, TOPIC_ID, config);
    t.equal(log.producerState.producers.get(1)?.lastSequence, start === 0 ? undefined : sequence - 1);
    for (let index = 0; index < 23; index++) {
      log.appendAsLeader(makeBatch({ valueBytes: 50, producerId: 1, baseSequence: sequence++ }), 1);
    }
    await log.flush();
    log.updateHighWatermark(log.endOffset);
    const { segments } = await log.applyRetention(clock.wallMs());
    t.ok(segments > 0);
    for (const name of await disk.readDirectory('/data/t-0')) {
      if (/\.(snapshot|batches)$/.test(name)) t.ok(Number(name.slice(0, 20)) >= log.firstSegmentOffset, name);
    }
    await directory.close();
  }
});
