import t from 'tap';
import { BufferMemory } from '../../src/client/producer/buffer-memory.js';
import { PartitionQueue } from '../../src/client/producer/partition-queue.js';
import { ProducerBatch } from '../../src/client/producer/producer-batch.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { batchBaseSequence, batchProducerEpoch } from '../../src/record/batch-header.js';

interface Filled {
  readonly queue: PartitionQueue;
  readonly sendNext: () => ProducerBatch | undefined;
}

/** Batches of two records each, of a producer that no broker knows. */
function queueOf(batches: number): Filled {
  const queue = new PartitionQueue('log', 0, new BufferMemory(undefined, 1_000_000));
  queue.resetIdentity({ producerId: 7, producerEpoch: 0 });
  for (let index = 0; index < batches; index += 1) {
    const batch = new ProducerBatch(new BatchBuilder(256), 0, 0);
    batch.append(0, null, `a${index}`, undefined, undefined);
    batch.append(0, null, `b${index}`, undefined, undefined);
    queue.begin(batch);
    queue.closeOpen();
  }
  let correlationId = 0;
  const sendNext = (): ProducerBatch | undefined => {
    const batch = queue.sendable(5, true);
    if (batch === undefined) return undefined;
    correlationId += 1;
    batch.correlationId = correlationId;
    queue.markSent(batch);
    return batch;
  };
  return { queue, sendNext };
}

/** The same, behind one that is acknowledged: of sequences from 2 on. */
function knownQueueOf(batches: number): Filled {
  const filled = queueOf(batches + 1);
  const first = filled.sendNext();
  if (first !== undefined) filled.queue.markDone(first, 0, 'id');
  return filled;
}

const sequenceOf = (batch: ProducerBatch | undefined): number =>
  batch === undefined ? -1 : batchBaseSequence(batch.encoded, 0);

t.test(
  'the first batch of an epoch goes alone: a broker that does not know the producer could take another',
  async (t) => {
    const { queue, sendNext } = queueOf(4);
    const acknowledge = (): void => {
      for (const batch of [...queue.inFlight]) queue.markDone(batch, 0, 'id');
    };
    t.equal(sequenceOf(sendNext()), 0);
    t.equal(sendNext(), undefined);
    acknowledge();
    t.equal(sequenceOf(sendNext()), 2);
    acknowledge();
    t.ok(queue.bumpEpoch());
    t.equal(sequenceOf(sendNext()), 0);
    t.equal(sendNext(), undefined);
  },
);

t.test('five in flight at most, in sequence', async (t) => {
  const { queue, sendNext } = knownQueueOf(7);
  t.same(
    [0, 1, 2, 3, 4, 5].map(() => sequenceOf(sendNext())),
    [2, 4, 6, 8, 10, -1],
  );
  const [first] = queue.inFlight;
  if (first !== undefined) queue.markDone(first, 0, 'id');
  t.equal(sequenceOf(sendNext()), 12);
});

t.test('after a failure nothing goes until all are back, then one at a time under the old sequences', async (t) => {
  const { queue, sendNext } = knownQueueOf(5);
  const sent = [sendNext(), sendNext(), sendNext()];
  const [first, second, third] = sent;
  if (first === undefined || second === undefined || third === undefined) return t.fail('three are sent');
  queue.markFailed(second);
  t.equal(sendNext(), undefined, 'the first and third are still in flight');
  queue.markFailed(first);
  t.equal(sendNext(), undefined);
  queue.markFailed(third);
  t.equal(sendNext(), first);
  t.equal(sequenceOf(first), 2);
  t.equal(sendNext(), undefined, 'the earliest failed batch is not settled');
  queue.markDone(first, 0, 'id');
  t.equal(sendNext(), second);
  t.equal(sendNext(), undefined);
  queue.markDone(second, 0, 'id');
  t.equal(sendNext(), third);
  queue.markDone(third, 0, 'id');
  t.equal(sequenceOf(sendNext()), 8);
  t.equal(sequenceOf(sendNext()), 10, 'and on as before');
});

t.test('a lost predecessor: a new epoch from sequence 0, for all that waits', async (t) => {
  const { queue, sendNext } = knownQueueOf(4);
  const sent = [sendNext(), sendNext(), sendNext()];
  for (const batch of sent) if (batch !== undefined) queue.markFailed(batch);
  const [first, second] = sent;
  if (first === undefined || second === undefined) return t.fail('they are sent');
  queue.remove(first);
  t.equal(sendNext(), second);
  t.ok(queue.isAlone(second));
  queue.markFailed(second);
  t.ok(queue.bumpEpoch());
  t.equal(sendNext(), second);
  t.equal(sequenceOf(second), 0);
  t.equal(batchProducerEpoch(second.encoded, 0), 1);
  queue.markDone(second, 0, 'id');
  t.equal(sequenceOf(sendNext()), 2);
});

t.test('the sequence of a batch that was refused at once is used again', async (t) => {
  const { queue, sendNext } = queueOf(2);
  const refused = sendNext();
  if (refused === undefined) return t.fail('it is sent');
  queue.reclaimSequence(refused);
  queue.remove(refused);
  t.equal(sequenceOf(sendNext()), 0);
});

t.test('after a batch that was sent and given up the next new one begins an epoch, once nothing is in flight', (t) => {
  const { queue, sendNext } = knownQueueOf(3);
  const [first, second] = [sendNext(), sendNext()];
  if (first === undefined || second === undefined) return t.fail('they are sent');
  t.notOk(queue.mustStartAnew(0));
  queue.remove(first);
  t.ok(queue.mustStartAnew(0));
  queue.markDone(second, 0, 'id');
  t.notOk(queue.mustStartAnew(0), 'a later one is stored: so is the one that was given up');
  const third = sendNext();
  if (third === undefined) return t.fail('it is sent');
  queue.remove(third);
  t.ok(queue.mayMissPredecessors('id'));
  t.ok(queue.mustStartAnew(0));
  t.ok(queue.bumpEpoch());
  t.notOk(queue.mustStartAnew(0));
  t.end();
});

t.test('nothing new goes in an epoch that brokers may have forgotten', (t) => {
  const { queue, sendNext } = queueOf(1);
  const minuteMs = 60_000;
  t.notOk(queue.mustStartAnew(100 * minuteMs), 'there is nothing that they could know of');
  const batch = sendNext();
  if (batch === undefined) return t.fail('it is sent');
  queue.markDone(batch, 100 * minuteMs, 'id');
  t.notOk(queue.mustStartAnew(109 * minuteMs));
  t.ok(queue.mustStartAnew(110 * minuteMs));
  t.notOk(queue.mayMissPredecessors('id'), 'whoever leads has what was acknowledged');
  t.ok(queue.mayMissPredecessors('of another topic'));
  t.ok(queue.bumpEpoch());
  t.notOk(queue.mustStartAnew(200 * minuteMs));
  t.end();
});
