import t from 'tap';
import { survivesCommitSeeds } from './commit-seeds.js';

t.test('seeds of this commit: swarms of all faults cost nothing acknowledged', (t) => survivesCommitSeeds(t, 0, 100));
