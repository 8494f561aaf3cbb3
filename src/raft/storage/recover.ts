import { VarveError } from '../../common/errors.js';
import type { FileSystem } from '../../platform/file-system.js';
import type { KeyValueStores } from '../../platform/key-value-store.js';
import type { Voter } from '../api.js';
import { RaftCore } from '../core/raft-core.js';
import type { Restored } from '../core/state.js';
import { encodeVoterSet } from '../core/voter-set-codec.js';
import { VoterSet, parseReplicaKey, replicaKey } from '../core/voter-set.js';
import { DEFAULT_RAFT_CONFIG } from '../api.js';
import { RaftStorage, hasRaftStore } from './raft-storage.js';

export interface RecoverOptions {
  readonly keyValueStores: KeyValueStores;
  readonly fileSystem: FileSystem;
  readonly directory: string;
  /** This node as the only voter. */
  readonly self: Voter;
}

/** What `recoverQuorum` finds: shown to the operator, who must agree before anything changes. */
export interface RecoveryPlan {
  readonly lastIndex: number;
  readonly lastTerm: number;
  readonly commit: number;
  readonly term: number;
  readonly voters: readonly Voter[];
  /** What the operator gives up, as one sentence. */
  readonly warning: string;
}

/**
 * Makes this node, which must be stopped, the only voter of its cluster: the way out when a majority of the voters is
 * gone for good. Its log stays as it is; what others committed and this node never received is lost, and what it
 * received and was not committed becomes so. `agree` sees the plan and decides. True when done.
 */
export async function recoverQuorum(
  options: RecoverOptions,
  agree: (plan: RecoveryPlan) => Promise<boolean>,
): Promise<boolean> {
  // Nothing is made here: an empty store in place of a lost one would pass for a blank replica's.
  if (!(await hasRaftStore(options.fileSystem, options.directory))) throw neverVoted();
  const { storage, restored } = await RaftStorage.open({ ...options, mustExist: true });
  try {
    const current = votersOf(restored, options.self);
    const plan = planOf(restored, current);
    if (!(await agree(plan))) return false;
    const voters = new VoterSet([options.self], current.clusterId);
    const term = plan.term + 1;
    const entry = { index: plan.lastIndex + 1, term, type: 'voters' as const, payload: encodeVoterSet(voters) };
    const hardState = { term, vote: undefined, commit: restored.hardState.commit };
    const persist = {
      founding: undefined,
      clusterId: current.clusterId,
      snapshot: undefined,
      entries: [entry],
      hardState,
      isEmpty: false,
      messages: [],
    };
    await storage.write(persist);
    return true;
  } finally {
    await storage.close();
  }
}

/** The voters in effect at the end of the log. */
function votersOf(restored: Restored, self: Voter): VoterSet {
  const core = new RaftCore({
    self: replicaKey(self),
    config: DEFAULT_RAFT_CONFIG,
    random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
    makeClusterId: () => '',
    restored,
    nowMs: 0,
  });
  if (core.voters.size > 0) return core.voters;
  throw neverVoted();
}

function neverVoted(): VarveError {
  return new VarveError(
    'INVALID_REQUEST',
    'This node has no log of a quorum: recover on a node, voter or broker, that still has its directory.',
  );
}

function planOf(restored: Restored, voters: VoterSet): RecoveryPlan {
  const last = restored.entries[restored.entries.length - 1];
  const { commit, term } = restored.hardState;
  const lastIndex = last?.index ?? restored.baseIndex;
  const lastTerm = last?.term ?? restored.baseTerm;
  const others = voters.keys.map(parseReplicaKey).map((replica) => replica.nodeId);
  return {
    lastIndex,
    lastTerm,
    commit,
    term,
    voters: voters.voters,
    warning:
      `This node becomes the only voter of a quorum that was ${others.join(', ')}. Metadata that the others committed after ` +
      `entry ${lastIndex} (term ${lastTerm}) is lost for good; its ${lastIndex - commit} entries that are not known to ` +
      'be committed become so. So recover on the node, voter or broker, whose log reaches furthest: a broker that is ahead ' +
      'does not go on. Never start the other voters again with their old directories: empty those first.',
  };
}
