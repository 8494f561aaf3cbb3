import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { FetchSession } from '../../src/replication/fetch-session.js';
import type { FollowedReplica } from '../../src/replication/fetching.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import { ReplicaFetcher } from '../../src/replication/replica-fetcher.js';
import { ReplicationThrottle } from '../../src/replication/throttle.js';
import { followerOptions } from './leader-follower-pair.js';
import { leaderOptions, TOPIC_ID } from './leader-options.js';
import { ManualClock } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';
import { streamPair } from './stream-pair.js';

// All partitions of a stream share one window. A follower that stops taking one of them must not let what is sent of it
// take the window of the others.

const WINDOW_BYTES = 4_000;
const SYNC_MS = 2;
const MAX_BACKOFF_MS = 1_000;

interface Follower {
  readonly clock: ManualClock;
  /** Of partition 0, of which it stops taking what it is sent, and 1, which is in sync. */
  readonly leaderLogs: readonly [MemoryLog, MemoryLog];
  readonly logs: readonly [MemoryLog, MemoryLog];
  readonly replica: FollowedReplica;
  readonly fetcher: ReplicaFetcher;
  /** Sends that many records to partition 1, one after the other; gives how long the slowest waited for all replicas. */
  slowestOf(records: number): Promise<number>;
  /** Records of partition 0, sent on as they are appended. */
  produce(records: number): void;
  follow(): void;
  /** Nothing gets from the leaders to the follower any more, and nobody is told. */
  cutOff(): void;
  leaderOf(partition: number): PartitionLeader;
}

function leadersOf(logs: readonly MemoryLog[], clock: ManualClock): (partition: number) => PartitionLeader {
  const leaders = logs.map((log, partition) => {
    const isr = partition === 0 ? [1] : [1, 2];
    const leader = new PartitionLeader(
      leaderOptions({ log, clock, partition, leaderEpoch: 1, replicas: [1, 2], isr, minInsyncReplicas: 1 }),
    );
    log.onDurable(() => leader.logDurable());
    return leader;
  });
  return (partition) => {
    const leader = leaders[partition];
    if (leader === undefined) throw new VarveError('UNKNOWN_TOPIC_ID');
    return leader;
  };
}

/** Lets each append of a follower be synced a little after it. */
function syncLater(log: MemoryLog, clock: ManualClock): void {
  const append = log.appendAsFollower.bind(log);
  log.appendAsFollower = (batches) => {
    append(batches);
    clock.after(SYNC_MS, () => log.sync());
  };
}

function follower(options: { bytesPerSecond?: number; cut?: (work: () => Promise<void>) => Promise<void> }): Follower {
  const clock = new ManualClock();
  const leaderLogs = [new MemoryLog(), new MemoryLog()] as const;
  const logs = [new MemoryLog({ autoSync: false }), new MemoryLog({ autoSync: false })] as const;
  const leaderOf = leadersOf(leaderLogs, clock);
  const servers: ReturnType<typeof streamPair>['server'][] = [];
  const throttle = new ReplicationThrottle(clock);
  throttle.setRate(options.bytesPerSecond ?? Infinity);
  const fetcher = new ReplicaFetcher({
    ...followerOptions(clock),
    windowBytes: WINDOW_BYTES,
    maxBackoffMs: MAX_BACKOFF_MS,
    throttle,
    connect: () => {
      const { client, server } = streamPair();
      servers.push(server);
      void new FetchSession({
        stream: server,
        clock,
        clusterId: () => 'c',
        leaderOf: (_topicId, partition) => leaderOf(partition),
        brokerEpochOf: () => 7,
        chunkBytes: 500,
        responseBytes: 500,
        highWatermarkDelayMs: 100,
        throttle: new ReplicationThrottle(clock),
        sessions: new Map(),
        onSilent: () => {},
      });
      return client;
    },
  });
  const replicaOf = (partition: 0 | 1): FollowedReplica => {
    const log = logs[partition];
    const replica: FollowedReplica = {
      topic: 't',
      topicId: TOPIC_ID,
      partition,
      log,
      throttled: partition === 0 && options.bytesPerSecond !== undefined,
      highWatermarkHeard: () => {},
      cut: (partition === 0 ? options.cut : undefined) ?? ((work) => work()),
      storageFailed: () => {},
    };
    log.onDurable(() => fetcher.durable(replica));
    syncLater(log, clock);
    return replica;
  };
  const replicas = [replicaOf(0), replicaOf(1)] as const;
  return {
    clock,
    leaderLogs,
    logs,
    replica: replicas[0],
    fetcher,
    leaderOf,
    cutOff: () => {
      for (const server of servers) server.other = undefined;
    },
    follow: () => {
      for (const replica of replicas) fetcher.add(replica, 1);
    },
    produce: (records) => {
      for (let left = records; left > 0; left--)
        leaderOf(0).append(batch('x'.repeat(139)), 'leader', Infinity, () => {});
    },
    slowestOf: async (records) => {
      let slowestMs = 0;
      for (let record = 0; record < records; record++) {
        const sentMs = clock.monotonicMs();
        let answeredMs = Infinity;
        leaderOf(1).append(batch('b'), 'all', Infinity, () => (answeredMs = clock.monotonicMs()));
        await clock.advance(170);
        slowestMs = Math.max(slowestMs, answeredMs - sentMs);
      }
      return slowestMs;
    },
  };
}

