import t from 'tap';
import { defined } from '../../src/common/assert.js';
import { VarveError } from '../../src/common/errors.js';
import { settle } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';
import { append, leaderOf, pair } from './leader-follower-pair.js';

t.test('a follower catches up, follows, and its syncs move the high watermark', async (t) => {
  const p = pair();
  append(p.leader, 'a');
  append(p.leader, 'b');
  p.fetcher.add(p.replica, 1);
  await settle();
  t.same(p.followerLog.tags, ['a', 'b']);
  t.equal(p.leader.highWatermark, 2);
  t.same(append(p.leader, 'c'), []);
  await settle();
  t.same(p.followerLog.tags, ['a', 'b', 'c']);
  t.equal(p.leader.highWatermark, 3);
  await p.clock.advance(200);
  t.equal(p.heard(), 3, 'an idle partition hears of the high watermark too');
});

t.test('a follower does not speak for what is behind damage that its recovery found', async (t) => {
  const followerLog = new MemoryLog();
  const p = pair({ followerLog });
  p.leaderLog.appendAsLeader(batch('a'), 1);
  p.leaderLog.appendAsLeader(batch('b'), 1);
  p.leaderLog.appendAsLeader(batch('c'), 1);
  p.leaderLog.sync();
  followerLog.damagedFrom = 1;
  p.fetcher.add(p.replica, 1);
  await settle();
  t.equal(p.leader.followerState(2)?.fetchOffset, 3);
  t.equal(p.leader.highWatermark, 1, 'the record that it has, and may not serve, is not committed by it');
  followerLog.damagedFrom = Infinity;
  p.fetcher.durable(p.replica);
  await settle();
  t.equal(p.leader.highWatermark, 3);
});

t.test('what the follower has fetched and not synced does not count', async (t) => {
  const followerLog = new MemoryLog({ autoSync: false });
  const p = pair({ followerLog });
  p.fetcher.add(p.replica, 1);
  await settle();
  const answers = append(p.leader, 'a');
  await settle();
  t.same(followerLog.tags, ['a']);
  t.same(answers, []);
  followerLog.sync();
  await settle();
  t.same(answers, ['ok']);
});

t.test(
  'logs that diverge agree after a truncation by epoch, not to the high watermark (KIP-101, KIP-279)',
  async (t) => {
    // Both led once: the follower wrote x and y in epoch 2, the leader p in epoch 3 after the same a.
    const leaderLog = new MemoryLog();
    leaderLog.appendAsLeader(batch('a'), 1);
    leaderLog.appendAsLeader(batch('p'), 3);
    const followerLog = new MemoryLog();
    followerLog.appendAsLeader(batch('a'), 1);
    followerLog.appendAsLeader(batch('x'), 2);
    followerLog.appendAsLeader(batch('y'), 2);
    const p = pair({ leaderLog, followerLog, epoch: 4 });
    p.fetcher.add(p.replica, 4);
    await settle();
    await settle();
    t.same(followerLog.tags, ['a', 'p']);
    t.same(followerLog.truncations, [1], 'cut once, to the end of the epoch that both have');
  },
);

t.test('a leader whose log is as long as the diverged one finds the divergence by the epoch (KIP-279)', async (t) => {
  const leaderLog = new MemoryLog();
  const followerLog = new MemoryLog();
  for (const log of [leaderLog, followerLog]) log.appendAsLeader(batch('a'), 1);
  for (const tag of ['p', 'q']) leaderLog.appendAsLeader(batch(tag), 3);
  for (const tag of ['x', 'y']) followerLog.appendAsLeader(batch(tag), 2);
  const p = pair({ leaderLog, followerLog, epoch: 4 });
  p.fetcher.add(p.replica, 4);
  await settle();
  await settle();
  t.same(followerLog.tags, ['a', 'p', 'q'], 'both hold the same');
});

