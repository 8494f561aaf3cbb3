import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t from 'tap';
import { openPinoLogger } from '../../src/platform/node/pino-logger.js';
import { PromMetrics } from '../../src/platform/node/prom-metrics.js';
import { temporaryFolder } from './temporary-folder.js';

t.test('a process that used and closed everything ends by itself', { timeout: 60_000 }, async (t) => {
  const script = join(process.cwd(), 'dist/test/platform/whole-platform.js');
  const child = spawn(process.execPath, [script, temporaryFolder(t), pathToFileURL(script).href], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk) => (output += String(chunk)));
  child.stderr.on('data', (chunk) => (output += String(chunk)));
  const [code] = await once(child, 'exit');
  t.equal(code, 0, output);
  t.match(output, /"msg":"all closed"/);
});

t.test('the log is one JSON object a line, from the level on', async (t) => {
  const path = join(temporaryFolder(t), 'log');
  const descriptor = openSync(path, 'w');
  const logger = openPinoLogger({ level: 'info', descriptor });
  logger.debug({}, 'not written');
  logger.child({ node: 1 }).warn({ topic: 'orders' }, 'Something is odd.');
  logger.error({ error: new Error('broken') }, 'Something failed.');
  closeSync(descriptor);
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  t.equal(lines.length, 2);
  t.match(JSON.parse(lines[0] ?? ''), { level: 40, node: 1, topic: 'orders', msg: 'Something is odd.' });
  t.match(JSON.parse(lines[1] ?? ''), { level: 50, error: { message: 'broken', stack: /platform\.test/ } });
});

t.test('metrics', async (t) => {
  const metrics = await PromMetrics.open({ process: false });
  const produced = (topic: string) =>
    metrics.counter({ name: 'varve_produced_records_total', help: 'Records.', labels: { topic } });
  produced('orders').add(2);
  produced('orders').add(3);
  produced('payments').add(1);
  metrics.gauge({ name: 'varve_brokers', help: 'Brokers.' }).set(3);
  let size = 1;
  metrics.observedGauge({ name: 'varve_log_bytes', help: 'Bytes.', labels: { dir: '/a' } }, () => size);
  metrics.observedGauges({ name: 'varve_lag_entries', help: 'Lag.' }, ['replica'], () =>
    size === 1 ? [] : [{ labels: { replica: '2' }, value: size }],
  );
  t.notMatch(await metrics.text(), /varve_lag_entries\{/, 'none is there yet');
  const sync = metrics.histogram({ name: 'varve_log_sync_seconds', help: 'Syncs.', buckets: [0.001, 0.01] });
  sync.observe(0.0005);
  sync.observe(5);
  size = 42;
  for (let reading = 0; reading < 2; reading++) {
    const text = await metrics.text();
    for (const line of [
      '# TYPE varve_produced_records_total counter',
      'varve_produced_records_total{topic="orders"} 5',
      'varve_produced_records_total{topic="payments"} 1',
      'varve_brokers 3',
      'varve_log_bytes{dir="/a"} 42',
      'varve_lag_entries{replica="2"} 42',
      'varve_log_sync_seconds_bucket{le="0.001"} 1',
      'varve_log_sync_seconds_bucket{le="+Inf"} 2',
      'varve_log_sync_seconds_count 2',
    ]) {
      t.ok(text.split('\n').includes(line), `${line} (reading ${reading})`);
    }
  }
  t.throws(() => metrics.gauge({ name: 'varve_produced_records_total', help: 'x' }), { name: 'InvariantViolation' });
});
