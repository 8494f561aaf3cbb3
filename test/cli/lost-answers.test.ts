import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { varve } from '../../src/protocol/varve.js';
import type { FakeCall } from './fake-surroundings.js';
import { runCommand } from './fake-surroundings.js';

// The first node gives no answer, and the next one is asked the same.

const { v1 } = varve;

const metadata: FakeCall = () => {
  const partitions = [1, 2, 3].map((leader, partition) => ({
    partition,
    leader,
    replicas: [leader, (leader % 3) + 1, ((leader + 1) % 3) + 1],
  }));
  return v1.MetadataResponse.encode({ topics: [{ name: 'orders', partitions }] }).finish();
};

const describeConfigs: FakeCall = (request) => {
  const { resources } = v1.DescribeConfigsRequest.decode(request);
  const entries = [
    { name: 'retention.ms', value: '1000', source: 'DYNAMIC_TOPIC_CONFIG' },
    { name: 'segment.bytes', value: '1073741824', source: 'DEFAULT_CONFIG' },
  ];
  return v1.DescribeConfigsResponse.encode({
    resources: resources.map((resource) => ({ resource, entries })),
  }).finish();
};

const calls = { '/varve.v1.Varve/Metadata': metadata, '/varve.v1.Admin/DescribeConfigs': describeConfigs };

t.test('a topic that an attempt without an answer has made is no failure', async (t) => {
  let asked = 0;
  const create: FakeCall = () => {
    const error = { code: 36, name: 'TOPIC_ALREADY_EXISTS' };
    return v1.CreateTopicsResponse.encode({
      topics: [asked++ === 0 ? { name: 'orders' } : { name: 'orders', error }],
    }).finish();
  };
  const options = { calls: { ...calls, '/varve.v1.Admin/CreateTopics': create }, silent: ['a:1'] };
  const args = ['topics', 'create', 'orders', '--bootstrap', 'a:1,b:2', '--partitions', '3'];
  const made = await runCommand([...args, '--config', 'retention.ms=1000', '--replication-factor', '3'], options);
  t.equal(made.stderr, '');
  t.equal(made.code, 0);
  t.equal(made.stdout, 'Topic orders is there as asked for. a:1 gave no answer, and may have made it just now.\n');
  asked = 0;
  const other = await runCommand([...args, '--config', 'retention.ms=9'], options);
  t.match(other.stderr, /TOPIC_ALREADY_EXISTS/, 'one with other settings is not what was asked for');
  asked = 1;
  const before = await runCommand([...args.slice(0, 3), '--config', 'retention.ms=1000'], {
    ...options,
    refused: ['a:1'],
  });
  t.match(before.stderr, /TOPIC_ALREADY_EXISTS/, 'one that was there before is told of');
});

t.test('a node whose question to the controller got no answer is no end: all are asked again', async (t) => {
  const lost = (): never => {
    throw new VarveError('NETWORK_EXCEPTION', 'The active controller, node 1, gave no answer.');
  };
  const leaderless = (): never => {
    throw new VarveError('NOT_CONTROLLER', 'No controller is known.');
  };
  const exists = (): Uint8Array => {
    const error = { code: 36, name: 'TOPIC_ALREADY_EXISTS' };
    return v1.CreateTopicsResponse.encode({ topics: [{ name: 'orders', error }] }).finish();
  };
  let tries: (() => Uint8Array)[] = [];
  const create: FakeCall = () => (tries.length > 1 ? tries.shift() : tries[0])?.() ?? exists();
  const options = { calls: { ...calls, '/varve.v1.Admin/CreateTopics': create }, timersFire: true };
  const args = [
    'topics',
    'create',
    'orders',
    '--timeout-ms',
    '50',
    '--config',
    'retention.ms=1000',
    '--bootstrap',
    'a:1',
  ];
  tries = [lost, leaderless, lost, exists];
  const made = await runCommand(args, options);
  t.equal(made.stderr, '');
  t.match(made.stdout, /^Topic orders is there as asked for\. a:1 gave no answer, and may have made it just now/);
  tries = [lost, leaderless];
  const unknown = await runCommand(args, options);
  t.match(unknown.stderr, /NETWORK_EXCEPTION/, 'what was lost first is told where nobody can tell');
  tries = [leaderless];
  const { stderr, called } = await runCommand(args, options);
  t.match(stderr, /NOT_CONTROLLER/);
  t.equal(called.length, 1, 'where nothing was lost, nobody is asked again');
  // The controller itself, node a, dies over the request; b knows of no other yet.
  tries = [exists, leaderless, exists, exists];
  const both = await runCommand([...args.slice(0, -1), 'a:1,b:2'], { ...options, silent: ['a:1'] });
  t.equal(both.stderr, '');
  t.match(both.stdout, /^Topic orders is there as asked for\. a:1 gave no answer, and may have made it just now/);
});

