import t from 'tap';
import { checkMatching } from '../../src/simulation/cluster/replica-matching.js';
import type { MatchedReplica } from '../../src/simulation/cluster/replica-matching.js';
import { SeededRandom } from '../../src/simulation/random.js';

const OFFSETS = 12;

/** A replica from the epoch of each of its offsets, which do not go down. */
function replicaOf(nodeId: number, epochsByOffset: readonly number[], random: SeededRandom): MatchedReplica {
  const startOffset = random.integer(0, 4);
  const epochs = epochsByOffset
    .map((epoch, offset) => ({ epoch, startOffset: offset }))
    .filter(({ epoch, startOffset: offset }) => offset === 0 || epochsByOffset[offset - 1] !== epoch);
  return { nodeId, startOffset, highWatermark: random.integer(startOffset, OFFSETS), epochs };
}

function epochsByOffset(random: SeededRandom): number[] {
  let epoch = random.integer(0, 1);
  return Array.from({ length: OFFSETS }, () => (epoch += random.chance(0.25) ? 1 : 0));
}

t.test('replicas match where every offset that both hold for committed has one epoch', (t) => {
  const random = new SeededRandom(7);
  const seen = { same: 0, other: 0 };
  for (let i = 0; i < 5_000; i++) {
    const ofFirst = epochsByOffset(random);
    const ofSecond = random.chance(0.5) ? [...ofFirst] : epochsByOffset(random);
    const [first, second] = [replicaOf(1, ofFirst, random), replicaOf(2, ofSecond, random)];
    const from = Math.max(first.startOffset, second.startOffset);
    const limit = Math.min(first.highWatermark, second.highWatermark);
    let isSame = true;
    for (let offset = from; offset < limit; offset++) isSame &&= ofFirst[offset] === ofSecond[offset];
    let found = true;
    try {
      checkMatching('orders-0', [first, second]);
    } catch (error) {
      found = false;
      if (!String(error).includes('orders-0 has from')) throw error;
    }
    if (found !== isSame) t.fail(JSON.stringify({ first, second, found, isSame }));
    seen[isSame ? 'same' : 'other']++;
  }
  t.ok(seen.same > 1_000 && seen.other > 1_000, JSON.stringify(seen));
  t.end();
});

// SEED=99176 SECONDS=60, at that time: nothing was wrong with a log whose start was back where it was after a crash.
t.test('what a replica has no epochs of any more is not compared, and what is behind is', (t) => {
  const whole = (epoch: number): MatchedReplica => {
    const epochs = [{ epoch: 0, startOffset: 0 }, { epoch, startOffset: 30 }]; // prettier-ignore
    return { nodeId: 2, startOffset: 0, highWatermark: 40, epochs };
  };
  const back = { nodeId: 1, startOffset: 0, highWatermark: 40, epochs: [{ epoch: 0, startOffset: 27 }, { epoch: 2, startOffset: 30 }] }; // prettier-ignore
  checkMatching('orders-0', [back, whole(2)]);
  t.throws(() => checkMatching('orders-0', [back, whole(1)]), /orders-0 has from 27 to 40/);
  t.end();
});
