import t from 'tap';
import { LogTail, TailCache, TailEntry } from '../../src/log/tail-cache.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

const CAPACITY_BYTES = 1024 * 1024;

/** A batch of one record at `offset` in a slice of memory of `parentBytes`, as messages and pools give them. */
function batchAt(offset: number, valueBytes: number, parentBytes: number): Buffer {
  const builder = new BatchBuilder().reset();
  builder.append(0, null, Buffer.alloc(valueBytes, offset & 0xff));
  const batch = builder.detach();
  batch.writeBigInt64BE(BigInt(offset), 0);
  const parent = Buffer.allocUnsafeSlow(Math.max(parentBytes, batch.length));
  batch.copy(parent);
  return parent.subarray(0, batch.length);
}

function append(cache: TailCache, tail: LogTail, offset: number, valueBytes: number, parentBytes: number): TailEntry {
  const entry = new TailEntry(batchAt(offset, valueBytes, parentBytes), offset, offset + 1);
  tail.add(entry);
  cache.admit(tail, entry);
  return entry;
}

t.test('small batches keep no memory alive but their own', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES });
  const tail = new LogTail(0);
  const entries: TailEntry[] = [];
  for (let offset = 0; offset < 20_000; offset++) entries.push(append(cache, tail, offset, 100, 8_192));
  const kept = new Set(entries.filter((entry) => !entry.gone).map((entry) => entry.buffer.buffer));
  const keptBytes = [...kept].reduce((sum, memory) => sum + memory.byteLength, 0);
  t.ok(cache.usedBytes <= CAPACITY_BYTES);
  t.ok(keptBytes < cache.usedBytes, `${keptBytes} bytes of memory for ${cache.usedBytes} counted`);
  t.ok(
    entries.slice(0, 1_000).every((entry) => entry.gone && entry.buffer.length === 0),
    'the evicted ones hold none',
  );
  const first = tail.firstOffset ?? -1;
  t.equal(first + entries.filter((entry) => !entry.gone).length, 20_000);
  for (const offset of [first, 19_999]) {
    const [found] = tail.read(offset, 1, 20_000) ?? [];
    t.ok(found?.equals(batchAt(offset, 100, 0)), `the batch at ${offset} is what was appended`);
  }
});

t.test('a large part of a message is copied, most of one is not', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES });
  const tail = new LogTail(0);
  const part = append(cache, tail, 0, 30_000, 100_000);
  t.equal(part.buffer.buffer.byteLength, part.buffer.length);
  const { buffer } = batchAt(1, 60_000, 100_000);
  const most = append(cache, tail, 1, 60_000, 100_000);
  t.equal(most.buffer.buffer.byteLength, buffer.byteLength);
});

t.test('what a log no longer has gives its memory back at once, and what waits for the disk keeps it', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES });
  const tail = new LogTail(0);
  const entries = [0, 1, 2].map((offset) => append(cache, tail, offset, 60_000, 0));
  const waiting = new TailEntry(batchAt(3, 60_000, 0), 3, 4);
  tail.add(waiting);
  tail.dropBefore(1);
  t.same(
    entries.map((entry) => entry.buffer.length > 0),
    [false, true, true],
  );
  tail.clear(0);
  t.same(
    entries.map((entry) => entry.buffer.length > 0),
    [false, false, false],
  );
  t.equal(waiting.gone, true);
  t.ok(waiting.buffer.length > 60_000, 'it may be on its way to the disk');
  cache.admit(tail, waiting);
  t.equal(waiting.admitted, false);
});

t.test('what leaves once it is in the file takes along what is before it, and waits for nothing', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES });
  const tail = new LogTail(0);
  const admitted = append(cache, tail, 0, 60_000, 0);
  const written = new TailEntry(batchAt(1, 60_000, 0), 1, 2);
  const waiting = new TailEntry(batchAt(2, 60_000, 0), 2, 3);
  tail.add(written);
  tail.add(waiting);
  tail.leave(written);
  t.equal(tail.firstOffset, 2);
  t.ok(admitted.gone && written.gone && !waiting.gone);
  tail.leave(written);
  t.equal(tail.firstOffset, 2, 'once');
  cache.admit(tail, waiting);
  const later = [3, 4, 5].map((offset) => append(cache, tail, offset, 250_000, 0));
  t.equal(waiting.gone, false, 'what had left made room first');
  append(cache, tail, 6, 250_000, 0);
  t.ok(waiting.gone && later.every((entry) => !entry.gone));
});

t.test('a gap before what is in memory is in memory as well', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES });
  const tail = new LogTail(3);
  const entries = [5, 6, 9].map((offset) => append(cache, tail, offset, 100, 0));
  const read = (offset: number): unknown => tail.read(offset, 1, 100)?.map((batch) => Number(batch.readBigInt64BE(0)));
  t.same([2, 3, 5, 6, 7, 9, 10].map(read), [undefined, [5], [5], [6], [9], [9], []]);
  for (const entry of entries.slice(0, 2)) tail.dropFirst(entry);
  t.same([6, 7, 9].map(read), [undefined, [9], [9]]);
  tail.truncate(8);
  t.equal(read(8), undefined, 'nothing is');
  append(cache, tail, 10, 100, 0);
  t.same([7, 8, 10].map(read), [[10], [10], [10]]);
  tail.truncate(4);
  append(cache, tail, 5, 100, 0);
  t.same([3, 4].map(read), [undefined, [5]]);
  tail.clear(20);
  append(cache, tail, 22, 100, 0);
  t.same([19, 20].map(read), [undefined, [22]]);
});
