import t from 'tap';
import { NodeStream } from '../../src/client/producer/node-stream.js';
import { PartitionQueue } from '../../src/client/producer/partition-queue.js';
import { ProducerBatch } from '../../src/client/producer/producer-batch.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

const SMALL_BYTES = 100;
const LARGE_BYTES = 100_000;

/** A stream whose answers the test gives, and the queues that the stream let go on. */
function setUp() {
  let take: (message: Buffer) => void = () => {};
  const rpc: RpcStream = {
    send: () => true,
    allocate: (sizeBytes) => Buffer.allocUnsafe(sizeBytes),
    queuedBytes: 0,
    pause() {},
    resume() {},
    onMessage: (listener) => (take = listener),
    onDrain() {},
    onClose() {},
    onEnd() {},
    end() {},
    cancel() {},
  };
  const released: PartitionQueue[] = [];
  const events = {
    onAnswer() {},
    onAnswered() {},
    onRoom: (queues: readonly PartitionQueue[]) => void released.push(...queues),
    onClosed() {},
  };
  const stream = new NodeStream('node-1', rpc, events, { acks: varve.v1.Acks.ACKS_ALL, timeoutMs: 1_000 });
  let lastId = 0;
  const send = (sizeBytes: number): ProducerBatch => {
    const batch = new ProducerBatch(new BatchBuilder(), 0, 0);
    batch.append(0, null, Buffer.alloc(sizeBytes), undefined, undefined);
    batch.seal();
    batch.correlationId = ++lastId;
    stream.add(new PartitionQueue('lines', lastId), batch);
    return batch;
  };
  const answer = (...ids: readonly number[]): void =>
    take(Buffer.from(varve.v1.ProduceResponse.encode({ acks: ids.map((id) => ({ correlation_id: id })) }).finish()));
  return { stream, released, send, answer };
}

t.test('small batches wait while many are unanswered, large ones do not', async (t) => {
  const { stream, released, send, answer } = setUp();
  const waiting = [0, 1, 2].map((partition) => new PartitionQueue('waiting', partition));
  const [first, second, third] = waiting;
  if (first === undefined || second === undefined || third === undefined) throw new Error('there are three');
  for (let i = 0; i < 40; i++) send(LARGE_BYTES);
  t.equal(stream.hasRoomFor(first, SMALL_BYTES), true, 'large ones do not count');
  const small = Array.from({ length: 32 }, () => send(SMALL_BYTES));
  for (const queue of waiting) t.equal(stream.hasRoomFor(queue, SMALL_BYTES), false);
  t.equal(stream.hasRoomFor(third, LARGE_BYTES), true);
  answer(1);
  t.same(released, [], 'an answer to a large one makes no room');
  answer(small[0]?.correlationId ?? 0, small[5]?.correlationId ?? 0);
  t.same(released, [first, second], 'as many go on as were answered, in the order in which they asked');
  const abandoned = small[7];
  if (abandoned !== undefined) stream.abandon(abandoned);
  t.same(released, [first, second, third], 'one that is given up makes room, too');
});
