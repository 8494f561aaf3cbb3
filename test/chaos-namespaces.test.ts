import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { mayMakeNamespaces } from './scripts/namespace-rights.js';

const CHAOS = fileURLToPath(new URL('../scripts/chaos.js', import.meta.url));
const SECONDS = 15;
const SEED = 7;

t.test('chaos between namespaces, which are its network where the user may make them', async (t) => {
  if (!mayMakeNamespaces()) {
    t.comment('This user may not make namespaces: only root on Linux runs chaos in them (NETWORK=namespaces).');
    t.pass('what chaos does then is tested in scripts/chaos-choice');
    return;
  }
  const env = { ...process.env, SECONDS: `${SECONDS}`, SEED: `${SEED}`, NETWORK: '', KEEP: '' };
  const child = spawn(process.execPath, [CHAOS], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (output += bytes.toString()));
  t.teardown(() => child.kill());
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  const told = output.split('\n').filter((line) => line !== '' && !/^[│┌├└]/.test(line));
  t.equal(exitCode, 0, `it ends in order, with these words: ${told.slice(-12).join(' | ')}`);
  t.match(output, 'Each node has a network namespace of its own.');
  t.match(output, /^Faults that this network cannot have: .*latency, slow/m);
  t.match(output, / network: (nothing gets|.* are cut off|everything from)/, 'its network was struck');
  t.match(output, /^Passed\.$/m);
});
