import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { defined } from '../../src/common/assert.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { VoterSet } from '../../src/raft/core/voter-set.js';
import { Founding } from '../../src/raft/founding.js';
import { withCluster } from './node-cluster.js';

const uuid = (byte: number): string => uuidFromBytes(Buffer.alloc(16, byte));

t.test('two of three blank nodes wait for the third', async (t) => {
  await withCluster({ seed: 1, voters: 3 }, async (cluster) => {
    cluster.start(cluster.member(1));
    cluster.start(cluster.member(2));
    await sleep(cluster.clock, 5_000);
    t.equal(cluster.leader(), undefined, 'nobody may vote');
    t.match(cluster.member(1).node?.status().problem, /waiting for node 3/);
    cluster.start(cluster.member(3));
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
  });
});

t.test('one wiped of three: it observes, and the leader replaces its old voter by it', async (t) => {
  for (const wiped of [1, 3]) {
    await withCluster({ seed: 10 + wiped, voters: 3 }, async (cluster) => {
      cluster.startAll();
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
      const member = cluster.member(wiped);
      const oldDirectory = member.directoryId;
      cluster.wipe(member);
      cluster.start(member);
      await cluster.until('it votes again under its new directory id', () => {
        const status = cluster.leader()?.node?.status();
        const voter = status?.voters.find((other) => other.nodeId === wiped);
        return voter?.directoryId === member.directoryId;
      });
      await cluster.propose('b');
      await cluster.untilEqual(['a', 'b']);
      const voters = defined(cluster.leader()?.node, 'it runs').status().voters;
      t.equal(voters.length, 3);
      t.notOk(voters.some((voter) => voter.directoryId === oldDirectory));
      t.equal(member.node?.role === 'observer', false);
      // The new voter counts: with another one gone the cluster goes on.
      cluster.kill(cluster.member(2));
      await cluster.propose('c');
    });
  }
});

t.test(
  'a wiped voter that was added while the cluster ran is replaced, where it is known where it listens',
  async (t) => {
    await withCluster({ seed: 15, voters: 3, observers: 1 }, async (cluster) => {
      cluster.startAll();
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
      const leader = await cluster.untilLeader();
      const node = defined(leader.node, 'it leads');
      const former = cluster.member(leader.nodeId === 3 ? 2 : 3);
      const newcomer = cluster.member(4);
      await node.removeVoter(former);
      cluster.kill(former);
      await node.addVoter({ nodeId: 4, directoryId: newcomer.directoryId, host: 'n4', port: 9093 });
      const lost = newcomer.directoryId;
      cluster.wipe(newcomer);
      cluster.start(newcomer);
      const directory = (): string | undefined =>
        cluster
          .leader()
          ?.node?.status()
          .voters.find((voter) => voter.nodeId === 4)?.directoryId;
      await sleep(cluster.clock, 5_000);
      t.equal(directory(), lost, 'nobody could say where the new one is');
      for (const member of cluster.members) member.registeredAddress = () => ({ host: 'n4', port: 9093 });
      await cluster.until('it votes under its new directory id', () => directory() === newcomer.directoryId);
      t.match(
        cluster
          .leader()
          ?.node?.status()
          .voters.find((voter) => voter.nodeId === 4),
        { host: 'n4', port: 9093 },
      );
      await cluster.propose('b');
      await cluster.untilEqual(['a', 'b'], cluster.running);
    });
  },
);

t.test('two wiped of three: the cluster stops, says why, and names the recovery command', async (t) => {
  await withCluster({ seed: 20, voters: 3 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    const clusterId = cluster.member(1).node?.clusterId;
    for (const member of cluster.members) cluster.kill(member);
    for (const member of [cluster.member(2), cluster.member(3)]) {
      cluster.wipe(member);
    }
    cluster.startAll();
    await sleep(cluster.clock, 10_000);
    t.equal(cluster.leader(), undefined, 'no new, empty cluster');
    const [first, second] = [cluster.member(1).node, cluster.member(2).node];
    t.match(first?.status().problem, /Voters 2, 3 .*only 1 of 3 .*varve quorum recover/);
    t.match(second?.status().problem, /blank, and node 1 belongs to a cluster .*varve quorum recover/);
    t.equal(first?.clusterId, clusterId);
    t.ok((first?.status().lastIndex ?? 0) >= 2, 'what is left is untouched');
  });
});

