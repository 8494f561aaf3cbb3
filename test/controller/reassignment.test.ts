import t from 'tap';
import { errorCode } from '../../src/common/errors.js';
import { varve } from '../../src/protocol/varve.js';
import { Fixture } from './fixture.js';

const v1 = varve.v1;

function ongoing(f: Fixture): varve.v1.IOngoingReassignment[] {
  const { response } = f.controller.admin('/varve.v1.Admin/ListPartitionReassignments', Buffer.alloc(0));
  return v1.ListPartitionReassignmentsResponse.decode(response).reassignments;
}

t.test('a reassignment: old and new side by side, then the new ones alone (KIP-455)', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4, 5, 6);
  f.assign('orders', [[1, 2, 3]]);
  t.equal(f.reassign('orders', 0, [4, 5, 6]), undefined);
  t.match(f.partition('orders'), {
    replicas: [4, 5, 6, 1, 2, 3],
    addingReplicas: [4, 5, 6],
    removingReplicas: [1, 2, 3],
    leader: 1,
  });
  t.match(ongoing(f), [{ topic: 'orders', partition: 0, adding_replicas: [4, 5, 6], removing_replicas: [1, 2, 3] }]);
  t.equal(f.alterIsr('orders', 0, [1, 2, 3, 4, 5]).error, 0);
  t.equal(f.partition('orders').replicas.length, 6);
  const last = f.alterIsr('orders', 0, [1, 2, 3, 4, 5, 6]);
  t.equal(last.error, errorCode('NEW_LEADER_ELECTED'));
  t.match(last, { leader_id: 4, isr: [4, 5, 6] });
  t.match(f.partition('orders'), { replicas: [4, 5, 6], addingReplicas: [], removingReplicas: [], leaderEpoch: 1 });
  t.equal(f.partition('orders').directories.length, 3);
  t.same(ongoing(f), []);
});

// SEED=20056 SECONDS=6, at that time: it was in sync by the log that it was about to delete.
t.test(
  'a replica that leaves ends the leader epoch: what it fetched counts for nobody who is placed there anew',
  async (t) => {
    const f = new Fixture();
    f.startAll(1, 2, 3, 4);
    f.assign('orders', [[1, 2, 3]]);
    f.reassign('orders', 0, [1, 2]);
    t.match(f.partition('orders'), { replicas: [1, 2], isr: [1, 2], leader: 1, leaderEpoch: 1 });
    // Node 3 has heard of nothing yet, and fetches on.
    f.reassign('orders', 0, [1, 3]);
    t.match(f.partition('orders'), { replicas: [1, 3, 2], addingReplicas: [3], leader: 1, leaderEpoch: 1 });
    t.equal(f.alterIsr('orders', 0, [1, 2, 3], { leader_epoch: 0 }).error, errorCode('FENCED_LEADER_EPOCH'));
    t.equal(f.reassign('orders', 0, 'cancel'), undefined);
    t.match(f.partition('orders'), { replicas: [1, 2], leader: 1, leaderEpoch: 2 }, 'nor after a cancellation');
  },
);

t.test('min.insync.replicas follows the replication factor that was, until the change is complete', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1]]);
  f.reassign('orders', 0, [1, 2, 3]);
  t.match(f.partition('orders'), { isr: [1], elr: [], addingReplicas: [2, 3] });
  f.alterIsr('orders', 0, [1, 2]);
  f.alterIsr('orders', 0, [1, 2, 3]);
  t.match(f.partition('orders'), { replicas: [1, 2, 3], addingReplicas: [], leader: 1, leaderEpoch: 0 });
});

t.test('only removing: at once when those that stay suffice, and not before', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.alterIsr('orders', 0, [1]);
  f.reassign('orders', 0, [2, 3]);
  t.match(f.partition('orders'), { replicas: [2, 3, 1], removingReplicas: [1], leader: 1 });
  f.alterIsr('orders', 0, [1, 2]);
  t.match(f.partition('orders'), { removingReplicas: [1] });
  t.equal(f.alterIsr('orders', 0, [1, 2, 3]).error, errorCode('NEW_LEADER_ELECTED'));
  t.match(f.partition('orders'), { replicas: [2, 3], leader: 2, isr: [2, 3] });
  f.reassign('orders', 0, [3]);
  t.match(f.partition('orders'), { replicas: [3], leader: 3, isr: [3], removingReplicas: [] });
});

t.test('a reassignment that only waits for min.insync.replicas ends when that is lowered', async (t) => {
  for (const ofAll of [false, true]) {
    const f = new Fixture();
    f.startAll(1, 2, 3);
    f.setDefault('min.insync.replicas', '2');
    f.assign('orders', [[1, 2, 3]]);
    f.alterIsr('orders', 0, [1, 2]);
    f.reassign('orders', 0, [2, 3]);
    t.match(f.partition('orders'), { isr: [2, 1], elr: [], removingReplicas: [1] }, 'without node 1 one is too few');
    if (ofAll) f.setDefault('min.insync.replicas', '1');
    else f.setTopicConfig('orders', 'min.insync.replicas', '1');
    t.match(f.partition('orders'), { replicas: [2, 3], isr: [2], leader: 2 });
    t.same(ongoing(f), []);
  }
});

t.test('a new target replaces the one under way; a cancelled one leaves what there was', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4);
  f.assign('orders', [[1, 2]]);
  f.reassign('orders', 0, [1, 3]);
  f.alterIsr('orders', 0, [1, 2]);
  f.reassign('orders', 0, [1, 4]);
  t.match(f.partition('orders'), { replicas: [1, 4, 2], addingReplicas: [4], removingReplicas: [2] });
  t.equal(f.reassign('orders', 0, 'cancel'), undefined);
  t.match(f.partition('orders'), { replicas: [1, 2], addingReplicas: [], removingReplicas: [], isr: [1, 2] });
});

