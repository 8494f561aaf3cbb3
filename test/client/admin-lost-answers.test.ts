import t from 'tap';
import type { Test } from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { Admin } from '../../src/index.js';
import { varve } from '../../src/protocol/varve.js';
import { FakeCluster } from '../grpc/fake-broker.js';

// A call that is repeated because the answer to it was lost: what it has done is no failure of the second time.

const { v1 } = varve;

interface Setup {
  readonly cluster: FakeCluster;
  readonly admin: Admin;
  /** The next call of this name is done, and its answer is lost. */
  readonly lose: (name: string) => void;
}

async function setup(t: Test, answers: Readonly<Record<string, (request: Uint8Array) => Uint8Array>>): Promise<Setup> {
  const cluster = await FakeCluster.start(2);
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  t.teardown(async () => {
    await admin.close();
    await cluster.close();
  });
  let lost = '';
  for (const node of cluster.nodes) {
    node.admin = async (method, request) => {
      const name = method.split('/').at(-1) ?? '';
      const answer = answers[name]?.(request) ?? new Uint8Array(0);
      if (name !== lost) return answer;
      lost = '';
      throw new VarveError('NETWORK_EXCEPTION', 'The active controller, node 1, gave no answer.');
    };
  }
  return { cluster, admin, lose: (name) => void (lost = name) };
}

