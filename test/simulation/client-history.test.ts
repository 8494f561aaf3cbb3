import t from 'tap';
import { SendError } from '../../src/client/producer/send-error.js';
import { VarveError } from '../../src/common/errors.js';
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

t.test('what surely failed may not be read, and what may be stored may', (t) => {
  const errors = (mayBeStored: boolean, partition: number): string[] => {
    const kept = history();
    kept.notAcknowledged(1, 1, new SendError(new VarveError('INVALID_TIMESTAMP'), mayBeStored));
    const reader = kept.newReader();
    reader.poll();
    const read = [
      [0, 0, 0],
      [1, 1, 0],
      [2, 0, 1],
    ] as const;
    for (const [offset, producer, number] of read) reader.read(1, offset, { producer, number });
    reader.read(partition, 3, { producer: 1, number: 1 });
    const { errors } = checkHistory(kept.operations(partition), { ...OPTIONS, readToEnd: partition === 1 });
    return [...errors.keys()];
  };
  t.strictSame(errors(false, 1), ['G1a']);
  t.strictSame(errors(true, 1), []);
  t.strictSame(errors(false, 0), ['G1a'], 'wherever it is read');
  const kept = history();
  kept.notAcknowledged(1, 1, new VarveError('REQUEST_TIMED_OUT'));
  t.equal(kept.operations(1).length, 3, 'nothing is known of it, nor where it is');
  t.end();
});

t.test('what was told of the bounds of a partition is an operation of it', (t) => {
  const kept = history();
  const [first, second] = [kept.newAsker(), kept.newAsker()];
  first.told(1, 2, 0, 3);
  second.told(0, 3, 0, 0);
  first.told(1, 4, 0, 2);
  t.match(kept.operations(1).slice(-2), [
    { process: 1_000, startMs: 2, steps: [{ kind: 'bounds', partition: 'lines-1', startOffset: 0, endOffset: 3 }] },
    { process: 1_000, startMs: 4, steps: [{ endOffset: 2 }] },
  ]);
  t.match(kept.operations(0), [{ process: 1_001 }]);
  const { errors } = checkHistory(kept.operations(1), { ...OPTIONS, readToEnd: false });
  t.ok(errors.has('nonmonotonic-bounds'));
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
