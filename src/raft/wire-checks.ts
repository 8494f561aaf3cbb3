import { VarveError } from '../common/errors.js';
import type { RaftCore } from './core/raft-core.js';
import type { Entry, Message } from './core/types.js';
import { decodeVoterSet } from './core/voter-set-codec.js';

/**
 * What the core may take for granted in a message. It asserts it, for a replica of this program keeps to it; here it is
 * checked in what came over the network, which anybody may have sent. Both throw a VarveError INVALID_REQUEST.
 */

export function malformed(what: string): VarveError {
  return new VarveError('INVALID_REQUEST', `A Raft message ${what}: is every node of a compatible version?`);
}

/** What shows from the message alone. */
export function checkMessage(message: Message): void {
  for (const [name, value] of Object.entries<unknown>({ ...message })) {
    if (typeof value === 'number' && !(Number.isSafeInteger(value) && value >= 0)) {
      throw malformed(`has ${name} ${value}`);
    }
  }
  if (message.type === 'append') {
    if (message.prevTerm > message.term) throw malformed('follows an entry of a later term than its own');
    checkEntries(message.entries, message.prevTerm, message.term);
  } else if (message.type === 'snapshotChunk') {
    if (message.snapshotTerm > message.term) throw malformed('has a snapshot of a later term than its own');
    if (message.voters.size === 0) throw malformed('has a snapshot without voters');
    if (message.chunk >= message.chunks) throw malformed(`has piece ${message.chunk} of ${message.chunks}`);
  }
}

function checkEntries(entries: readonly Entry[], prevTerm: number, lastTerm: number): void {
  let term = prevTerm;
  for (const entry of entries) {
    if (!(entry.term >= term && entry.term <= lastTerm)) throw malformed(`has entry ${entry.index} of an unfit term`);
    ({ term } = entry);
    if (entry.type === 'voters' && decodeVoterSet(entry.payload).size === 0) throw malformed('names no voters');
  }
}

/** What shows against this replica's state. */
export function checkAgainst(core: RaftCore, message: Message): void {
  if (message.term !== core.term) {
    // Of a new leader too: nobody names as committed what this replica has not acknowledged.
    if (message.type === 'heartbeat' && message.term > core.term) checkCommit(core, message.commit);
    return;
  }
  switch (message.type) {
    case 'heartbeat':
      checkCommit(core, message.commit);
      checkLeader(core, message.from);
      return;
    case 'append':
    case 'snapshotChunk':
      checkLeader(core, message.from);
      return;
    case 'appendResponse':
      if (message.rejected || message.index <= core.lastIndex || core.role !== 'leader') return;
      throw malformed(`acknowledges entry ${message.index} of ${core.lastIndex}`);
    default:
  }
}

function checkCommit(core: RaftCore, commit: number): void {
  if (commit <= core.lastIndex) return;
  throw malformed(`says that entry ${commit} is committed, which this replica (up to ${core.lastIndex}) never stored`);
}

/** Two voters that lead one term are a bug, on which the core asserts; a stranger that says so is no leader. */
function checkLeader(core: RaftCore, from: string): void {
  if (core.voters.has(from) || core.leader === undefined || core.leader === from) return;
  throw malformed(`of ${from}, which does not vote, says that it leads term ${core.term}, as ${core.leader} does`);
}