t.test('a node that has not heard of the topic yet is asked again', async (t) => {
  const taken = { code: 36, name: 'TOPIC_ALREADY_EXISTS', message: 'It is there.' };
  const tooFew = { code: 37, name: 'INVALID_PARTITIONS', message: 'It has as many.' };
  const unknown = { code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION', message: 'There is none.' };
  let lagging = 0;
  const { cluster, admin, lose } = await setup(t, {
    CreateTopics: () => v1.CreateTopicsResponse.encode({ topics: [{ name: 'a', error: taken }] }).finish(),
    CreatePartitions: () => v1.CreatePartitionsResponse.encode({ topics: [{ name: 'a', error: tooFew }] }).finish(),
    DescribeConfigs: () => {
      const resource = { type: 0, name: 'a' };
      const error = lagging-- > 0 ? { error: unknown } : {};
      return v1.DescribeConfigsResponse.encode({ resources: [{ resource, ...error }] }).finish();
    },
  });
  cluster.createTopic('a', 2);
  for (const node of cluster.nodes) {
    const metadata = node.metadata.bind(node);
    node.metadata = (query) => {
      const view = metadata(query);
      if (lagging-- <= 0) return view;
      return {
        ...view,
        topics: [
          { ...view.topics[0], name: 'a', error: new VarveError('UNKNOWN_TOPIC_OR_PARTITION'), partitions: [] },
        ] as never,
      };
    };
  }
  lose('CreateTopics');
  lagging = 5;
  t.match(await admin.createTopic({ name: 'a', partitions: 2 }), { name: 'a', partitions: 2, error: undefined });
  lose('CreatePartitions');
  lagging = 3;
  await admin.createPartitions('a', 2);
  lose('CreatePartitions');
  lagging = Infinity;
  await t.rejects(admin.createPartitions('a', 2), { code: 'INVALID_PARTITIONS' }, 'but not for ever');
});

t.test('brokers and voters that are gone, and voters that are there', async (t) => {
  const refuse = (code: 'BROKER_ID_NOT_REGISTERED' | 'VOTER_NOT_FOUND') => (): never => {
    throw new VarveError(code);
  };
  const done = new Set<string>();
  const once = (name: string, refusal: () => never) => (): Uint8Array => {
    if (done.has(name)) return refusal();
    done.add(name);
    return new Uint8Array(0);
  };
  const { admin, lose } = await setup(t, {
    UnregisterBroker: once('unregister', refuse('BROKER_ID_NOT_REGISTERED')),
    RemoveVoter: once('remove', refuse('VOTER_NOT_FOUND')),
    AddVoter: once('add', refuse('VOTER_NOT_FOUND')),
    DescribeQuorum: () =>
      v1.DescribeQuorumResponse.encode({ leader_id: 1, voters: [{ node_id: 4, directory_id: 'd' }] }).finish(),
  });
  lose('UnregisterBroker');
  await admin.unregisterBroker(3);
  await t.rejects(admin.unregisterBroker(3), { code: 'BROKER_ID_NOT_REGISTERED' }, 'no answer was lost');
  lose('RemoveVoter');
  await admin.removeVoter(3, 'd');
  await t.rejects(admin.removeVoter(3, 'd'), { code: 'VOTER_NOT_FOUND' });
  lose('AddVoter');
  await admin.addVoter(4, 'd');
  await t.rejects(admin.addVoter(4, 'd'), { code: 'VOTER_NOT_FOUND' });
  done.clear();
  lose('AddVoter');
  await t.rejects(admin.addVoter(4, 'another'), { code: 'VOTER_NOT_FOUND' }, 'it does not vote');
});

t.test('elections, and reassignments that were cancelled', async (t) => {
  const partition = (code: number, name: string) => ({
    topic: 'a',
    partition: 0,
    error: { code, name, message: name },
  });
  const notNeeded = partition(84, 'ELECTION_NOT_NEEDED');
  const none = partition(85, 'NO_REASSIGNMENT_IN_PROGRESS');
  const { admin, lose } = await setup(t, {
    ElectLeaders: () => v1.ElectLeadersResponse.encode({ partitions: [notNeeded] }).finish(),
    AlterPartitionReassignments: () => v1.AlterPartitionReassignmentsResponse.encode({ partitions: [none] }).finish(),
  });
  const codes = async (results: Promise<readonly { readonly error: VarveError | undefined }[]>) =>
    (await results).map(({ error }) => error?.code);
  const elect = () => codes(admin.electLeaders('preferred', [{ topic: 'a', partitions: [0] }]));
  const cancel = () => codes(admin.alterPartitionReassignments([{ topic: 'a', partition: 0 }]));
  t.same(await elect(), ['ELECTION_NOT_NEEDED']);
  t.same(await cancel(), ['NO_REASSIGNMENT_IN_PROGRESS']);
  lose('ElectLeaders');
  t.same(await elect(), [undefined]);
  lose('AlterPartitionReassignments');
  t.same(await cancel(), ['NO_REASSIGNMENT_IN_PROGRESS'], 'it may have been cancelled, or have finished');
});

t.test('a change of the voters counts once it is committed, and one that is under way is waited for', async (t) => {
  const quorum = { leader_id: 1, leader_epoch: 3, commit_offset: 9 };
  const leader = { node_id: 1, directory_id: 'a', log_end_offset: 10 };
  const added = { node_id: 4, directory_id: 'd' };
  let looks: varve.v1.IDescribeQuorumResponse[] = [];
  let tries: (() => never)[] = [];
  const refuse = (code: 'DUPLICATE_VOTER' | 'REQUEST_TIMED_OUT') => (): never => {
    throw new VarveError(code);
  };
  const { admin, lose } = await setup(t, {
    AddVoter: () => tries.shift()?.() ?? new Uint8Array(0),
    DescribeQuorum: () => {
      const look = looks.length > 1 ? looks.shift() : looks[0];
      return v1.DescribeQuorumResponse.encode(look ?? {}).finish();
    },
  });
  const lost = (): never => {
    throw new VarveError('NETWORK_EXCEPTION', 'The controller died.');
  };
  const inForce = { ...quorum, voters: [leader, added] };
  tries = [lost, refuse('DUPLICATE_VOTER')];
  looks = [inForce, inForce, { ...inForce, commit_offset: 10 }];
  await admin.addVoter(4, 'd');
  t.equal(looks.length, 1, 'it waited until the change was committed');

  tries = [lost, refuse('DUPLICATE_VOTER')];
  looks = [inForce, { ...quorum, leader_epoch: 4, commit_offset: 10, voters: [leader] }];
  await t.rejects(admin.addVoter(4, 'd'), { code: 'DUPLICATE_VOTER' }, 'the next leader took it back');

  const later = { ...leader, log_end_offset: 11 };
  tries = [lost, refuse('DUPLICATE_VOTER')];
  looks = [inForce, { ...inForce, leader_epoch: 4, commit_offset: 10, voters: [later, added] }];
  looks.push({ ...inForce, leader_epoch: 4, commit_offset: 11, voters: [later, added] });
  await admin.addVoter(4, 'd');
  t.equal(looks.length, 1, 'under the next leader, that one has to commit it');

  tries = [lost, refuse('REQUEST_TIMED_OUT'), refuse('REQUEST_TIMED_OUT')];
  looks = [{ ...quorum, voters: [leader] }];
  await admin.addVoter(4, 'd');
  t.equal(tries.length, 0, 'asked again until it was made');

  lose('');
  tries = [refuse('REQUEST_TIMED_OUT')];
  await t.rejects(
    admin.addVoter(4, 'd'),
    { code: 'REQUEST_TIMED_OUT' },
    'no answer was lost: it is for the caller to try',
  );
});

t.test('the quorum is handed over once, to the voter that is furthest', async (t) => {
  const targets: number[] = [];
  const { admin, lose } = await setup(t, {
    DescribeQuorum: () =>
      v1.DescribeQuorumResponse.encode({
        leader_id: 1,
        voters: [
          { node_id: 1, log_end_offset: 9, last_contact_ms: 0 },
          { node_id: 2, log_end_offset: 7, last_contact_ms: 5 },
          { node_id: 3, log_end_offset: 8, last_contact_ms: 9 },
          { node_id: 4, log_end_offset: 9, last_contact_ms: 60_000 },
        ],
      }).finish(),
    TransferQuorumLeadership: (request) => {
      const { to_node_id: to } = v1.TransferQuorumLeadershipRequest.decode(request);
      targets.push(to);
      return v1.TransferQuorumLeadershipResponse.encode({ leader_id: to }).finish();
    },
  });
  lose('TransferQuorumLeadership');
  t.equal(await admin.transferQuorumLeadership(), 3);
  t.same(targets, [3, 3]);
  t.equal(await admin.transferQuorumLeadership(2), 2);
});

t.test('a node that hangs costs a read one attempt', async (t) => {
  const cluster = await FakeCluster.start(2);
  cluster.node(0).admin = () => new Promise(() => {});
  const reads: ((admin: Admin) => Promise<unknown>)[] = [
    (admin) => admin.describeCluster(),
    (admin) => admin.describeQuorum(),
    (admin) => admin.describeConfigs([{ type: 'topic', name: 'a' }]),
    (admin) => admin.listPartitionReassignments(),
  ];
  const admins = reads.map(() => new Admin({ bootstrap: cluster.bootstrap }));
  t.teardown(async () => {
    for (const admin of admins) await admin.close();
    await cluster.close();
  });
  const startMs = cluster.clock.monotonicMs();
  await Promise.all(admins.map((admin, index) => reads[index]?.(admin)));
  t.ok(cluster.clock.monotonicMs() - startMs < 8_000, 'the whole call may take 15 s');
});
