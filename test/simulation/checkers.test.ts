import t from 'tap';
import { checkHistory, formatReport } from '../../src/simulation/checkers/check-history.js';
import type { CheckOptions } from '../../src/simulation/checkers/check-history.js';
import type { AnomalyName, Operation, PollStep, Step } from '../../src/simulation/checkers/history.js';
import { SeededRandom } from '../../src/simulation/random.js';

const ASSIGN: CheckOptions = { consumers: 'assign', readToEnd: true };

let clockMs = 0;

function operation(process: number, steps: Step[], more: Partial<Operation> = {}): Operation {
  clockMs += 2;
  return { process, startMs: clockMs - 1, endMs: clockMs, outcome: 'ok', steps, ...more };
}

function send(value: string, offset?: number, partition = 'x-0'): Step {
  return offset === undefined ? { kind: 'send', partition, value } : { kind: 'send', partition, value, offset };
}

/** `poll('a1', 'b2')`: the value a at offset 1, then b at 2. */
function poll(...records: string[]): PollStep {
  return {
    kind: 'poll',
    records: records.map((record) => ({
      partition: 'x-0',
      offset: Number(record.slice(1)),
      value: record.slice(0, 1),
    })),
  };
}

function errorsOf(history: Operation[], options: CheckOptions = ASSIGN): AnomalyName[] {
  return [...checkHistory(history, options).errors.keys()].sort();
}

t.test('a clean history has no anomalies', (t) => {
  const history = [
    operation(1, [send('a', 0)]),
    operation(2, [send('b', 1), send('c', 2)]),
    operation(1, [send('d')], { outcome: 'unknown' }),
    operation(1, [send('e')], { outcome: 'failed' }),
    operation(3, [poll('a0', 'b1')]),
    operation(3, [poll('c2', 'd5')]),
    operation(4, [poll('b1', 'c2')]),
  ];
  const report = checkHistory(history, ASSIGN);
  t.equal(report.valid, true, formatReport(report));
  t.match(report, { sent: 5, acknowledged: 3, read: 4 });
  t.end();
});

t.test('each anomaly that is planted is caught, by its name alone', (t) => {
  const abc = [operation(1, [send('a', 0)]), operation(1, [send('b', 1)]), operation(1, [send('c', 2)])];
  const all = operation(9, [poll('a0', 'b1', 'c2')]);
  const txn = { transactional: true };
  const planted: Array<readonly [AnomalyName, Operation[]]> = [
    ['lost-write', [...abc, operation(2, [poll('a0')]), operation(3, [poll('c2')])]],
    [
      'inconsistent-offsets',
      [...abc, all, operation(2, [send('z')], { outcome: 'unknown' }), operation(3, [poll('z1')])],
    ],
    ['duplicate', [...abc, all, operation(2, [poll('c2', 'a3')])]],
    ['G1a', [...abc, all, operation(2, [send('z')], { outcome: 'failed' }), operation(3, [poll('z3')])]],
    ['poll-skip', [...abc, all, operation(2, [poll('a0')]), operation(2, [poll('c2')])]],
    ['int-poll-skip', [...abc, all, operation(2, [poll('a0', 'c2')])]],
    ['nonmonotonic-poll', [...abc, all, operation(2, [poll('b1', 'c2')]), operation(2, [poll('b1')])]],
    ['int-nonmonotonic-poll', [...abc, all, operation(2, [poll('b1', 'a0')])]],
    [
      'nonmonotonic-send',
      [operation(1, [send('b', 1)]), operation(1, [send('a', 0)]), operation(2, [poll('a0', 'b1')])],
    ],
    ['int-nonmonotonic-send', [operation(1, [send('b', 1), send('a', 0)]), operation(2, [poll('a0', 'b1')])]],
    ['unseen', [...abc, operation(2, [poll('a0', 'b1')])]],
    ['precommitted-read', [operation(1, [send('a', 0), poll('a0')], txn)]],
    [
      'G1c',
      [
        operation(1, [send('a', 0), { kind: 'poll', records: [{ partition: 'y-0', offset: 0, value: 'b' }] }], txn),
        operation(2, [send('b', 0, 'y-0'), poll('a0')], txn),
      ],
    ],
  ];
  for (const [name, history] of planted) {
    const expected = name === 'lost-write' ? ['lost-write', 'unseen'] : [name];
    t.same(errorsOf(history), expected, name);
  }
  t.end();
});

/** What process 5 was told of where x-0 starts and ends. */
function told(startOffset: number, endOffset: number, process = 5): Operation {
  return operation(process, [{ kind: 'bounds', partition: 'x-0', startOffset, endOffset }]);
}

