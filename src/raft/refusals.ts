import { unreachable } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { RaftConfig } from './api.js';
import type { ProposeOutcome } from './core/raft-core.js';
import type { ChangeOutcome, TransferOutcome } from './core/voter-change.js';

/** What callers are told when the core refuses: the standard code, what was wrong and what to do. */

export function notController(leaderId: NodeId | undefined): VarveError {
  const where = leaderId === undefined ? 'no leader is known: try again soon' : `node ${leaderId} is: ask it`;
  return new VarveError('NOT_CONTROLLER', `This node does not lead the metadata quorum; ${where}.`);
}

export function proposeError(
  kind: Exclude<ProposeOutcome['kind'], 'appended'>,
  leaderId: NodeId | undefined,
  config: RaftConfig,
): VarveError {
  switch (kind) {
    case 'notLeader':
      return notController(leaderId);
    case 'transferPending':
      return new VarveError('NOT_CONTROLLER', 'The leadership is being handed over: try again soon.');
    case 'tooMuchUncommitted':
      return new VarveError(
        'THROTTLING_QUOTA_EXCEEDED',
        `${config.maxUncommittedBytes} bytes of metadata wait to be committed already: try again later.`,
      );
    default:
      return unreachable(kind);
  }
}

export function changeError(
  kind: Exclude<ChangeOutcome['kind'], 'appended'>,
  leaderId: NodeId | undefined,
): VarveError {
  switch (kind) {
    case 'notLeader':
      return notController(leaderId);
    case 'termNotCommitted':
      return new VarveError('REQUEST_TIMED_OUT', 'The leader has not committed an entry of its term yet: try again.');
    case 'changePending':
      return new VarveError('REQUEST_TIMED_OUT', 'Another change of the voters is under way: try again.');
    case 'transferPending':
      return new VarveError('REQUEST_TIMED_OUT', 'The leadership is being handed over: try again.');
    case 'notCaughtUp':
      return new VarveError(
        'REQUEST_TIMED_OUT',
        'The replica does not observe the log, or has not caught up with it: start it, wait, and try again.',
      );
    case 'duplicate':
      return new VarveError('DUPLICATE_VOTER', 'A replica of this node votes already: remove that one first.');
    case 'unknown':
      return new VarveError('VOTER_NOT_FOUND', 'The replica does not vote: `varve quorum status` lists those that do.');
    case 'tooFewAlive':
      return new VarveError(
        'REQUEST_TIMED_OUT',
        'Of the voters that would stay, fewer than a majority answer, and nothing could be committed any more: start those ' +
          'that are down (`varve quorum status` says when each was last heard), and try again.',
      );
    case 'lastVoter':
      return new VarveError('INVALID_REQUEST', 'The last voter cannot be removed: add another one first.');
    default:
      return unreachable(kind);
  }
}

/** Of a change that was appended: the next leader may commit it, so that its end is unknown, and no refusal. */
export function changeLost(error: unknown): never {
  if (!(error instanceof VarveError) || error.code !== 'NOT_CONTROLLER') throw error;
  throw new VarveError(
    'NETWORK_EXCEPTION',
    'The leadership ended before the change of the voters was committed; it may be yet: see `varve quorum status`.',
    { cause: error },
  );
}

export function transferError(
  kind: Exclude<TransferOutcome, 'started' | 'alreadyLeader'>,
  to: NodeId | undefined,
  leaderId: NodeId | undefined,
): VarveError {
  switch (kind) {
    case 'notLeader':
      return notController(leaderId);
    case 'transferPending':
      return new VarveError('REQUEST_TIMED_OUT', 'The leadership is being handed over already: try again.');
    case 'noTarget':
      return new VarveError(
        'VOTER_NOT_FOUND',
        to === undefined ? 'No other voter is alive to take the leadership over.' : `Node ${to} does not vote.`,
      );
    default:
      return unreachable(kind);
  }
}