// SEED=98133 SECONDS=60 and SEED=98755, at that time: a bit of the last record's epoch had flipped, into that of the next leader.
t.test('a follower whose last record has a later epoch than the leader has there is cut before it', async (t) => {
  const leaderLog = new MemoryLog();
  for (const tag of ['a', 'b', 'c']) leaderLog.appendAsLeader(batch(tag), 1);
  leaderLog.appendAsLeader(batch('d'), 3);
  const followerLog = new MemoryLog();
  followerLog.appendAsLeader(batch('a'), 1);
  followerLog.appendAsLeader(batch('b'), 3);
  const p = pair({ leaderLog, followerLog, epoch: 3 });
  p.fetcher.add(p.replica, 3);
  await settle();
  await settle();
  t.same(followerLog.truncations, [1]);
  t.same(followerLog.tags, ['a', 'b', 'c', 'd']);
  t.equal(followerLog.epochAt(1), 1, 'it is of the epoch that wrote it');
});

t.test('a follower is not cut where the leader has damage, and may not know where the epoch begins', async (t) => {
  const leaderLog = new MemoryLog();
  const followerLog = new MemoryLog();
  for (const log of [leaderLog, followerLog]) log.appendAsLeader(batch('a'), 1);
  // Its recovery stepped over b, the first record of epoch 3.
  leaderLog.appendAsLeader(batch('damaged'), 1);
  leaderLog.appendAsLeader(batch('c'), 3);
  leaderLog.damagedFrom = 1;
  followerLog.appendAsLeader(batch('b'), 3);
  const p = pair({ leaderLog, followerLog, epoch: 3 });
  p.fetcher.add(p.replica, 3);
  await settle();
  await settle();
  t.same(followerLog.truncations, []);
  t.same(followerLog.tags, ['a', 'b', 'c']);
});

t.test('acknowledged records above a stale high watermark survive a change of leader', async (t) => {
  // The hazard of truncating to the high watermark: the follower has both records, but has heard of none being committed.
  const leaderLog = new MemoryLog();
  leaderLog.appendAsLeader(batch('a'), 1);
  leaderLog.appendAsLeader(batch('b'), 1);
  const followerLog = new MemoryLog();
  followerLog.appendAsLeader(batch('a'), 1);
  followerLog.appendAsLeader(batch('b'), 1);
  const p = pair({ leaderLog, followerLog, epoch: 2 });
  p.fetcher.add(p.replica, 2);
  await settle();
  t.same(followerLog.truncations, []);
  t.same(followerLog.tags, ['a', 'b']);
});

t.test("a follower below the leader's log start begins anew where that starts", async (t) => {
  const leaderLog = new MemoryLog();
  for (const tag of ['a', 'b', 'c']) leaderLog.appendAsLeader(batch(tag), 1);
  leaderLog.deleteRecordsBefore(2);
  const p = pair({ leaderLog });
  p.fetcher.add(p.replica, 1);
  await settle();
  await settle();
  t.equal(p.followerLog.startOffset, 2);
  t.same(p.followerLog.tags, ['c']);
});

t.test('a follower hears of deleted records at once, and says so when it has stored the new start', async (t) => {
  const p = pair();
  for (const tag of ['a', 'b', 'c']) append(p.leader, tag);
  p.fetcher.add(p.replica, 1);
  await settle();
  let stored = (): void => {};
  p.followerLog.storedStart = () => new Promise((resolve) => (stored = resolve));
  let lowWatermark = -1;
  void p.leader.deleteRecords(2, Infinity).then((low) => (lowWatermark = low));
  for (let i = 0; i < 3; i++) await settle();
  t.equal(p.followerLog.startOffset, 2, 'without any time that passes');
  t.equal(lowWatermark, -1);
  stored();
  for (let i = 0; i < 3; i++) await settle();
  t.equal(lowWatermark, 2);
});

// SEED=136 SECONDS=5, at that time: it refused the leader's first batch for ever.
t.test("a follower begins anew within the batch in which the leader's log starts", async (t) => {
  const leaderLog = new MemoryLog();
  leaderLog.appendAsLeader(batch('a'), 1);
  leaderLog.appendAsLeader(batch('bcd', 3), 1);
  leaderLog.appendAsLeader(batch('e'), 1);
  leaderLog.deleteRecordsBefore(2);
  const p = pair({ leaderLog });
  p.fetcher.add(p.replica, 1);
  for (let i = 0; i < 4; i++) await settle();
  t.equal(p.followerLog.startOffset, 2);
  t.same(p.followerLog.tags, ['bcd', 'e']);
  t.equal(p.leader.highWatermark, 5);
});

