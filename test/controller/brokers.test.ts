import t from 'tap';
import { errorCode, VarveError } from '../../src/common/errors.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { isGone, redialAnswer } from '../../src/controller/controller.js';
import { decodeMetadataBatch } from '../../src/metadata/record-codec.js';
import { MAX_METADATA_VERSION } from '../../src/metadata/records.js';
import { varve } from '../../src/protocol/varve.js';
import { directoryId, Fixture } from './fixture.js';

const { v1 } = varve;

t.test('a registration: epoch is its offset, the same incarnation again gets the same epoch', async (t) => {
  const f = new Fixture();
  const request = f.registration(1);
  const first = f.controller.registerBroker(request, f.nowMs);
  t.equal(first.response.broker_epoch, first.offset);
  t.match(f.image.broker(1), { brokerEpoch: first.offset, fenced: true });
  const written = f.payloads.length;
  const again = f.controller.registerBroker(request, f.nowMs);
  t.equal(again.response.broker_epoch, first.offset);
  t.equal(f.payloads.length, written);
});

t.test('registrations that are refused, without effect', async (t) => {
  const f = new Fixture();
  f.startAll(1);
  const written = f.payloads.length;
  const refused: [Partial<ReturnType<Fixture['registration']>>, string][] = [
    [{ cluster_id: uuidFromBytes(Buffer.alloc(16, 9)) }, 'INCONSISTENT_CLUSTER_ID'],
    [{ log_dirs: [] }, 'INVALID_REGISTRATION'],
    [{ log_dirs: [Buffer.alloc(16, 1), Buffer.alloc(16, 1)] }, 'INVALID_REGISTRATION'],
    [{ log_dirs: [Buffer.alloc(3)] }, 'INVALID_REGISTRATION'],
    [{ log_dirs: [Buffer.from(directoryId(1), 'base64url')] }, 'INVALID_REGISTRATION'],
    [{ incarnation_id: Buffer.alloc(0) }, 'INVALID_REGISTRATION'],
    [{ listeners: [] }, 'INVALID_REGISTRATION'],
    [{ node_id: -1 }, 'INVALID_REGISTRATION'],
    [{ min_metadata_version: 2, max_metadata_version: 3 }, 'UNSUPPORTED_VERSION'],
  ];
  for (const [change, code] of refused) {
    t.throws(() => f.controller.registerBroker({ ...f.registration(2), ...change }, f.nowMs), { code });
  }
  t.equal(f.payloads.length, written);
});

t.test('a node id in use is refused while its holder lives, and free once its lease is over', async (t) => {
  const f = new Fixture();
  f.start(1);
  const impostor = { directories: [directoryId(1, 1)] };
  t.throws(() => f.register(1, impostor), { code: 'DUPLICATE_BROKER_REGISTRATION' });
  f.nowMs += 1_499;
  t.throws(() => f.register(1, impostor), { code: 'DUPLICATE_BROKER_REGISTRATION' });
  f.nowMs += 1;
  f.register(1, impostor);
  t.same(f.image.broker(1)?.logDirs, [directoryId(1, 1)]);
});

t.test('a broker is unfenced once its metadata holds its own registration', async (t) => {
  const f = new Fixture();
  const epoch = f.register(1);
  t.match(f.heartbeat(1, { metadata_offset: epoch - 1 }), { error: 0, fenced: true });
  t.match(f.heartbeat(1, { metadata_offset: epoch }), { fenced: false });
  t.match(f.heartbeat(1, { broker_epoch: epoch - 1 }), { error: errorCode('STALE_BROKER_EPOCH') });
  t.match(f.heartbeat(9), { error: errorCode('STALE_BROKER_EPOCH') });
});

t.test('a lease that is over fences the broker; heartbeats renew it', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  const overMs = f.nowMs + 1500;
  for (let step = 0; step < 10; step++) {
    f.nowMs += 200;
    f.heartbeat(2);
    f.heartbeat(3);
    const isOver = (step + 1) * 200 >= 1500;
    const renewedMs = f.nowMs + 1500;
    if (f.image.isActive(1)) t.equal(f.controller.nextTickMs, overMs, 'the lease of the silent one ends first');
    else t.equal(f.controller.nextTickMs, renewedMs);
    f.controller.tick(f.nowMs);
    t.equal(f.image.isActive(1), !isOver, `after ${(step + 1) * 200} ms`);
  }
  t.match(f.partition('orders'), { leader: 2, leaderEpoch: 1, isr: [2, 3] });
});

