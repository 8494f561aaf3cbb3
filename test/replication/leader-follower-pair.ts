import { silentLogger } from '../../src/platform/observe.js';
import { FetchSession } from '../../src/replication/fetch-session.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import type { FollowedReplica } from '../../src/replication/fetching.js';
import { ReplicaFetcher } from '../../src/replication/replica-fetcher.js';
import { ReplicationThrottle } from '../../src/replication/throttle.js';
import { leaderOptions, TOPIC_ID } from './leader-options.js';
import { ManualClock } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';
import { streamPair } from './stream-pair.js';

export interface Pair {
  clock: ManualClock;
  leaderLog: MemoryLog;
  followerLog: MemoryLog;
  leader: PartitionLeader;
  fetcher: ReplicaFetcher;
  replica: FollowedReplica & { throttled: boolean; cut: (work: () => Promise<void>) => Promise<void> };
  heard: () => number;
  streams: Array<ReturnType<typeof streamPair>>;
  /** The follower's registration as the leader's node knows it. */
  registered: { brokerEpoch: number };
  /** Another stream to the leader's node. */
  open: () => ReturnType<typeof streamPair>['client'];
  /** How often the leader's side found the follower silent, and the follower's let go of its connection. */
  counts: { silent: number; disconnects: number };
  /** Of the leader's node. */
  heardMs: Map<number, number>;
  setLeader: (leader: PartitionLeader) => void;
}

export function leaderOf(
  log: MemoryLog,
  clock: ManualClock,
  leaderEpoch: number,
  leaderThrottled = false,
  isEligible = true,
): PartitionLeader {
  const leader = new PartitionLeader(
    leaderOptions({
      log,
      clock,
      hooks: { isEligible: () => isEligible, alterPartition: () => {} },
      leaderEpoch,
      replicas: [1, 2],
      isr: leaderThrottled ? [1] : [1, 2],
      minInsyncReplicas: 1,
      leaderThrottled,
    }),
  );
  log.onDurable(() => leader.logDurable());
  return leader;
}

/** What node 2 says of itself where it follows node 1. */
export function followerOptions(clock: ManualClock) {
  return {
    nodeId: 2,
    sourceId: 1,
    clusterId: () => 'c',
    clock,
    logger: silentLogger,
    brokerEpoch: () => 7,
    backoffMs: 20,
    onFetched: () => {},
    disconnect: () => {},
  };
}

/** A leader on node 1 and a follower on node 2, with a stream between them. */
export function pair(
  options: {
    leaderLog?: MemoryLog;
    followerLog?: MemoryLog;
    epoch?: number;
    windowBytes?: number;
    bytesPerSecond?: number;
    /** As the follower's throttle has it. */
    followerBytesPerSecond?: number;
  } = {},
): Pair {
  const clock = new ManualClock();
  const leaderLog = options.leaderLog ?? new MemoryLog();
  const followerLog = options.followerLog ?? new MemoryLog();
  const leaderThrottle = new ReplicationThrottle(clock);
  leaderThrottle.setRate(options.bytesPerSecond ?? Infinity);
  const followerThrottle = new ReplicationThrottle(clock);
  followerThrottle.setRate(options.followerBytesPerSecond ?? Infinity);
  let leader = leaderOf(leaderLog, clock, options.epoch ?? 1, options.bytesPerSecond !== undefined);
  const registered = { brokerEpoch: 7 };
  const streams: Pair['streams'] = [];
  const sessions = new Map<number, FetchSession>();
  const heardMs = new Map<number, number>();
  const counts = { silent: 0, disconnects: 0 };
  let heard = 0;
  const open: Pair['open'] = () => {
    const ends = streamPair();
    streams.push(ends);
    void new FetchSession({
      stream: ends.server,
      clock,
      clusterId: () => 'c',
      leaderOf: () => leader,
      brokerEpochOf: () => registered.brokerEpoch,
      chunkBytes: 200,
      responseBytes: 400,
      highWatermarkDelayMs: 100,
      throttle: leaderThrottle,
      sessions,
      heardMs,
      onSilent: () => (counts.silent += 1),
    });
    return ends.client;
  };
  const fetcher = new ReplicaFetcher({
    ...followerOptions(clock),
    disconnect: () => (counts.disconnects += 1),
    windowBytes: options.windowBytes ?? 1_000_000,
    maxBackoffMs: 100,
    throttle: followerThrottle,
    connect: open,
  });
  const replica = {
    topic: 't',
    topicId: TOPIC_ID,
    partition: 0,
    log: followerLog,
    throttled: options.followerBytesPerSecond !== undefined,
    highWatermarkHeard: (offset: number) => void (heard = offset),
    cut: (work: () => Promise<void>) => work(),
    storageFailed: () => {},
  } satisfies FollowedReplica;
  followerLog.onDurable(() => fetcher.durable(replica));
  return {
    clock,
    leaderLog,
    followerLog,
    leader,
    fetcher,
    replica,
    heard: () => heard,
    streams,
    registered,
    open,
    counts,
    heardMs,
    setLeader: (next) => (leader = next),
  };
}

export function append(leader: PartitionLeader, tag: string): string[] {
  const answers: string[] = [];
  leader.append(batch(tag), 'all', Infinity, (error) => answers.push(error?.code ?? 'ok'));
  return answers;
}