t.test('what a dead incarnation of a follower fetches counts for nothing', async (t) => {
  const p = pair();
  append(p.leader, 'a');
  p.fetcher.add(p.replica, 1);
  await settle();
  t.equal(p.leader.followerState(2)?.durableOffset, 1);
  // Another process of node 2 has registered, while this one still has its stream.
  p.registered.brokerEpoch = 8;
  const unheard = append(p.leader, 'b');
  await p.clock.advance(500);
  t.equal(p.leader.followerState(2)?.durableOffset, 1, 'nor does its next position');
  t.same(unheard, []);
  p.registered.brokerEpoch = 7;
  await p.clock.advance(500);
  t.same(unheard, ['ok'], 'served again as soon as the epochs agree');
});

t.test('a stale or a future leader epoch is refused, and tried again', async (t) => {
  const p = pair({ epoch: 5 });
  append(p.leader, 'a');
  p.fetcher.add(p.replica, 4);
  await settle();
  t.same(p.followerLog.tags, [], 'fenced: the follower has an old image');
  p.fetcher.add(p.replica, 6);
  await settle();
  t.same(p.followerLog.tags, [], 'unknown: the leader has an old image');
  p.setLeader(leaderOf(p.leaderLog, p.clock, 6));
  await p.clock.advance(25);
  t.same(p.followerLog.tags, ['a'], 'the follower asks again by itself');
});

t.test('a broken stream is opened again, and nothing is stored twice', async (t) => {
  const p = pair();
  append(p.leader, 'a');
  p.fetcher.add(p.replica, 1);
  await settle();
  p.streams[0]?.server.cancel();
  await settle();
  append(p.leader, 'b');
  await p.clock.advance(25);
  t.equal(p.streams.length, 2);
  t.same(p.followerLog.tags, ['a', 'b']);
});

t.test('a leader that closes tells its followers, who ask again', async (t) => {
  const p = pair();
  append(p.leader, 'a');
  p.fetcher.add(p.replica, 1);
  await settle();
  p.leader.close(new VarveError('NOT_LEADER_OR_FOLLOWER'));
  await settle();
  p.setLeader(leaderOf(p.leaderLog, p.clock, 1));
  await p.clock.advance(25);
  append(p.leader, 'never');
  t.same(p.followerLog.tags, ['a']);
});

t.test('the leader sends no more than the window before the follower has taken it', async (t) => {
  const leaderLog = new MemoryLog();
  for (let i = 0; i < 50; i++) leaderLog.appendAsLeader(batch(`record ${i} ${'x'.repeat(100)}`), 1);
  const p = pair({ leaderLog, windowBytes: 300 });
  let sent = 0;
  p.fetcher.add(p.replica, 1);
  // The follower's reports are held back: its stream does not deliver them.
  const first = p.streams;
  queueMicrotask(() => {
    const ends = first[0];
    if (ends === undefined) return;
    const send = ends.client.send.bind(ends.client);
    let reports = 0;
    ends.client.send = (message) => (reports++ === 0 ? send(message) : true);
  });
  await settle();
  sent = p.followerLog.endOffset;
  t.ok(sent >= 1 && sent <= 4, `${sent} of 50 batches are under way`);
});

