import t from 'tap';
import { NodeStream } from '../../src/client/producer/node-stream.js';
import { FIRST_PARTIAL_UNANSWERED, MIN_PARTIAL_UNANSWERED } from '../../src/client/producer/partial-limit.js';
import { PartitionQueue } from '../../src/client/producer/partition-queue.js';
import { ProducerBatch } from '../../src/client/producer/producer-batch.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

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
  const told: string[] = [];
  const events = {
    onAnswer: () => void told.push('answer'),
    onAnswered: () => void told.push('answered'),
    onRoom: (queues: readonly PartitionQueue[]) => {
      released.push(...queues);
      told.push('room');
    },
    onClosed() {},
  };
  // All is sent at 0 ms; answers take so long that the limit stays what it is before the first one.
  const time = { nowMs: 2 * FIRST_PARTIAL_UNANSWERED };
  const clock = { monotonicMs: () => time.nowMs };
  const stream = new NodeStream('node-1', rpc, events, { acks: varve.v1.Acks.ACKS_ALL, timeoutMs: 1_000, clock });
  let lastId = 0;
  const send = (isPartial: boolean): ProducerBatch => {
    const batch = new ProducerBatch(new BatchBuilder(), 0, 0);
    batch.append(0, null, 'a line', undefined, undefined);
    batch.seal();
    batch.correlationId = ++lastId;
    stream.add(new PartitionQueue('lines', lastId), batch, isPartial);
    return batch;
  };
  const sendPartial = (count: number): number[] => Array.from({ length: count }, () => send(true).correlationId);
  const answer = (...ids: readonly number[]): void =>
    take(Buffer.from(varve.v1.ProduceResponse.encode({ acks: ids.map((id) => ({ correlation_id: id })) }).finish()));
  /** So many partitions that have asked for room and got none. */
  const ask = (count: number): PartitionQueue[] =>
    Array.from({ length: count }, (_, partition) => {
      const queue = new PartitionQueue('waiting', partition);
      if (stream.hasRoomFor(queue, true)) throw new Error('there is room');
      return queue;
    });
  return { stream, time, released, told, send, sendPartial, answer, ask };
}

t.test('batches that are not full wait while many are unanswered, full ones do not', async (t) => {
  const { stream, released, send, sendPartial, answer, ask } = setUp();
  for (let i = 0; i < 40; i++) send(false);
  t.equal(stream.hasRoomFor(new PartitionQueue('early', 0), true), true, 'full ones do not count');
  const [first = 0, second = 0] = sendPartial(FIRST_PARTIAL_UNANSWERED);
  const waiting = ask(3);
  t.equal(stream.hasRoomFor(new PartitionQueue('full', 0), false), true);
  answer(1);
  t.same(released, [], 'an answer to a full one makes no room');
  answer(first, second);
  t.same(released, waiting.slice(0, 2), 'as many go on as were answered, in the order in which they asked');
});

t.test('one that is given up makes room, too', async (t) => {
  const { stream, released, send, sendPartial, ask } = setUp();
  const abandoned = send(true);
  sendPartial(FIRST_PARTIAL_UNANSWERED - 1);
  const waiting = ask(2);
  stream.abandon(abandoned);
  t.same(released, waiting.slice(0, 1));
});

t.test('those that wait come before those that have just been answered', async (t) => {
  const { told, sendPartial, answer, ask } = setUp();
  const [first = 0, second = 0] = sendPartial(FIRST_PARTIAL_UNANSWERED);
  ask(2);
  answer(first, second);
  t.same(told, ['room', 'answer', 'answer', 'answered']);
});

t.test('room that was given and not taken is the next ones', async (t) => {
  const { stream, released, sendPartial, answer, ask } = setUp();
  const ids = sendPartial(FIRST_PARTIAL_UNANSWERED);
  const waiting = ask(40);
  answer(...ids);
  t.same(released, waiting.slice(0, FIRST_PARTIAL_UNANSWERED));
  sendPartial(FIRST_PARTIAL_UNANSWERED - 2);
  stream.endTurn();
  t.same(released, waiting.slice(0, FIRST_PARTIAL_UNANSWERED + 2), 'two of them had nothing to send any more');
  sendPartial(2);
  stream.endTurn();
  t.equal(released.length, FIRST_PARTIAL_UNANSWERED + 2);
});

t.test('where answers come at once, fewer are unanswered at a time, and the others grow', async (t) => {
  const { time, released, sendPartial, answer, ask } = setUp();
  const ids = sendPartial(FIRST_PARTIAL_UNANSWERED);
  const waiting = ask(40);
  time.nowMs = 2;
  const most = FIRST_PARTIAL_UNANSWERED - MIN_PARTIAL_UNANSWERED;
  answer(...ids.slice(0, most));
  t.same(released, [], 'there are as many as there may be');
  answer(...ids.slice(most));
  t.same(released, waiting.slice(0, MIN_PARTIAL_UNANSWERED));
});
