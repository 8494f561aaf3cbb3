import { untilKnown } from '../client/until-known.js';
import { varve } from '../protocol/varve.js';
import { SAME_WHEN_REPEATED, throwIfError } from './cluster-client.js';
import { topicMetadata } from './lookups.js';
import { throttleMoves } from './move-throttle.js';
import type { ConnectionOptions, Session } from './session.js';
import { withSession } from './session.js';
import type { Surroundings } from './surroundings.js';

const { v1 } = varve;

export interface PartitionName {
  readonly topic: string;
  readonly partition: number;
}

export interface PartitionReplicas extends PartitionName {
  readonly replicas: readonly number[];
}

export interface ElectOptions extends ConnectionOptions {
  readonly unclean?: boolean;
}

export interface ReassignOptions extends ConnectionOptions {
  /** Bytes a second of each broker. */
  readonly throttle?: number;
}

/** Starts moves of partitions to other replicas. */
export function reassignPartitions(
  surroundings: Surroundings,
  moves: readonly PartitionReplicas[],
  options: ReassignOptions,
): Promise<void> {
  const reassignments = moves.map((move) => ({ ...move, replicas: [...move.replicas], cancel: false }));
  const { throttle } = options;
  const hint = 'See how far they are: varve partitions reassignments';
  return withSession(surroundings, options, async (session) => {
    if (throttle === undefined) return alter(session, reassignments, 'Moving', hint);
    await throttleMoves(session, moves, throttle);
    return alter(session, reassignments, 'Moving', `${hint}\nWhen they are through: varve partitions unthrottle`);
  });
}

/** Takes moves back that are under way. */
export function cancelReassignments(
  surroundings: Surroundings,
  partitions: readonly PartitionName[],
  options: ConnectionOptions,
): Promise<void> {
  const reassignments = partitions.map((each) => ({ ...each, replicas: [], cancel: true }));
  return withSession(surroundings, options, async (session) => {
    const { answer, lostAt } = await alterReassignments(session, reassignments);
    // Nothing moves there any more, and only a node that gave no answer can have told whether it was cancelled.
    const isOver = ({ error }: varve.v1.IPartitionResult): boolean =>
      lostAt.length > 0 && error?.name === 'NO_REASSIGNMENT_IN_PROGRESS';
    const over = await Promise.all(answer.partitions.filter(isOver).map((each) => settledReplicas(session, each)));
    const results = answer.partitions.filter((each) => !isOver(each));
    giveResults(session, results, 'Cancelled the move of', { over, answerLostAt: lostAt });
  });
}

/** Where a partition is of which nothing moves any more; as a node knows it that may have to hear of that first. */
async function settledReplicas(
  session: Session,
  { topic, partition }: varve.v1.IPartitionResult,
): Promise<PartitionReplicas> {
  const name = { topic: topic ?? '', partition: partition ?? 0 };
  const found = await untilKnown(
    session.platform.clock,
    async () => {
      const [described] = (await topicMetadata(session, [name.topic])).topics;
      return described?.partitions?.find((each) => (each.partition ?? 0) === name.partition);
    },
    (each) => each !== undefined && (each.adding_replicas ?? []).length === 0,
  );
  return { ...name, replicas: found?.replicas ?? [] };
}

async function alter(
  session: Session,
  reassignments: readonly varve.v1.IReassignment[],
  done: string,
  hint?: string,
): Promise<void> {
  const { answer } = await alterReassignments(session, reassignments);
  giveResults(session, answer.partitions, done, { hint });
}

async function alterReassignments(
  session: Session,
  reassignments: readonly varve.v1.IReassignment[],
): Promise<{ readonly answer: varve.v1.AlterPartitionReassignmentsResponse; readonly lostAt: readonly string[] }> {
  const lostAt: string[] = [];
  const answer = await session.cluster.call(
    '/varve.v1.Admin/AlterPartitionReassignments',
    v1.AlterPartitionReassignmentsRequest,
    v1.AlterPartitionReassignmentsResponse,
    v1.AlterPartitionReassignmentsRequest.create({ reassignments: [...reassignments] }),
    (address) => lostAt.push(address),
  );
  return { answer, lostAt };
}

