import t from 'tap';
import { InOrder } from '../../scripts/simulation/jobs.js';
import { EMPTY_TALLY } from '../../scripts/simulation/tally.js';

t.test('results of several processes come in the order of the seeds', (t) => {
  const taken: number[] = [];
  const order = new InOrder(({ index }) => taken.push(index));
  const add = (index: number): void => order.add({ index, lines: [], tally: EMPTY_TALLY });
  add(1);
  add(3);
  t.same(taken, [], 'the first seed is still running');
  add(0);
  t.same(taken, [0, 1]);
  add(2);
  t.same(taken, [0, 1, 2, 3]);
  add(6);
  add(5);
  order.end();
  t.same(taken, [0, 1, 2, 3, 5, 6], 'seed 4 was not begun before the time was over');
  t.end();
});
