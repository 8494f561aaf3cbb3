import t from 'tap';
import { valuesOf } from '../../scripts/bench/partitions.js';
import { summarizeProfile } from '../../scripts/bench/profile.js';
import { BenchReport } from '../../scripts/bench/report.js';
import { latencies, percentile, summarize } from '../../scripts/bench/statistics.js';
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
