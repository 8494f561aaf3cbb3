import type { Histogram, Metrics } from '../platform/observe.js';
import type { Raft } from './api.js';

const SECONDS_BUCKETS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1];

/** The quorum as seen from this node. */
export interface RaftMetrics {
  /** One write of entries or votes to stable storage. */
  readonly persistSeconds: Histogram;
}

export function raftMetrics(metrics: Metrics, raft: Raft): RaftMetrics {
  const observe = (name: string, help: string, read: () => number): void =>
    metrics.observedGauge({ name: `varve_raft_${name}`, help }, read);
  observe('term', 'Term of the metadata quorum; each election raises it.', () => raft.term);
  observe('is_leader', '1 on the active controller.', () => (raft.role === 'leader' ? 1 : 0));
  observe('leader_id', 'node.id of the leader; -1 while none is known.', () => raft.leaderId ?? -1);
  observe('applied_index', 'Last entry of the metadata log that is applied here.', () => raft.appliedIndex);
  observe('lag_entries', 'Entries in the log here that are not applied yet.', () => {
    const { lastIndex, appliedIndex } = raft.status();
    return lastIndex - appliedIndex;
  });
  return {
    persistSeconds: metrics.histogram({
      name: 'varve_raft_persist_seconds',
      help: 'Time to bring entries or a vote to stable storage.',
      buckets: SECONDS_BUCKETS,
    }),
  };
}
