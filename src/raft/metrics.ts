import type { MetricDefinition } from '../platform/metric-catalog.js';
import { METRICS } from '../platform/metric-catalog.js';
import type { Histogram, Metrics } from '../platform/observe.js';
import type { Raft, ReplicaStatus } from './api.js';

/** The quorum as seen from this node. */
export interface RaftMetrics {
  /** One write of entries or votes to stable storage. */
  readonly persistSeconds: Histogram;
}

export function raftMetrics(metrics: Metrics, raft: Raft): RaftMetrics {
  metrics.observedGauge(METRICS.quorumTerm, () => raft.term);
  metrics.observedGauge(METRICS.quorumLeader, () => raft.leaderId ?? -1);
  metrics.observedGauge(METRICS.quorumApplied, () => raft.appliedIndex);
  metrics.observedGauge(METRICS.quorumLag, () => {
    const { committedIndex, appliedIndex } = raft.status();
    return committedIndex - appliedIndex;
  });
  observeReplicas(metrics, METRICS.quorumReplicaLag, raft, ({ matchIndex }, lastIndex) => lastIndex - matchIndex);
  observeReplicas(metrics, METRICS.quorumReplicaContact, raft, ({ lastContactMs }) =>
    lastContactMs === undefined ? undefined : lastContactMs / 1000,
  );
  return { persistSeconds: metrics.histogram(METRICS.quorumPersistSeconds) };
}

/** One gauge a voter and observer, on the leader alone: the others do not know. */
function observeReplicas(
  metrics: Metrics,
  definition: MetricDefinition,
  raft: Raft,
  read: (replica: ReplicaStatus, lastIndex: number) => number | undefined,
): void {
  metrics.observedGauges(definition, definition.labelNames ?? [], () => {
    if (raft.role !== 'leader') return [];
    const { replicas, lastIndex } = raft.status();
    return replicas.flatMap((one) => {
      const value = read(one, lastIndex);
      const role = one.isVoter ? 'voter' : 'observer';
      const labels = { replica: String(one.nodeId), directory: one.directoryId, role };
      return value === undefined ? [] : [{ labels, value }];
    });
  });
}
