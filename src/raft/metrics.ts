import { METRICS } from '../platform/metric-catalog.js';
import type { Histogram, Metrics } from '../platform/observe.js';
import type { Raft } from './api.js';

/** The quorum as seen from this node. */
export interface RaftMetrics {
  /** One write of entries or votes to stable storage. */
  readonly persistSeconds: Histogram;
}

export function raftMetrics(metrics: Metrics, raft: Raft): RaftMetrics {
  metrics.observedGauge(METRICS.quorumTerm, () => raft.term);
  metrics.observedGauge(METRICS.activeController, () => (raft.role === 'leader' ? 1 : 0));
  metrics.observedGauge(METRICS.quorumLeader, () => raft.leaderId ?? -1);
  metrics.observedGauge(METRICS.quorumApplied, () => raft.appliedIndex);
  metrics.observedGauge(METRICS.quorumLag, () => {
    const { lastIndex, appliedIndex } = raft.status();
    return lastIndex - appliedIndex;
  });
  return { persistSeconds: metrics.histogram(METRICS.quorumPersistSeconds) };
}
