import t from 'tap';
import { BufferMemory, ROOM_SHARE } from '../../src/client/producer/buffer-memory.js';
import { GroupPace } from '../../src/client/producer/group-pace.js';

function setUp(filled: number) {
  const memory = new BufferMemory(1_000_000, 16_384);
  memory.usedBytes = memory.limitBytes * ROOM_SHARE * filled;
  return { memory, pace: new GroupPace(memory) };
}

t.test('a group waits the longer, the less is buffered', async (t) => {
  for (const [filled, waitMs] of [
    [0, 20],
    [0.25, 15],
    [0.5, 10],
    [1, 0],
    [1.3, 0],
  ] as const) {
    const { memory, pace } = setUp(filled);
    t.equal(pace.waitMs(0), 0, 'nothing comes before the first one');
    pace.sent(200, 100, true);
    pace.sent(200, 100, false);
    memory.addedBytes += 200;
    pace.answered(110);
    t.equal(pace.waitMs(110), waitMs, `${filled} of as much as makes others wait`);
    t.equal(pace.waitMs(110 + waitMs / 2), waitMs / 2);
    t.equal(pace.waitMs(111 + waitMs), 0);
  }
});

t.test('it does not where the program has stopped, or adds little', async (t) => {
  const { memory, pace } = setUp(0.1);
  memory.addedBytes = 5_000;
  pace.sent(400, 0, true);
  pace.answered(10);
  t.equal(pace.waitMs(10), 0, 'nothing was added');
  pace.sent(400, 20, true);
  memory.addedBytes += 199;
  pace.answered(30);
  t.equal(pace.waitMs(30), 0, 'less than half of what the group had');
  pace.sent(400, 40, true);
  memory.addedBytes += 200;
  pace.answered(50);
  t.ok(pace.waitMs(50) > 0);
});

t.test('no group waits for long after one that took long', async (t) => {
  const { memory, pace } = setUp(0);
  pace.sent(400, 0, true);
  memory.addedBytes += 400;
  pace.answered(5_000);
  t.equal(pace.waitMs(5_000), 50);
});

t.test('a group that was given up is no part of the next one', async (t) => {
  const { memory, pace } = setUp(0);
  pace.sent(1_000_000, 0, true);
  pace.sent(400, 1_000, true);
  memory.addedBytes += 400;
  pace.answered(1_010);
  t.equal(pace.waitMs(1_010), 20);
});