interface MoreToGive {
  readonly hint?: string | undefined;
  /** Partitions whose moves were over, cancelled by a node that gave no answer or finished before. */
  readonly over?: readonly PartitionReplicas[];
  readonly answerLostAt?: readonly string[];
}

/** Prints those that went well; throws the first error of the others. */
function giveResults(
  { report }: Session,
  results: readonly varve.v1.IPartitionResult[],
  done: string,
  { hint, over = [], answerLostAt = [] }: MoreToGive = {},
): void {
  const well = results.filter(({ error }) => (error?.code ?? 0) === 0);
  const partitions = well.map(({ topic, partition }) => ({ topic: topic ?? '', partition: partition ?? 0 }));
  report.give({ partitions, ...(over.length > 0 ? { over, answerLostAt } : {}) }, () => {
    if (results.length === 0 && over.length === 0) report.line('Nothing was to be done.');
    for (const { topic, partition } of partitions) report.line(`${done} ${topic}:${partition}.`);
    for (const { topic, partition, replicas } of over) {
      report.line(
        `Nothing moves in ${topic}:${partition} any more: it is on ${replicas.join(',')}. ` +
          `${answerLostAt.join(', ')} gave no answer, and may have cancelled the move; or it had finished.`,
      );
    }
    if (hint !== undefined && partitions.length > 0) report.line(hint);
  });
  for (const { topic, partition, error } of results) throwIfError(error, `${topic}:${partition}`);
}

/** Prints the moves that are under way. */
export function listReassignments(surroundings: Surroundings, options: ConnectionOptions): Promise<void> {
  return withSession(surroundings, options, async ({ cluster, report }) => {
    const answer = await cluster.call(
      '/varve.v1.Admin/ListPartitionReassignments',
      v1.ListPartitionReassignmentsRequest,
      v1.ListPartitionReassignmentsResponse,
      v1.ListPartitionReassignmentsRequest.create(),
    );
    const moves = answer.reassignments.map((move) => ({
      topic: move.topic ?? '',
      partition: move.partition ?? 0,
      replicas: move.replicas ?? [],
      addingReplicas: move.adding_replicas ?? [],
      removingReplicas: move.removing_replicas ?? [],
    }));
    report.give(moves, () => {
      if (moves.length === 0) report.line('No partition is being moved.');
      else {
        const rows = moves.map((move) => [
          `${move.topic}:${move.partition}`,
          move.replicas.join(','),
          move.addingReplicas.join(',') || '-',
          move.removingReplicas.join(',') || '-',
        ]);
        report.table(['PARTITION', 'REPLICAS', 'ADDING', 'REMOVING'], rows);
      }
    });
  });
}

/** Gives leadership back to the preferred replicas, or where nobody whole is left, to any. Without partitions: of all. */
export function electLeaders(
  surroundings: Surroundings,
  partitions: readonly PartitionName[],
  options: ElectOptions,
): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const type = options.unclean === true ? v1.ElectionType.ELECTION_UNCLEAN : v1.ElectionType.ELECTION_PREFERRED;
    const answer = await session.cluster.call(
      '/varve.v1.Admin/ElectLeaders',
      v1.ElectLeadersRequest,
      v1.ElectLeadersResponse,
      v1.ElectLeadersRequest.create({
        type,
        partitions: partitions.map(({ topic, partition }) => ({ topic, partitions: [partition] })),
      }),
      // A leader that the first attempt elected needs no election.
      SAME_WHEN_REPEATED,
    );
    const unneeded = ({ error }: varve.v1.IPartitionResult): boolean => error?.name === 'ELECTION_NOT_NEEDED';
    const needed = answer.partitions.filter((result) => !unneeded(result));
    giveResults(session, needed, 'Elected the leader of');
  });
}