t.test('the word of a node that it is blank does not outlive it', async (t) => {
  const others = { 1: uuid(1), 2: uuid(2), 3: uuid(3) };
  const self = { nodeId: 2, directoryId: others[2] };
  const configured = [1, 2, 3].map((nodeId) => ({ nodeId, host: 'x', port: nodeId }));
  const founding = new Founding(self, configured);
  const say = (nodeId: 1 | 3, answersRound: number): void =>
    founding.receive(
      { nodeId, directoryId: others[nodeId] },
      {
        blank: true,
        configuredNodeIds: [1, 2, 3],
        foundingSet: undefined,
        wantsAnswer: false,
        round: 1,
        answersRound,
      },
    );
  say(1, 1);
  t.equal(founding.decide(), undefined);
  // Node 1 falls silent; it and a former node 3 found a cluster by what they heard, and node 3 is wiped after that.
  for (let round = 0; round < 10; round++) founding.nextRound();
  say(3, founding.state(3, true, undefined, true).round);
  t.equal(founding.decide(), undefined, 'a second cluster of nodes 2 and 3 would not know of the first');
  t.match(founding.problem(), /waiting for node 1/);
  say(1, 3);
  t.equal(founding.decide(), undefined, 'nor does an answer count that was long on its way');
  say(1, 500);
  t.equal(founding.decide(), undefined, 'nor one to an earlier process');
  say(1, founding.state(1, true, undefined, true).round);
  t.equal(founding.decide()?.size, 3);
});

t.test(
  'blank nodes found nothing beside a node of a cluster, whether or not they are configured to know it',
  async (t) => {
    const configured = [1, 2, 3].map((nodeId) => ({ nodeId, host: 'x', port: nodeId }));
    const self = { nodeId: 1, directoryId: uuid(1) };
    const founding = new Founding(self, configured);
    const say = (nodeId: number, state: { blank: boolean; foundingSet?: VoterSet }, answersRound = 1): void =>
      founding.receive(
        { nodeId, directoryId: uuid(nodeId) },
        { configuredNodeIds: [1, 2, 3], foundingSet: undefined, wantsAnswer: false, round: 1, answersRound, ...state },
      );
    // It was made a voter in the place of node 3 while the cluster ran, and it alone still has its log.
    say(4, { blank: false }, 0);
    say(2, { blank: true });
    say(3, { blank: true });
    t.equal(founding.decide(), undefined, 'an empty cluster beside the log of node 4');
    t.match(founding.problem(), /blank, and node 4 belongs to a cluster already.*varve quorum recover/);
    const set = new VoterSet(
      configured.map((voter) => ({ ...voter, directoryId: uuid(voter.nodeId) })),
      undefined,
    );
    say(3, { blank: false, foundingSet: set });
    t.equal(founding.decide(), undefined, 'nor does it join what node 3 founded before it heard of node 4');
    t.equal(founding.state(2, true, undefined, false).answersRound, 0, 'and it is no answer to found anything with');
    say(4, { blank: true });
    t.same(founding.decide()?.keys, set.keys, 'node 4 was wiped, too');
    say(3, { blank: true });
    t.equal(founding.decide()?.size, 3);
    t.equal(founding.state(2, true, undefined, false).answersRound, 1);
  },
);

