import t from 'tap';
import type { Test } from 'tap';
import type { LogDirectory } from '../../src/log/log-directory.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import {
  batchBaseOffset,
  batchNextOffset,
  batchSizeBytes,
  LEADER_EPOCH_AT,
  RECORD_BATCH_OVERHEAD,
} from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, ManualClock, openDirectory, readAll, settle, TOPIC_ID } from './support.js';

/**
 * Random lives of one log on a disk that loses, keeps or tears what was not synced, against a model: the batches that
 * were appended. Whatever was durable is there after a crash, and what is there is a prefix of the model, never a mix.
 */
class Life {
  readonly #t: Test;
  readonly #random: Seeded;
  readonly #disk = new FakeDisk();
  readonly #clock = new ManualClock();
  readonly #reached = new Map<string, number>();
  readonly #config;
  #directory: LogDirectory | undefined;
  #log: PartitionLog | undefined;
  #batches: Buffer[] = [];
  #epoch = 0;
  #sequences = new Map<number, number>();

  constructor(t: Test, seed: number) {
    this.#t = t;
    this.#random = new Seeded(seed);
    this.#config = logConfig({
      segmentBytes: 1000 + this.#random.below(3000),
      indexIntervalBytes: 50 + this.#random.below(400),
      flushMessages: this.#random.chance(80) ? 1 : 5,
    });
  }

  get reached(): ReadonlyMap<string, number> {
    return this.#reached;
  }

  async run(steps: number): Promise<void> {
    await this.#open(0);
    this.#disk.manual = true;
    for (let step = 0; step < steps; step++) {
      const draw = this.#random.below(100);
      if (draw < 50) this.#append();
      else if (draw < 70) await this.#turn(1 + this.#random.below(6));
      else if (draw < 80) await this.#readSome();
      else if (draw < 86) await this.#truncate();
      else if (draw < 90) await this.#finish(this.log.flush());
      else if (draw < 92) await this.#checkpoint();
      else if (draw < 94) await this.#retention();
      else if (draw < 96) await this.#startOver();
      else if (draw < 97) await this.#restart();
      else if (draw < 98) await this.#flip();
      else await this.#crash();
    }
    await this.#restart();
  }

  get log(): PartitionLog {
    if (this.#log === undefined) throw new Error('the log is open');
    return this.#log;
  }

  #note(what: string): void {
    this.#reached.set(what, (this.#reached.get(what) ?? 0) + 1);
  }

  get #start(): number {
    return this.log.startOffset;
  }

  #append(): void {
    const producerId = this.#random.below(3);
    const records = 1 + this.#random.below(4);
    const baseSequence = this.#sequences.get(producerId) ?? 0;
    const batch = makeBatch({
      records,
      valueBytes: this.#random.below(150),
      fill: this.#random.below(256),
      ...(producerId === 0 ? {} : { producerId, baseSequence }),
    });
    const { firstOffset } = this.log.appendAsLeader(batch, this.#epoch);
    this.#t.equal(firstOffset, endOf(this.#batches, this.#start));
    this.#batches.push(Buffer.from(batch));
    this.#sequences.set(producerId, baseSequence + records);
    this.#t.ok(this.log.durableOffset <= this.log.endOffset);
  }

  /** Lets some calls to the disk happen. */
  async #turn(count: number): Promise<void> {
    for (let index = 0; index < count; index++) {
      this.#disk.runOne(this.#random);
      await settle(30);
    }
  }

  async #finish<T>(work: Promise<T>): Promise<T> {
    let done = false;
    const end = work.finally(() => (done = true));
    end.catch(() => undefined);
    for (let turn = 0; !done; turn++) {
      if (turn > 100_000) throw new Error('the disk work does not end');
      await settle(10);
      this.#disk.runOne(this.#random);
    }
    return end;
  }

  async #readSome(): Promise<void> {
    const { startOffset, endOffset } = this.log;
    if (startOffset === endOffset) return;
    const offset = startOffset + this.#random.below(endOffset - startOffset);
    const upTo = this.#random.chance(50) ? endOffset : boundary(this.#batches, offset + 1 + this.#random.below(20));
    const maxBytes = this.#random.below(1500);
    const pending = this.log.read(offset, maxBytes, upTo);
    const found = Buffer.concat(await this.#finish(Promise.resolve(pending)));
    const first = this.#batches.findIndex((batch) => batchNextOffset(batch, 0) > offset);
    const rest = this.#batches.slice(first).filter((batch) => batchNextOffset(batch, 0) <= upTo);
    this.#t.ok(found.equals(Buffer.concat(rest).subarray(0, found.length)), `read of ${offset}`);
    this.#t.equal(found.length > 0, rest.length > 0, 'at least one batch');
  }

  async #truncate(): Promise<void> {
    const { startOffset, endOffset } = this.log;
    if (startOffset === endOffset) return;
    const offset = Math.max(startOffset, endOffset - this.#random.below(30));
    const kept = this.#batches.filter((batch) => batchNextOffset(batch, 0) <= offset);
    const durable = Math.min(this.log.durableOffset, endOf(kept, startOffset));
    const work = this.log.truncateTo(offset);
    if (this.#random.chance(15)) {
      // Power fails on the way: the log may be anything from cut to whole.
      await this.#turn(this.#random.below(8));
      work.catch(() => undefined);
      this.#note('crash in a truncation');
      await this.#crashWith(durable);
      return;
    }
    await this.#finish(work);
    this.#note('truncation');
    this.#batches = kept;
    this.#t.equal(this.log.endOffset, endOf(kept, startOffset));
    this.#epoch++;
    this.#forgetSequences();
    await this.#checkAll();
  }

  /** The log has nothing in common with its leader's, which starts below it, within it or beyond it. */
  async #startOver(): Promise<void> {
    const offset = this.#random.below(this.log.endOffset + 5);
    if (offset < this.log.startOffset) this.#note('started over lower');
    await this.#finish(this.log.truncateFullyAndStartAt(offset));
    this.#batches = [];
    this.#t.equal(this.log.startOffset, offset);
    this.#epoch++;
    this.#forgetSequences();
    if (this.#random.chance(50)) return;
    this.#append();
    await this.#finish(this.log.flush());
    await this.#crashWith(this.log.durableOffset);
  }

  #forgetSequences(): void {
    this.#sequences = new Map();
    for (const [producerId, entry] of this.log.producerState.producers) {
      this.#sequences.set(producerId, entry.lastSequence + 1);
    }
  }

  async #checkpoint(): Promise<void> {
    await this.#finish(this.#directory?.checkpoint() ?? Promise.resolve());
    this.#note('checkpoint');
  }

  async #retention(): Promise<void> {
    this.log.updateHighWatermark(this.log.durableOffset);
    const offset = this.log.startOffset + this.#random.below(15);
    if (offset > this.log.highWatermark) return;
    this.log.deleteRecordsBefore(offset);
    const removed = await this.#finish(this.log.applyRetention(0));
    if (removed.segments > 0) this.#note('segments removed');
    await this.#checkAll();
  }

  async #checkAll(): Promise<void> {
    const found = await this.#finish(readAll(this.log));
    const expected = this.#batches.filter((batch) => batchNextOffset(batch, 0) > this.#start);
    this.#t.ok(Buffer.concat(found).equals(Buffer.concat(expected)), `all of ${this.#start} to ${this.log.endOffset}`);
  }

  async #restart(): Promise<void> {
    const { startOffset, endOffset } = this.log;
    const producers = this.#producers();
    await this.#finish(this.#directory?.close() ?? Promise.resolve());
    await this.#finish(this.#open(endOffset));
    this.#note('clean restart');
    this.#t.equal(this.log.recovery, undefined);
    this.#t.equal(this.log.startOffset, startOffset);
    this.#t.equal(this.log.endOffset, endOffset);
    this.#t.same(this.#producers(), producers);
    await this.#checkAll();
  }

  #producers(): unknown[] {
    const entries = [...this.log.producerState.producers.values()].sort((a, b) => a.producerId - b.producerId);
    return entries.map((entry) => [
      entry.producerId,
      entry.epoch,
      entry.batchCount,
      entry.lastSequence,
      entry.lastOffset,
    ]);
  }

  async #crash(): Promise<void> {
    // Most of the time a write is under way.
    this.#append();
    await this.#turn(this.#random.below(4));
    await this.#crashWith(this.log.durableOffset);
  }

  async #crashWith(atLeast: number): Promise<void> {
    const how = (['mix', 'loseAll', 'keepAll'] as const)[this.#random.below(3)] ?? 'mix';
    const floor = this.#config.flushMessages === 1 ? atLeast : Math.min(atLeast, this.log.syncedOffset);
    // A mark of an earlier crash stays until the controller knows.
    const isMarked = this.log.truncatedByRecovery;
    const { startOffset } = this.log;
    this.#disk.crash(this.#random, how);
    await this.#finish(this.#open(floor));
    this.#note(`crash, ${how}`);
    const { recovery } = this.log;
    this.#t.ok(recovery === undefined || recovery.damaged.length === 0);
    if (how !== 'mix' && !isMarked) this.#t.notOk(recovery?.truncatedDamage, `nothing is taken for damage (${how})`);
    if ((recovery?.truncatedBytes ?? 0) > 0) this.#note('torn tail cut');
    this.#t.ok(this.log.endOffset >= floor, `${this.log.endOffset} of ${floor} kept (${how})`);
    this.#t.ok(this.log.startOffset <= startOffset, 'nothing is taken for deleted');
    this.#batches = this.#batches.filter((batch) => batchNextOffset(batch, 0) <= this.log.endOffset);
    this.#t.equal(this.log.endOffset, endOf(this.#batches, this.#start), 'the end is a boundary of batches');
    this.#epoch++;
    this.#forgetSequences();
    await this.#checkAll();
  }

  /** The disk turns a bit of a batch, and the log goes on, restarts or crashes: it finds it, and is mended. */
  async #flip(): Promise<void> {
    await this.#finish(this.log.flush());
    const flipped = this.#flipBit();
    if (flipped === undefined) return;
    const draw = this.#random.below(3);
    if (draw === 0) {
      await this.#finish(this.#directory?.close() ?? Promise.resolve());
      await this.#finish(this.#open(this.log.endOffset));
      this.#note('flip, clean restart');
    } else if (draw === 1) {
      await this.#crashOnFlipped(flipped);
    } else {
      this.#note('flip while it runs');
    }
    for (let turn = 0; !(await this.#finish(this.log.scrubSlice(500))); turn++)
      if (turn > 10_000) throw new Error('endless');
    for (const { fromOffset, toOffset } of this.log.damagedRanges) {
      this.#t.ok(fromOffset <= flipped && flipped < toOffset, 'nothing else is damaged');
      const good = this.#batches.filter(
        (batch) => batchBaseOffset(batch, 0) >= fromOffset && batchNextOffset(batch, 0) <= toOffset,
      );
      this.#t.ok(await this.#finish(this.log.repair(fromOffset, Buffer.concat(good))), 'what another replica has fits');
      this.#note('flip repaired');
    }
    this.#t.same(this.log.damagedRanges, []);
    // What was mended may tell of producers that the damage hid.
    this.#forgetSequences();
    await this.#checkAll();
  }

  /** Gives the base offset of the batch whose bit it was; undefined where nothing is on the disk. */
  #flipBit(): number | undefined {
    const bases = this.#batches.map((batch) => batchBaseOffset(batch, 0)).filter((base) => base >= this.#start);
    const base = bases[this.#random.below(Math.max(1, bases.length))];
    if (base === undefined) return undefined;
    for (const path of this.#disk.paths('/data/t-0/').filter((name) => name.endsWith('.log'))) {
      const bytes = this.#disk.bytesOf(path);
      for (let at = 0; at + RECORD_BATCH_OVERHEAD <= bytes.length && batchNextOffset(bytes, at) > 0;) {
        const sizeBytes = batchSizeBytes(bytes, at);
        if (batchBaseOffset(bytes, at) === base) {
          // Nobody can tell of the leader epoch, which is outside the CRC.
          const inBatch = this.#random.below(sizeBytes - 4);
          this.#disk.flipBit(path, at + (inBatch < LEADER_EPOCH_AT ? inBatch : inBatch + 4), this.#random.below(8));
          return base;
        }
        at += sizeBytes;
      }
    }
    return undefined;
  }

  /** What is behind the last checkpoint and damaged looks torn: it is cut there, and the log says so. */
  async #crashOnFlipped(flipped: number): Promise<void> {
    const { endOffset } = this.log;
    this.#disk.crash(this.#random, 'loseAll');
    await this.#finish(this.#open(0));
    this.#t.ok(this.log.endOffset >= Math.min(flipped, endOffset), 'nothing before it is cut');
    if (this.log.endOffset < endOffset) {
      this.#t.ok(this.log.truncatedByRecovery, 'what was durable is not cut in silence');
      this.#note('flip taken for a torn tail');
    } else {
      this.#note('flip, crash');
    }
    this.#batches = this.#batches.filter((batch) => batchNextOffset(batch, 0) <= this.log.endOffset);
    this.#epoch++;
    this.#forgetSequences();
  }

  async #open(atLeast: number): Promise<void> {
    const opened = await openDirectory(this.#disk.mount(), {
      clock: this.#clock,
      cacheBytes: this.#random.below(6000),
    });
    this.#directory = opened.directory;
    this.#log = await opened.directory.openLog('t', 0, TOPIC_ID, this.#config);
    this.#t.ok(this.log.endOffset >= atLeast);
  }
}

