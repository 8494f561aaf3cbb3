import t from 'tap';
import type { LogConfig } from '../../src/log/log-config.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { NO_TIMESTAMP } from '../../src/record/batch-header.js';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, ManualClock, openDirectory, TOPIC_ID } from './support.js';

const SPAN_MS = 10_000;
const RESTARTS = ['a clean stop', 'a crash'] as const;

/** A log whose clock stands still, and that can be opened again; its files say that they were written at `writtenMs`. */
class Rolled {
  readonly disk = new FakeDisk();
  readonly clock = new ManualClock();
  readonly startMs = this.clock.wallMs();
  writtenMs = this.startMs;
  readonly #config: LogConfig;
  #opened: { readonly log: PartitionLog; readonly close: () => Promise<void> } | undefined;

  constructor(config: Partial<LogConfig>) {
    this.#config = logConfig(config);
  }

  get log(): PartitionLog {
    if (this.#opened === undefined) throw new Error('the log is open');
    return this.#opened.log;
  }

  async open(): Promise<void> {
    const { clock } = this;
    const mounted = this.disk.mount();
    const stat: typeof mounted.stat = async (path) => {
      const found = await mounted.stat(path);
      return found && { ...found, modifiedMs: this.writtenMs };
    };
    const { directory } = await openDirectory({ ...mounted, stat }, { clock, cacheBytes: 0 });
    const log = await directory.openLog('t', 0, TOPIC_ID, this.#config);
    this.#opened = { log, close: () => directory.close() };
  }

  async restart(how: (typeof RESTARTS)[number]): Promise<void> {
    if (how === 'a clean stop') await this.#opened?.close();
    else this.disk.crash(new Seeded(1), 'keepAll');
    await this.open();
  }

  /** Appends a batch for each, which is on the disk then. */
  async append(...timestamps: readonly number[]): Promise<void> {
    for (const timestamp of timestamps) {
      this.log.appendAsLeader(makeBatch({ timestamp }), 0);
      await this.log.flush();
    }
  }

  /** Where the segments begin. */
  get bases(): number[] {
    return this.#names('.log').map((path) => Number(path.slice(-24, -4)));
  }

  /** Bytes of the index files of all segments but the active one. */
  indexBytes(suffix: '.index' | '.timeindex'): number[] {
    return this.#names(suffix)
      .slice(0, this.log.segmentCount - 1)
      .map((path) => this.disk.bytesOf(path).length);
  }

  #names(suffix: string): string[] {
    return this.disk.paths('/data/t-0/').filter((path) => path.endsWith(suffix));
  }
}

t.test('segment.ms: a segment is rolled when its records span more, by their timestamps', async (t) => {
  for (const how of RESTARTS) {
    const rolled = new Rolled({ segmentMs: SPAN_MS });
    const { startMs } = rolled;
    await rolled.open();
    await rolled.append(startMs, startMs + SPAN_MS);
    t.same(rolled.bases, [0], 'no more than that');
    await rolled.append(startMs + SPAN_MS + 1);
    t.same(rolled.bases, [0, 2]);
    await rolled.append(startMs - SPAN_MS, startMs + 2 * SPAN_MS + 1);
    t.same(rolled.bases, [0, 2], 'from the first record of the segment on, not from the oldest');

    await rolled.restart(how);
    // Long ago, by the clock of the files; but the timestamps count, which the first append has looked up.
    rolled.clock.advance(SPAN_MS / 2);
    await rolled.append(startMs + 2 * SPAN_MS + 1, startMs + 2 * SPAN_MS + 1);
    t.same(rolled.bases, [0, 2], `after ${how}`);
    await rolled.append(startMs + 2 * SPAN_MS + 2);
    t.same(rolled.bases, [0, 2, 7], `after ${how}, from the first record of the segment on`);
  }
});

t.test('segment.ms: the first append after a restart rolls nothing by a timestamp that is not known yet', async (t) => {
  for (const how of RESTARTS) {
    const rolled = new Rolled({ segmentMs: SPAN_MS });
    const { startMs } = rolled;
    await rolled.open();
    await rolled.append(startMs);
    await rolled.restart(how);
    rolled.clock.advance(3 * SPAN_MS);
    await rolled.append(startMs);
    t.same(rolled.bases, [0], how);
  }
});

t.test('segment.ms: where the first batch has no timestamp, the age of the segment counts', async (t) => {
  for (const how of RESTARTS) {
    const rolled = new Rolled({ segmentMs: SPAN_MS });
    const { clock } = rolled;
    await rolled.open();
    await rolled.append(NO_TIMESTAMP);
    clock.advance(SPAN_MS);
    await rolled.append(NO_TIMESTAMP, clock.wallMs());
    t.same(rolled.bases, [0], 'no older than that');
    clock.advance(1);
    await rolled.append(NO_TIMESTAMP);
    t.same(rolled.bases, [0, 3]);

    rolled.writtenMs = clock.wallMs();
    await rolled.restart(how);
    clock.advance(SPAN_MS);
    await rolled.append(NO_TIMESTAMP, NO_TIMESTAMP);
    t.same(rolled.bases, [0, 3], `after ${how}`);
    clock.advance(1);
    await rolled.append(NO_TIMESTAMP);
    t.same(rolled.bases, [0, 3, 6], `after ${how}: since it was written`);
  }
});

t.test('segment.ms: a batch without a timestamp is of no time', async (t) => {
  const rolled = new Rolled({ segmentMs: SPAN_MS });
  const { clock, startMs } = rolled;
  await rolled.open();
  await rolled.append(startMs);
  clock.advance(3 * SPAN_MS);
  await rolled.append(NO_TIMESTAMP);
  t.same(rolled.bases, [0]);
  await rolled.append(startMs + SPAN_MS + 1);
  t.same(rolled.bases, [0, 2]);
});

t.test('segment.jitter.ms: each segment is rolled up to so much earlier', async (t) => {
  const STEP_MS = 100;
  const JITTER_MS = 5_000;
  for (const how of [undefined, ...RESTARTS]) {
    const rolled = new Rolled({ segmentMs: SPAN_MS, segmentJitterMs: JITTER_MS });
    await rolled.open();
    /** From the first record of each segment to that of the next. */
    const spans: number[] = [];
    for (let index = 0; index < 1_000; index++) {
      await rolled.append(rolled.startMs + index * STEP_MS);
      if (rolled.log.segmentCount - 1 === spans.length) continue;
      spans.push(index * STEP_MS - spans.reduce((sum, span) => sum + span, 0));
      // The first append afterwards has the first timestamp looked up.
      if (how !== undefined) await rolled.restart(how);
    }
    const where = `${how === undefined ? 'without a restart' : `after ${how}`}: ${spans.join(' ')}`;
    t.ok(
      spans.every((span) => span > SPAN_MS - JITTER_MS && span <= SPAN_MS + STEP_MS),
      `within the bounds ${where}`,
    );
    if (how === undefined) t.ok(new Set(spans).size > spans.length / 2, `not all the same ${where}`);
    // Each start draws the same here.
    else t.ok((spans[1] ?? Infinity) <= SPAN_MS, `the one that was there at the start, too ${where}`);
    t.ok((spans[0] ?? Infinity) <= SPAN_MS, `the first one, too ${where}`);
  }
});

t.test(
  'segment.jitter.ms: it counts for the active segment once it is known, and where a log is begun anew',
  async (t) => {
    const spanOf = async (prepare: (log: PartitionLog, config: LogConfig) => Promise<void> | void): Promise<number> => {
      const config = { segmentMs: SPAN_MS, segmentJitterMs: 0 };
      const rolled = new Rolled(config);
      await rolled.open();
      await rolled.append(rolled.startMs);
      await prepare(rolled.log, logConfig({ ...config, segmentJitterMs: SPAN_MS }));
      for (let spanMs = 0; ; spanMs += 100) {
        await rolled.append(rolled.startMs + spanMs);
        if (rolled.log.segmentCount > 1) return spanMs;
      }
    };
    t.equal(await spanOf(() => {}), SPAN_MS + 100);
    const later = await spanOf((log, config) => log.setConfig(config));
    t.ok(later <= SPAN_MS, `${later} ms once it is known`);
    const anew = await spanOf((log, config) => {
      log.setConfig(config);
      return log.truncateFullyAndStartAt(7);
    });
    t.ok(anew <= SPAN_MS, `${anew} ms where it is begun anew`);
  },
);

t.test('segment.jitter.ms: one that is longer than segment.ms parts no records of one time', async (t) => {
  const rolled = new Rolled({ segmentMs: 1, segmentJitterMs: Infinity });
  const { startMs } = rolled;
  await rolled.open();
  for (let index = 0; index < 10; index++) await rolled.append(startMs + index * 10, startMs + index * 10);
  t.same(rolled.bases, [0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
});

t.test('segment.index.bytes: a segment is rolled when one of its indexes has no room for more', async (t) => {
  for (const how of [undefined, ...RESTARTS]) {
    for (const kind of ['.index', '.timeindex'] as const) {
      // An entry for each batch but the first: of 8 bytes in the offset index; of 12 in the time index, where the time rises.
      const rolled = new Rolled({ indexIntervalBytes: 1, segmentIndexBytes: 36 });
      await rolled.open();
      for (let index = 0; index < 40; index++) {
        await rolled.append(rolled.startMs + (kind === '.timeindex' ? index : 0));
        if (how !== undefined && index === 10) await rolled.restart(how);
      }
      const found = rolled.indexBytes(kind);
      t.ok(found.length >= 7, `${kind}: ${found.length} segments`);
      t.same(new Set(found), new Set([kind === '.index' ? 32 : 36]), `${kind} ${how ?? ''}: ${found.join(' ')}`);
    }
  }
});
