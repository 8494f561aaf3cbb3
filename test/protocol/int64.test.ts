import t from 'tap';
import { varve } from '../../src/protocol/varve.js';

const { ListOffsetsPartition, ProduceAck, ConsumePosition } = varve.v1;

t.test('64-bit fields decode to numbers, exact within 2^53 and signed', async (t) => {
  const values = [0, 1, -1, -2, 127, 128, 2 ** 28, 2 ** 31, 2 ** 32 + 5, -(2 ** 35), 2 ** 53 - 1, -(2 ** 53) + 1];
  for (const value of values) {
    const decoded = ListOffsetsPartition.decode(ListOffsetsPartition.encode({ timestamp_ms: value }).finish());
    t.equal(decoded.timestamp_ms, value);
  }
  const position = ConsumePosition.decode(ConsumePosition.encode({ position_id: 2 ** 53 - 1 }).finish());
  t.equal(position.position_id, 2 ** 53 - 1, 'unsigned');
});

t.test('an absent 64-bit field is the number 0', async (t) => {
  t.equal(ProduceAck.decode(Buffer.alloc(0)).base_offset, 0);
});

t.test('a cut-off or endless varint is refused', async (t) => {
  const tag = ListOffsetsPartition.encode({ timestamp_ms: 5 }).finish()[0] ?? 0;
  t.throws(() => ListOffsetsPartition.decode(Buffer.from([tag, 0x80, 0x80])), RangeError);
  t.throws(() => ListOffsetsPartition.decode(Buffer.from([tag, ...new Array<number>(11).fill(0x80)])), RangeError);
});
