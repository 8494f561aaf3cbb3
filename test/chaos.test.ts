import t from 'tap';
import { ProxyNetwork } from '../scripts/chaos/network/proxies.js';
import { runChaos } from '../scripts/chaos/run.js';
import { chaosFailures } from '../scripts/chaos/verdict.js';
import type { ChaosResult } from '../scripts/chaos/verdict.js';

/** A minute of faults over real processes. `SEED` tries another plan. */
const SECONDS = 60;
const DEFAULT_SEED = 80;

t.test('what is acknowledged outlives a minute of kills, pauses, a wipe and faults of the network', async (t) => {
  const seed = Number(process.env.SEED ?? DEFAULT_SEED);
  const network = new ProxyNetwork();
  const keep = (result: ChaosResult): boolean => chaosFailures(result).length > 0;
  const report = await runChaos({ seconds: SECONDS, seed, network, keep, say: (text) => t.comment(text) });
  t.strictSame(chaosFailures(report), [], `seed ${seed}: data and logs are in ${report.directory}`);
  t.ok(report.wipes > 0 && report.pauses > 0, 'the plan holds every kind of fault');
});
