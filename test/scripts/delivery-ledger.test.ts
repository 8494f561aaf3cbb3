import t from 'tap';
import { DeliveryLedger, sumCounts } from '../../scripts/workload/delivery-ledger.js';

const CHECKSUM = 7;

/** Sends `count` records. */
function ledgerOf(count: number, capacity = 100): DeliveryLedger {
  const ledger = new DeliveryLedger(capacity);
  for (let n = 0; n < count; n++) ledger.sent(CHECKSUM);
  return ledger;
}

t.test('records that are acknowledged and read leave nothing behind', (t) => {
  const ledger = new DeliveryLedger(4);
  for (let n = 0; n < 1000; n++) {
    // Throws unless the window moved on.
    ledger.sent(n);
    // In turn: read first, acknowledged first.
    if (n % 2 === 0) ledger.read(n, n % 3, Math.floor(n / 3), n);
    ledger.acknowledged(n, n % 3, Math.floor(n / 3));
    if (n % 2 === 1) ledger.read(n, n % 3, Math.floor(n / 3), n);
  }
  t.ok(ledger.isSettled && ledger.isRead);
  const none = { failed: 0, lost: 0, duplicated: 0, outOfOrder: 0, altered: 0, unexpected: 0 };
  t.strictSame(ledger.counts(), { sent: 1000, acknowledged: 1000, readBack: 1000, ...none });
  t.end();
});

t.test('an acknowledged record that nobody reads is lost, and stops the window', (t) => {
  const ledger = ledgerOf(3, 3);
  for (let n = 0; n < 3; n++) ledger.acknowledged(n, 0, n);
  ledger.read(0, 0, 0, CHECKSUM);
  ledger.read(2, 0, 2, CHECKSUM);
  t.equal(ledger.counts().lost, 1);
  t.notOk(ledger.isRead);
  ledger.sent(CHECKSUM);
  t.notOk(ledger.hasRoom, 'the lost record holds the window');
  t.throws(() => ledger.sent(CHECKSUM), { name: 'InvariantViolation' });
  t.end();
});

t.test('duplicates are found within the window and below it', (t) => {
  const ledger = ledgerOf(2);
  ledger.read(1, 0, 1, CHECKSUM);
  ledger.read(1, 0, 2, CHECKSUM);
  t.equal(ledger.counts().duplicated, 1);
  ledger.acknowledged(0, 0, 0);
  ledger.read(0, 1, 0, CHECKSUM);
  ledger.read(0, 1, 1, CHECKSUM);
  t.equal(ledger.counts().duplicated, 2);
  t.end();
});

t.test('order is kept a partition, not between partitions', (t) => {
  const ledger = ledgerOf(4);
  ledger.read(2, 0, 0, CHECKSUM);
  ledger.read(1, 1, 0, CHECKSUM);
  t.equal(ledger.counts().outOfOrder, 0);
  ledger.read(0, 1, 1, CHECKSUM);
  t.equal(ledger.counts().outOfOrder, 1);
  t.end();
});

t.test('other bytes, another place and records that were never sent', (t) => {
  const ledger = ledgerOf(3);
  ledger.read(0, 0, 0, CHECKSUM + 1);
  t.equal(ledger.counts().altered, 1, 'bytes');
  ledger.acknowledged(1, 0, 5);
  ledger.read(1, 0, 6, CHECKSUM);
  t.equal(ledger.counts().altered, 2, 'an offset that is not the acknowledged one');
  ledger.acknowledged(2, 0, -1);
  ledger.read(2, 0, 7, CHECKSUM);
  t.equal(ledger.counts().altered, 2, 'an offset that the broker no longer knew');
  ledger.read(3, 0, 8, CHECKSUM);
  t.equal(ledger.counts().unexpected, 1);
  t.end();
});

t.test('a failed record may be read once, at any time, and is never lost', (t) => {
  const ledger = ledgerOf(2);
  ledger.failed(0);
  ledger.acknowledged(1, 0, 1);
  ledger.read(1, 0, 1, CHECKSUM);
  t.ok(ledger.isSettled && ledger.isRead);
  t.equal(ledger.counts().lost, 0);
  ledger.read(0, 1, 0, CHECKSUM);
  t.equal(ledger.counts().duplicated, 0);
  ledger.read(0, 1, 1, CHECKSUM);
  t.equal(ledger.counts().duplicated, 1);
  t.strictSame([...ledger.failedNumbers], [0]);
  t.throws(() => ledger.failed(0), { name: 'InvariantViolation' });
  t.end();
});

t.test('the sum of several producers', (t) => {
  const [one, two] = [ledgerOf(2), ledgerOf(3)];
  one.acknowledged(0, 0, 0);
  two.failed(1);
  const sum = sumCounts([one.counts(), two.counts()]);
  t.strictSame([sum.sent, sum.acknowledged, sum.failed, sum.lost], [5, 1, 1, 1]);
  t.end();
});
