import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { grafanaDashboard } from '../../scripts/docs/grafana-dashboard.js';
import { withReferenceTables } from '../../scripts/docs/reference-tables.js';
import type { MetricDefinition } from '../../src/platform/metric-catalog.js';
import { METRICS } from '../../src/platform/metric-catalog.js';

const operations = readFileSync('docs/OPERATIONS.md', 'utf8');
const dashboard = readFileSync('docs/grafana/varve.json', 'utf8');
const metrics = Object.values<MetricDefinition>(METRICS);

t.test('the generated parts are up to date: make docs', async (t) => {
  t.equal(operations, withReferenceTables(operations));
  t.equal(dashboard, `${JSON.stringify(grafanaDashboard(), null, 2)}\n`);
});

t.test('every metric is on the dashboard, and the dashboard shows no other', async (t) => {
  const shown = new Set(dashboard.match(/varve_[a-z_]+/g)?.map((name) => name.replace(/_bucket$/, '')));
  t.same([...shown].sort(), metrics.map((metric) => metric.name).sort());
});

t.test('metric names follow the rules of Prometheus', async (t) => {
  for (const { name, type, buckets } of metrics) {
    t.match(name, /^varve(_[a-z]+)+$/);
    t.equal(name.endsWith('_total'), type === 'counter', `${name}: a counter, and nothing else, ends with _total`);
    t.equal(buckets !== undefined, type === 'histogram', `${name}: a histogram, and nothing else, has buckets`);
  }
  t.equal(new Set(metrics.map((metric) => metric.name)).size, metrics.length);
});

/** Every file below a folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
}

t.test('the program makes no metric that is not in the catalog', async (t) => {
  const sources = filesBelow('src').filter((file) => file.endsWith('.ts') && !file.endsWith('metric-catalog.ts'));
  const known = new Set(metrics.map((metric) => metric.name));
  for (const file of sources) {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/name: '(varve_[a-z_]+)'/g)) {
      t.ok(known.has(name), `${file}: ${name}`);
    }
  }
});