function endOf(batches: readonly Buffer[], otherwise: number): number {
  const last = batches.at(-1);
  return last === undefined ? otherwise : Math.max(batchNextOffset(last, 0), otherwise);
}

/** The greatest end of a batch at or below `offset`. */
function boundary(batches: readonly Buffer[], offset: number): number {
  const below = batches.filter((batch) => batchNextOffset(batch, 0) <= offset);
  const last = below.at(-1);
  return last === undefined ? batchBaseOffset(batches[0] ?? makeBatch(), 0) : batchNextOffset(last, 0);
}

t.test('random lives of a log', async (t) => {
  const reached = new Map<string, number>();
  for (let seed = 0; seed < Number(process.env['LOG_SEEDS'] ?? 60); seed++) {
    await t.test(`seed ${seed}`, async (t) => {
      const life = new Life(t, seed);
      await life.run(150);
      for (const [what, count] of life.reached) reached.set(what, (reached.get(what) ?? 0) + count);
    });
  }
  for (const what of [
    'truncation',
    'crash in a truncation',
    'started over lower',
    'segments removed',
    'clean restart',
    'crash, mix',
    'torn tail cut',
    'checkpoint',
    'flip, clean restart',
    'flip, crash',
    'flip while it runs',
    'flip taken for a torn tail',
    'flip repaired',
  ]) {
    t.ok((reached.get(what) ?? 0) > 2, `${what} happened ${reached.get(what)} times`);
  }
});
