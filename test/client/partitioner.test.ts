import t from 'tap';
import { BufferMemory } from '../../src/client/producer/buffer-memory.js';
import { murmur2, partitionForKey } from '../../src/common/murmur2.js';
import type { Cluster } from '../../src/client/cluster.js';
import type { Sender } from '../../src/client/producer/sender.js';
import { resolveProducerOptions } from '../../src/client/producer/producer-options.js';
import { TopicQueues } from '../../src/client/producer/topic-queues.js';
import type { PartitionLoads } from '../../src/client/producer/sticky-partitioner.js';
import { StickyPartitioner } from '../../src/client/producer/sticky-partitioner.js';
import type { Random } from '../../src/platform/random.js';

t.test('murmur2 is Kafka’s, to the bit', async (t) => {
  // org.apache.kafka.common.utils.UtilsTest.testMurmur2
  const vectors: [string, number][] = [
    ['21', -973932308],
    ['foobar', -790332482],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
    ['abc', 479470107],
  ];
  for (const [text, hash] of vectors) t.equal(murmur2(Buffer.from(text)), hash, text);
  t.equal(partitionForKey(Buffer.from('foobar'), 10), (-790332482 & 0x7fffffff) % 10);
  const within = Buffer.from('xxabcxx').subarray(2, 5);
  t.equal(murmur2(within), 479470107, 'a slice hashes as itself');
});

/** A small linear congruential generator: the same draws in each run. */
function seeded(seed: number): Random {
  let state = seed;
  return {
    below(bound) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * bound);
    },
    bytes: (length) => Buffer.alloc(length),
  };
}

function spread(queues: readonly number[], leaderless: readonly number[] = []): number[] {
  const loads: PartitionLoads = {
    count: queues.length,
    hasLeader: (partition) => !leaderless.includes(partition),
    queuedBatches: (partition) => queues[partition] ?? 0,
  };
  const partitioner = new StickyPartitioner(seeded(1), 1000);
  const bytes = queues.map(() => 0);
  for (let record = 0; record < 100_000; record += 1) {
    const partition = partitioner.current(loads);
    bytes[partition] = (bytes[partition] ?? 0) + 100;
    partitioner.onAppended(100, record % 10 === 0, loads);
  }
  return bytes;
}

t.test('records without keys: evenly over time, away from slow and leaderless partitions', async (t) => {
  const even = spread([0, 0, 0, 0]);
  for (const bytes of even) t.ok(bytes > 2_300_000 && bytes < 2_700_000, `${bytes} of 10 MB in 4 partitions`);
  const [slow = 0, quick = 0] = spread([9, 0]);
  t.ok(quick > slow * 6, `a queue of 9 gets ${slow}, an empty one ${quick}`);
  const [none, all] = spread([0, 0], [0]);
  t.equal(none, 0);
  t.equal(all, 10_000_000);
});

t.test('a partition is kept until a batch’s worth has gone to it', async (t) => {
  const loads: PartitionLoads = { count: 8, hasLeader: () => true, queuedBatches: () => 0 };
  const partitioner = new StickyPartitioner(seeded(3), 1000);
  const first = partitioner.current(loads);
  for (let record = 0; record < 15; record += 1) {
    t.equal(partitioner.current(loads), first);
    partitioner.onAppended(100, false, loads);
  }
  partitioner.onAppended(100, true, loads);
  let changed = false;
  for (let record = 0; record < 100 && !changed; record += 1) {
    changed = partitioner.current(loads) !== first;
    partitioner.onAppended(1000, true, loads);
  }
  t.ok(changed);
});

/** Bytes of records without keys that go to one partition before another one is drawn, where each is a batch of its own. */
function bytesAtOnce(batchSizeBytes: number): number {
  const cluster = {
    platform: { random: seeded(3) },
    topic: () => ({ partitions: Array.from({ length: 50 }) }),
    leader: () => ({ leader: 1 }),
    onChange: () => () => {},
  } as unknown as Cluster;
  const queues = new TopicQueues(
    'lines',
    cluster,
    { addQueue() {} } as unknown as Sender,
    new BufferMemory(undefined, 1_000_000),
    batchSizeBytes,
  );
  const { sticky } = queues;
  const first = sticky.current(queues);
  let bytes = 0;
  for (; sticky.current(queues) === first && bytes < 4_000_000; bytes += 1_024) sticky.onAppended(1_024, true, queues);
  return bytes;
}

t.test(
  'records without keys change partitions after a batch, and after 256 KiB however large a batch may be',
  async (t) => {
    t.equal(bytesAtOnce(16_384), 16_384);
    const { batchSizeBytes } = resolveProducerOptions({ bootstrap: ['localhost:9094'] });
    t.equal(batchSizeBytes, 1_000_000, 'below the max.message.bytes of topics, with room for its header');
    t.equal(bytesAtOnce(batchSizeBytes), 256 * 1_024);
  },
);
