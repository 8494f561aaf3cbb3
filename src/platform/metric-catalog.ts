import type { MetricOptions } from './observe.js';

/** One metric: what its name and labels are, and what a person does about it. docs/OPERATIONS.md is made of these. */
export interface MetricDefinition extends MetricOptions {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Names of the labels that its users add. */
  readonly labelNames?: readonly string[];
  /** When to worry, and what to do then; empty where there is nothing to say. */
  readonly meaning: string;
  /** Of a histogram: upper bounds, in the unit of the name. */
  readonly buckets?: readonly number[];
}

/** From a quarter of a millisecond to ten seconds: a sync of a fast disk, and a client's time-out. */
const LATENCY_BUCKETS_SECONDS = [
  0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];

/** Every metric that a node has, by what it measures. Counters and histograms start at zero with the process. */
export const METRICS = {
  offlinePartitions: {
    name: 'varve_offline_partitions',
    type: 'gauge',
    help: 'Partitions of the cluster that have no leader, as this node knows them.',
    meaning:
      'Above 0: data is not available. See varve topics describe --unavailable and bring back a replica. ' +
      'Without a controller (varve_active_controller) it stays what it was.',
  },
  underReplicatedPartitions: {
    name: 'varve_under_replicated_partitions',
    type: 'gauge',
    help: 'Partitions led by this node with fewer in-sync replicas than replicas that are not just being added.',
    meaning: 'Above 0 for minutes: a node is down or cannot keep up. See varve topics describe --under-replicated.',
  },
  underMinIsrPartitions: {
    name: 'varve_under_min_isr_partitions',
    type: 'gauge',
    help: 'Partitions led by this node with fewer in-sync replicas than min.insync.replicas.',
    meaning: 'Above 0: producers with acks=all get NOT_ENOUGH_REPLICAS. Bring back the missing nodes.',
  },
  leaderPartitions: {
    name: 'varve_leader_partitions',
    type: 'gauge',
    help: 'Partitions that this node leads.',
    meaning: 'Far apart between nodes: leadership is uneven; auto.leader.rebalance.enable evens it out in time.',
  },
  replicaPartitions: {
    name: 'varve_replica_partitions',
    type: 'gauge',
    help: 'Replicas that this node hosts, led or followed.',
    meaning: '',
  },
  elections: {
    name: 'varve_elections_total',
    type: 'counter',
    help: 'Elections of the metadata quorum that this node stood in.',
    meaning: 'Growing while no node stops: the network or an event loop stalls for longer than the election time-out.',
  },
  leaderChanges: {
    name: 'varve_leader_changes_total',
    type: 'counter',
    help: 'Times that a partition hosted here got another leader.',
    meaning: 'Growing while no node stops: brokers lose their lease (broker.session.timeout.ms).',
  },
  isrShrinks: {
    name: 'varve_isr_shrinks_total',
    type: 'counter',
    help: 'Times that this node, as leader, took a replica out of the in-sync set.',
    meaning: 'Growing steadily: a follower does not keep up with its disk or network.',
  },
  isrExpands: {
    name: 'varve_isr_expands_total',
    type: 'counter',
    help: 'Times that this node, as leader, took a replica into the in-sync set.',
    meaning: '',
  },
  bytesIn: {
    name: 'varve_bytes_in_total',
    type: 'counter',
    help: 'Bytes of record batches that clients produced to partitions led by this node.',
    meaning: '',
  },
  bytesOut: {
    name: 'varve_bytes_out_total',
    type: 'counter',
    help: 'Bytes of record batches that clients fetched from this node.',
    meaning: '',
  },
  replicationBytesIn: {
    name: 'varve_replication_bytes_in_total',
    type: 'counter',
    help: 'Bytes of record batches that this node fetched from leaders.',
    meaning: '',
  },
  recordsIn: {
    name: 'varve_records_in_total',
    type: 'counter',
    help: 'Records that clients produced to partitions led by this node.',
    meaning: '',
  },
  duplicateBatches: {
    name: 'varve_duplicate_batches_total',
    type: 'counter',
    help: 'Batches that an idempotent producer sent again and that the log had already: acknowledged, not stored twice.',
    meaning: 'Growing without fail-overs: answers are lost or come later than the request time-out of clients.',
  },
  recordsOut: {
    name: 'varve_records_out_total',
    type: 'counter',
    help: 'Records that clients fetched from this node; in a compressed batch as many as its header says.',
    meaning: '',
  },
  requestSeconds: {
    name: 'varve_request_seconds',
    type: 'histogram',
    help: 'Time from taking a request of a client to its answer, by API.',
    labelNames: ['api'],
    meaning: 'Produce with acks=all holds the wait for all in-sync replicas and their disks; compare with the syncs.',
    buckets: LATENCY_BUCKETS_SECONDS,
  },
  requestErrors: {
    name: 'varve_request_errors_total',
    type: 'counter',
    help: 'Requests, or partitions of them, that were answered with an error, by API and by the name of the error.',
    labelNames: ['api', 'error'],
    meaning: 'NOT_LEADER_OR_FOLLOWER after a fail-over is normal. CORRUPT_MESSAGE and KAFKA_STORAGE_ERROR are not.',
  },
  logSyncSeconds: {
    name: 'varve_log_sync_seconds',
    type: 'histogram',
    help: 'Time of one fdatasync of a log.',
    meaning: 'The floor under every acks=all answer. Above some ms at the median: the disk is slow or shared.',
    buckets: LATENCY_BUCKETS_SECONDS,
  },
  offlineLogDirectories: {
    name: 'varve_offline_log_directories',
    type: 'gauge',
    help: 'Log directories that failed and are out of use until a restart.',
    meaning: 'Above 0: a disk failed. Its partitions have moved; replace the disk and restart the node.',
  },
  damagedBatches: {
    name: 'varve_damaged_batches_total',
    type: 'counter',
    help: 'Batches on disk that failed their CRC when read or scrubbed.',
    meaning: 'Above 0: the disk or memory loses bits. The batches are fetched again from another replica.',
  },
  quorumLag: {
    name: 'varve_quorum_lag_entries',
    type: 'gauge',
    help: 'Entries of the metadata log on this node that it has not applied yet.',
    meaning: 'Above 0 for seconds: this node acts on old metadata. See varve quorum status.',
  },
  quorumReplicaLag: {
    name: 'varve_quorum_replica_lag_entries',
    type: 'gauge',
    help: 'On the leader of the metadata quorum: entries of its log that a voter or an observer has not stored yet.',
    labelNames: ['replica', 'directory', 'role'],
    meaning: 'Growing for seconds: that node is down, cut off or slow. A voter behind is no help when another dies.',
  },
  quorumReplicaContact: {
    name: 'varve_quorum_replica_contact_seconds',
    type: 'gauge',
    help: 'On the leader of the metadata quorum: time since a voter or an observer was heard last.',
    labelNames: ['replica', 'directory', 'role'],
    meaning: 'Above the election time-out: that node is down or cut off, however little metadata it lacks.',
  },
  quorumTerm: {
    name: 'varve_quorum_term',
    type: 'gauge',
    help: 'The Raft term of the metadata quorum that this node knows.',
    meaning: '',
  },
  quorumApplied: {
    name: 'varve_quorum_applied_entries',
    type: 'gauge',
    help: 'The last entry of the metadata log that this node has applied.',
    meaning: 'Far behind another node for seconds: see varve quorum status.',
  },
  quorumPersistSeconds: {
    name: 'varve_quorum_persist_seconds',
    type: 'histogram',
    help: 'Time to bring entries of the metadata log, or a vote, to stable storage.',
    meaning: 'Near the election time-out: the disk under the metadata is too slow or too busy.',
    buckets: LATENCY_BUCKETS_SECONDS,
  },
  quorumLeader: {
    name: 'varve_quorum_leader_id',
    type: 'gauge',
    help: 'The node.id of the leader of the metadata quorum that this node knows; -1 for none.',
    meaning: '',
  },
  activeController: {
    name: 'varve_active_controller',
    type: 'gauge',
    help: '1 on the node that is the active controller, else 0.',
    meaning: 'The sum over all nodes is 1. For longer than a second 0: the quorum has no leader.',
  },
  fencedBrokers: {
    name: 'varve_fenced_brokers',
    type: 'gauge',
    help: 'Registered brokers that are fenced, as this node knows them.',
    meaning: 'Above 0: a node is down, or has not caught up after its start.',
  },
  eventLoopDelay: {
    name: 'varve_event_loop_delay_seconds',
    type: 'gauge',
    help: 'The longest that the event loop was held up in the last 30 s, or since the last reading where that is longer ago.',
    meaning: 'Above 0.1: one node is busier than its core, or its machine stalls. Run more nodes.',
  },
} as const satisfies Record<string, MetricDefinition>;
