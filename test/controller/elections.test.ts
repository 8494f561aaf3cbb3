import t from 'tap';
import { errorName } from '../../src/common/errors.js';
import { varve } from '../../src/protocol/varve.js';
import { Fixture } from './fixture.js';

const v1 = varve.v1;

t.test('preferred election', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  t.match(f.elect('preferred', 'orders', 0), { name: 'ELECTION_NOT_NEEDED' });
  f.kill(1);
  t.match(f.elect('preferred', 'orders', 0), { name: 'PREFERRED_LEADER_NOT_AVAILABLE' });
  f.start(1);
  t.match(f.elect('preferred', 'orders', 0), { name: 'PREFERRED_LEADER_NOT_AVAILABLE' }, 'live, but not in sync');
  f.alterIsr('orders', 0, [1, 2]);
  t.equal(f.elect('preferred', 'orders', 0), undefined);
  t.match(f.partition('orders'), { leader: 1, leaderEpoch: 2, isr: [1, 2] });
  t.match(f.elect('preferred', 'nothing', 0), { name: 'UNKNOWN_TOPIC_OR_PARTITION' });
  t.match(f.elect('preferred', 'orders', 3), { name: 'UNKNOWN_TOPIC_OR_PARTITION' });
});

t.test('an election of all partitions tells only of those that needed one', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [
    [1, 2],
    [2, 1],
  ]);
  f.kill(1);
  f.start(1);
  f.alterIsr('orders', 0, [1, 2]);
  f.alterIsr('orders', 1, [1, 2]);
  const bytes = v1.ElectLeadersRequest.encode({ type: 0 }).finish();
  const { response } = f.controller.admin('/varve.v1.Admin/ElectLeaders', bytes);
  t.match(v1.ElectLeadersResponse.decode(response).partitions, [{ topic: 'orders', partition: 0, error: null }]);
});

t.test('leadership goes back to the preferred replicas by itself, past the configured imbalance', async (t) => {
  const configs = { 'leader.imbalance.check.interval.seconds': '1' };
  for (const [extra, expected] of [
    [{}, 1],
    [{ 'auto.leader.rebalance.enable': 'false' }, 2],
    [{ 'leader.imbalance.per.broker.percentage': '100' }, 2],
  ] as const) {
    const f = new Fixture({ ...configs, ...extra });
    f.startAll(1, 2);
    f.assign('orders', [[1, 2]]);
    f.kill(1);
    f.start(1);
    f.alterIsr('orders', 0, [1, 2]);
    f.controller.tick(f.nowMs + 999);
    t.equal(f.partition('orders').leader, 2);
    f.nowMs += 1_000;
    f.heartbeat(1);
    f.heartbeat(2);
    f.controller.tick(f.nowMs);
    t.equal(f.partition('orders').leader, expected, JSON.stringify(extra));
  }
});