t.test('a node of a cluster that is not configured keeps the wiped voters from founding another', async (t) => {
  await withCluster({ seed: 70, voters: 3, observers: 1 }, async (cluster) => {
    cluster.startAll();
    await cluster.propose('a');
    await cluster.untilEqual(['a']);
    for (const member of cluster.members) cluster.kill(member);
    const wiped = [1, 2, 3].map((nodeId) => cluster.member(nodeId));
    for (const member of wiped) cluster.wipe(member);
    cluster.start(cluster.member(4));
    const knowsOfIt = (nodeId: number): boolean =>
      /blank, and node 4 belongs to a cluster already/.test(cluster.member(nodeId).node?.status().problem ?? '');
    for (const nodeId of [1, 2]) cluster.start(cluster.member(nodeId));
    await cluster.until('two of them have heard of it', () => knowsOfIt(1) && knowsOfIt(2));
    cluster.start(cluster.member(3));
    await sleep(cluster.clock, 10_000);
    t.ok(knowsOfIt(3));
    t.ok(
      wiped.every(({ node }) => node !== undefined && node.clusterId === undefined),
      'no new, empty cluster',
    );
  });
});

t.test('nobody stands in a founding set before all of it that is left has written it down', async (t) => {
  const configured = [1, 2, 3].map((nodeId) => ({ nodeId, host: 'x', port: nodeId }));
  const setOf = (...bytes: readonly number[]): VoterSet =>
    new VoterSet(
      configured.map((voter, index) => ({ ...voter, directoryId: uuid(bytes[index] ?? 0) })),
      undefined,
    );
  const founding = new Founding({ nodeId: 1, directoryId: uuid(1) }, configured);
  const say = (nodeId: number, directory: number, blank: boolean, foundingSet: VoterSet | undefined): void =>
    founding.receive(
      { nodeId, directoryId: uuid(directory) },
      { blank, configuredNodeIds: [1, 2, 3], foundingSet, wantsAnswer: false, round: 1, answersRound: 1 },
    );
  const own = setOf(1, 2, 3);
  t.notOk(founding.isAgreed(own));
  say(2, 2, false, own);
  say(3, 3, true, own);
  t.notOk(founding.isAgreed(own), 'node 3 has not stored it yet');
  t.match(founding.disagreement(own), /waiting for node 3/);
  say(3, 3, false, setOf(1, 9, 3));
  t.notOk(founding.isAgreed(own));
  t.match(founding.disagreement(own), /Node 3 began a cluster with other directories .*empty/);
  say(3, 3, false, own);
  t.ok(founding.isAgreed(own));
  say(2, 9, true, undefined);
  t.ok(founding.isAgreed(own), 'the node 2 of the set is no more');
});

t.test('a founder that crashes before it kept the set asks again', async (t) => {
  for (let seed = 30; seed < 50; seed++) {
    await withCluster({ seed, voters: 3 }, async (cluster) => {
      cluster.startAll();
      await sleep(cluster.clock, seed - 29);
      for (const member of cluster.members) if (seed % (member.nodeId + 1) === 0) cluster.powerOff(member);
      for (const member of cluster.members) if (!member.host.running) cluster.start(member);
      await cluster.propose('a');
      await cluster.untilEqual(['a']);
    });
  }
  t.pass('every cluster was founded once');
});

t.test('nodes of two clusters refuse each other by name', async (t) => {
  await withCluster({ seed: 60, voters: 3 }, async (cluster) => {
    const [one, two] = [cluster.member(1), cluster.member(2)];
    for (const member of [one, two]) {
      cluster.foundAlone(member);
      await cluster.until('it leads its own cluster', () => member.leads);
      await sleep(cluster.clock, 50);
      cluster.kill(member);
    }
    cluster.start(one);
    cluster.start(two);
    const problem = (): string => `${one.node?.status().problem} ${two.node?.status().problem}`;
    await cluster.until('they find out', () => /Node . belongs to cluster .* correct controller/.test(problem()));
    t.not(one.node?.clusterId, two.node?.clusterId);
    await cluster.until('each goes on by itself', () => one.leads && two.leads);
  });
});
