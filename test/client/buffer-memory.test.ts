import t from 'tap';
import { defined } from '../../src/common/assert.js';
import {
  BACKLOG_BYTES,
  BufferMemory,
  BYTES_PER_PARTITION,
  DEFAULT_BUFFER_BYTES,
  MOST_BUFFER_BYTES,
} from '../../src/client/producer/buffer-memory.js';
import { PartitionQueue } from '../../src/client/producer/partition-queue.js';
import { BuilderPool, ProducerBatch } from '../../src/client/producer/producer-batch.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

t.test(
  'the limit grows with the partitions that are written to, within bounds; one that was given does not',
  async (t) => {
    const memory = new BufferMemory(undefined);
    t.equal(memory.limitBytes, DEFAULT_BUFFER_BYTES);
    memory.openPartitions = 100;
    t.equal(memory.limitBytes, DEFAULT_BUFFER_BYTES, 'a hundred partitions need no more');
    memory.openPartitions = 1_000;
    t.equal(memory.limitBytes, 1_000 * BYTES_PER_PARTITION);
    memory.openPartitions = 100_000;
    t.equal(memory.limitBytes, MOST_BUFFER_BYTES);
    const fixed = new BufferMemory(1_000);
    fixed.openPartitions = 1_000;
    t.equal(fixed.limitBytes, 1_000);
    t.same(
      [memory.waitingLimitBytes, fixed.waitingLimitBytes],
      [4 * DEFAULT_BUFFER_BYTES, 4_000],
      'what waits does not grow',
    );
  },
);

t.test('what is used tells how much waits', async (t) => {
  const memory = new BufferMemory(undefined);
  t.equal(memory.backlog, 'little');
  memory.usedBytes = BACKLOG_BYTES;
  t.equal(memory.backlog, 'much');
  memory.usedBytes = DEFAULT_BUFFER_BYTES - 1;
  t.equal(memory.backlog, 'full');
  memory.usedBytes = DEFAULT_BUFFER_BYTES;
  t.equal(memory.backlog, 'full');
  const small = new BufferMemory(1_000);
  small.usedBytes = 900;
  t.equal(small.backlog, 'full');
});

t.test('a partition counts while its last batch takes records', async (t) => {
  const memory = new BufferMemory(undefined);
  const batch = (): ProducerBatch => {
    const made = new ProducerBatch(new BatchBuilder(), 0, 0);
    made.append(0, null, 'a line', undefined, undefined);
    return made;
  };
  const [first, second] = [new PartitionQueue('lines', 0, memory), new PartitionQueue('lines', 1, memory)];
  first.begin(batch());
  second.begin(batch());
  t.equal(memory.openPartitions, 2);
  first.closeOpen();
  t.equal(memory.openPartitions, 1, 'full');
  first.begin(batch());
  first.remove(defined(first.open, 'it is open'));
  t.equal(memory.openPartitions, 1, 'given up');
  second.markSent(defined(second.open, 'it is open'));
  t.equal(memory.openPartitions, 0, 'sent');
});

t.test(
  'builders are used again: so many bytes of them, and none that is far too large for what it is used for',
  async (t) => {
    const pool = new BuilderPool(1_024, 200_000);
    const used = (sizeBytes: number, builder = pool.take()): BatchBuilder => {
      builder.reset().append(0, null, Buffer.alloc(sizeBytes));
      return builder;
    };
    const [first, second, third] = [used(60_000), used(60_000), used(120_000)];
    for (const each of [first, second, third]) pool.give(each, 3);
    t.equal(pool.freeBytes, first.capacityBytes + second.capacityBytes, 'the third would be above the bound');
    t.equal(pool.take(), second);
    t.equal(pool.freeBytes, first.capacityBytes);
    pool.give(used(10_000, second), 6);
    t.equal(pool.take(), second, 'few of them may be larger than they need');
    const many = MOST_BUFFER_BYTES / second.capacityBytes + 1;
    pool.give(used(60_000, second), many);
    t.equal(pool.take(), second, 'many, too, if they need it');
    pool.give(used(10_000, second), many);
    t.equal(pool.take(), first, 'a tenth of its buffer was used');
  },
);
