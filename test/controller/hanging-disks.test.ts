import t from 'tap';
import { errorCode } from '../../src/common/errors.js';
import { Fixture } from './fixture.js';

const HANGS = { disk_hangs: true };

t.test('whose disk hangs leaves the in-sync sets that do without it, and keeps the rest', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('led', [[1, 2, 3]]);
  f.assign('followed', [[2, 1, 3]]);
  f.assign('alone', [[1]]);
  f.assign('two', [[1, 2]], { 'min.insync.replicas': '2' });
  f.assign('either', [[1, 2]], { 'min.insync.replicas': '1' });
  t.match(f.heartbeat(1, HANGS), { fenced: false, should_shut_down: false });
  t.match(f.partition('led'), { leader: 2, isr: [2, 3], elr: [], leaderEpoch: 1 });
  t.match(f.partition('followed'), { leader: 2, isr: [2, 3] }, 'a follower holds up the high watermark as well');
  t.match(f.partition('alone'), { leader: 1, isr: [1], leaderEpoch: 0 });
  t.match(f.partition('two'), { leader: 1, isr: [1, 2], leaderEpoch: 0 }, 'nothing could be acknowledged without it');
  t.match(f.partition('either'), { leader: 2, isr: [2] });
  t.notOk(f.image.isActive(1), 'nor does it join one, or is placed on');

  const { offset } = f.image;
  f.heartbeat(1, HANGS);
  t.equal(f.image.offset, offset, 'said again, it changes nothing');
  f.heartbeat(1);
  t.ok(f.image.isActive(1));
  t.match(f.partition('led'), { leader: 2, isr: [2, 3] }, 'it joins as anybody else');
});

t.test('a partition that gets another whole member later goes to that', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]], { 'min.insync.replicas': '1' });
  for (const nodeId of [2, 3]) f.kill(nodeId);
  f.heartbeat(1, HANGS);
  t.match(f.partition('orders'), { leader: 1, isr: [1] }, 'the last one stays');
  f.start(2);
  f.start(3);
  f.heartbeat(1, HANGS);
  f.alterIsr('orders', 0, [1, 2]);
  f.heartbeat(1, HANGS);
  t.match(f.partition('orders'), { leader: 2, isr: [2] });
});

t.test('a relieved member that had to stay does not keep others from joining, and leaves once they have', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]], { 'min.insync.replicas': '2' });
  f.kill(3);
  f.start(3);
  t.match(f.partition('orders'), { leader: 1, isr: [1, 2] });
  f.heartbeat(2, HANGS);
  t.match(f.partition('orders'), { isr: [1, 2] }, 'the other alone would be too few');
  t.notOk(f.image.isActive(2));
  t.equal(f.alterIsr('orders', 0, [1, 2, 3]).error, 0);
  f.heartbeat(2, HANGS);
  t.match(f.partition('orders'), { leader: 1, isr: [1, 3], elr: [] });
  t.equal(f.alterIsr('orders', 0, [1, 2, 3]).error, errorCode('INELIGIBLE_REPLICA'), 'nor does it join again');
});

t.test('no more than half of the brokers are relieved at once', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  for (const nodeId of [1, 2, 3]) f.heartbeat(nodeId, HANGS);
  t.same(
    [1, 2, 3].filter((nodeId) => f.image.isActive(nodeId)),
    [2, 3],
  );
  t.match(f.partition('orders'), { leader: 2, isr: [2, 3] });
  f.heartbeat(1);
  f.heartbeat(2, HANGS);
  t.same(
    [1, 2, 3].filter((nodeId) => f.image.isActive(nodeId)),
    [1, 3],
  );
});

t.test('a broker that was fenced while its disk hangs goes on with what only it has', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('alone', [[1]]);
  f.heartbeat(1, HANGS);
  f.kill(1);
  t.equal(f.partition('alone').leader, -1);
  f.heartbeat(1, HANGS);
  t.match(f.partition('alone'), { leader: 1 });
  t.notOk(f.image.isActive(1));
  f.heartbeat(1);
  t.ok(f.image.isActive(1));
});

t.test('it leads what has no leader otherwise', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('two', [[2, 1]], { 'min.insync.replicas': '2' });
  f.heartbeat(1, HANGS);
  f.kill(2);
  t.match(f.partition('two'), { leader: -1 });
  f.heartbeat(1, HANGS);
  t.match(f.partition('two'), { leader: 1, isr: [1], elr: [2] });
  t.notOk(f.image.isActive(1));
  const { offset } = f.image;
  f.heartbeat(1, HANGS);
  t.equal(f.image.offset, offset);
});

t.test('a broker whose disk hangs can be stopped in order', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.heartbeat(1, HANGS);
  f.heartbeat(1, { ...HANGS, want_shut_down: true });
  for (const nodeId of [2, 3]) f.heartbeat(nodeId);
  t.match(f.heartbeat(1, { ...HANGS, want_shut_down: true }), { fenced: true, should_shut_down: true });
});

t.test(
  'a relieved leader that cannot lead as it is cuts its log and goes on, where nobody else can lead',
  async (t) => {
    for (const unclean of ['false', 'true']) {
      const f = new Fixture();
      f.startAll(1, 2, 3);
      f.assign('orders', [[1, 2, 3]], { 'min.insync.replicas': '1', 'unclean.leader.election.enable': unclean });
      f.alterIsr('orders', 0, [1]);
      f.heartbeat(1, HANGS);
      t.notOk(f.image.isActive(1));
      const before = f.partition('orders');
      t.match(before, { leader: 1, isr: [1], elr: [] });
      t.throws(() => f.reportUnled(1, 'orders', 7), { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' }, unclean);
      t.equal(f.partition('orders'), before, 'nothing has changed');
    }
  },
);

t.test(
  'a relieved leader that cannot lead as it is gives way to a member that has more, and stays relieved',
  async (t) => {
    const f = new Fixture();
    f.startAll(1, 2, 3);
    f.assign('orders', [[1, 2, 3]]);
    f.kill(3);
    f.kill(2);
    f.start(2, { topic: 'orders', truncated: [{ partition: 0, lastEpoch: 0, endOffset: 9 }] });
    f.heartbeat(1, HANGS);
    t.match(f.partition('orders'), { leader: 1, isr: [1], elr: [2] });
    t.throws(() => f.reportUnled(1, 'orders', 10), { code: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' });
    f.reportUnled(1, 'orders', 7);
    t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [1] });
    t.notOk(f.image.isActive(1));
  },
);
