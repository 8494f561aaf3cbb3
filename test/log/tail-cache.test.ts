import t from 'tap';
import { LogTail, SmallBatches, TailCache, type TailEntry } from '../../src/log/tail-cache.js';
import { BufferPool } from '../../src/platform/buffer-pool.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';

const CAPACITY_BYTES = 1024 * 1024;
const SMALL = new SmallBatches();

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
  const entry = cache.entry(batchAt(offset, valueBytes, parentBytes), offset, offset + 1, SMALL);
  tail.add(entry);
  cache.admit(tail, entry);
  return entry;
}

t.test('small batches keep no memory alive but their own', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES, buffers: new BufferPool() });
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

t.test('what is appended is copied, and its memory is used again once its log no longer has it', async (t) => {
  const buffers = new BufferPool();
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES, buffers });
  const tail = new LogTail(0);
  const batch = batchAt(0, 60_000, 60_000);
  const entry = cache.entry(batch, 0, 1, SMALL);
  t.not(entry.buffer.buffer, batch.buffer);
  t.ok(entry.buffer.equals(batch));
  tail.add(entry);
  const memory = entry.buffer.buffer;
  const view = tail.view(0, 1, 1)?.[0];
  const copy = tail.read(0, 1, 1)?.[0];
  t.equal(view?.buffer, memory);
  t.not(copy?.buffer, memory);
  tail.leave(entry);
  const later = cache.entry(batchAt(1, 60_000, 0), 1, 2, SMALL);
  t.equal(later.buffer.buffer, memory);
  t.ok(copy?.equals(batch), 'who asked for a copy has it still');
});

t.test('what is cut off a batch in memory, and what is cut off before it is written', async (t) => {
  const buffers = new BufferPool();
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES, buffers });
  const tail = new LogTail(0);
  const two = Buffer.concat([batchAt(0, 60_000, 0), batchAt(1, 60_000, 0)]);
  const entry = cache.entry(two, 0, 2, SMALL);
  tail.add(entry);
  cache.admit(tail, entry);
  tail.truncate(1);
  t.ok(tail.read(0, Infinity, 2)?.[0]?.equals(batchAt(0, 60_000, 0)));
  t.equal(buffers.freeBytes, 0);
  tail.truncate(0);
  t.ok(buffers.freeBytes >= two.length, 'all of its memory is given back');
  const free = buffers.freeBytes;
  tail.add(cache.entry(batchAt(0, 90_000, 0), 0, 1, SMALL));
  tail.truncate(0);
  t.equal(buffers.freeBytes, free, 'what may be on its way to the disk is left to the collector');
});

t.test('what a log no longer has gives its memory back at once, and what waits for the disk keeps it', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES, buffers: new BufferPool() });
  const tail = new LogTail(0);
  const entries = [0, 1, 2].map((offset) => append(cache, tail, offset, 60_000, 0));
  const waiting = cache.entry(batchAt(3, 60_000, 0), 3, 4, SMALL);
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
  t.equal(waiting.onDisk, false);
});

t.test('what leaves once it is in the file takes along what is before it, and waits for nothing', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES, buffers: new BufferPool() });
  const tail = new LogTail(0);
  const admitted = append(cache, tail, 0, 60_000, 0);
  const written = cache.entry(batchAt(1, 60_000, 0), 1, 2, SMALL);
  const waiting = cache.entry(batchAt(2, 60_000, 0), 2, 3, SMALL);
  tail.add(written);
  tail.add(waiting);
  tail.leave(written);
  t.equal(tail.firstOffset, 2);
  t.ok(admitted.gone && written.gone && !waiting.gone);
  tail.leave(written);
  t.equal(tail.firstOffset, 2, 'once');
  cache.admit(tail, waiting);
  const later = [3, 4, 5].map((offset) => append(cache, tail, offset, 225_000, 0));
  t.equal(waiting.gone, false, 'what had left made room first');
  append(cache, tail, 6, 300_000, 0);
  t.ok(waiting.gone && later.every((entry) => !entry.gone));
});

t.test('a gap before what is in memory is in memory as well', async (t) => {
  const cache = new TailCache({ capacityBytes: CAPACITY_BYTES, buffers: new BufferPool() });
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