t.test('partitions that an attempt without an answer has made are no failure', async (t) => {
  const grow: FakeCall = () => {
    const error = { code: 37, name: 'INVALID_PARTITIONS', message: 'It has 3.' };
    return v1.CreatePartitionsResponse.encode({ topics: [{ name: 'orders', error }] }).finish();
  };
  const options = { calls: { ...calls, '/varve.v1.Admin/CreatePartitions': grow } };
  const args = ['topics', 'alter', 'orders', '--bootstrap', 'a:1,b:2', '--partitions'];
  const made = await runCommand([...args, '3'], { ...options, silent: ['a:1'] });
  t.equal(made.stderr, '');
  t.equal(made.stdout, 'Altered topic orders.\n');
  const fewer = await runCommand([...args, '2'], { ...options, silent: ['a:1'] });
  t.match(fewer.stderr, /INVALID_PARTITIONS/, 'as many as were not asked for');
  const before = await runCommand([...args, '3'], { ...options, refused: ['a:1'] });
  t.match(before.stderr, /INVALID_PARTITIONS/, 'where nobody can have made them they were there');
});

t.test('a topic that an attempt without an answer has deleted is no failure', async (t) => {
  let asked = 0;
  const remove: FakeCall = () => {
    const error = { code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION', message: 'There is no such topic.' };
    const topics = [asked++ === 0 ? { name: 'orders' } : { name: 'orders', error }];
    return v1.DeleteTopicsResponse.encode({ topics }).finish();
  };
  const options = { calls: { '/varve.v1.Admin/DeleteTopics': remove } };
  const args = ['topics', 'delete', 'orders', '--bootstrap', 'a:1,b:2'];
  const gone = await runCommand(args, { ...options, silent: ['a:1'] });
  t.equal(gone.stderr, '');
  t.equal(gone.stdout, 'Topic orders is gone. a:1 gave no answer, and may have deleted it just now.\n');
  const unknown = await runCommand(args, { ...options, refused: ['a:1'] });
  t.equal(unknown.code, 1);
  t.match(unknown.stderr, /UNKNOWN_TOPIC_OR_PARTITION/, 'where nobody can have deleted it there was none');
});

t.test('a node that has not heard of the topic yet is asked again, and its silence is no shape', async (t) => {
  let lagging = 3;
  const lagged: FakeCall = (request) =>
    lagging-- > 0
      ? v1.MetadataResponse.encode({
          topics: [{ name: 'orders', error: { code: 3, name: 'UNKNOWN_TOPIC_OR_PARTITION' } }],
        }).finish()
      : metadata(Buffer.from(request));
  const refuseAll: FakeCall = () => {
    const error = { code: 36, name: 'TOPIC_ALREADY_EXISTS' };
    return v1.CreateTopicsResponse.encode({ topics: [{ name: 'orders', error }] }).finish();
  };
  const settings: FakeCall = () => v1.DescribeConfigsResponse.encode({ resources: [] }).finish();
  const options = {
    calls: {
      '/varve.v1.Varve/Metadata': lagged,
      '/varve.v1.Admin/CreateTopics': refuseAll,
      '/varve.v1.Admin/DescribeConfigs': settings,
    },
    silent: ['a:1'],
    timersFire: true,
  };
  const args = ['topics', 'create', 'orders', '--bootstrap', 'a:1,b:2'];
  const made = await runCommand([...args, '--partitions', '3'], options);
  t.equal(made.code, 0, made.stderr);
  lagging = Infinity;
  const unheard = await runCommand(args, options);
  t.match(unheard.stderr, /TOPIC_ALREADY_EXISTS/, 'what no node tells of is not as asked for');
});

t.test('voters, leaders, brokers and moves: what an attempt without an answer has done is no failure', async (t) => {
  const voter = (nodeId: number) => ({ node_id: nodeId, directory_id: `dir-${nodeId}`, log_end_offset: 100 });
  let [voters, observers] = [[voter(1), voter(2)], [voter(3)]];
  let commitOffset = 99;
  const targets: number[] = [];
  let isDone = false;
  const once =
    (code: number, name: string, work: () => void): FakeCall =>
    () => {
      if (isDone) throw new VarveError(name as 'VOTER_NOT_FOUND', `${code}`);
      isDone = true;
      work();
      return new Uint8Array(0);
    };
  const options = {
    calls: {
      ...calls,
      '/varve.v1.Admin/DescribeQuorum': () => {
        const last_contact_ms = 3;
        const all = voters.map((each) => ({ ...each, last_contact_ms }));
        const quorum = { leader_id: 2, leader_epoch: 7, commit_offset: commitOffset++, voters: all, observers };
        return v1.DescribeQuorumResponse.encode(quorum).finish();
      },
      '/varve.v1.Admin/AddVoter': once(
        126,
        'DUPLICATE_VOTER',
        () => ([voters, observers] = [[...voters, voter(3)], []]),
      ),
      '/varve.v1.Admin/RemoveVoter': once(127, 'VOTER_NOT_FOUND', () => (voters = [voter(2)])),
      '/varve.v1.Admin/UnregisterBroker': once(102, 'BROKER_ID_NOT_REGISTERED', () => {}),
      '/varve.v1.Admin/TransferQuorumLeadership': (request: Buffer) => {
        const { to_node_id: to } = v1.TransferQuorumLeadershipRequest.decode(request);
        targets.push(to);
        return v1.TransferQuorumLeadershipResponse.encode({ leader_id: to }).finish();
      },
      '/varve.v1.Admin/AlterPartitionReassignments': () => {
        const error = { code: 85, name: 'NO_REASSIGNMENT_IN_PROGRESS', message: 'None.' };
        return v1.AlterPartitionReassignmentsResponse.encode({
          partitions: [{ topic: 'orders', partition: 2, error }],
        }).finish();
      },
    },
    silent: ['a:1'],
    timersFire: true,
  };
  const run = (...args: string[]) => {
    isDone = false;
    return runCommand([...args, '--bootstrap', 'a:1,b:2'], options);
  };
  const again = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args);
    t.equal(code, 0, stderr);
    return stdout;
  };
  // The silent node answers no question, so the directories are named.
  t.equal(await again('quorum', 'add-voter', '3', '--directory-id', 'dir-3'), 'Node 3 (dir-3) is a voter now.\n');
  t.ok(commitOffset > 100, 'it waited until that was committed');
  t.equal(
    await again('quorum', 'remove-voter', '1', '--directory-id', 'dir-1'),
    'Node 1 (dir-1) is no voter any more.\n',
  );
  voters = [voter(1), voter(2)];
  await again('quorum', 'transfer');
  t.same(targets, [1, 1], 'to the same node both times');
  t.equal(await again('cluster', 'unregister', '3'), 'Broker 3 is unregistered.\n');
  t.equal(
    await again('partitions', 'cancel', 'orders:2'),
    'Nothing moves in orders:2 any more: it is on 3,1,2. a:1 gave no answer, and may have cancelled the move; or it had finished.\n',
  );
  isDone = true;
  const refused = await runCommand(['cluster', 'unregister', '3', '--bootstrap', 'a:1,b:2'], {
    ...options,
    refused: ['a:1'],
  });
  t.match(refused.stderr, /BROKER_ID_NOT_REGISTERED/, 'where nobody can have done it there was none');
});

