import t from 'tap';
import { errorCode } from '../../src/common/errors.js';
import { imagesEqual } from '../../src/metadata/image-changes.js';
import { decodeMetadataBatch } from '../../src/metadata/record-codec.js';
import { directoryId, Fixture } from './fixture.js';

// One test for each way of the design's hazard table to lose data that the controller designs out.

t.test('a rebooted broker is not re-added to the ISR by a late request (KIP-903)', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.alterIsr('orders', 0, [1, 2]);
  const oldEpoch = f.epochs.get(3);
  f.kill(3);
  f.start(3, { directories: [directoryId(3, 1)] });
  const late = f.alterIsr('orders', 0, [1, 2, 3], {
    new_isr: [
      { node_id: 1, broker_epoch: f.epochs.get(1) ?? -1 },
      { node_id: 2, broker_epoch: f.epochs.get(2) ?? -1 },
      { node_id: 3, broker_epoch: oldEpoch ?? -1 },
    ],
  });
  t.equal(late.error, errorCode('INELIGIBLE_REPLICA'));
  t.same(f.partition('orders').isr, [1, 2]);
  t.equal(f.alterIsr('orders', 0, [1, 2, 3]).error, 0);
});

t.test('a replica that will be cut at its damage is not counted on, nor taken in by a change on its way', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  const { leaderEpoch, partitionEpoch } = f.partition('orders');
  f.reportTruncation(3, 'orders', 7);
  t.match(f.partition('orders'), { leader: 1, leaderEpoch: leaderEpoch + 1, isr: [1, 2] });
  const late = f.alterIsr('orders', 0, [1, 2, 3], { leader_epoch: leaderEpoch, partition_epoch: partitionEpoch });
  t.equal(late.error, errorCode('FENCED_LEADER_EPOCH'));
  // With too few others it stays eligible, by what is left of it.
  f.alterIsr('orders', 0, [1, 2, 3]);
  f.kill(2);
  f.reportTruncation(3, 'orders', 7);
  t.match(f.partition('orders'), { leader: 1, isr: [1], recoveryMarks: [{ nodeId: 3, lastEpoch: 0, endOffset: 7 }] });
  f.kill(1);
  t.equal(f.partition('orders').leader, -1, 'it waits for a whole one');
  f.start(1);
  t.equal(f.partition('orders').leader, 1);
  t.throws(() => f.reportTruncation(3, 'orders', 7, 5), { code: 'STALE_BROKER_EPOCH' });
  t.throws(() => f.reportTruncation(9, 'orders', 7), { code: 'STALE_BROKER_EPOCH' });
});

// SEED=80034 SECONDS=6, and SEED=3 SECONDS=60, at their times: the leader asked for ever.
t.test('a leader with damage that nobody can mend hands over to a whole replica, where there is one', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.reportTruncation(1, 'orders', 7);
  t.match(f.partition('orders'), { leader: 2, isr: [2, 3] });
  f.alterIsr('orders', 0, [1, 2, 3]);
  f.kill(3);
  f.alterIsr('orders', 0, [2]);
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1] });
  f.reportTruncation(2, 'orders', 7);
  t.match(f.partition('orders'), { leader: 1, isr: [1] }, 'an eligible one is whole, too');
  f.kill(2);
  f.start(3);
  f.alterIsr('orders', 0, [1]);
  const before = f.partition('orders');
  t.throws(() => f.reportTruncation(1, 'orders', 7), { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' });
  t.equal(f.partition('orders'), before, 'nothing has changed');
});

t.test('a leader with damage waits for a whole replica that is away, and gives nothing up', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.kill(3);
  f.kill(2);
  const before = f.partition('orders');
  t.match(before, { leader: 1, isr: [1], elr: [2] });
  t.throws(() => f.reportTruncation(1, 'orders', 0), { code: 'LEADER_NOT_AVAILABLE' });
  t.equal(f.partition('orders'), before, 'nothing has changed');
  f.start(2);
  f.reportTruncation(1, 'orders', 0);
  t.match(f.partition('orders'), { leader: 2 });
});

