import t from 'tap';
import { defined } from '../../src/common/assert.js';
import {
  BACKLOG_BYTES,
  BACKLOG_BYTES_PER_PARTITION,
  BufferMemory,
  BYTES_PER_PARTITION,
  DEFAULT_BUFFER_BYTES,
  MOST_BUFFER_BYTES,
  ROOM_SHARE,
} from '../../src/client/producer/buffer-memory.js';
import { PartitionQueue } from '../../src/client/producer/partition-queue.js';
import { BuilderPool, ProducerBatch } from '../../src/client/producer/producer-batch.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

t.test(
  'the limit grows with the partitions that are written to, within bounds; one that was given does not',
  async (t) => {
    const memory = new BufferMemory(undefined, 1_000_000);
    t.equal(memory.limitBytes, DEFAULT_BUFFER_BYTES);
    memory.openPartitions = 100;
    t.equal(memory.limitBytes, DEFAULT_BUFFER_BYTES, 'a hundred partitions need no more');
    memory.openPartitions = 1_000;
    t.equal(memory.limitBytes, 1_000 * BYTES_PER_PARTITION);
    memory.openPartitions = 100_000;
    t.equal(memory.limitBytes, MOST_BUFFER_BYTES);
    const fixed = new BufferMemory(1_000, 1_000_000);
    fixed.openPartitions = 1_000;
    t.equal(fixed.limitBytes, 1_000);
    t.same(
      [memory.waitingLimitBytes, fixed.waitingLimitBytes],
      [4 * DEFAULT_BUFFER_BYTES, 4_000],
      'what waits does not grow',
    );
  },
);

t.test('the limit does not fall below what a program was told to have room for', async (t) => {
  const memory = new BufferMemory(undefined, 1_000_000);
  memory.openPartitions = 1_000;
  memory.usedBytes = memory.limitBytes - 1;
  memory.openPartitions = 500;
  t.equal(memory.limitBytes, 1_000 * BYTES_PER_PARTITION);
  memory.usedBytes = 500 * BYTES_PER_PARTITION * ROOM_SHARE - 1;
  memory.openPartitions = 500;
  t.equal(memory.limitBytes, 500 * BYTES_PER_PARTITION, 'with room in the smaller one');
  const small = new BufferMemory(undefined, 16 * 1024);
  small.openPartitions = 8_000;
  t.equal(small.limitBytes, 8_000 * 16 * 1024, 'a partition has no use for more than a batch');
});

t.test('what is used tells how much waits', async (t) => {
  const memory = new BufferMemory(undefined, 1_000_000);
  t.equal(memory.backlog, 'little');
  memory.usedBytes = BACKLOG_BYTES;
  t.equal(memory.backlog, 'much');
  memory.usedBytes = DEFAULT_BUFFER_BYTES * ROOM_SHARE;
  t.equal(memory.backlog, 'full');
  memory.isFlushing = true;
  t.equal(memory.backlog, 'little', 'nothing is to grow now');
  const many = new BufferMemory(undefined, 1_000_000);
  many.openPartitions = 10_000;
  many.usedBytes = 10_000 * BACKLOG_BYTES_PER_PARTITION - 1;
  t.equal(many.backlog, 'little', 'a little for each');
  many.usedBytes += 1;
  t.equal(many.backlog, 'much');
  const small = new BufferMemory(1_000, 1_000_000);
  small.usedBytes = 900;
  t.equal(small.backlog, 'little', 'nothing can grow much in a small buffer');
});

t.test('a partition counts while its last batch takes records', async (t) => {
  const memory = new BufferMemory(undefined, 1_000_000);
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
    const few = { openPartitions: 6, limitBytes: 1_000_000 };
    for (const each of [first, second, third]) pool.give(each, few);
    t.equal(pool.freeBytes, first.capacityBytes + second.capacityBytes, 'the third would be above the bound');
    t.equal(pool.take(), second);
    t.equal(pool.freeBytes, first.capacityBytes);
    pool.give(used(10_000, second), few);
    t.equal(pool.take(), second, 'few of them may be larger than they need');
    const many = { openPartitions: 100, limitBytes: 1_000_000 };
    pool.give(used(60_000, second), many);
    t.equal(pool.take(), second, 'many, too, if they need it');
    pool.give(used(10_000, second), many);
    t.equal(pool.take(), first, 'a tenth of its buffer was used');
  },
);
