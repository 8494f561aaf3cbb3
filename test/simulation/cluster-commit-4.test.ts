import t from 'tap';
import { survivesCommitSeeds } from './commit-seeds.js';

t.test('seeds of this commit: swarms of all faults, damage among them, cost nothing acknowledged', (t) =>
  survivesCommitSeeds(t, { from: 150, count: 50, damage: true }),
);