t.test('unclean election: never by itself, by order, or where the topic allows it', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  f.setTopicConfig('orders', 'min.insync.replicas', '1');
  t.match(f.elect('unclean', 'orders', 0), { name: 'ELECTION_NOT_NEEDED' });
  f.kill(2);
  f.kill(1);
  f.start(2);
  t.match(f.partition('orders'), { leader: -1, isr: [], elr: [1] });
  t.equal(f.elect('unclean', 'orders', 0), undefined);
  t.match(f.partition('orders'), { leader: 2, isr: [2], elr: [] });

  f.kill(2);
  t.match(f.elect('unclean', 'orders', 0), { name: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' });
  f.start(1);
  t.equal(f.partition('orders').leader, -1);
  t.equal(f.setTopicConfig('orders', 'unclean.leader.election.enable', 'true'), undefined);
  t.match(f.partition('orders'), { leader: 1, isr: [1] }, 'the change itself elects');
});

t.test('configs: set, remove, add and take, all or nothing', async (t) => {
  const f = new Fixture();
  f.startAll(1);
  f.assign('orders', [[1]]);
  const alter = (
    resource: varve.v1.IConfigResource,
    ...changes: readonly (readonly [name: string, operation: number, value?: string])[]
  ): string | undefined => {
    const bytes = v1.AlterConfigsRequest.encode({
      alterations: [
        { resource, changes: changes.map(([name, operation, value = '']) => ({ name, operation, value })) },
      ],
    }).finish();
    const { response } = f.controller.admin('/varve.v1.Admin/AlterConfigs', bytes);
    const code = v1.AlterConfigsResponse.decode(response).results[0]?.error?.code;
    return typeof code === 'number' ? errorName(code) : undefined;
  };
  const topic = { type: 0, name: 'orders' };
  const own = (): Map<string, string> => new Map(f.image.dynamicConfigs('topic', 'orders'));
  const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];
  t.equal(alter(topic, ['retention.ms', SET, '7'], ['cleanup.policy', APPEND, 'compact']), undefined);
  t.same(
    own(),
    new Map([
      ['retention.ms', '7'],
      ['cleanup.policy', 'delete,compact'],
    ]),
  );
  t.equal(alter(topic, ['retention.ms', DELETE], ['cleanup.policy', SUBTRACT, 'delete']), undefined);
  t.same(own(), new Map([['cleanup.policy', 'compact']]));
  t.equal(alter(topic, ['retention.ms', SET, '7'], ['segment.bytes', SET, 'x']), 'INVALID_CONFIG');
  t.equal(alter(topic, ['cleanup.policy', SUBTRACT, 'compact']), 'INVALID_CONFIG');
  t.equal(alter(topic, ['retention.ms', APPEND, '1']), 'INVALID_CONFIG');
  t.equal(alter(topic, ['node.id', SET, '1']), 'INVALID_CONFIG');
  t.equal(alter(topic, ['retention.ms', SET, '1'], ['retention.ms', DELETE]), 'INVALID_REQUEST');
  t.same(own(), new Map([['cleanup.policy', 'compact']]));
  t.equal(alter({ type: 0, name: 'nothing' }, ['retention.ms', SET, '1']), 'UNKNOWN_TOPIC_OR_PARTITION');

  // What is added to is what is in force: here the brokers' own policy, not the built-in one.
  t.equal(alter({ type: 1, name: '' }, ['log.cleanup.policy', SET, 'compact']), undefined);
  t.equal(alter(topic, ['cleanup.policy', DELETE]), undefined);
  t.equal(alter(topic, ['cleanup.policy', APPEND, 'compact']), undefined);
  t.same(own(), new Map([['cleanup.policy', 'compact']]));
  t.equal(alter({ type: 1, name: '' }, ['log.cleanup.policy', DELETE]), undefined);

  t.equal(alter({ type: 1, name: '' }, ['num.partitions', SET, '4']), undefined);
  t.match(f.createTopic({ name: 'later', replication_factor: 1 }), { partitions: 4 });
  t.equal(alter({ type: 1, name: '' }, ['node.id', SET, '4']), 'INVALID_CONFIG');
  t.equal(alter({ type: 1, name: '' }, ['leader.replication.throttled.rate', SET, '4']), 'INVALID_CONFIG');
  t.equal(alter({ type: 1, name: '1' }, ['leader.replication.throttled.rate', SET, '4']), undefined);
  t.equal(alter({ type: 1, name: '9' }, ['leader.replication.throttled.rate', SET, '4']), 'BROKER_ID_NOT_REGISTERED');
  t.equal(alter({ type: 1, name: 'x' }, ['leader.replication.throttled.rate', SET, '4']), 'INVALID_REQUEST');
});

t.test("what controller and leaders must agree on is the cluster's: a file only founds it", async (t) => {
  const f = new Fixture({ 'min.insync.replicas': '1', 'log.flush.interval.messages': '9' });
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  t.same(
    [...f.image.dynamicConfigs('broker', '')],
    [
      ['min.insync.replicas', '1'],
      ['log.flush.interval.messages', '9'],
    ],
  );
  // A controller with another file decides by the same values.
  const other = new Fixture({ 'min.insync.replicas': '2' });
  other.payloads.splice(0, other.payloads.length, ...f.payloads);
  other.failOver();
  for (const node of [1, 2]) other.epochs.set(node, f.epochs.get(node) ?? -1);
  other.kill(2);
  t.match(other.partition('orders'), { isr: [1], elr: [] });
});
