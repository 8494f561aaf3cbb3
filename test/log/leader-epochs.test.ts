import t from 'tap';
import { LeaderEpochCache } from '../../src/log/leader-epoch-cache.js';

t.test('where an epoch ends, as Kafka tells it (LeaderEpochFileCache.endOffsetFor)', async (t) => {
  const epochs = new LeaderEpochCache([
    { epoch: 4, startOffset: 1000 },
    { epoch: 7, startOffset: 1200 },
  ]);
  t.same(epochs.endOffset(7, 1300), { epoch: 7, endOffset: 1300 }, 'the latest ends with the log');
  t.same(epochs.endOffset(5, 1300), { epoch: 4, endOffset: 1200 }, 'one that is not there: the one before it');
  t.same(
    epochs.endOffset(3, 1300),
    { epoch: 3, endOffset: 1000 },
    'one whose records were all deleted ended where the first known one begins',
  );
  t.same(epochs.endOffset(-1, 1300), { epoch: -1, endOffset: -1 }, 'none asked for');
  t.same(new LeaderEpochCache().endOffset(3, 0), { epoch: -1, endOffset: -1 }, 'none known');
});
