import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { compareReplicas } from '../../scripts/cluster/replica-logs.js';
import { DeliveryLedger } from '../../scripts/workload/delivery-ledger.js';
import { TAG_HEADER, decodeTag, encodeTag, recordChecksum } from '../../scripts/workload/record-tag.js';
import { ReplicaAudit } from '../../scripts/workload/replica-audit.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

/** A batch of the records with these numbers. */
function batch(baseOffset: number, numbers: readonly number[]): Buffer {
  const builder = new BatchBuilder().reset({ baseOffset, leaderEpoch: 3 });
  for (const number of numbers) {
    builder.append(1_000 + number, 'key', `value ${number}`, [{ key: TAG_HEADER, value: encodeTag(0, number) }]);
  }
  return Buffer.from(builder.close());
}

function write(root: string, node: number, segments: Readonly<Record<string, readonly Buffer[]>>): void {
  const folder = join(root, String(node), 'lines-0');
  mkdirSync(folder, { recursive: true });
  for (const [name, batches] of Object.entries(segments)) writeFileSync(join(folder, name), Buffer.concat(batches));
}

const FIRST = '00000000000000000000.log';
const SECOND = '00000000000000000002.log';
const PARTITION = { topic: 'lines', partition: 0, replicas: [1, 2, 3], highWatermark: 4 };

t.test('replicas are alike below the high watermark, however they are cut into files', (t) => {
  const root = t.testdir({});
  const [one, two] = [batch(0, [0, 1]), batch(2, [2, 3])];
  write(root, 1, { [FIRST]: [one, two] });
  write(root, 2, { [FIRST]: [one], [SECOND]: [two, Buffer.alloc(500)] });
  write(root, 3, { [FIRST]: [one, two, batch(4, [9]), Buffer.from('torn')] });
  const comparison = compareReplicas([PARTITION], (node) => join(root, String(node)));
  t.strictSame(comparison.differences, []);
  t.equal(comparison.comparedReplicas, 3);
  t.equal(comparison.comparedBytes, 3 * (one.length + two.length));
  t.end();
});

t.test('one flipped bit, a missing end and a missing folder are named', (t) => {
  const root = t.testdir({});
  const [one, two] = [batch(0, [0, 1]), batch(2, [2, 3])];
  const flipped = Buffer.from(two);
  flipped[flipped.length - 1] = (flipped[flipped.length - 1] ?? 0) ^ 1;
  write(root, 1, { [FIRST]: [one, two] });
  write(root, 2, { [FIRST]: [one, flipped] });
  write(root, 3, { [FIRST]: [one, two] });
  const directoryOf = (node: number): string => join(root, String(node));
  const differences = compareReplicas([PARTITION], directoryOf).differences;
  t.match(differences, [/^lines-0 on node 2 has a damaged batch at 2/]);
  t.equal(differences.length, 1);
  for (const node of [1, 2, 3]) write(root, node, { [FIRST]: [one, flipped] });
  t.strictSame(
    compareReplicas([PARTITION], directoryOf).differences,
    [1, 2, 3].map((node) => `lines-0 on node ${node} has a damaged batch at 2`),
    'also where all of them have the same',
  );
  for (const node of [1, 3]) write(root, node, { [FIRST]: [one, two] });
  write(root, 2, { [FIRST]: [one] });
  t.match(compareReplicas([PARTITION], directoryOf).differences, [/node 2 ends at 2, below the high watermark 4/]);
  const missing = compareReplicas([{ ...PARTITION, replicas: [1, 3, 4] }], directoryOf).differences;
  t.match(missing, [/node 4 ends at 0/]);
  t.end();
});

t.test('the audit of a replica finds what is lost, twice, or out of order', (t) => {
  const ledger = new DeliveryLedger(10);
  for (let number = 0; number < 6; number++) {
    ledger.sent(recordChecksum('key', Buffer.from(`value ${number}`)));
    if (number !== 5) ledger.acknowledged(number, 0, number);
  }
  ledger.failed(5);
  const good = new ReplicaAudit([ledger]);
  good.visit(0, batch(0, [0, 2]));
  good.visit(1, batch(0, [1, 3]));
  good.visit(0, batch(2, [4]));
  t.strictSame(good.counts(), { records: 5, lost: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 });
  const bad = new ReplicaAudit([ledger]);
  bad.visit(0, batch(0, [2, 0]));
  bad.visit(0, batch(2, [2]));
  bad.visit(1, batch(0, [1]));
  t.strictSame(bad.counts(), { records: 4, lost: 2, duplicated: 1, outOfOrder: 1, unexpected: 0 });
  const strange = new ReplicaAudit([ledger]);
  strange.visit(0, batch(0, [6]));
  t.strictSame(strange.counts(), { records: 1, lost: 5, duplicated: 0, outOfOrder: 0, unexpected: 1 }, 'never sent');
  t.end();
});

t.test('a tag holds producer and number', (t) => {
  t.strictSame(decodeTag(encodeTag(65_535, 2 ** 48 - 1)), { producer: 65_535, number: 2 ** 48 - 1 });
  t.equal(decodeTag(Buffer.from('short')), undefined);
  t.equal(decodeTag(null), undefined);
  t.end();
});
