import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import { varve } from '../../src/protocol/replication.js';
import { FetchSession } from '../../src/replication/fetch-session.js';
import { FETCH_VERSION } from '../../src/replication/fetch-wire.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import { ReplicationThrottle } from '../../src/replication/throttle.js';
import { leaderOptions, TOPIC_ID } from './leader-options.js';
import { ManualClock } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';
import { streamPair } from './stream-pair.js';

const PARTITIONS = 200;
const WINDOW_BYTES = 4_000;
const CHUNK_BYTES = 500;

interface Read {
  readonly sizeBytes: number;
  readonly answer: () => void;
}

/** A log whose records are on a disk, which a test lets answer. */
function logOnDisk(reads: Read[], clock: ManualClock, partition: number): PartitionLeader {
  const log = new MemoryLog();
  for (let left = 6; left > 0; left--) log.appendAsLeader(batch('x'.repeat(99)), 1);
  const onDisk = Object.assign(new MemoryLog(), log, {
    view: () => undefined,
    read: (offset: number, maxBytes: number, upTo: number): Promise<Buffer[]> =>
      new Promise((resolve) => {
        const found = log.read(offset, maxBytes, upTo);
        reads.push({ sizeBytes: Buffer.concat(found).length, answer: () => resolve(found) });
      }),
  });
  return new PartitionLeader(
    leaderOptions({ log: onDisk, clock, partition, leaderEpoch: 1, replicas: [1, 2], isr: [1], minInsyncReplicas: 1 }),
  );
}

function bytesOf(all: readonly { readonly sizeBytes: number }[]): number {
  return all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

const position = (partition: number, fetched: number): varve.internal.IFetchPartition => ({
  topic_id: uuidToBytes(TOPIC_ID),
  partition,
  session: partition + 1,
  current_leader_epoch: 1,
  fetch_offset: fetched,
  durable_offset: fetched,
  last_fetched_epoch: fetched === 0 ? -1 : 1,
});

t.test('what is read for a follower that is behind on many partitions counts against its window', async (t) => {
  const clock = new ManualClock();
  const reads: Read[] = [];
  const leaders = Array.from({ length: PARTITIONS }, (_, partition) => logOnDisk(reads, clock, partition));
  const { client, server } = streamPair();
  void new FetchSession({
    stream: server,
    clock,
    clusterId: () => 'c',
    leaderOf: (_topicId, partition) => {
      const leader = leaders[partition];
      if (leader === undefined) throw new VarveError('UNKNOWN_TOPIC_ID');
      return leader;
    },
    brokerEpochOf: () => 7,
    chunkBytes: CHUNK_BYTES,
    responseBytes: CHUNK_BYTES,
    highWatermarkDelayMs: 100,
    throttle: new ReplicationThrottle(clock),
    sessions: new Map(),
    onSilent: () => {},
  });
  /** What came and was not told of, by partition: where its records end, and their bytes. */
  let received: Array<{ readonly partition: number; readonly end: number; readonly sizeBytes: number }> = [];
  const ends = new Map<number, number>();
  client.onMessage((message) => {
    for (const { partition, record_batches } of varve.internal.FetchResponse.decode(message).partitions) {
      const bytes = Buffer.from(record_batches ?? []);
      if (bytes.length === 0) continue;
      let end = ends.get(partition ?? 0) ?? 0;
      for (let at = 0; at < bytes.length; at += bytes.readInt32BE(at + 8) + 12) end += 1;
      ends.set(partition ?? 0, end);
      received.push({ partition: partition ?? 0, end, sizeBytes: bytes.length });
    }
  });
  const tell = (request: varve.internal.IFetchRequest): void => {
    client.send(varve.internal.FetchRequest.encode({ version: FETCH_VERSION, ...request }).finish());
  };
  const hello = { replica_id: 2, broker_epoch: 7, cluster_id: Buffer.from('c'), window_bytes: WINDOW_BYTES };
  tell({ ...hello, partitions: leaders.map((_, partition) => position(partition, 0)) });
  await clock.advance(0);
  t.equal(reads.length, WINDOW_BYTES / CHUNK_BYTES, 'several reads are under way');
  let mostBytes = 0;
  while (reads.length > 0 || received.length > 0) {
    mostBytes = Math.max(mostBytes, bytesOf(reads) + bytesOf(received));
    if (reads.length > 0) {
      reads.shift()?.answer();
    } else {
      const heard = received;
      received = [];
      tell({ partitions: heard.map(({ partition, end }) => position(partition, end)) });
    }
    await clock.advance(0);
  }
  // As what is in memory, a read begins as long as there is any room.
  t.ok(mostBytes < WINDOW_BYTES + CHUNK_BYTES, `${mostBytes} bytes were read or sent, and not heard of`);
  t.same([...new Set(ends.values())], [6], 'all of them caught up');
  t.equal(ends.size, PARTITIONS);
});