t.test('a follower speaks of what it appended once it is synced, or when much of the window is taken', async (t) => {
  const followerLog = new MemoryLog({ autoSync: false });
  // A batch of this test has 161 bytes: four of them are a quarter of the window, three are not.
  const p = pair({ followerLog, windowBytes: 2400 });
  p.fetcher.add(p.replica, 1);
  await settle();
  const [ends] = p.streams;
  if (ends === undefined) throw new Error('the follower has a stream to its leader');
  let reports = 0;
  const send = ends.client.send.bind(ends.client);
  ends.client.send = (message) => {
    reports++;
    return send(message);
  };
  const appendOne = async (): Promise<void> => {
    append(p.leader, 'x'.repeat(100));
    await settle();
  };
  for (let i = 0; i < 3; i++) await appendOne();
  t.equal(followerLog.endOffset, 3);
  t.equal(reports, 0, 'their sync is told of in any case');
  followerLog.sync();
  await settle();
  t.equal(reports, 1);
  t.equal(p.leader.highWatermark, 3);
  for (let i = 0; i < 4; i++) await appendOne();
  t.equal(reports, 2, 'the leader may send on although nothing is synced');
  t.equal(p.leader.followerState(2)?.fetchOffset, 7);
  t.equal(p.leader.followerState(2)?.durableOffset, 3);
  for (let i = 0; i < 30; i++) await appendOne();
  t.equal(followerLog.endOffset, 37, 'and goes on far beyond the window');
});

t.test('a throttled follower outside the ISR catches up at the rate, not faster', async (t) => {
  const leaderLog = new MemoryLog();
  for (let i = 0; i < 20; i++) leaderLog.appendAsLeader(batch('x'.repeat(939)), 1);
  const p = pair({ leaderLog, bytesPerSecond: 2000 });
  p.fetcher.add(p.replica, 1);
  await p.clock.advance(0);
  const atOnce = p.followerLog.endOffset;
  t.ok(atOnce >= 2 && atOnce <= 3, `${atOnce} batches of 1,000 bytes in the first burst`);
  await p.clock.advance(5000);
  const later = p.followerLog.endOffset - atOnce;
  t.ok(later >= 9 && later <= 12, `${later} batches in five seconds`);
  await p.clock.advance(10_000);
  t.equal(p.followerLog.endOffset, 20);
});

t.test('a follower that starts over at the start of its leader hears of the producers before it', async (t) => {
  const leaderLog = new MemoryLog();
  for (let i = 0; i < 6; i++) leaderLog.appendAsLeader(batch('x'), 1);
  leaderLog.deleteRecordsBefore(4);
  leaderLog.producersBelow = Buffer.from('producers of the leader');
  const p = pair({ leaderLog });
  p.fetcher.add(p.replica, 1);
  await p.clock.advance(100);
  t.same(p.followerLog.truncations, [4]);
  t.equal(p.followerLog.endOffset, 6);
  t.same(p.followerLog.producersBelow, leaderLog.producersBelow);
});

t.test('a follower that deletions overtake while it fetches hears of the producers, too', async (t) => {
  const leaderLog = new MemoryLog();
  for (let i = 0; i < 200; i++) leaderLog.appendAsLeader(batch('x'.repeat(39)), 1);
  const p = pair({ leaderLog, windowBytes: 2000 });
  p.fetcher.add(p.replica, 1);
  while (p.streams[0] === undefined) await Promise.resolve();
  const { client } = p.streams[0];
  const held: Uint8Array[] = [];
  const send = client.send.bind(client);
  let sent = 0;
  // Its first position arrives, what it has fetched does not: the leader stops where the window ends.
  client.send = (message) => (sent++ === 0 ? send(message) : held.push(message) > 0);
  await p.clock.advance(100);
  const { endOffset } = p.followerLog;
  t.ok(endOffset > 5 && endOffset < 150, `it has ${endOffset} records`);
  leaderLog.deleteRecordsBefore(150);
  leaderLog.producersBelow = Buffer.from('producers of the leader');
  client.send = send;
  for (const message of held) send(message);
  await p.clock.advance(100);
  t.same(p.followerLog.truncations, [150]);
  t.equal(p.followerLog.endOffset, 200);
  t.same(p.followerLog.producersBelow, leaderLog.producersBelow);
});

