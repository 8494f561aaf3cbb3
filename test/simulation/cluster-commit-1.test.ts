import t from 'tap';
import { survivesCommitSeeds } from './commit-seeds.js';

t.test('seeds of this commit: swarms of all faults but damage cost nothing acknowledged', (t) =>
  survivesCommitSeeds(t, { from: 0, count: 50, damage: false }),
);