t.test('bounds that go back, or that cannot be, are caught', (t) => {
  const ab = [operation(1, [send('a', 0)]), operation(1, [send('b', 1)])];
  const all = operation(9, [poll('a0', 'b1')]);
  const deleted = { ...ASSIGN, deletedBelow: new Map([['x-0', 1]]) };
  t.same(errorsOf([...ab, all, told(0, 1), told(0, 2), told(0, 2), told(0, 1, 6)]), [], 'another one may hear less');
  t.same(errorsOf([...ab, all, told(0, 2), told(0, 1)]), ['nonmonotonic-bounds']);
  t.same(errorsOf([...ab, all, told(1, 2)], deleted), []);
  t.same(errorsOf([...ab, all, told(1, 2), told(0, 2)], deleted), [], 'a deletion that is not answered may be undone');
  t.same(errorsOf([...ab, all, told(1, 2)]), ['impossible-bounds'], 'nothing was deleted');
  t.same(errorsOf([...ab, all, told(1, 0)], deleted), ['impossible-bounds'], 'a start behind the end');
  t.same(errorsOf([...ab, all, told(0, 3)]), ['impossible-bounds'], 'more than was sent');
  const refused = operation(1, [send('c')], { outcome: 'failed' });
  t.same(errorsOf([...ab, all, refused, told(0, 3)]), ['impossible-bounds'], 'what failed is not stored');
  const unknown = operation(1, [send('c')], { outcome: 'unknown', endMs: Infinity });
  t.same(errorsOf([...ab, all, unknown, told(0, 3)]), []);
  const early = told(0, 3);
  const late = operation(1, [send('c')], { outcome: 'unknown', endMs: Infinity });
  t.same(errorsOf([...ab, all, early, late]), ['impossible-bounds'], 'it is sent later');
  t.same(errorsOf([...ab, operation(5, [poll('a0')]), told(0, 2), operation(5, [poll('b1'), poll('a0')])]), [
    'int-nonmonotonic-poll',
  ]);
  t.end();
});

t.test('a lost acknowledgement does not hide an inversion', (t) => {
  const history = [
    operation(1, [send('b')], { outcome: 'unknown' }),
    operation(1, [send('a', 0)]),
    operation(2, [poll('a0', 'b1')]),
  ];
  t.same(errorsOf(history), ['nonmonotonic-send']);
  t.end();
});

t.test('what is normal for a mode is tolerated, and still told', (t) => {
  const skip = [operation(1, [send('a', 0), send('b', 1), send('c', 2)]), operation(9, [poll('a0', 'b1', 'c2')])];
  skip.push(operation(2, [poll('a0')]), operation(2, [poll('c2')]), operation(2, [poll('a0')]));
  t.same(errorsOf(skip), ['nonmonotonic-poll', 'poll-skip']);
  const report = checkHistory(skip, { consumers: 'subscribe', readToEnd: true });
  t.equal(report.valid, true);
  t.same([...report.tolerated.keys()].sort(), ['nonmonotonic-poll', 'poll-skip']);

  const seeking = [
    ...skip.slice(0, 3),
    operation(2, [{ kind: 'seek', partitions: ['x-0'] }]),
    operation(2, [poll('c2')]),
  ];
  t.same(errorsOf(seeking), [], 'a consumer that was placed anew has no past');

  const txn = { transactional: true };
  const interleaved = [
    operation(1, [send('a', 0), send('d', 3)], txn),
    operation(2, [send('b', 1), send('c', 2)], txn),
    operation(3, [poll('a0', 'b1', 'c2', 'd3')]),
  ];
  const writes = checkHistory(interleaved, ASSIGN);
  t.equal(writes.valid, true);
  t.same([...writes.tolerated.keys()].sort(), ['G0', 'int-send-skip']);

  const twice = [operation(1, [send('a', 0)]), operation(2, [poll('a0', 'a1')])];
  t.same(errorsOf(twice), ['duplicate']);
  t.same(errorsOf(twice, { ...ASSIGN, atLeastOnce: true }), []);

  const unread = [operation(1, [send('a', 0)])];
  t.same(errorsOf(unread), ['unseen']);
  t.same(errorsOf(unread, { consumers: 'assign', readToEnd: false }), []);
  t.end();
});

t.test('an aborted transaction takes the progress of its consumer back', (t) => {
  const history = [
    operation(1, [send('a', 0), send('b', 1)]),
    operation(2, [poll('a0', 'b1')], { transactional: true, outcome: 'failed' }),
    operation(2, [poll('a0', 'b1')], { transactional: true }),
  ];
  t.same(errorsOf(history), []);
  t.end();
});

t.test('a long honest history passes, and one lost record in it is found', (t) => {
  const random = new SeededRandom(5);
  const history: Operation[] = [];
  const log: string[] = [];
  for (let i = 0; i < 20_000; i++) {
    log.push(`v${i}`);
    history.push(operation(i % 4, [send(`v${i}`, i)]));
  }
  for (let reader = 10; reader < 13; reader++) {
    for (let at = 0; at < log.length;) {
      const count = random.integer(1, 500);
      const records = log.slice(at, at + count).map((value, i) => ({ partition: 'x-0', offset: at + i, value }));
      history.push(operation(reader, [{ kind: 'poll', records }]));
      at += count;
    }
  }
  t.equal(checkHistory(history, ASSIGN).valid, true);
  const robbed = history.map((entry): Operation => {
    const steps = entry.steps.map((step): Step => {
      if (step.kind !== 'poll') return step;
      return { ...step, records: step.records.filter(({ value }) => value !== 'v12345') };
    });
    return { ...entry, steps };
  });
  const report = checkHistory(robbed, ASSIGN);
  t.equal(report.errors.get('lost-write')?.length, 1);
  t.match(formatReport(report), /lost-write: 1\n {2}x-0 v12345 was acknowledged at offset 12345/);
  t.end();
});

t.test('readers go past what was deleted, and past nothing else', (t) => {
  const sent = ['a', 'b', 'c', 'd'].map((value, at) => operation(1, [send(value, at)]));
  const first = operation(9, [poll('a0', 'b1', 'c2', 'd3')]);
  const skips = [...sent, first, operation(2, [poll('a0')]), operation(2, [poll('d3')])];
  t.same(errorsOf(skips), ['poll-skip']);
  t.same(errorsOf(skips, { ...ASSIGN, deletedBelow: new Map([['x-0', 3]]) }), []);
  t.same(errorsOf(skips, { ...ASSIGN, deletedBelow: new Map([['x-0', 2]]) }), ['poll-skip']);
  t.end();
});