t.test(
  'all whose leases are over at once are fenced in one batch, and none of them is elected on the way',
  async (t) => {
    const f = new Fixture();
    f.startAll(1, 2, 3, 4);
    f.assign('orders', [
      [1, 2, 3],
      [2, 1, 4],
    ]);
    f.assign('two', [[1, 2]]);
    f.nowMs += 1_500;
    f.heartbeat(3);
    f.heartbeat(4);
    const before = f.payloads.length;
    f.controller.tick(f.nowMs);
    t.equal(f.payloads.length, before + 1, 'one batch');
    t.same([f.image.isActive(1), f.image.isActive(2)], [false, false]);
    t.match(f.partition('orders', 0), { leader: 3, leaderEpoch: 1, isr: [3] });
    t.match(f.partition('orders', 1), { leader: 4, leaderEpoch: 1, isr: [4] });
    t.match(f.partition('two'), { leader: -1, isr: [], elr: [1, 2] }, 'both have all that was acknowledged');
    t.same(f.committed(), f.image);
  },
);

t.test('a controller that was held up for longer than a lease does not fence its own broker', async (t) => {
  const f = new Fixture({}, 1, 1);
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  f.nowMs += 60_000;
  f.heartbeat(2);
  f.controller.tick(f.nowMs);
  t.same([f.image.isActive(1), f.image.isActive(2)], [true, true]);
  t.match(f.partition('orders'), { leader: 1, leaderEpoch: 0 });
  f.nowMs += 1_500;
  f.controller.tick(f.nowMs);
  t.same([f.image.isActive(1), f.image.isActive(2)], [true, false], 'others must beat');
  f.register(1);
  f.heartbeat(1);
  f.nowMs += 1_500;
  f.controller.tick(f.nowMs);
  t.equal(f.image.isActive(1), false, 'an incarnation that is not its own');
});

t.test('a log that takes nothing for a moment does not save a dead broker', async (t) => {
  const f = new Fixture();
  f.startAll(1);
  f.nowMs += 2_000;
  f.appendError = new VarveError('THROTTLING_QUOTA_EXCEEDED');
  t.ok(f.controller.hasExpiredLeases(f.nowMs));
  f.controller.tick(f.nowMs);
  t.equal(f.image.isActive(1), true);
  f.appendError = undefined;
  f.controller.tick(f.nowMs);
  t.equal(f.image.isActive(1), false);
  t.notOk(f.controller.hasExpiredLeases(f.nowMs));
});

t.test('redial: refused, or another incarnation, fences now; anything else leaves it to the lease', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  const closed = (): ReturnType<typeof f.controller.heartbeatStreamClosed> =>
    f.controller.heartbeatStreamClosed(1, f.epochs.get(1) ?? -1, f.nowMs);
  const redial = closed();
  t.match(redial, { nodeId: 1, listeners: [{ name: 'INTERNAL', port: 9001 }] });
  if (!redial) return;
  t.notOk(isGone(redial, { kind: 'unclear' }));
  t.notOk(isGone(redial, { kind: 'answered', incarnationId: redial.incarnationId }));
  t.ok(isGone(redial, { kind: 'refused' }));
  t.ok(isGone(redial, redialAnswer({ incarnation_id: Buffer.alloc(16, 99) })));
  f.nowMs += 1;
  f.heartbeat(1);
  f.controller.foundGone([redial]);
  t.equal(f.image.isActive(1), true, 'it was heard of since');
  const second = closed();
  if (!second) return;
  f.controller.foundGone([second]);
  t.equal(f.image.isActive(1), false);
  t.equal(closed(), undefined, 'a fenced broker is not redialed');
  f.start(1);
  f.controller.foundGone([second]);
  t.equal(f.image.isActive(1), true, 'a late answer about an old incarnation');
  t.equal(f.controller.heartbeatStreamClosed(1, 3, f.nowMs), undefined, 'a stream of an old incarnation');
});

t.test('a new controller gives fresh leases and redials all live brokers', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.kill(3);
  f.nowMs += 60_000;
  const redials = f.failOver();
  t.same(
    redials.map((redial) => redial.nodeId),
    [1, 2],
  );
  f.nowMs += 1_499;
  t.notOk(f.controller.hasExpiredLeases(f.nowMs));
  f.heartbeat(1);
  f.nowMs += 1;
  f.controller.tick(f.nowMs);
  t.same([f.image.isActive(1), f.image.isActive(2)], [true, false]);
});

