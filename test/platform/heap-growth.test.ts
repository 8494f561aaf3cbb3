import t from 'tap';
import { growingPercent } from '../../src/platform/node/heap-growth.js';

const MIB = 1024 * 1024;

t.test('a heap may grow by about the same bytes whatever its size', async (t) => {
  for (const mib of [8, 16, 20, 40, 96, 150]) {
    const grownBytes = (mib * MIB * growingPercent(mib * MIB)) / 100;
    t.ok(grownBytes > 36 * MIB && grownBytes <= 40 * MIB, `${mib} MiB may grow by ${grownBytes / MIB} MiB`);
  }
});

t.test('a tiny heap is not let grow without end, a large one is left to V8', async (t) => {
  t.equal(growingPercent(0), 1_500);
  t.equal(growingPercent(1 * MIB), 1_500);
  t.equal(growingPercent(220 * MIB), 0);
  t.equal(growingPercent(4_000 * MIB), 0);
});
