import { quorumDescription } from '../client/admin-types.js';
import type { QuorumDescription } from '../client/admin-types.js';
import { changeVoters, furthestVoter } from '../client/voter-changes.js';
import type { ChangedVoter, VoterChange } from '../client/voter-changes.js';
import { VarveError } from '../common/errors.js';
import { varve } from '../protocol/varve.js';
import { SAME_WHEN_REPEATED } from './cluster-client.js';
import { CommandError } from './command-error.js';
import type { ConnectionOptions, Session } from './session.js';
import { bootstrapTexts, withSession } from './session.js';
import type { Surroundings } from './surroundings.js';

const { v1 } = varve;

/** How a node says that it found no leader to ask. */
const LEADERLESS: ReadonlySet<string> = new Set(['NOT_CONTROLLER', 'REQUEST_TIMED_OUT', 'NETWORK_EXCEPTION']);

export interface VoterOptions extends ConnectionOptions {
  readonly directoryId?: string;
}

function describeQuorum({ cluster }: Session): Promise<varve.v1.DescribeQuorumResponse> {
  return cluster.call(
    '/varve.v1.Admin/DescribeQuorum',
    v1.DescribeQuorumRequest,
    v1.DescribeQuorumResponse,
    v1.DescribeQuorumRequest.create(),
  );
}

