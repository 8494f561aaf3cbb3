import type { Leadership, RaftStatus, ReplicaId, ReplicaStatus } from './api.js';
import type { RaftCore } from './core/raft-core.js';
import { parseReplicaKey } from './core/voter-set.js';

export interface StatusView {
  readonly core: RaftCore;
  readonly self: ReplicaId;
  readonly leadership: Leadership;
  readonly appliedIndex: number;
  readonly nowMs: number;
  readonly problem: string | undefined;
}

export function statusOf(view: StatusView): RaftStatus {
  const { core, self, nowMs } = view;
  return {
    ...view.leadership,
    nodeId: self.nodeId,
    directoryId: self.directoryId,
    clusterId: core.clusterId,
    committedIndex: core.commit,
    appliedIndex: view.appliedIndex,
    lastIndex: core.lastIndex,
    snapshotIndex: core.snapshotIndex,
    voters: core.voters.voters,
    replicas: view.leadership.role === 'leader' ? leaderReplicas(core, nowMs) : [ownReplica(view)],
    problem: view.problem,
  };
}

function leaderReplicas(core: RaftCore, nowMs: number): ReplicaStatus[] {
  const replicas: ReplicaStatus[] = [];
  for (const { key, isVoter, match, lastContactMs } of core.progress) {
    const contactMs = key === core.self ? 0 : lastContactMs === undefined ? undefined : nowMs - lastContactMs;
    replicas.push({ ...parseReplicaKey(key), isVoter, matchIndex: match, lastContactMs: contactMs });
  }
  return replicas;
}

function ownReplica({ core, self }: StatusView): ReplicaStatus {
  const { nodeId, directoryId } = self;
  return { nodeId, directoryId, isVoter: core.isVoter, matchIndex: core.lastIndex, lastContactMs: 0 };
}