t.test('a reassignment that cannot be is refused', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2]]);
  t.match(f.reassign('orders', 0, []), { name: 'INVALID_REPLICA_ASSIGNMENT' });
  t.match(f.reassign('orders', 0, [1, 1]), { name: 'INVALID_REPLICA_ASSIGNMENT' });
  t.match(f.reassign('orders', 0, [1, 9]), { name: 'INVALID_REPLICA_ASSIGNMENT' });
  t.match(f.reassign('orders', 5, [1]), { name: 'UNKNOWN_TOPIC_OR_PARTITION' });
  t.match(f.reassign('nothing', 0, [1]), { name: 'UNKNOWN_TOPIC_OR_PARTITION' });
  t.match(f.reassign('orders', 0, 'cancel'), { name: 'NO_REASSIGNMENT_IN_PROGRESS' });
  t.same(ongoing(f), []);
});

t.test('a leader that dies during a reassignment: the rest goes on', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4);
  f.assign('orders', [[1, 2]]);
  f.reassign('orders', 0, [3, 4]);
  f.alterIsr('orders', 0, [1, 2, 3]);
  f.kill(1);
  t.match(f.partition('orders'), { leader: 3, isr: [3, 2] });
  f.alterIsr('orders', 0, [3, 2, 4]);
  t.match(f.partition('orders'), { replicas: [3, 4], isr: [3, 4], leader: 3 });
});

t.test('a new target never drops the last replicas in sync: they stay until the new ones are', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4, 5, 6, 7, 8, 9);
  f.assign('orders', [[1, 2, 3]]);
  f.reassign('orders', 0, [4, 5, 6]);
  f.alterIsr('orders', 0, [1, 2, 3, 4, 5]);
  for (const node of [1, 2, 3]) f.kill(node);
  t.match(f.partition('orders'), { isr: [4, 5], leader: 4 });
  t.equal(f.reassign('orders', 0, [7, 8, 9]), undefined);
  // 6 had nothing yet and goes at once.
  t.match(f.partition('orders'), {
    replicas: [7, 8, 9, 4, 5, 1, 2, 3],
    isr: [4, 5],
    leader: 4,
    addingReplicas: [7, 8, 9, 4, 5],
    removingReplicas: [4, 5, 1, 2, 3],
  });
  t.equal(f.partition('orders').replicas.length, 8);
  t.match(f.reassign('orders', 0, 'cancel'), { name: 'INVALID_REPLICA_ASSIGNMENT' });
  f.alterIsr('orders', 0, [7, 8, 4, 5]);
  t.match(f.partition('orders'), { leader: 4 }, 'the new ones are not all in sync yet');
  f.alterIsr('orders', 0, [7, 8, 9, 4, 5]);
  t.match(f.partition('orders'), { replicas: [7, 8, 9], isr: [7, 8, 9], leader: 7 });
  t.same(f.partition('orders').addingReplicas, []);
  t.same(f.partition('orders').removingReplicas, []);
});

t.test('a cancellation leaves a partition to former replicas only while one of them is whole and live', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4);
  f.assign('orders', [[1, 2]]);
  f.reassign('orders', 0, [3, 4]);
  f.alterIsr('orders', 0, [3, 1, 2]);
  f.kill(1);
  f.kill(2);
  const before = f.partition('orders');
  t.match(before, { leader: 3, isr: [3], elr: [2] });
  t.match(f.reassign('orders', 0, 'cancel'), { name: 'INVALID_REPLICA_ASSIGNMENT' }, 'node 2 may not come back');
  t.equal(f.partition('orders'), before);
  f.start(2, { truncated: [{ partition: 0, lastEpoch: 0, endOffset: 5 }], topic: 'orders' });
  t.match(f.reassign('orders', 0, 'cancel'), { name: 'INVALID_REPLICA_ASSIGNMENT' }, 'it was cut');
  f.alterIsr('orders', 0, [3, 2]);
  t.equal(f.reassign('orders', 0, 'cancel'), undefined);
  t.match(f.partition('orders'), { replicas: [1, 2], isr: [2], leader: 2 });
});

t.test('after a replaced target a cancellation leaves the first replicas', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3, 4, 5, 6);
  f.assign('orders', [[1, 2]]);
  f.reassign('orders', 0, [3, 4]);
  f.alterIsr('orders', 0, [1, 2, 3]);
  f.reassign('orders', 0, [5, 6]);
  t.match(f.partition('orders'), { replicas: [5, 6, 3, 1, 2], addingReplicas: [5, 6, 3], removingReplicas: [3, 1, 2] });
  f.reassign('orders', 0, [3, 6]);
  t.match(f.partition('orders'), { replicas: [3, 6, 1, 2], addingReplicas: [3, 6], removingReplicas: [1, 2] });
  f.reassign('orders', 0, [5, 6]);
  t.equal(f.reassign('orders', 0, 'cancel'), undefined);
  t.match(f.partition('orders'), { replicas: [1, 2], isr: [1, 2], addingReplicas: [], removingReplicas: [] });
});

t.test('a reassignment that an election makes complete is over', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.setDefault('min.insync.replicas', '2');
  f.assign('orders', [[1, 2, 3]]);
  for (const nodeId of [3, 2, 1]) f.kill(nodeId);
  t.match(f.partition('orders'), { isr: [], elr: [1, 2], leader: -1 });
  f.reassign('orders', 0, [1]);
  t.match(f.partition('orders'), { removingReplicas: [2, 3] }, 'nobody is in sync');
  f.start(1);
  t.match(f.partition('orders'), { replicas: [1], isr: [1], elr: [], removingReplicas: [], leader: 1 });
  t.same(ongoing(f), []);
});