t.test('a change of the ISR that was refused is not granted when a copy of it arrives later', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [[1, 2, 3]]);
  f.alterIsr('orders', 0, [1, 2]);
  // The broker that wants to join is fenced, and was no member before.
  f.kill(3);
  const { leaderEpoch, partitionEpoch } = f.partition('orders');
  const copy = { leader_epoch: leaderEpoch, partition_epoch: partitionEpoch };
  const refused = f.alterIsr('orders', 0, [1, 2, 3], copy);
  t.equal(refused.error, errorCode('INELIGIBLE_REPLICA'));
  t.match(f.partition('orders'), { leader: 1, isr: [1, 2], leaderEpoch, partitionEpoch: partitionEpoch + 1 });
  t.match(f.heartbeat(3), { error: 0, fenced: false }, 'it is available again, as the same incarnation');
  t.equal(f.alterIsr('orders', 0, [1, 2, 3], copy).error, errorCode('INVALID_UPDATE_VERSION'));
  t.same(f.partition('orders').isr, [1, 2]);
  t.equal(f.alterIsr('orders', 0, [1, 2, 3]).error, 0, 'what is asked anew is granted');
});

t.test('controlled shutdown: leaders move first, everyone hears of it, then it may stop', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [
    [1, 2, 3],
    [2, 3, 1],
  ]);
  f.assign('single', [[1]]);
  const before = f.image.offset;
  t.match(f.heartbeat(1, { want_shut_down: true }), { fenced: false, should_shut_down: false });
  t.match(f.partition('orders', 0), { leader: 2, isr: [2, 3] });
  t.match(f.partition('orders', 1), { leader: 2, isr: [2, 3] });
  t.match(f.partition('single'), { leader: 1 }, 'nobody else can lead it');
  t.match(f.alterIsr('orders', 0, [1, 2, 3]).error, errorCode('INELIGIBLE_REPLICA'));
  f.heartbeat(2, { metadata_offset: before });
  t.match(f.heartbeat(1, { want_shut_down: true }), { should_shut_down: false }, 'node 2 and 3 may not know');
  f.heartbeat(2);
  f.heartbeat(3);
  t.match(f.heartbeat(1, { want_shut_down: true }), { should_shut_down: true, fenced: true });
  t.match(f.partition('single'), { leader: -1, elr: [1] });
  t.match(f.heartbeat(1, { want_shut_down: true }), { should_shut_down: true });
});

t.test('controlled shutdown waits while a live replica is about to be able to lead', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]], { 'min.insync.replicas': '1' });
  f.alterIsr('orders', 0, [1]);
  f.heartbeat(1, { want_shut_down: true });
  f.heartbeat(2);
  t.match(f.heartbeat(1, { want_shut_down: true }), { should_shut_down: false });
  t.match(f.partition('orders'), { leader: 1 });
  t.equal(f.alterIsr('orders', 0, [1, 2]).error, 0, 'the leader that waits may let others in');
  t.match(f.heartbeat(1, { want_shut_down: true }), { should_shut_down: false });
  t.match(f.partition('orders'), { leader: 2, isr: [2] });
  f.heartbeat(2);
  t.match(f.heartbeat(1, { want_shut_down: true }), { should_shut_down: true });
});

t.test('a rolling restart leaves no partition without a leader at any step', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2, 3);
  f.assign('orders', [
    [1, 2, 3],
    [2, 3, 1],
    [3, 1, 2],
  ]);
  for (const node of [1, 2, 3]) {
    let stop = false;
    for (let beats = 0; !stop && beats < 10; beats++) {
      stop = f.heartbeat(node, { want_shut_down: true }).should_shut_down === true;
      for (const other of [1, 2, 3]) if (other !== node) f.heartbeat(other);
      for (const partition of [0, 1, 2]) t.ok(f.image.isActive(f.partition('orders', partition).leader));
    }
    t.ok(stop);
    f.start(node, { previousEpoch: f.epochs.get(node) ?? -1 });
    for (const partition of [0, 1, 2]) {
      t.equal(f.alterIsr('orders', partition, [...f.partition('orders', partition).isr, node]).error, 0);
    }
  }
});

