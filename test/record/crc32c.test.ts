import fc from 'fast-check';
import t from 'tap';
import { crc32c, hasNativeCrc32c } from '../../src/record/crc32c.js';
import { crc32cByTable } from '../../src/record/crc32c-table.js';

t.test('published check values', async (t) => {
  // RFC 3720, appendix B.4.
  const ascending = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
  const cases: [Buffer, number][] = [
    [Buffer.alloc(0), 0],
    [Buffer.from('123456789'), 0xe3069283],
    [Buffer.alloc(32), 0x8a9136aa],
    [Buffer.alloc(32, 0xff), 0x62a8ab43],
    [ascending, 0x46dd794e],
    [Buffer.from(ascending).reverse(), 0x113fdb5c],
  ];
  for (const [bytes, expected] of cases) {
    t.equal(crc32cByTable(bytes, 0, bytes.length), expected);
    t.equal(crc32c(bytes), expected);
  }
});

t.test('native and table agree on any range and seed, and a split continues', async (t) => {
  t.ok(hasNativeCrc32c(), 'the native binary is there, so that the two are really compared');
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 4096, size: 'max' }),
      fc.nat(),
      fc.nat(),
      fc.integer({ min: 0, max: 0xffff_ffff }),
      (bytes, a, b, seed) => {
        const start = Math.min(a, b) % (bytes.length + 1);
        const end = start + (Math.max(a, b) % (bytes.length - start + 1));
        const whole = crc32cByTable(bytes, start, end, seed);
        const middle = (start + end) >>> 1;
        return (
          crc32c(bytes, start, end, seed) === whole &&
          crc32c(bytes, middle, end, crc32c(bytes, start, middle, seed)) === whole
        );
      },
    ),
    { seed: 1, numRuns: 400 },
  );
});