t.test('what is said of a whole replica that is gone for good helps', async (t) => {
  const advice =
    /reassign the partition to its leader alone and then back, or lower the topic's min\.insync\.replicas to 1/;
  const ways: [string, (f: Fixture) => unknown][] = [
    ['the leader alone', (f) => f.reassign('orders', 0, [1])],
    ['fewer in sync', (f) => f.setTopicConfig('orders', 'min.insync.replicas', '1')],
  ];
  for (const [what, follow] of ways) {
    const f = aloneWithOneAway();
    f.start(3);
    t.throws(() => f.reportTruncation(1, 'orders', 7), { code: 'LEADER_NOT_AVAILABLE', message: advice });
    t.equal(follow(f), undefined, what);
    t.throws(() => f.reportTruncation(1, 'orders', 7), { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' }, what);
  }
  const f = aloneWithOneAway();
  f.start(3);
  t.equal(f.reassign('orders', 0, [1, 3]), undefined);
  t.throws(() => f.reportTruncation(1, 'orders', 7), { code: 'LEADER_NOT_AVAILABLE' }, 'node 3 cannot come into sync');
});

t.test('a leader with damage does not hand over to who may lack more', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.setTopicConfig('orders', 'unclean.leader.election.enable', 'true');
  f.kill(2);
  f.reportTruncation(3, 'orders', 7);
  const before = f.partition('orders');
  t.match(before, { leader: 1, isr: [1], elr: [3], recoveryMarks: [{ nodeId: 3, endOffset: 7 }] });
  t.throws(
    () => f.reportTruncation(1, 'orders', 3),
    { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' },
    'it has what is behind 3',
  );
  f.start(2);
  t.throws(
    () => f.reportTruncation(1, 'orders', 3),
    { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' },
    'nor to one out of sync',
  );
  t.equal(f.partition('orders'), before, 'nothing has changed');
});

/** Node 1 leads alone, and node 2, which is whole, is away. */
function aloneWithOneAway(): Fixture {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.kill(3);
  f.kill(2);
  t.match(f.partition('orders'), { leader: 1, isr: [1], elr: [2] });
  return f;
}

t.test('nobody leads instead of a leader that cannot, until a whole replica is back', async (t) => {
  const f = aloneWithOneAway();
  const { leaderEpoch } = f.partition('orders');
  f.reportUnled(1, 'orders', 7);
  t.match(f.partition('orders'), { leader: -1, isr: [], elr: [1, 2], recoveryMarks: [{ nodeId: 1, endOffset: 7 }] });
  t.throws(() => f.reportUnled(1, 'orders', 7, leaderEpoch), { code: 'FENCED_LEADER_EPOCH' }, 'the answer was lost');
  f.start(3);
  t.equal(f.partition('orders').leader, -1, 'it lacks acknowledged records');
  f.start(2);
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1] });
  t.throws(() => f.reportUnled(2, 'orders', 7, leaderEpoch), { code: 'FENCED_LEADER_EPOCH' }, 'a late one');
  t.equal(f.partition('orders').leader, 2);
});

t.test('a partition whose leader cannot lead goes on where an unclean election is allowed', async (t) => {
  const allow = (f: Fixture): unknown => f.setTopicConfig('orders', 'unclean.leader.election.enable', 'true');
  const ways: [string, (f: Fixture) => void, (f: Fixture) => unknown][] = [
    ['it was before', allow, () => undefined],
    ['it is from now on', () => {}, allow],
    ['an operator orders one', () => {}, (f) => f.elect('unclean', 'orders', 0)],
  ];
  for (const [what, before, after] of ways) {
    const f = aloneWithOneAway();
    before(f);
    const { leaderEpoch } = f.partition('orders');
    f.reportUnled(1, 'orders', 7);
    t.equal(after(f), undefined, what);
    const state = f.partition('orders');
    t.match(state, { leader: 1, isr: [1], elr: [], recoveryMarks: [] }, 'nobody is waited for any more');
    t.ok(state.leaderEpoch > leaderEpoch);
    t.throws(() => f.reportUnled(1, 'orders', 7), { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' }, 'it cuts, and leads');
    t.equal(f.partition('orders'), state, 'nothing has changed');
  }
});

t.test('of a leader that cannot lead and others that were cut the longest leads', async (t) => {
  const start = (): Fixture => {
    const f = aloneWithOneAway();
    f.start(2, { topic: 'orders', truncated: [{ partition: 0, lastEpoch: 0, endOffset: 9 }] });
    return f;
  };
  const live = start();
  live.reportUnled(1, 'orders', 7);
  t.match(live.partition('orders'), { leader: 2, isr: [2], elr: [1], recoveryMarks: [{ nodeId: 1, endOffset: 7 }] });
  const longer = start();
  t.throws(() => longer.reportUnled(1, 'orders', 10), { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' });
  const away = start();
  away.kill(2);
  away.reportUnled(1, 'orders', 10);
  t.equal(away.partition('orders').leader, -1, 'its mark may be an older one');
  away.start(2);
  t.match(away.partition('orders'), { leader: 1 });
});

t.test('an emptied broker (new directory id) loses its place in ISR and ELR', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.kill(3);
  f.kill(2);
  t.match(f.partition('orders'), { isr: [1], elr: [2], leader: 1 });
  f.start(2, { directories: [directoryId(2, 1)] });
  t.match(f.partition('orders'), { isr: [1], elr: [], lastKnownElr: [2], leader: 1 });
  t.same(f.partition('orders').directories, [directoryId(1), directoryId(2, 1), directoryId(3)]);
  f.kill(1);
  t.match(f.partition('orders'), { leader: -1, isr: [], elr: [1] }, 'the emptied one does not lead');
});

t.test('the only whole copy keeps its place while its directory is away, and leads again from it', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1]]);
  f.kill(1);
  f.start(1, { directories: [directoryId(1, 1)] });
  t.match(f.partition('orders'), { leader: -1, elr: [1], directories: [directoryId(1)] });
  f.kill(1);
  f.start(1, { directories: [directoryId(1)] });
  t.match(f.partition('orders'), { leader: 1, isr: [1] });
  // When the disk is gone for good an operator says so.
  f.kill(1);
  f.start(1, { directories: [directoryId(1, 1)] });
  t.equal(f.elect('unclean', 'orders', 0), undefined);
  t.match(f.partition('orders'), { leader: 1, isr: [1], directories: [directoryId(1, 1)] });
});

