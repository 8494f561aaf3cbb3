import t from 'tap';
import { freePorts } from '../../scripts/cluster/free-ports.js';

t.test('two test files that run at a time draw from ports that never meet', async (t) => {
  const drawn: Record<'0' | '1', number[]> = { 0: [], 1: [] };
  for (let draw = 0; draw < 30; draw++) {
    for (const job of ['0', '1'] as const) drawn[job].push(...(await freePorts(10, job)));
  }
  const [greatest, least] = [Math.max(...drawn[0]), Math.min(...drawn[1])];
  t.ok(greatest < least, `${greatest} is below ${least}`);
  t.ok(Math.max(...drawn[1]) < 32_768, 'no outgoing connection is given one of them');
});
