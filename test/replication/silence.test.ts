import t from 'tap';
import { uuidToBytes } from '../../src/common/ids.js';
import { varve } from '../../src/protocol/replication.js';
import { TOPIC_ID } from './leader-options.js';
import { MemoryLog, batch } from './memory-log.js';
import { append, pair } from './leader-follower-pair.js';

/** A pair whose follower has its first fetch stream. */
async function fetching() {
  const made = pair();
  made.fetcher.add(made.replica, 1);
  await made.clock.advance(10);
  const stream = made.streams[0];
  if (stream === undefined) throw new Error('there is a stream');
  return { ...made, stream };
}

t.test('a follower that says nothing of what it was sent leaves the ISR after three seconds', async (t) => {
  const { clock, leader, fetcher, replica, streams, counts } = pair();
  fetcher.add(replica, 1);
  await clock.advance(10);
  append(leader, 'a');
  await clock.advance(10);
  t.equal(leader.highWatermark, leader.log.endOffset);
  const cut = streams[0];
  if (cut === undefined) throw new Error('there is a stream');
  cut.server.other = undefined;
  await clock.advance(60_000);
  leader.tick(clock.monotonicMs());
  t.equal(counts.silent, 0, 'nothing was sent to it');
  t.same(leader.proposedIsr, undefined);
  append(leader, 'b');
  await clock.advance(900);
  t.equal(counts.silent, 0);
  await clock.advance(200);
  t.equal(counts.silent, 1);
  leader.tick(clock.monotonicMs());
  t.same(leader.proposedIsr, undefined, 'it may come back');
  await clock.advance(2_000);
  t.equal(counts.silent, 3, 'said again and again');
  leader.tick(clock.monotonicMs());
  t.same(leader.proposedIsr?.isr, [1]);
});

t.test('a follower whose disk takes long tells what it has got, and is not silent', async (t) => {
  const { clock, leader, fetcher, replica, followerLog, counts } = pair({
    followerLog: new MemoryLog({ autoSync: false }),
  });
  fetcher.add(replica, 1);
  await clock.advance(10);
  append(leader, 'a');
  await clock.advance(8_000);
  leader.tick(clock.monotonicMs());
  t.equal(counts.silent, 0);
  t.same(leader.proposedIsr, undefined, 'it has replica.lag.time.max.ms');
  followerLog.sync();
  await clock.advance(10);
  t.equal(leader.highWatermark, leader.log.endOffset);
});

t.test('a source that is reached again is asked on a new connection, where the old one is silent', async (t) => {
  const { clock, leader, followerLog, fetcher, replica, streams, counts } = pair();
  fetcher.add(replica, 1);
  await clock.advance(10);
  append(leader, 'a');
  await clock.advance(500);
  fetcher.sourceReached();
  await clock.advance(10);
  t.equal(streams.length, 1, 'it was heard half a second ago');
  const cut = streams[0];
  if (cut === undefined) throw new Error('there is a stream');
  cut.server.other = undefined;
  cut.client.other = undefined;
  append(leader, 'b');
  await clock.advance(1_500);
  t.not(followerLog.endOffset, leader.log.endOffset);
  fetcher.sourceReached();
  t.equal(counts.disconnects, 1);
  await clock.advance(10);
  t.equal(streams.length, 2);
  t.equal(followerLog.endOffset, leader.log.endOffset);
  t.equal(leader.highWatermark, leader.log.endOffset);
  const silent = counts.silent;
  append(leader, 'c');
  await clock.advance(5_000);
  t.equal(counts.silent, silent, 'nobody looks at the former stream any more');
  leader.tick(clock.monotonicMs());
  t.same(leader.proposedIsr, undefined);
  fetcher.close();
  fetcher.sourceReached();
  t.equal(counts.disconnects, 1);
});

t.test('a session that closes between its timer and its look is looked at no more', async (t) => {
  const { clock, leader, counts, stream } = await fetching();
  stream.server.other = undefined;
  append(leader, 'a');
  const { defer } = clock;
  clock.defer = (callback) => {
    stream.server.closeNow();
    defer.call(clock, callback);
  };
  await clock.advance(60_000);
  t.equal(counts.silent, 0);
});

