import t from 'tap';
import { ReadEpochs } from '../../src/client/consumer/read-epochs.js';

t.test('what was read departs where an epoch begins that the leader lacks, or where its own ends', async (t) => {
  const epochs = new ReadEpochs();
  t.equal(epochs.latest, -1);
  t.equal(epochs.departure(5, 70), 70);
  for (const [epoch, offset] of [
    [2, 10],
    [2, 15],
    [4, 20],
    [7, 30],
  ] as const) {
    epochs.add(epoch, offset);
  }
  t.equal(epochs.latest, 7);
  t.same([10, 11, 20, 21, 31].map((offset) => epochs.before(offset)), [-1, 2, 2, 4, 7]); // prettier-ignore
  t.equal(epochs.departure(7, 33), 33, 'the leader has less of it');
  t.equal(epochs.departure(6, 70), 30);
  t.equal(epochs.departure(4, 70), 30);
  t.equal(epochs.departure(3, 70), 20);
  t.equal(epochs.departure(2, 18), 18);
  t.equal(epochs.departure(1, 70), 10, 'from the first record read on');
  epochs.cutTo(30);
  t.equal(epochs.latest, 4);
  epochs.add(3, 25);
  t.equal(epochs.latest, 3, 'the later word counts');
  t.equal(epochs.departure(2, 70), 25);
  epochs.cutTo(0);
  t.equal(epochs.latest, -1);
});

t.test('of many epochs the oldest are taken together', async (t) => {
  const epochs = new ReadEpochs();
  for (let epoch = 0; epoch < 2_000; epoch++) epochs.add(epoch, epoch * 10);
  t.equal(epochs.latest, 1_999);
  t.equal(epochs.departure(1_500, Infinity), 15_010);
  t.equal(epochs.departure(500, Infinity), 0, 'too far back, never too little');
});
