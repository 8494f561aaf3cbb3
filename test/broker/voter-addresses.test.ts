import t from 'tap';
import { freePorts } from '../../scripts/cluster/free-ports.js';
import { quorumAdmin } from '../../src/broker/quorum-admin.js';
import { varve } from '../../src/protocol/varve.js';
import type { Raft } from '../../src/raft/api.js';
import { LocalCluster, until } from './local-cluster.js';

const { v1 } = varve;

function transfer(cluster: LocalCluster, via: number, to: number): Promise<unknown> {
  const { TransferQuorumLeadershipRequest: asked, TransferQuorumLeadershipResponse: answer } = v1;
  return cluster.admin(via, 'TransferQuorumLeadership', asked, answer, { to_node_id: to });
}

t.test('a controller that is no broker can be taken out of the voters and in again', async (t) => {
  const cluster = await LocalCluster.start(3, { 'process.roles': 'controller' });
  t.teardown(() => cluster.close());
  const [leader = 0] = [1, 2, 3].filter((id) => cluster.node(id).raft.role === 'leader');
  const node_id = leader === 3 ? 2 : 3;
  await cluster.admin(leader, 'RemoveVoter', v1.RemoveVoterRequest, v1.RemoveVoterResponse, { node_id });
  const quorum = () => cluster.node(leader).raft.status();
  t.equal(quorum().voters.length, 2);
  await until('it observes', () => quorum().replicas.some((one) => !one.isVoter && one.nodeId === node_id));
  await until('it is a voter again', async () => {
    const added = cluster.admin(leader, 'AddVoter', v1.AddVoterRequest, v1.AddVoterResponse, { node_id });
    // It may have to catch up first.
    await added.catch((error: unknown) => t.match(error, { code: 'REQUEST_TIMED_OUT' }));
    return quorum().voters.length === 3;
  });
});

t.test('a voter that has moved to another port is found there as the controller', async (t) => {
  const cluster = await LocalCluster.start(3);
  t.teardown(() => cluster.close());
  for (const id of [1, 2, 3]) await cluster.stopNode(id);
  const ports = await freePorts(3);
  const voters = ports.map((port, index) => `${index + 1}@127.0.0.1:${port}`).join();
  for (const [index, port] of ports.entries()) {
    const listeners = `INTERNAL://127.0.0.1:${port}`;
    cluster.reconfigure(index + 1, { 'controller.quorum.voters': voters, listeners });
  }
  const nodes = await Promise.all([1, 2, 3].map((id) => cluster.startNode(id)));
  await until('all are ready', () => nodes.every(({ health }) => health.notReadyBecause() === undefined));
  await transfer(cluster, 1, 3);
  await until('node 3 leads', () => cluster.node(3).raft.role === 'leader');
  await cluster.stopNode(1);
  const { health } = await cluster.startNode(1);
  await until('node 1 has registered with it', () => health.notReadyBecause() === undefined);
  t.same(cluster.failures, []);
});

t.test('a node that does not lead the quorum answers no question about it', async (t) => {
  const cluster = await LocalCluster.start(2);
  t.teardown(() => cluster.close());
  const follower = [1, 2].map((id) => cluster.node(id).raft).find((raft) => raft.role !== 'leader');
  if (follower === undefined) throw new Error('both lead');
  for (const method of ['DescribeQuorum', 'AddVoter', 'RemoveVoter', 'TransferQuorumLeadership']) {
    const answer = quorumAdmin(follower, () => undefined, `/varve.v1.Admin/${method}`, new Uint8Array(0));
    await t.rejects(answer, { code: 'NOT_CONTROLLER' }, method);
  }
});

t.test('the replica that a node is now is made a voter, not the one that it was', async (t) => {
  const replica = (directoryId: string, lastContactMs: number | undefined) => ({
    nodeId: 4,
    directoryId,
    isVoter: false,
    matchIndex: 7,
    lastContactMs,
  });
  const added: unknown[] = [];
  const raftWith = (replicas: readonly unknown[]): Raft =>
    ({
      role: 'leader',
      status: () => ({ replicas }),
      addVoter: async (voter: unknown) => void added.push(voter),
    }) as unknown as Raft;
  const add = async (replicas: readonly unknown[], directory_id = ''): Promise<void> => {
    const request = v1.AddVoterRequest.encode({ node_id: 4, directory_id }).finish();
    await quorumAdmin(raftWith(replicas), () => ({ host: 'h', port: 1 }), '/varve.v1.Admin/AddVoter', request);
  };
  const observers = [replica('never-heard', undefined), replica('before', 4_000), replica('now', 90)];
  await add(observers);
  await add(observers, 'now');
  await add(observers, 'before');
  t.same(
    added.map((one) => (one as { directoryId: string }).directoryId),
    ['now', 'now', 'before'],
  );
  await t.rejects(add(observers, 'other'), { code: 'VOTER_NOT_FOUND' });
  await t.rejects(add([{ ...replica('now', 90), isVoter: true }]), { code: 'VOTER_NOT_FOUND' });
});
