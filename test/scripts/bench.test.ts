import t from 'tap';
import { valuesOf } from '../../scripts/bench/partitions.js';
import { summarizeProfile } from '../../scripts/bench/profile.js';
import type { BenchContext } from '../../scripts/bench/context.js';
import { addRatios } from '../../scripts/bench/ratios.js';
import { BenchReport } from '../../scripts/bench/report.js';
import { latencies, percentile, summarize } from '../../scripts/bench/statistics.js';
import { benchSize } from '../../scripts/bench/throughput.js';
import { isReached, plain, targetText } from '../../scripts/bench/targets.js';

t.test('percentiles by nearest rank, medians and spreads', (t) => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => 100 - index);
  t.strictSame(latencies(hundred), { count: 100, p50: 50, p99: 99, p999: 100, most: 100 });
  t.equal(hundred[0], 100, 'the samples keep their order');
  t.equal(percentile([7], 0.5), 7);
  t.throws(() => percentile([], 0.5), { name: 'InvariantViolation' });
  t.strictSame(summarize([5, 1, 3]), { median: 3, least: 1, most: 5, runs: 3 });
  t.strictSame(summarize([4, 1, 2, 3]), { median: 2.5, least: 1, most: 4, runs: 4 });
  t.end();
});

t.test('a target is reached within its bounds alone', (t) => {
  const target = { name: 'x', unit: 'ms', atMost: 10 };
  t.ok(isReached({ target, value: 10 }));
  t.notOk(isReached({ target, value: 10.1 }));
  t.notOk(isReached({ target: { name: 'x', unit: '', atLeast: 2 }, value: 1.9 }));
  t.notOk(isReached({ target, value: NaN }), 'what could not be measured is not reached');
  t.equal(targetText({ name: 'x', unit: 'ms', atLeast: 1, atMost: 1500 }), 'at least 1, at most 1,500 ms');
  t.strictSame([1.234, 12.34, 1234.5, 0].map(plain), ['1.23', '12.3', '1,235', '0']);
  t.end();
});

t.test('the report judges the median, or the worst where that is asked for', (t) => {
  const said: string[] = [];
  const report = new BenchReport((text) => said.push(text));
  report.add('silence', 'median', 'ms', [1, 2, 9], { atMost: 5 });
  report.add('silence', 'worst', 'ms', [1, 2, 9], { atMost: 5, judged: 'most' });
  report.add('silence', 'nothing', 'ms', []);
  report.add('rate', 'no target', 'MB/s', [4]);
  t.strictSame(
    report.figures.map(({ name, reached }) => [name, reached]),
    [
      ['median', true],
      ['worst', false],
      ['no target', undefined],
    ],
  );
  t.equal(report.median('silence', 'median'), 2);
  t.equal(report.median('silence', 'nothing'), undefined);
  t.equal(said[0], 'silence: median: 2 ms (1 to 9)');
  t.end();
});

t.test('what the peer was measured in, too, is told as a ratio', (t) => {
  const report = new BenchReport(() => {});
  report.add('from nothing to the first acknowledged record', 'three processes', 'ms', [1_000]);
  report.add('Kafka', 'from nothing, formatted, to the first acknowledged record', 'ms', [9_000]);
  for (const share of ['p50', 'p99']) {
    report.add('latency at 2,000 records/s', `synced, to the acknowledgement, ${share}`, 'ms', [2]);
    report.add('Kafka', `kafkajs, 2,000 records/s, to the acknowledgement, ${share}`, 'ms', [8]);
  }
  report.add('Kafka', '@platformatic/kafka, 2,000 records/s, to the acknowledgement, p50', 'ms', [3]);
  const name = 'SIGKILL of a leader that is not the controller';
  report.add('longest silence of acknowledgements', `after ${name}`, 'ms', [300, 400]);
  report.add('Kafka', `longest silence after ${name}, kafkajs`, 'ms', [7_000]);
  report.add('Kafka', 'longest silence after SIGSTOP of a controller that leads nothing, kafkajs', 'ms', [7_000]);
  addRatios(report);
  const ratios = report.figures.filter(({ section }) => section === 'against Kafka');
  t.strictSame(
    ratios.map(({ name, values }) => [name, ...values]),
    [
      ['start', 9],
      ['latency to the acknowledgement, p50', 1.5],
      ['latency to the acknowledgement, p99', 4],
      [`silence after ${name}`, 20],
    ],
    'against the better of its clients, and only where both were measured',
  );
  t.end();
});

t.test('a contestant that fails in throughput is among the failures', async (t) => {
  const report = new BenchReport(() => {});
  const context: BenchContext = {
    report,
    say: () => {},
    failures: [],
    runs: 2,
    seconds: 1,
    valueSizes: [],
    trials: 1,
    peerTrials: 1,
    directory: t.testdir(),
    nodeArguments: [],
  };
  const failing = {
    name: 'kafkajs on Kafka',
    command: [],
    bootstrap: [],
    forwarded: false,
    createTopic: () => Promise.reject(new Error('no broker')),
    deleteTopic: async () => {},
  };
  await benchSize(context, [failing], 100);
  t.strictSame(context.failures, [
    'throughput: kafkajs on Kafka, 100 B, run 1: no broker',
    'throughput: kafkajs on Kafka, 100 B, run 2: no broker',
  ]);
  t.strictSame(report.figures, []);
});

t.test('values of a metric with and without labels', (t) => {
  const page = '# TYPE a gauge\na 1\na{x="1"} 2.5\nab 7\n';
  t.strictSame(valuesOf(page, 'a'), [1, 2.5]);
  t.end();
});

t.test('a profile is summed by part and function, without the idle time', (t) => {
  const frame = (functionName: string, url: string): { functionName: string; url: string; lineNumber: number } => ({
    functionName,
    url,
    lineNumber: 1,
  });
  const summary = summarizeProfile({
    nodes: [
      { id: 1, callFrame: frame('(idle)', '') },
      { id: 2, callFrame: frame('append', 'file:///v/dist/src/log/log-writer.js') },
      { id: 3, callFrame: frame('', 'file:///v/node_modules/@grpc/grpc-js/build/src/call.js') },
      { id: 4, callFrame: frame('(garbage collector)', '') },
      { id: 5, callFrame: frame('send', 'file:///v/dist/src/platform/node/grpc-stream.js') },
    ],
    samples: [1, 2, 2, 3, 4, 5],
    timeDeltas: [50, 20, 10, 10, 5, 5],
  });
  t.equal(summary.busyPercent, 50);
  t.strictSame(summary.parts, [
    { what: 'log', percent: 60 },
    { what: '@grpc/grpc-js', percent: 20 },
    { what: 'garbage collector', percent: 10 },
    { what: 'platform/node', percent: 10 },
  ]);
  t.strictSame(summary.functions[0], { what: 'append [log]', percent: 60 });
  t.end();
});
