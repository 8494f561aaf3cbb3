import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { BufferMemory, ROOM_SHARE } from '../../src/client/producer/buffer-memory.js';
import { NodeStream } from '../../src/client/producer/node-stream.js';
import {
  FIRST_PARTIAL_UNANSWERED,
  MIN_PARTIAL_UNANSWERED,
  PARTIAL_TOGETHER,
} from '../../src/client/producer/unanswered-limit.js';
import { PartitionQueue } from '../../src/client/producer/partition-queue.js';
import { ProducerBatch } from '../../src/client/producer/producer-batch.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

/** A stream whose answers the test gives, and the queues that the stream let go on. */
function setUp() {
  let take: (message: Buffer) => void = () => {};
  const sent: Uint8Array[] = [];
  const recycled: Buffer[] = [];
  const rpc: RpcStream = {
    send: (message) => sent.push(message) > 0,
    allocate: (sizeBytes) => Buffer.allocUnsafe(sizeBytes),
    recycle: (message) => void recycled.push(message),
    queuedBytes: 0,
    pause() {},
    resume() {},
    onMessage: (listener) => (take = listener),
    onBorrowedMessage() {},
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
  const timers: { readonly delayMs: number; readonly fire: () => void; isCancelled: boolean }[] = [];
  const clock = {
    monotonicMs: () => time.nowMs,
    after: (delayMs: number, fire: () => void) => {
      const timer = { delayMs, fire, isCancelled: false };
      timers.push(timer);
      return { cancel: () => void (timer.isCancelled = true) };
    },
  };
  const memory = new BufferMemory(undefined, 1_000_000);
  const stream = new NodeStream('node-1', rpc, events, {
    acks: varve.v1.Acks.ACKS_ALL,
    timeoutMs: 1_000,
    batchSizeBytes: 1_000_000,
    memory,
    clock,
  });
  let lastId = 0;
  const send = (isPartial: boolean, value: string | Buffer = 'a line'): ProducerBatch => {
    const batch = new ProducerBatch(new BatchBuilder(), 0, 0);
    batch.append(0, null, value, undefined, undefined);
    batch.seal();
    batch.correlationId = ++lastId;
    stream.add(new PartitionQueue('lines', lastId, new BufferMemory(undefined, 1_000_000)), batch, isPartial);
    return batch;
  };
  const sendPartial = (count: number): number[] => Array.from({ length: count }, () => send(true).correlationId);
  const answer = (...ids: readonly number[]): void =>
    take(Buffer.from(varve.v1.ProduceResponse.encode({ acks: ids.map((id) => ({ correlation_id: id })) }).finish()));
  /** So many partitions that have asked for room and got none. */
  const ask = (count: number): PartitionQueue[] =>
    Array.from({ length: count }, (_, partition) => {
      const queue = new PartitionQueue('waiting', partition, new BufferMemory(undefined, 1_000_000));
      if (stream.hasRoomFor(queue, true)) throw new Error('there is room');
      return queue;
    });
  return { stream, memory, time, timers, released, told, sent, recycled, send, sendPartial, answer, ask };
}

t.test('batches that are not full wait while many are unanswered, full ones do not', async (t) => {
  const { stream, released, send, sendPartial, answer, ask } = setUp();
  for (let i = 0; i < 40; i++) send(false);
  t.equal(
    stream.hasRoomFor(new PartitionQueue('early', 0, new BufferMemory(undefined, 1_000_000)), true),
    true,
    'full ones do not count',
  );
  const [first = 0, second = 0] = sendPartial(FIRST_PARTIAL_UNANSWERED);
  const waiting = ask(3);
  t.equal(stream.hasRoomFor(new PartitionQueue('full', 0, new BufferMemory(undefined, 1_000_000)), false), true);
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

t.test('where answers come at once, so many bytes are unanswered at a time', async (t) => {
  const { stream, time, released, send, answer } = setUp();
  const megabyte = Buffer.alloc(1_000_000);
  const large = [1, 2, 3, 4, 5].map(() => send(false, megabyte).correlationId);
  const [first, second, third] = ['first', 'second', 'third'].map(
    (topic) => new PartitionQueue(topic, 0, new BufferMemory(undefined, 1_000_000)),
  );
  if (first === undefined || second === undefined || third === undefined) throw new Error('there are three');
  t.ok(stream.hasRoomFor(first, false), 'nobody knows yet how long the way is');
  time.nowMs = 2;
  answer(large[0] ?? 0);
  t.notOk(stream.hasRoomFor(first, false), 'four of them are above three MB');
  t.notOk(stream.hasRoomFor(second, true));
  t.notOk(stream.hasRoomFor(third, false));
  answer(large[1] ?? 0);
  t.same(released, [], 'three are, too, with their headers');
  const batch = new ProducerBatch(new BatchBuilder(), 0, 0);
  batch.append(0, null, megabyte, undefined, undefined);
  first.begin(batch);
  third.begin(batch);
  first.closeOpen();
  answer(large[2] ?? 0);
  t.same(released, [first], 'as much goes on as there is room for, in the order in which they asked');
  answer(large[3] ?? 0, large[4] ?? 0);
  t.same(released, [first, second, third]);
});

t.test('a message gives its memory back once all of its batches are answered', async (t) => {
  const { stream, sent, recycled, send, answer } = setUp();
  const [first, second] = [send(false), send(false)];
  stream.flush();
  const [third, fourth] = [send(false), send(false)];
  stream.flush();
  answer(first.correlationId);
  t.same(recycled, [], 'one of its batches is not answered');
  answer(second.correlationId);
  t.equal(recycled.length, 1);
  t.equal(recycled[0], sent[0]);
  stream.abandon(third);
  answer(third.correlationId, fourth.correlationId);
  t.equal(recycled.length, 1, 'nobody waits for the answer to what was given up: it may come from a retry');
});

t.test('a full batch does not wait behind those that are not', async (t) => {
  const { stream, time, released, send, sendPartial, answer } = setUp();
  const large = [1, 2, 3, 4].map(() => send(false, Buffer.alloc(1_000_000)).correlationId);
  const partial = sendPartial(MIN_PARTIAL_UNANSWERED + 1);
  time.nowMs = 2;
  answer(large[0] ?? 0);
  const [first, second] = [
    new PartitionQueue('partial', 0, new BufferMemory(undefined, 1_000_000)),
    new PartitionQueue('full', 0, new BufferMemory(undefined, 1_000_000)),
  ];
  t.notOk(stream.hasRoomFor(first, true));
  t.notOk(stream.hasRoomFor(second, false));
  answer(large[1] ?? 0);
  t.same(released, [second]);
  answer(...partial.slice(0, 2));
  t.same(released, [second, first]);
});

t.test('who is let go finds its room: nobody who asks meanwhile takes it', async (t) => {
  const { stream, released, sendPartial, answer, ask } = setUp();
  const ids = sendPartial(FIRST_PARTIAL_UNANSWERED);
  const [waiting] = ask(1);
  if (waiting === undefined) throw new Error('it waits');
  answer(ids[0] ?? 0);
  t.same(released, [waiting]);
  const other = new PartitionQueue('other', 0, new BufferMemory(undefined, 1_000_000));
  t.notOk(stream.hasRoomFor(other, true), 'its room is taken');
  t.ok(stream.hasRoomFor(waiting, true), 'by the one that was first');
  stream.endTurn();
  t.same(released, [waiting, other], 'which had nothing to send any more');
});

t.test('a batch that is not answered for long keeps no others back', async (t) => {
  const { stream, released, sendPartial, answer, ask } = setUp();
  const ids = sendPartial(FIRST_PARTIAL_UNANSWERED);
  const waiting = ask(2);
  stream.discountOverdue(100);
  t.same(released, []);
  stream.discountOverdue(500);
  t.same(released, waiting);
  stream.endTurn();
  answer(...ids);
  sendPartial(FIRST_PARTIAL_UNANSWERED);
  const late = new PartitionQueue('late', 0, new BufferMemory(undefined, 1_000_000));
  t.notOk(stream.hasRoomFor(late, true), 'none is taken off twice');
});

t.test(
  'where much waits, those that are not full go together, and the next ones when all of them are answered',
  async (t) => {
    const { stream, memory, time, released, send, sendPartial, answer, ask } = setUp();
    const full = send(false);
    memory.usedBytes = memory.limitBytes / 2;
    time.nowMs = 2;
    answer(full.correlationId);
    const ids: number[] = [];
    while (ids.length < PARTIAL_TOGETHER) {
      const queue = new PartitionQueue('together', ids.length, memory);
      t.ok(stream.hasRoomFor(queue, true), 'in the turn of the first one others join it');
      ids.push(...sendPartial(1));
    }
    const waiting = ask(2 * PARTIAL_TOGETHER);
    stream.endTurn();
    for (const id of ids.slice(1)) answer(id);
    t.same(released, [], 'one of them is not answered');
    answer(...ids.slice(0, 1));
    const next = waiting.slice(0, PARTIAL_TOGETHER);
    t.same(released, next);
    for (const queue of next) {
      t.ok(stream.hasRoomFor(queue, true), 'who is let go finds its room behind those that were sent before it');
      sendPartial(1);
    }
    stream.endTurn();
    t.same(released, next, 'and nobody else does');
    memory.isFlushing = true;
    stream.endTurn();
    t.equal(released.length, next.length + MIN_PARTIAL_UNANSWERED - PARTIAL_TOGETHER, 'but for a flush');
  },
);

t.test(
  'they wait a while after the former ones where the program goes on adding and the buffer is far from full',
  async (t) => {
    const { stream, memory, time, timers, released, send, sendPartial, answer, ask } = setUp();
    const full = send(false);
    memory.usedBytes = (memory.limitBytes * ROOM_SHARE) / 2;
    time.nowMs = 2;
    answer(full.correlationId);
    const group = (): number[] => {
      t.ok(stream.hasRoomFor(new PartitionQueue('together', 0, memory), true));
      const ids = sendPartial(PARTIAL_TOGETHER);
      stream.endTurn();
      return ids;
    };
    const ids = group();
    const waiting = ask(PARTIAL_TOGETHER + 1);
    memory.addedBytes += 1_000;
    // All is sent at 0 ms.
    time.nowMs = 12;
    answer(...ids);
    t.same(released, [], 'all are answered, after 12 ms');
    t.same(
      timers.map(({ delayMs }) => delayMs),
      [12],
      'a pause of twice that, were the buffer empty',
    );
    time.nowMs = 20;
    stream.discountOverdue(time.nowMs);
    t.same(released, []);
    time.nowMs = 24;
    timers[0]?.fire();
    const next = waiting.slice(0, PARTIAL_TOGETHER);
    t.same(released, next);
    for (const queue of next) t.ok(stream.hasRoomFor(queue, true));
    const others = sendPartial(PARTIAL_TOGETHER);
    stream.endTurn();
    memory.addedBytes += 1_000;
    answer(...others);
    t.same(released, next);
    t.equal(timers.length, 2);
    memory.isFlushing = true;
    stream.endTurn();
    t.same(released, waiting, 'a flush waits for nothing');
    stream.break(new VarveError('REQUEST_TIMED_OUT', 'It is over.'));
    t.ok(timers[1]?.isCancelled, 'and no timer outlives the stream');
  },
);