// SEED=90035 SECONDS=4, at that time: it never joined again, nor did those whom its leader asked for with it.
t.test('the last whole copy does not wait for its directory once an unclean election passed it over', async (t) => {
  const f = new Fixture({ 'unclean.leader.election.enable': 'true' });
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  f.kill(2);
  f.start(2, { directories: [directoryId(2, 1)] });
  f.kill(2);
  f.kill(1);
  f.start(1, { directories: [directoryId(1, 1)] });
  t.match(f.partition('orders'), { leader: -1, elr: [1], directories: [directoryId(1), directoryId(2, 1)] });
  f.start(2, { directories: [directoryId(2, 1)] });
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [] });
  t.same(f.partition('orders').directories, [directoryId(1, 1), directoryId(2, 1)]);
  t.equal(f.image.mayJoinIsr(f.topicId('orders'), 0, 1, f.epochs.get(1) ?? -1), true, 'it may join');
});

t.test('a replica without a directory that is there does not hold up those that may join', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1]]);
  f.kill(1);
  f.start(1, { directories: [directoryId(1, 1)] });
  const epoch = f.epochs.get(1) ?? -1;
  t.equal(f.image.mayJoinIsr(f.topicId('orders'), 0, 1, epoch), false, 'its directory is away');
  t.equal(f.image.isActive(1), true);
});

t.test('synced topic: the last replica standing crashes uncleanly and is elected again', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.kill(3);
  f.kill(2);
  f.kill(1);
  t.match(f.partition('orders'), { leader: -1, isr: [], elr: [1, 2] });
  f.start(3);
  t.match(f.partition('orders'), { leader: -1 }, 'one that lacks acknowledged records waits');
  f.start(2);
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1] });
  t.equal(f.alterIsr('orders', 0, [2, 3]).error, 0);
  t.match(f.partition('orders'), { isr: [2, 3], elr: [] });
});

t.test('relaxed topic: an unclean restart costs the place, a clean one does not', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('relaxed', [[1, 2, 3]], { 'flush.messages': '1000' });
  f.kill(3);
  f.kill(2);
  f.kill(1);
  t.match(f.partition('relaxed'), { leader: -1, elr: [1, 2] });
  f.start(2);
  t.match(f.partition('relaxed'), { leader: -1, elr: [1], lastKnownElr: [2] });
  f.start(1, { previousEpoch: f.epochs.get(1) ?? -1 });
  t.match(f.partition('relaxed'), { leader: 1, isr: [1] });
});

t.test('relaxed topic: when all restart uncleanly the last to lose its place leads again, as in Kafka', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('relaxed', [[1, 2, 3]], { 'flush.messages': '1000' });
  f.kill(3);
  f.kill(2);
  f.kill(1);
  f.start(1);
  t.match(f.partition('relaxed'), { leader: -1, elr: [2] });
  f.start(2);
  t.match(f.partition('relaxed'), { leader: 2, isr: [2], elr: [], lastKnownElr: [] });
});

