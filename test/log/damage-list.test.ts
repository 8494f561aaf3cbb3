import t from 'tap';
import type { Damage } from '../../src/log/damage.js';
import { DamageList } from '../../src/log/damage.js';
import { Segment } from '../../src/log/segment.js';

// Of a plan "bitFlip every 60 ms for 100 ms, deleteRecords every 300 ms for 50 ms": a leader's damage was never mended.
t.test('damage that grows towards the start of its segment takes the place of what was known of it', async (t) => {
  const segment = Segment.empty({ baseOffset: 0, folder: '/data/t-0', createdMs: 0, rollJitterMs: 0 });
  const range = (fromOffset: number, toOffset: number): Damage => ({
    segment,
    fromOffset,
    toOffset,
    position: fromOffset * 100,
    endPosition: toOffset * 100,
  });
  const list = new DamageList([range(62, 68)], 0);
  t.ok(list.add(range(90, 93)));
  t.ok(list.add(range(47, 68)));
  t.same(list.ranges, [
    { fromOffset: 47, toOffset: 68 },
    { fromOffset: 90, toOffset: 93 },
  ]);
  t.equal(list.firstUnvouched, 47, 'a recovery stepped over a part of it');
  t.notOk(list.add(range(62, 68)), 'it is known');
  t.ok(list.add(range(90, 95)), 'it goes further');
  t.same(list.of(segment).length, 2);
});