t.test(
  'settings, elections and the leadership of the quorum are asked for again while no controller is known',
  async (t) => {
    let tries: string[] = [];
    let asked = 0;
    /** A call that fails with each of `tries`, and is done then. */
    const after =
      (answer: () => Uint8Array): FakeCall =>
      () => {
        asked++;
        const name = tries.shift();
        if (name === undefined) return answer();
        throw new VarveError(name as 'NOT_CONTROLLER', 'The active controller is not known, or gave no answer.');
      };
    const notNeeded = { code: 84, name: 'ELECTION_NOT_NEEDED' };
    const options = {
      calls: {
        ...calls,
        '/varve.v1.Admin/AlterConfigs': after(() =>
          v1.AlterConfigsResponse.encode({ results: [{ resource: { name: 'orders' } }] }).finish(),
        ),
        '/varve.v1.Admin/ElectLeaders': after(() =>
          v1.ElectLeadersResponse.encode({
            partitions: [{ topic: 'orders', partition: 2, error: notNeeded }],
          }).finish(),
        ),
        '/varve.v1.Admin/TransferQuorumLeadership': after(() =>
          v1.TransferQuorumLeadershipResponse.encode({ leader_id: 1 }).finish(),
        ),
      },
      timersFire: true,
    };
    for (const args of [
      ['topics', 'alter', 'orders', '--config', 'retention.ms=1000'],
      ['partitions', 'elect', 'orders:2'],
      ['quorum', 'transfer', '1'],
    ]) {
      const run = (...failures: string[]) => {
        asked = 0;
        tries = failures;
        return runCommand([...args, '--timeout-ms', '50', '--bootstrap', 'a:1'], options);
      };
      const done = await run('NETWORK_EXCEPTION', 'NOT_CONTROLLER');
      t.equal(done.code, 0, `${args.join(' ')}: ${done.stderr}`);
      t.equal(asked, 3);
      const unknown = await run('NOT_CONTROLLER', 'NOT_CONTROLLER');
      t.match(unknown.stderr, /NOT_CONTROLLER/, 'where no answer was lost, what a node says is told at once');
      t.equal(asked, 1);
    }
  },
);