t.test('a topic that begins to sync counts on nobody who was away when it did not', async (t) => {
  const start = (isDefault: boolean): Fixture => {
    const f = new Fixture(isDefault ? { 'log.flush.interval.messages': '1000' } : {});
    f.startAll(1, 2, 3);
    f.assign('orders', [[1, 2, 3]], isDefault ? {} : { 'flush.messages': '1000' });
    f.kill(3);
    f.kill(1);
    t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1] });
    return f;
  };
  const ends: [string, (f: Fixture) => unknown][] = [
    ['it is set', (f) => f.setTopicConfig('orders', 'flush.messages', '1')],
    ['its own setting is removed', (f) => f.removeTopicConfig('orders', 'flush.messages')],
    ["the cluster's default is set", (f) => f.setDefault('log.flush.interval.messages', '1')],
  ];
  for (const [how, end] of ends) {
    const f = start(how.includes('default'));
    t.equal(end(f), undefined, how);
    t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [], lastKnownElr: [1] });
    f.start(1);
    // It was not in sync again, and what it had not synced was acknowledged.
    f.kill(2);
    t.match(f.partition('orders'), { leader: -1, isr: [], elr: [2] });
    f.start(2);
    t.match(f.partition('orders'), { leader: 2, isr: [2] });
  }
});

t.test('a topic of which no eligible replica is up does not begin to sync', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2]], { 'flush.messages': '1000' });
  f.kill(1);
  f.kill(2);
  t.match(f.partition('orders'), { leader: -1, elr: [1, 2] });
  t.match(f.setTopicConfig('orders', 'flush.messages', '1'), { code: errorCode('ELIGIBLE_LEADERS_NOT_AVAILABLE') });
  f.start(2, { previousEpoch: f.epochs.get(2) ?? -1 });
  t.equal(f.setTopicConfig('orders', 'flush.messages', '1'), undefined);
  t.match(f.partition('orders'), { leader: 2, lastKnownElr: [1] });
});

t.test('a recovery that cut acknowledged records: whole members are preferred', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]], { 'min.insync.replicas': '3' });
  f.kill(3);
  f.kill(2);
  f.kill(1);
  t.match(f.partition('orders'), { isr: [], elr: [1, 2, 3] });
  f.start(1, { topic: 'orders', truncated: [{ partition: 0, lastEpoch: 0, endOffset: 5 }] });
  t.match(f.partition('orders'), { leader: -1, recoveryMarks: [{ nodeId: 1, lastEpoch: 0, endOffset: 5 }] });
  f.start(2);
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1, 3] });
  // The mark ends once the leader has seen it at the high watermark: it joins the ISR again.
  t.equal(f.alterIsr('orders', 0, [1, 2]).error, 0);
  t.same(f.partition('orders').recoveryMarks, []);
});

t.test('a recovery that cut all of them: wait for every member of ISR and ELR, then take the longest', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]], { 'min.insync.replicas': '3' });
  for (const node of [3, 2, 1]) f.kill(node);
  const cut = (endOffset: number, lastEpoch = 4): Parameters<Fixture['start']>[1] => ({
    topic: 'orders',
    truncated: [{ partition: 0, lastEpoch, endOffset }],
  });
  f.start(1, cut(900, 3));
  f.start(2, cut(70));
  t.equal(f.partition('orders').leader, -1);
  f.start(3, cut(50));
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1, 3] }, 'a later epoch is longer');
  t.same(
    f.partition('orders').recoveryMarks.map((mark) => mark.nodeId),
    [1, 3],
  );
});

t.test('brokers that are found to have died together all stay eligible', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.controller.foundGone(f.failOver().filter(({ nodeId }) => nodeId < 3));
  t.match(f.partition('orders'), { leader: 3, isr: [3], elr: [1, 2] });
  f.kill(3);
  f.start(1, { topic: 'orders', truncated: [{ partition: 0, lastEpoch: 0, endOffset: 7 }] });
  t.equal(f.partition('orders').leader, -1);
  f.start(2);
  t.match(f.partition('orders'), { leader: 2 }, 'it is whole: nobody waits for the third');
});