/** What each node of the bootstrap list says, when no leader answers; then the error of the call that found none. */
async function whatNodesSay({ cluster, bootstrap, report }: Session, noLeader: VarveError): Promise<never> {
  const request = v1.DescribeQuorumRequest.create({ of_this_node: true });
  const nodes = await Promise.all(
    bootstrapTexts(bootstrap).map(async (address, index) => {
      try {
        const said = await cluster.callNode(
          index,
          '/varve.v1.Admin/DescribeQuorum',
          v1.DescribeQuorumRequest,
          v1.DescribeQuorumResponse,
          request,
        );
        return {
          address,
          nodeId: said.node_id,
          leaderId: said.leader_id,
          leaderEpoch: said.leader_epoch,
          logEndOffset: said.voters.concat(said.observers)[0]?.log_end_offset ?? 0,
          problem: said.problem,
        };
      } catch (error) {
        return { address, problem: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
  report.give({ leaderId: -1, nodes }, () => {
    report.line(`Leader ${report.colors.red('none')}. What the nodes say:`);
    report.table(
      ['ADDRESS', 'NODE', 'LEADER', 'EPOCH', 'LOG END', 'PROBLEM'],
      nodes.map((node) => [
        node.address,
        node.nodeId ?? '-',
        node.leaderId === undefined || node.leaderId < 0 ? 'none' : node.leaderId,
        node.leaderEpoch ?? '-',
        node.logEndOffset ?? '-',
        node.problem || '-',
      ]),
    );
  });
  throw noLeader;
}

/** Prints the leader, and how far each voter and observer is. */
export function quorumStatus(surroundings: Surroundings, options: ConnectionOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const quorum = await describeQuorum(session).catch((error: unknown) => {
      if (error instanceof VarveError && LEADERLESS.has(error.code)) return whatNodesSay(session, error);
      throw error;
    });
    const leaderEnd = quorum.voters.find((voter) => voter.node_id === quorum.leader_id)?.log_end_offset ?? 0;
    const replica = (role: 'voter' | 'observer') => (entry: varve.v1.IQuorumReplica) => ({
      nodeId: entry.node_id ?? 0,
      role: (entry.node_id ?? 0) === quorum.leader_id ? ('leader' as const) : role,
      directoryId: entry.directory_id ?? '',
      logEndOffset: entry.log_end_offset ?? 0,
      lag: Math.max(0, leaderEnd - (entry.log_end_offset ?? 0)),
      lastContactMs: entry.last_contact_ms ?? -1,
    });
    const replicas = [...quorum.voters.map(replica('voter')), ...quorum.observers.map(replica('observer'))];
    const status = {
      leaderId: quorum.leader_id,
      leaderEpoch: quorum.leader_epoch,
      commitOffset: quorum.commit_offset,
      replicas,
    };
    const { report } = session;
    report.give(status, () => {
      const leader = status.leaderId < 0 ? report.colors.red('none') : `node ${status.leaderId}`;
      report.line(`Leader ${leader}, epoch ${status.leaderEpoch}, committed to ${status.commitOffset}`);
      report.table(
        ['NODE', 'ROLE', 'DIRECTORY ID', 'LOG END', 'LAG', 'LAST CONTACT'],
        replicas.map((entry) => [
          entry.nodeId,
          entry.role,
          entry.directoryId,
          entry.logEndOffset,
          entry.lag,
          entry.role === 'leader' ? '-' : entry.lastContactMs < 0 ? 'never' : `${entry.lastContactMs} ms ago`,
        ]),
      );
    });
  });
}

/** The directory id of a node that the quorum knows, unless one was given. */
async function directoryOf(
  session: Session,
  nodeId: number,
  given: string | undefined,
  among: 'voters' | 'observers',
): Promise<string> {
  if (given !== undefined) return given;
  const quorum = await describeQuorum(session);
  const found = quorum[among].filter((entry) => entry.node_id === nodeId);
  const only = found[0];
  if (only === undefined || found.length > 1) {
    throw new CommandError(
      only === undefined
        ? `Node ${nodeId} is not among the ${among}.`
        : `Node ${nodeId} is among the ${among} with ${found.length} directory ids.`,
      'See varve quorum status, and name the directory with --directory-id.',
    );
  }
  return only.directory_id ?? '';
}

/** What the client library does of a change, too: an answer that was lost is no failure of the next try. */
function voterChange(
  session: Session,
  options: VoterOptions,
  voter: ChangedVoter,
): Pick<VoterChange, 'voter' | 'clock' | 'timeoutMs' | 'describe'> {
  const describe = async (): Promise<QuorumDescription> => quorumDescription(await describeQuorum(session));
  // Each node that is asked has that long.
  const timeoutMs = options.timeoutMs * session.bootstrap.length;
  return { voter, clock: session.platform.clock, timeoutMs, describe };
}

export function addVoter(surroundings: Surroundings, nodeId: number, options: VoterOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const directoryId = await directoryOf(session, nodeId, options.directoryId, 'observers');
    const { AddVoterRequest: Request, AddVoterResponse: Response } = v1;
    const message = Request.create({ node_id: nodeId, directory_id: directoryId });
    await changeVoters({
      ...voterChange(session, options, { nodeId, directoryId }),
      kind: 'add',
      attempt: (onAnswerLost) =>
        session.cluster.call('/varve.v1.Admin/AddVoter', Request, Response, message, onAnswerLost),
    });
    session.report.give({ nodeId, directoryId, voter: true }, () => {
      session.report.line(`Node ${nodeId} (${directoryId}) is a voter now.`);
    });
  });
}

export function removeVoter(surroundings: Surroundings, nodeId: number, options: VoterOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const directoryId = await directoryOf(session, nodeId, options.directoryId, 'voters');
    const { RemoveVoterRequest: Request, RemoveVoterResponse: Response } = v1;
    const message = Request.create({ node_id: nodeId, directory_id: directoryId });
    await changeVoters({
      ...voterChange(session, options, { nodeId, directoryId }),
      kind: 'remove',
      attempt: (onAnswerLost) =>
        session.cluster.call('/varve.v1.Admin/RemoveVoter', Request, Response, message, onAnswerLost),
    });
    session.report.give({ nodeId, directoryId, voter: false }, () => {
      session.report.line(`Node ${nodeId} (${directoryId}) is no voter any more.`);
    });
  });
}

export function transferLeadership(
  surroundings: Surroundings,
  toNodeId: number | undefined,
  options: ConnectionOptions,
): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const { cluster, report } = session;
    // By its number: asked again after a lost answer, the leadership would move on from there otherwise.
    const to = toNodeId ?? furthestVoter(quorumDescription(await describeQuorum(session)));
    const answer = await cluster.call(
      '/varve.v1.Admin/TransferQuorumLeadership',
      v1.TransferQuorumLeadershipRequest,
      v1.TransferQuorumLeadershipResponse,
      v1.TransferQuorumLeadershipRequest.create({ to_node_id: to }),
      SAME_WHEN_REPEATED,
    );
    report.give({ leaderId: answer.leader_id }, () => report.line(`Node ${answer.leader_id} leads the quorum now.`));
  });
}