t.test('a stream that begins late, behind a cut, does not take the place of the one after it', async (t) => {
  const { clock, leader, fetcher, replica, open } = pair();
  fetcher.add(replica, 1);
  await clock.advance(10);
  append(leader, 'a');
  await clock.advance(10);
  fetcher.restart();
  await clock.advance(10);
  const late = open();
  let closed = false;
  late.onClose(() => (closed = true));
  const hello = varve.internal.FetchRequest.encode({
    version: 1,
    replica_id: 2,
    broker_epoch: 7,
    cluster_id: Buffer.from('c'),
    window_bytes: 1_000_000,
    partitions: [
      {
        topic_id: uuidToBytes(TOPIC_ID),
        partition: 0,
        session: 1,
        current_leader_epoch: 1,
        fetch_offset: 0,
        durable_offset: 0,
        last_fetched_epoch: -1,
      },
    ],
  });
  late.send(hello.finish());
  await clock.advance(10);
  t.equal(closed, true);
  leader.tick(clock.monotonicMs());
  t.same(leader.proposedIsr, undefined, 'what it says is of the past');
  append(leader, 'b');
  await clock.advance(10);
  t.equal(leader.highWatermark, leader.log.endOffset, 'the present stream goes on');
});

t.test('a follower that is heard again is silent no more, of whatever partition it speaks', async (t) => {
  const { clock, leader, counts, stream } = await fetching();
  const { server, client } = stream;
  server.other = undefined;
  append(leader, 'a');
  await clock.advance(1_200);
  t.equal(counts.silent, 1);
  client.send(varve.internal.FetchRequest.encode({ version: 1, partitions: [] }).finish());
  await clock.advance(2_000);
  leader.tick(clock.monotonicMs());
  t.same(leader.proposedIsr, undefined);
});

t.test('a large batch that is under way has more time, over a slow link', async (t) => {
  const { clock, leader, counts, stream } = await fetching();
  stream.server.other = undefined;
  append(leader, 'x'.repeat(2 * 1024 * 1024));
  await clock.advance(2_900);
  t.equal(counts.silent, 0, '2 MiB: two seconds more');
  await clock.advance(300);
  t.equal(counts.silent, 1);
});

t.test('it is known when a follower spoke last, of whatever partition, also where its stream is gone', async (t) => {
  const { clock, heardMs: known, stream } = await fetching();
  const heardMs = (): number | undefined => known.get(2);
  t.equal(heardMs(), clock.monotonicMs() - 10);
  await clock.advance(5_000);
  t.equal(heardMs(), clock.monotonicMs() - 5_010);
  stream.client.send(varve.internal.FetchRequest.encode({ version: 1, partitions: [] }).finish());
  await clock.advance(0);
  t.equal(heardMs(), clock.monotonicMs());
  stream.client.cancel();
  await clock.advance(0);
  t.equal(heardMs(), clock.monotonicMs());
});

/** A follower that has to cut its log before it can follow the leader, with a disk that takes until `endCut`. */
function withSlowCut() {
  const followerLog = new MemoryLog();
  followerLog.appendAsLeader(batch('of another epoch'), 1);
  const leaderLog = new MemoryLog();
  leaderLog.appendAsLeader(batch('of this one'), 2);
  const made = pair({ leaderLog, followerLog, epoch: 3 });
  let endCut = (): void => {};
  const slowDisk = new Promise<void>((resolve) => (endCut = resolve));
  made.replica.cut = async (work) => {
    await slowDisk;
    await work();
  };
  const tickFor = async (ticks: number): Promise<void> => {
    for (let tick = 0; tick < ticks; tick++) {
      await made.clock.advance(500);
      made.leader.tick(made.clock.monotonicMs());
    }
  };
  made.fetcher.add(made.replica, 3);
  return { ...made, endCut: () => endCut(), tickFor };
}

t.test('a follower that has to cut its log before it can follow a new leader is not taken for cut off', async (t) => {
  const { clock, leader, endCut, tickFor } = withSlowCut();
  await tickFor(10);
  t.same(leader.proposedIsr, undefined);
  endCut();
  await clock.advance(10);
  t.equal(leader.highWatermark, leader.log.endOffset);
});

t.test('one that has to cut its log, and is cut off meanwhile, leaves after three seconds', async (t) => {
  const { leader, fetcher, streams, endCut, tickFor } = withSlowCut();
  await tickFor(1);
  streams.at(-1)?.server.cancel();
  fetcher.close();
  await tickFor(1);
  t.same(leader.proposedIsr, undefined, 'it may come back');
  await tickFor(6);
  t.match(leader.proposedIsr, { isr: [1] });
  endCut();
});