function fill(log: MemoryLog, batches: number): void {
  for (let index = 0; index < batches; index++) log.appendAsLeader(batch('x'.repeat(139)), 1);
}

t.test('a partition that waits for its share of a throttle takes nothing of the others', async (t) => {
  const f = follower({ bytesPerSecond: 500 });
  fill(f.leaderLogs[0], 200);
  f.follow();
  await f.clock.advance(300);
  t.equal(await f.slowestOf(20), SYNC_MS);
  t.ok(f.logs[0].endOffset > 5, 'and gets its share all the same');
});

t.test(
  'a partition whose batches cannot be stored takes nothing of the others, and is tried ever more rarely',
  async (t) => {
    const f = follower({});
    fill(f.leaderLogs[0], 200);
    let tries = 0;
    const { appendAsFollower } = f.logs[0];
    f.logs[0].appendAsFollower = () => {
      tries++;
      throw new VarveError('KAFKA_STORAGE_ERROR', 'The disk is full.');
    };
    f.follow();
    await f.clock.advance(3_000);
    t.equal(await f.slowestOf(20), SYNC_MS);
    tries = 0;
    await f.clock.advance(10 * MAX_BACKOFF_MS);
    t.equal(tries, 10);
    f.logs[0].appendAsFollower = appendAsFollower;
    await f.clock.advance(2 * MAX_BACKOFF_MS);
    t.equal(f.logs[0].endOffset, 200, 'with room it goes on');
  },
);

t.test('a partition whose log is being cut takes nothing of the others', async (t) => {
  for (const why of ['damage', 'a start within a batch'] as const) {
    let go = (): void => {};
    let isHeld = false;
    const cut = async (work: () => Promise<void>): Promise<void> => {
      if (isHeld) await new Promise<void>((resolve) => (go = resolve));
      await work();
    };
    const f = follower({ cut });
    if (why === 'damage') {
      fill(f.leaderLogs[0], 10);
      f.follow();
      await f.clock.advance(100);
      isHeld = true;
      f.fetcher.fetchAgainFrom(f.replica, 4);
    } else {
      f.leaderLogs[0].appendAsLeader(batch('three offsets', 3), 1);
      f.leaderLogs[0].deleteRecordsBefore(1);
      await f.logs[0].truncateFullyAndStartAt(1);
      isHeld = true;
      f.follow();
      await f.clock.advance(100);
    }
    f.produce(200);
    t.equal(await f.slowestOf(20), SYNC_MS, why);
    isHeld = false;
    go();
    await f.clock.advance(2_000);
    t.equal(f.logs[0].endOffset, f.leaderLogs[0].endOffset, 'it goes on after the cut');
  }
});

t.test('a follower that is silent is so for the partitions, too, for which the window had no room', async (t) => {
  const f = follower({});
  f.follow();
  await f.clock.advance(10);
  f.cutOff();
  f.produce(40);
  await f.clock.advance(100);
  f.leaderOf(1).append(batch('b'), 'all', Infinity, () => {});
  await f.clock.advance(2_500);
  f.leaderOf(1).tick(f.clock.monotonicMs());
  t.equal(f.leaderOf(1).proposedIsr, undefined, 'it may come back');
  await f.clock.advance(1_000);
  f.leaderOf(1).tick(f.clock.monotonicMs());
  t.same(f.leaderOf(1).proposedIsr?.isr, [1]);
});