t.test('a mark survives a later, clean restart, until the leader ends it', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  f.kill(2);
  t.match(f.partition('orders'), { isr: [1], elr: [2] });
  f.start(2, { topic: 'orders', truncated: [{ partition: 0, lastEpoch: 0, endOffset: 5 }] });
  f.start(2, { previousEpoch: f.epochs.get(2) ?? -1 });
  f.kill(1);
  t.match(f.partition('orders'), { leader: -1, elr: [1, 2] }, 'the absent one may be whole');
  f.start(1);
  t.equal(f.partition('orders').leader, 1);
  f.alterIsr('orders', 0, [1, 2], { recovered_replicas: [2] });
  f.kill(1);
  t.match(f.partition('orders'), { leader: 2, recoveryMarks: [] });
});

t.test(
  'the registration of a new incarnation ends the old one and gives new leader epochs, in one batch',
  async (t) => {
    const f = new Fixture();
    f.startAll(1, 2, 3);
    f.assign('orders', [
      [1, 2, 3],
      [2, 3, 1],
      [1, 3, 2],
    ]);
    f.assign('single', [[1]]);
    const before = f.payloads.length;
    // Its lease is still valid.
    f.register(1);
    t.equal(f.payloads.length, before + 1);
    const batch = decodeMetadataBatch(f.payloads.at(-1)?.payload ?? Buffer.alloc(0));
    t.equal(batch[0]?.kind, 'registerBroker');
    t.match(f.partition('orders', 0), { leader: 2, leaderEpoch: 1, isr: [2, 3] });
    t.match(f.partition('orders', 1), { leader: 2, leaderEpoch: 0, isr: [2, 3] });
    t.match(f.partition('orders', 2), { leader: 3, leaderEpoch: 1, isr: [2, 3].reverse() });
    t.match(f.partition('single'), { leader: -1, leaderEpoch: 1, elr: [1] });
    f.heartbeat(1);
    t.match(f.partition('single'), { leader: 1, leaderEpoch: 2, isr: [1] });
    // The old incarnation is heard no longer.
    t.equal(f.heartbeat(1, { broker_epoch: 3 }).error, errorCode('STALE_BROKER_EPOCH'));
  },
);

t.test(
  'proposals of a controller that loses office are dropped; the next one decides on what was committed',
  async (t) => {
    const f = new Fixture();
    f.startAll(1, 2, 3);
    f.assign('orders', [[1, 2, 3]]);
    const committed = f.payloads.length;
    f.alterIsr('orders', 0, [1, 2]);
    t.same(f.partition('orders').isr, [1, 2], 'it decides on its own proposals');
    f.payloads.length = committed;
    f.controller.deactivate();
    t.throws(() => f.heartbeat(1), { code: 'NOT_CONTROLLER' });
    t.throws(() => f.alterIsr('orders', 0, [1]), /no topic/);
    f.failOver();
    t.same(f.partition('orders').isr, [1, 2, 3]);
  },
);

t.test('a topic that is deleted and made again is another one (KIP-516)', async (t) => {
  const f = new Fixture();
  f.startAll(1);
  f.assign('orders', [[1]]);
  const first = f.topicId('orders');
  const bytes = Buffer.from([0x0a, 6, ...Buffer.from('orders')]);
  f.controller.admin('/varve.v1.Admin/DeleteTopics', bytes);
  t.equal(f.image.topicByName('orders'), undefined);
  f.assign('orders', [[1]]);
  t.not(f.topicId('orders'), first);
});

t.test('eligible leaders: only while the ISR is below min.insync.replicas', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.kill(3);
  t.match(f.partition('orders'), { isr: [1, 2], elr: [] }, 'two of three: the high watermark goes on without 3');
  f.kill(2);
  t.match(f.partition('orders'), { isr: [1], elr: [2] });
  t.equal(f.setTopicConfig('orders', 'min.insync.replicas', '1'), undefined);
  t.match(f.partition('orders'), { isr: [1], elr: [] }, 'now it goes on without 2 as well');
});

t.test('a member that fell below the high watermark is not eligible', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  f.alterIsr('orders', 0, [1], { lost_replicas: [2] });
  t.match(f.partition('orders'), { isr: [1], elr: [], lastKnownElr: [2] });
  f.kill(1);
  t.match(f.partition('orders'), { leader: -1, elr: [1] });
});

t.test('what the controller decided is what every other node makes of its log', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.kill(1);
  f.start(1);
  t.ok(imagesEqual(f.committed(), f.image));
});
