import t from 'tap';
import { survivesPowerLoss } from './power-loss.js';

t.test('whatever was acknowledged outlives the power of all nodes at once', (t) => survivesPowerLoss(t, 26, 25));