t.test('a follower that waits for its share is not sent on while its log is cut', async (t) => {
  const leaderLog = new MemoryLog();
  for (let i = 0; i < 20; i++) leaderLog.appendAsLeader(batch('x'.repeat(939)), 1);
  const p = pair({ leaderLog, followerBytesPerSecond: 2000 });
  p.fetcher.add(p.replica, 1);
  await p.clock.advance(0);
  const held = p.followerLog.endOffset;
  t.ok(held >= 2 && held < 20, `${held} batches until the share is used up`);
  let cut = (): void => {};
  p.replica.cut = async (work) => {
    await new Promise<void>((resolve) => (cut = resolve));
    await work();
  };
  p.fetcher.fetchAgainFrom(p.replica, 1);
  await p.clock.advance(5000);
  t.equal(p.followerLog.endOffset, held, 'nothing is stored behind what is about to go');
  cut();
  await settle();
  t.same(p.followerLog.truncations, [1]);
  await p.clock.advance(10_000);
  t.equal(p.followerLog.endOffset, 20);
});

t.test('a follower that is throttled no longer does not wait for its share', async (t) => {
  const leaderLog = new MemoryLog();
  for (let i = 0; i < 20; i++) leaderLog.appendAsLeader(batch('x'.repeat(939)), 1);
  const p = pair({ leaderLog, followerBytesPerSecond: 1 });
  p.fetcher.add(p.replica, 1);
  await p.clock.advance(1000);
  t.ok(p.followerLog.endOffset < 20);
  p.replica.throttled = false;
  p.fetcher.throttleChanged(p.replica);
  await p.clock.advance(0);
  t.equal(p.followerLog.endOffset, 20);
});

t.test(
  'a follower whose leader has not heard of its election asks again after 5 ms, then ever more rarely, and quickly again once it was served',
  async (t) => {
    const p = pair({ epoch: 5 });
    let asked = 0;
    const setLeader = (epoch: number): void => {
      const leader = leaderOf(p.leaderLog, p.clock, epoch);
      const { leaderEpoch } = leader;
      Object.defineProperty(leader, 'leaderEpoch', { get: () => (asked++, leaderEpoch) });
      p.setLeader(leader);
    };
    setLeader(5);
    p.fetcher.add(p.replica, 6);
    await p.clock.advance(4);
    const atFirst = asked;
    await p.clock.advance(2);
    const once = asked - atFirst;
    t.ok(once > 0, 'asked again after 5 ms');
    await p.clock.advance(1000);
    t.ok(
      asked <= atFirst + 15 * once,
      `${(asked - atFirst) / once} tries in a second: 5, 10, 20, 40, 80, 100 ms apart`,
    );
    setLeader(6);
    await p.clock.advance(100);
    p.streams.at(-1)?.server.end();
    append(p.leader, 'late');
    asked = 0;
    await p.clock.advance(21);
    t.ok(asked > 0, 'a stream that served is opened again after 20 ms');
  },
);

t.test('high watermarks do not gather for a follower that takes nothing; it hears of the last one later', async (t) => {
  const p = pair({ bytesPerSecond: 1e9 });
  // The follower is not in the ISR, and may not join it: the high watermark goes on without it.
  const leader = leaderOf(p.leaderLog, p.clock, 1, true, false);
  p.setLeader(leader);
  p.fetcher.add(p.replica, 1);
  await settle();
  const [ends] = p.streams;
  if (ends === undefined) throw new Error('the follower has a stream to its leader');
  ends.server.room = false;
  append(leader, 'blocked');
  await settle();
  let sent = 0;
  const send = ends.server.send.bind(ends.server);
  ends.server.send = (message) => {
    sent += 1;
    return send(message);
  };
  for (let i = 0; i < 10; i++) {
    append(leader, `r${i}`);
    await p.clock.advance(150);
  }
  t.equal(leader.highWatermark, 11);
  t.equal(sent, 0);
  ends.server.drain();
  await p.clock.advance(200);
  t.equal(p.followerLog.endOffset, 11);
  t.equal(p.heard(), 11);
});

