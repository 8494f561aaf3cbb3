import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { Admin } from '../../src/index.js';
import { varve } from '../../src/protocol/varve.js';
import { FakeCluster } from '../grpc/fake-broker.js';

const { v1 } = varve;

t.test('calls carry what was asked, and answers come back in the program’s words', async (t) => {
  const cluster = await FakeCluster.start(2);
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  t.teardown(async () => {
    await admin.close();
    await cluster.close();
  });
  const answers: Record<string, (request: Uint8Array) => Uint8Array> = {
    CreateTopics: (request) => {
      const [topic] = v1.CreateTopicsRequest.decode(request).topics;
      if (topic?.name === 'taken') {
        const error = { code: 36, name: 'TOPIC_ALREADY_EXISTS', message: 'It is there.' };
        return v1.CreateTopicsResponse.encode({ topics: [{ name: 'taken', error }] }).finish();
      }
      const created = { name: topic?.name ?? '', partitions: topic?.partitions ?? 0, topic_id: Buffer.alloc(16, 1) };
      t.same(topic?.configs, { 'retention.ms': '5' });
      return v1.CreateTopicsResponse.encode({ topics: [created] }).finish();
    },
    DescribeConfigs: () =>
      v1.DescribeConfigsResponse.encode({
        resources: [{ resource: { type: 0, name: 'a' }, entries: [{ name: 'x', value: '1' }, { name: 'hidden' }] }],
      }).finish(),
    DescribeQuorum: () =>
      v1.DescribeQuorumResponse.encode({ leader_id: 1, leader_epoch: 3, commit_offset: 9 }).finish(),
  };
  let refusals = 2;
  for (const node of cluster.nodes) {
    node.admin = async (method, request) => {
      if (refusals > 0) {
        refusals -= 1;
        throw new VarveError('NOT_CONTROLLER');
      }
      const answer = answers[method.split('/').at(-1) ?? ''];
      if (answer === undefined) throw new VarveError('CLUSTER_AUTHORIZATION_FAILED', 'Not you.');
      return answer(request);
    };
  }
  const created = await admin.createTopic({ name: 'a', partitions: 4, configs: { 'retention.ms': '5' } });
  t.match(created, { name: 'a', partitions: 4, error: undefined, topicId: 'AQEBAQEBAQEBAQEBAQEBAQ' });
  t.equal(refusals, 0, 'nodes without a controller were asked again');
  await t.rejects(admin.createTopic({ name: 'taken' }), { code: 'TOPIC_ALREADY_EXISTS', message: 'It is there.' });
  const [config] = await admin.describeConfigs([{ type: 'topic', name: 'a' }]);
  t.match(config, {
    resource: { type: 'topic', name: 'a' },
    entries: [{ name: 'x', value: '1' }, { value: undefined }],
  });
  t.match(await admin.describeQuorum(), { leaderId: 1, leaderEpoch: 3, commitOffset: 9n });
  await t.rejects(admin.removeVoter(1, 'x'), { code: 'CLUSTER_AUTHORIZATION_FAILED' });
  cluster.createTopic('real', 2);
  t.match(await admin.describeTopics(['real']), [{ name: 'real', partitions: [{ leader: 0 }, { leader: 1 }] }]);
  await cluster.node(0).stop();
  t.same(await admin.listTopics(), ['real'], 'the other node answers');
});

t.test('what an attempt has done whose answer was lost is no failure of the next one', async (t) => {
  const cluster = await FakeCluster.start(2);
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  t.teardown(async () => {
    await admin.close();
    await cluster.close();
  });
  const unknown = { code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION', message: 'There is none.' };
  const taken = { code: 36, name: 'TOPIC_ALREADY_EXISTS', message: 'It is there.' };
  const tooFew = { code: 37, name: 'INVALID_PARTITIONS', message: 'It has as many.' };
  const settings = [
    { name: 'retention.ms', value: '5', source: 'DYNAMIC_TOPIC_CONFIG' },
    { name: 'retention.bytes', value: '-1', source: 'DEFAULT_CONFIG' },
  ];
  cluster.createTopic('a', 2);
  const answers: Record<string, () => Uint8Array> = {
    CreateTopics: () => v1.CreateTopicsResponse.encode({ topics: [{ name: 'a', error: taken }] }).finish(),
    DeleteTopics: () => v1.DeleteTopicsResponse.encode({ topics: [{ name: 'a', error: unknown }] }).finish(),
    CreatePartitions: () => v1.CreatePartitionsResponse.encode({ topics: [{ name: 'a', error: tooFew }] }).finish(),
    DescribeConfigs: () =>
      v1.DescribeConfigsResponse.encode({
        resources: [{ resource: { type: 0, name: 'a' }, entries: settings }],
      }).finish(),
  };
  let lost = 0;
  let refused = 0;
  for (const node of cluster.nodes) {
    node.admin = async (method) => {
      const name = method.split('/').at(-1) ?? '';
      if (refused > 0) {
        refused -= 1;
        throw new VarveError('NOT_CONTROLLER');
      }
      if (lost > 0 && name !== 'DescribeConfigs') {
        lost -= 1;
        throw new VarveError('NETWORK_EXCEPTION', 'The active controller, node 1, gave no answer.');
      }
      return answers[name]?.() ?? new Uint8Array();
    };
  }
  const spec = { name: 'a', partitions: 2, configs: { 'retention.ms': '5' } };
  await t.rejects(admin.createTopic(spec), { code: 'TOPIC_ALREADY_EXISTS' }, 'no answer was lost');
  lost = 1;
  t.match(await admin.createTopic(spec), { name: 'a', partitions: 2, replicationFactor: 1, error: undefined });
  for (const other of [{ partitions: 3 }, { replicationFactor: 2 }, { configs: {} }, { assignment: [[1], [1]] }]) {
    lost = 1;
    await t.rejects(admin.createTopic({ ...spec, ...other }), { code: 'TOPIC_ALREADY_EXISTS' }, JSON.stringify(other));
  }
  refused = 1;
  await t.rejects(admin.createTopic(spec), { code: 'TOPIC_ALREADY_EXISTS' }, 'who is no controller has done nothing');
  refused = 1;
  await t.rejects(admin.deleteTopic('a'), { code: 'UNKNOWN_TOPIC_OR_PARTITION' });
  t.equal(refused, 0);
  lost = 1;
  await admin.deleteTopic('a');
  await t.rejects(admin.createPartitions('a', 2), { code: 'INVALID_PARTITIONS' });
  lost = 1;
  await admin.createPartitions('a', 2);
  lost = 1;
  await t.rejects(admin.createPartitions('a', 1), { code: 'INVALID_PARTITIONS' });
});
