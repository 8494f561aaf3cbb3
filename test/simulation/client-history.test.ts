import t from 'tap';
import { ClientHistory } from '../../src/simulation/checkers/client-history.js';
import { checkHistory } from '../../src/simulation/checkers/check-history.js';

const OPTIONS = { consumers: 'assign', readToEnd: true } as const;

/** Two producers, one partition of two in which 0/0, 1/0 and 0/1 stand at 0, 1 and 2; 1/1 was never acknowledged. */
function history(): ClientHistory {
  let nowMs = 0;
  const history = new ClientHistory('lines', 2, 2, () => ++nowMs);
  for (const producer of [0, 1, 0, 1]) history.sent(producer);
  history.acknowledged(0, 0, 1, 0);
  history.acknowledged(0, 1, 1, 2);
  history.acknowledged(1, 0, 1, -1);
  return history;
}

t.test('sends and polls come back as operations of the partition that they were in', (t) => {
  const kept = history();
  const reader = kept.newReader();
  reader.poll();
  reader.read(1, 0, { producer: 0, number: 0 });
  reader.read(1, 1, { producer: 1, number: 0 });
  reader.poll();
  reader.read(1, 2, { producer: 0, number: 1 });
  const operations = kept.operations(1);
  t.match(operations, [
    {
      process: 0,
      startMs: 1,
      endMs: 5,
      outcome: 'ok',
      steps: [{ kind: 'send', partition: 'lines-1', value: '0/0', offset: 0 }],
    },
    { process: 0, outcome: 'ok', steps: [{ value: '0/1', offset: 2 }] },
    { process: 1, outcome: 'ok', steps: [{ value: '1/0', offset: undefined }] },
    {
      process: 1_000,
      outcome: 'ok',
      steps: [
        {
          kind: 'poll',
          records: [
            { partition: 'lines-1', offset: 0, value: '0/0' },
            { partition: 'lines-1', offset: 1, value: '1/0' },
          ],
        },
      ],
    },
    { process: 1_000, steps: [{ kind: 'poll', records: [{ offset: 2, value: '0/1' }] }] },
  ]);
  t.equal(operations.length, 5, 'what was never acknowledged nor read is in no partition');
  t.strictSame(kept.operations(0), []);
  t.ok(checkHistory(operations, OPTIONS).valid);
  t.end();
});

t.test('what was never acknowledged is an operation of unknown outcome where it was read', (t) => {
  const kept = history();
  const reader = kept.newReader();
  reader.poll();
  reader.read(0, 7, { producer: 1, number: 1 });
  t.match(kept.operations(0), [
    { process: 1, endMs: Infinity, outcome: 'unknown', steps: [{ kind: 'send', value: '1/1' }] },
    { process: 1_000 },
  ]);
  t.end();
});

t.test('the judge finds in it what clients saw', (t) => {
  const errors = (read: (kept: ClientHistory) => void): string[] => {
    const kept = history();
    read(kept);
    return [...checkHistory(kept.operations(1), OPTIONS).errors.keys()].sort();
  };
  t.strictSame(
    errors((kept) => {
      const reader = kept.newReader();
      for (const [offset, producer, number] of [
        [0, 0, 0],
        [2, 0, 1],
      ] as const) {
        reader.poll();
        reader.read(1, offset, { producer, number });
      }
    }),
    ['unseen'],
    'its place is not known, so that it is not known to have been skipped',
  );
  t.strictSame(
    errors((kept) => {
      const [first, second] = [kept.newReader(), kept.newReader()];
      for (const reader of [first, second]) {
        reader.poll();
        reader.read(1, 0, { producer: 0, number: 0 });
      }
      second.poll();
      second.read(1, 1, { producer: 1, number: 0 });
      second.read(1, 2, { producer: 0, number: 1 });
      first.poll();
      first.read(1, 2, { producer: 0, number: 1 });
    }),
    ['poll-skip'],
  );
  t.strictSame(
    errors((kept) => {
      const reader = kept.newReader();
      reader.poll();
      reader.read(1, 0, { producer: 0, number: 0 });
      reader.read(1, 1, { producer: 0, number: 0 });
      reader.read(1, 2, { producer: 1, number: 0 });
      reader.read(1, 3, { producer: 0, number: 1 });
    }),
    ['duplicate', 'inconsistent-offsets'],
  );
  t.end();
});
