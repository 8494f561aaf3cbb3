import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { TraceCluster } from './trace-cluster.js';

/**
 * Conversations written down in test/raft/traces: a command, `----`, and what came of it, with comments in between. After
 * a change that is meant to alter them, record them anew (RECORD=1 node dist/test/raft/traces.test.js) and read the
 * difference.
 */
const FOLDER = 'test/raft/traces';

function replay(text: string): string {
  const cluster = new TraceCluster();
  const out: string[] = [];
  let skipping = false;
  for (const line of text.split('\n')) {
    if (line === '') skipping = false;
    if (skipping) continue;
    if (line === '' || line.startsWith('#')) {
      out.push(line);
      continue;
    }
    out.push(line, '----', cluster.run(line));
    skipping = true;
  }
  return out.join('\n');
}

for (const name of readdirSync(FOLDER).toSorted()) {
  t.test(name, async (t) => {
    const path = join(FOLDER, name);
    const recorded = readFileSync(path, 'utf8');
    const now = replay(recorded);
    if (process.env['RECORD'] === '1') writeFileSync(path, now);
    else t.equal(now, recorded);
  });
}
