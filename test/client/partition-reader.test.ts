import t from 'tap';
import { PartitionReader } from '../../src/client/consumer/partition-reader.js';
import { deserializers } from '../../src/index.js';

t.test('a step back leads to what was handed on, and not before a reset', async (t) => {
  const reader = new PartitionReader({
    topic: 't',
    partition: 0,
    keyDeserializer: deserializers.bytes,
    valueDeserializer: deserializers.bytes,
  });
  reader.moveTo(10);
  reader.fetchOffset = 30;
  reader.position = 12;
  reader.stepBack();
  t.equal(reader.fetchOffset, 12);

  // Offsets 20 and on were deleted: a reset to the end, while 12 to 19 wait for the program.
  reader.moveTo(500);
  reader.resetOffset = 500;
  reader.fetchOffset = 600;
  reader.position = 15;
  reader.stepBack();
  t.equal(reader.fetchOffset, 500, 'else those behind the reset would be passed over by the next one');
  reader.moveTo(3);
  t.equal(reader.fetchOffset, 3, 'a seek goes where it says');
});