t.test('a log directory that goes offline takes its replicas out (KIP-858)', async (t) => {
  const f = new Fixture();
  f.start(1, { directories: [directoryId(1, 0), directoryId(1, 1)] });
  f.startAll(2);
  f.assign('orders', [
    [1, 2],
    [1, 2],
  ]);
  t.same(
    [0, 1].map((partition) => f.partition('orders', partition).directories[0]),
    [directoryId(1, 0), directoryId(1, 1)],
    'replicas are spread over the directories',
  );
  f.heartbeat(1, { offline_log_dirs: [Buffer.from(directoryId(1, 1), 'base64url')] });
  t.match(f.partition('orders', 0), { leader: 1, isr: [1, 2] });
  t.match(f.partition('orders', 1), { leader: 2, isr: [2], elr: [1] });
  t.equal(f.alterIsr('orders', 1, [1, 2]).error, errorCode('INELIGIBLE_REPLICA'));
  const written = f.payloads.length;
  f.heartbeat(1, { offline_log_dirs: [Buffer.from(directoryId(1, 1), 'base64url')] });
  t.equal(f.payloads.length, written, 'told again, nothing new');
  // It comes back without the disk: the replica is made anew on the other one.
  f.start(1, { directories: [directoryId(1, 0)] });
  t.match(f.partition('orders', 1), { elr: [], directories: [directoryId(1, 0), directoryId(2)] });
});

t.test('producer ids are given out in blocks, each id once, also after a fail-over', async (t) => {
  const f = new Fixture();
  f.startAll(1);
  const ask = (): unknown =>
    f.controller.allocateProducerIds({ node_id: 1, broker_epoch: f.epochs.get(1) ?? -1 }).response;
  t.match(ask(), { first_producer_id: 0, length: 1000 });
  f.failOver();
  t.match(ask(), { first_producer_id: 1000, length: 1000 });
  t.throws(() => f.controller.allocateProducerIds({ node_id: 1, broker_epoch: 0 }), { code: 'STALE_BROKER_EPOCH' });
});

t.test('a broker is unregistered for good', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[2, 1]]);
  const unregister = (node_id: number): unknown =>
    f.controller.admin('/varve.v1.Admin/UnregisterBroker', v1.UnregisterBrokerRequest.encode({ node_id }).finish());
  t.throws(() => unregister(2), { code: 'INVALID_REQUEST', message: /stop it/ });
  t.ok(f.image.broker(2), 'one that runs stays');
  f.nowMs += 1_500;
  f.heartbeat(1);
  f.controller.tick(f.nowMs);
  unregister(2);
  t.equal(f.image.broker(2), undefined);
  t.match(f.partition('orders'), { leader: 1, isr: [1] });
  t.throws(() => unregister(2), { code: 'BROKER_ID_NOT_REGISTERED' });
  t.equal(f.heartbeat(2).error, errorCode('STALE_BROKER_EPOCH'));
});

t.test(
  'a log that takes nothing when office is taken does not end the node: the cluster is founded later',
  async (t) => {
    const f = new Fixture();
    f.payloads.length = 0;
    f.appendError = new VarveError('NOT_CONTROLLER', 'The leadership is being handed over: try again soon.');
    t.same(f.failOver(), [], 'it takes office');
    t.equal(f.payloads.length, 0);
    t.throws(() => f.register(1), { code: 'NOT_CONTROLLER' }, 'what is asked meanwhile is refused');
    t.ok(f.controller.nextTickMs <= f.nowMs, 'it is to be tried again');
    f.controller.tick(f.nowMs);
    t.equal(f.image.metadataVersion, 0);
    f.appendError = undefined;
    f.controller.tick(f.nowMs);
    t.equal(f.image.metadataVersion, MAX_METADATA_VERSION);
    t.equal(f.payloads.length, 1);
    t.ok(f.controller.nextTickMs > f.nowMs, 'once');
    f.controller.tick(f.nowMs);
    t.equal(f.payloads.length, 1);

    const other = new Fixture();
    other.payloads.length = 0;
    other.appendError = new VarveError('NOT_CONTROLLER');
    other.failOver();
    other.appendError = undefined;
    other.register(1);
    const kinds = other.payloads.flatMap(({ payload }) => decodeMetadataBatch(payload).map(({ kind }) => kind));
    t.equal(kinds[0], 'featureLevel', 'before anything else that is decided');
  },
);
