import type { ErrorName } from '../common/errors.js';
import { VarveError } from '../common/errors.js';
import type { Clock } from '../platform/clock.js';
import { sleep } from '../platform/clock.js';
import type { QuorumDescription } from './admin-types.js';

const ASK_AGAIN_MS = 20;
/** A voter that was heard so lately lives: each is heard several times in an election time-out. */
const ALIVE_MS = 1_000;

/** Of the live voters beside the leader; -1 for none. */
export function furthestVoter({ leaderId, voters }: QuorumDescription): number {
  const others = voters.filter(
    ({ nodeId, lastContactMs }) => nodeId !== leaderId && lastContactMs >= 0 && lastContactMs <= ALIVE_MS,
  );
  others.sort((a, b) => Number(b.logEndOffset - a.logEndOffset) || a.lastContactMs - b.lastContactMs);
  return others[0]?.nodeId ?? -1;
}

/** The voter that a change is about; without a directory id any of the node's. */
export interface ChangedVoter {
  readonly nodeId: number;
  readonly directoryId: string;
}

export interface VoterChange {
  readonly kind: 'add' | 'remove';
  readonly voter: ChangedVoter;
  readonly clock: Clock;
  /** How long it is asked again. */
  readonly timeoutMs: number;
  /** Asks for the change; `onAnswerLost` is told of a try that may have made it. */
  readonly attempt: (onAnswerLost: () => void) => Promise<unknown>;
  readonly describe: () => Promise<QuorumDescription>;
}

/** How a try is refused once one before it has made the change. */
const REFUSED_AFTERWARDS: Readonly<Record<VoterChange['kind'], readonly ErrorName[]>> = {
  add: ['DUPLICATE_VOTER', 'VOTER_NOT_FOUND'],
  remove: ['VOTER_NOT_FOUND'],
};

/**
 * Adds or removes a voter. Resolves, too, where a try whose answer was lost has made the change; what passes (a change that
 * is not committed yet, a leader that has committed nothing of its term) is then waited for: it may be that very change.
 */
export async function changeVoters(change: VoterChange): Promise<void> {
  const { clock, kind } = change;
  const endMs = clock.monotonicMs() + change.timeoutMs;
  let answerLost = false;
  for (;;) {
    try {
      await change.attempt(() => void (answerLost = true));
      return;
    } catch (error) {
      if (!answerLost || !(error instanceof VarveError)) throw error;
      const passes = error.code === 'REQUEST_TIMED_OUT' && clock.monotonicMs() < endMs;
      if (!passes && !REFUSED_AFTERWARDS[kind].includes(error.code)) throw error;
      if (await isCommitted(change, endMs)) return;
      if (!passes) throw error;
    }
    await sleep(clock, ASK_AGAIN_MS);
  }
}

/**
 * Whether the voters are as the change makes them, and stay so: a change is in force as soon as its leader has appended it
 * (Raft, 6), and until it is committed the next leader may take it back. Rejects with REQUEST_TIMED_OUT.
 */
async function isCommitted(change: VoterChange, endMs: number): Promise<boolean> {
  const { clock, kind, describe } = change;
  let first: QuorumDescription | undefined;
  for (;;) {
    const now = await describe();
    if (votes(now, change.voter) !== (kind === 'add')) return false;
    if (first?.leaderEpoch !== now.leaderEpoch) first = now;
    const { leaderId, voters } = first;
    const leaderEnd = voters.find(({ nodeId }) => nodeId === leaderId)?.logEndOffset ?? 0n;
    if (now.commitOffset >= leaderEnd) return true;
    if (clock.monotonicMs() >= endMs) {
      throw new VarveError('REQUEST_TIMED_OUT', 'The change of the voters is made, but not committed yet: look again.');
    }
    await sleep(clock, ASK_AGAIN_MS);
  }
}

function votes({ voters }: QuorumDescription, { nodeId, directoryId }: ChangedVoter): boolean {
  return voters.some((each) => each.nodeId === nodeId && (directoryId === '' || each.directoryId === directoryId));
}