t.test('what is under way to a follower that is to say what it has is void, and comes again', async (t) => {
  const p = pair();
  append(p.leader, 'a');
  p.fetcher.add(p.replica, 1);
  await settle();
  const client = defined(p.streams[0]?.client, 'the follower has a stream');
  const take = client.deliver.bind(client);
  // The follower gives the memory of a message back.
  const deliver = (message: Buffer): void => take(Buffer.from(message));
  const held: Buffer[] = [];
  client.deliver = (message) => void held.push(message);
  append(p.leader, 'b');
  await settle();
  const [old] = held;
  p.fetcher.askAnew(p.replica);
  deliver(defined(old, 'it is under way'));
  t.same(p.followerLog.tags, ['a']);
  await settle();
  deliver(defined(old, 'it is under way'));
  t.same(p.followerLog.tags, ['a'], 'nor once the follower has asked anew');
  for (const message of held) deliver(message);
  t.same(p.followerLog.tags, ['a', 'b']);
});

for (const { after, isrBefore } of [
  { after: '', isrBefore: [1] },
  { after: ' while another left', isrBefore: [1, 3] },
]) {
  t.test(`a follower that has just joined the ISR${after} does not wait for its share`, async (t) => {
    const leaderLog = new MemoryLog();
    for (let i = 0; i < 20; i++) leaderLog.appendAsLeader(batch('x'.repeat(939)), 1);
    const p = pair({ leaderLog, bytesPerSecond: 1 });
    const state = {
      replicas: [1, 2, 3],
      markedReplicas: [],
      minInsyncReplicas: 1,
      lagMaxMs: 10_000,
      leaderThrottled: true,
    };
    p.leader.update({ ...state, isr: isrBefore, partitionEpoch: 11 });
    p.fetcher.add(p.replica, 1);
    await p.clock.advance(1000);
    t.ok(p.followerLog.endOffset < 20);
    p.leader.update({ ...state, isr: [1, 2], partitionEpoch: 12 });
    await p.clock.advance(0);
    t.equal(p.followerLog.endOffset, 20);
  });
}

t.test('a follower that the high watermark waits for, since it is to join, does not wait for its share', async (t) => {
  const p = pair({ bytesPerSecond: 1 });
  p.fetcher.add(p.replica, 1);
  await p.clock.advance(0);
  t.same(p.leader.proposedIsr?.isr, [1, 2], 'the controller has not answered');
  for (let i = 0; i < 20; i++) append(p.leader, 'x'.repeat(939));
  await p.clock.advance(0);
  t.equal(p.followerLog.endOffset, 20);
  t.equal(p.leader.highWatermark, 20);
});

t.test('what a follower was held back from comes once it is to join', async (t) => {
  const leaderLog = new MemoryLog({ autoSync: false });
  const p = pair({ leaderLog, bytesPerSecond: 1 });
  p.fetcher.add(p.replica, 1);
  await p.clock.advance(0);
  const proposal = defined(p.leader.proposedIsr, 'it joins at once');
  p.leader.refused(proposal);
  for (let i = 0; i < 20; i++) append(p.leader, 'x'.repeat(939));
  await p.clock.advance(1000);
  t.ok(p.followerLog.endOffset < 20, 'it is throttled again');
  t.equal(p.leader.proposedIsr, undefined);
  p.leader.tick(p.clock.monotonicMs());
  t.same(p.leader.proposedIsr?.isr, [1, 2], 'the leader has synced nothing yet');
  await p.clock.advance(0);
  t.equal(p.followerLog.endOffset, 20);
});

t.test(
  "a follower that departs before its leader's log start has the producers of the leader, not its own",
  async (t) => {
    const leaderLog = new MemoryLog();
    const followerLog = new MemoryLog();
    for (const log of [leaderLog, followerLog]) log.appendAsLeader(batch('a'), 1);
    for (const tag of ['p', 'q', 'r']) leaderLog.appendAsLeader(batch(tag), 5);
    for (const tag of ['w', 'x', 'y', 'z']) followerLog.appendAsLeader(batch(tag), 3);
    leaderLog.deleteRecordsBefore(3);
    leaderLog.producersBelow = Buffer.from('producers of the leader');
    const p = pair({ leaderLog, followerLog, epoch: 5 });
    p.fetcher.add(p.replica, 5);
    await p.clock.advance(100);
    t.equal(followerLog.startOffset, 3);
    t.same(followerLog.tags, ['r']);
    const { producersBelow } = leaderLog;
    t.same(followerLog.producersBelow, producersBelow, 'a retry of what is in no log would pass for stored');
  },
);
