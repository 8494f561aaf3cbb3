import t from 'tap';
import { runChaos } from '../scripts/chaos/run.js';
import { chaosFailures } from '../scripts/chaos/verdict.js';

/** A minute of faults over real processes. `SEED` tries another plan. */
const SECONDS = 60;
const DEFAULT_SEED = 80;

t.test('what is acknowledged outlives a minute of kills, pauses and a wipe', async (t) => {
  const seed = Number(process.env.SEED ?? DEFAULT_SEED);
  const report = await runChaos({ seconds: SECONDS, seed, say: (text) => t.comment(text) });
  t.strictSame(chaosFailures(report), [], `seed ${seed}`);
  t.ok(report.wipes > 0 && report.pauses > 0, 'the plan holds every kind of fault');
});
