import t from 'tap';
import { uuidFromBytes, uuidToBytes } from '../../src/common/ids.js';
import { SeededRandom } from '../../src/simulation/random.js';

t.test('ids go to bytes and back, whichever were read before', (t) => {
  const random = new SeededRandom(3);
  const ids = Array.from({ length: 5_000 }, () => random.bytes(16));
  // The last two bytes of these are the same, the others differ in one bit.
  for (let bit = 0; bit < 112; bit++) {
    const bytes = Buffer.from(ids[0] ?? []);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    ids.push(bytes);
  }
  const wrong: string[] = [];
  for (const id of [...ids, ...ids, ...ids.slice(0, 100), ...ids.slice(0, 100)]) {
    const uuid = uuidFromBytes(id);
    if (uuid !== id.toString('base64url') || !uuidToBytes(uuid).equals(id)) wrong.push(id.toString('hex'));
  }
  t.same(wrong, []);
  t.end();
});

t.test('an id that was read does not change with the buffer that it was read from', (t) => {
  const bytes = Buffer.alloc(64, 1);
  const before = uuidFromBytes(bytes.subarray(8, 24));
  bytes.fill(2);
  t.not(uuidFromBytes(bytes.subarray(8, 24)), before);
  t.equal(uuidFromBytes(Buffer.alloc(16, 1)), before);
  t.throws(() => uuidFromBytes(Buffer.alloc(15)), /16 bytes/);
  t.end();
});
