import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import type { LostRange } from '../../src/replication/replica-log.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import { computeBatchCrc, CRC_AT, LEADER_EPOCH_AT, RECORD_COUNT_AT } from '../../src/record/batch-header.js';
import {
  alone,
  DamagedLog,
  EmptyPlace,
  good,
  goodBatches,
  type Has,
  large,
  MANY,
  part,
  refuse,
  setUp,
  until,
} from './damaged-replica.js';
import { settle } from './manual-clock.js';
import { batch } from './memory-log.js';

t.test('a range is put together from several answers, of the next replica when one does not answer', async (t) => {
  const { log, asked, cuts, found } = setUp(false, (nodeId, from) =>
    nodeId === 2 ? refuse('NETWORK_EXCEPTION') : part(from),
  );
  await settle();
  t.same(asked, [2, 3, 3, 3], 'the leader first');
  t.equal(found.length, 1, 'counted');
  t.ok(log.repaired?.equals(good));
  t.same(cuts, []);
});

// SEED=9104 SECONDS=5, at that time: the other replicas refused it for ever.
t.test('a range that the log now begins within is asked for from there on', async (t) => {
  const { asked, log } = setUp(false, (_, fromOffset) => {
    if (fromOffset < 4) throw new VarveError('OFFSET_OUT_OF_RANGE');
    return good;
  });
  log.startOffset = 4;
  await settle();
  t.same(asked, [2]);
  t.ok(log.repaired?.equals(good));
});

function longer(): Buffer {
  const other = batch('longer', 3);
  other.writeBigInt64BE(3n, 0);
  return other;
}

t.test('a follower cuts its log where the bytes do not fit, once the controller knows', async (t) => {
  const misfit = setUp(false, longer);
  const empty = setUp(false, () => Buffer.alloc(0));
  await settle();
  for (const { cuts, asked, log, reported } of [misfit, empty]) {
    t.match(reported, [{ partition: 0, end_offset: 3 }]);
    t.same(cuts, [3]);
    t.same(asked, [2], 'the leader is believed');
    t.equal(log.repaired, undefined);
  }
});

t.test('what the leader has not committed is waited for once, and then cut', async (t) => {
  const { clock, cuts, asked } = setUp(false, () => refuse('OFFSET_NOT_AVAILABLE'));
  await settle();
  t.same(cuts, []);
  await clock.advance(1_100);
  t.same(cuts, [3]);
  t.same(asked, [2, 3, 2]);
});

t.test('nothing is cut while the controller does not answer', async (t) => {
  const refused: { report?: 'NETWORK_EXCEPTION' } = { report: 'NETWORK_EXCEPTION' };
  const { clock, cuts, log, reported } = setUp(false, longer, refused);
  await settle();
  t.same(cuts, []);
  t.equal(log.damagedFrom, 3);
  delete refused.report;
  await clock.advance(1_100);
  t.same(cuts, [3]);
  t.equal(reported.length, 2);
});

// SEED=1795808810 SECONDS=4, at that time: the log had said in the new epoch that it was whole. It was in sync again by
// that, and elected, when it had been cut.
t.test('what is no longer damaged when the controller answers is not cut', async (t) => {
  const { cuts, reported } = setUp(false, longer, {}, (log) => {
    // The leader's log start moved beyond it.
    log.startOffset = 6;
    log.damagedFrom = Infinity;
    log.damagedRanges = [];
  });
  await settle();
  t.equal(reported.length, 1);
  t.same(cuts, []);
});

t.test('a leader whose damage nobody can mend gives the partition away, and is then cut as a follower', async (t) => {
  const { clock, cuts, reported, replica } = setUp(true, longer);
  await settle();
  t.equal(reported.length, 1);
  t.same(cuts, [], 'a leader cuts nothing');
  Object.assign(replica, { leader: undefined });
  await clock.advance(1_100);
  t.same(cuts, [3]);
});

t.test('a leader gives away what was never committed, but not the only copy', async (t) => {
  const uncommitted = setUp(true, () => refuse('OFFSET_NOT_AVAILABLE'));
  const alone = setUp(true, () => refuse('OFFSET_NOT_AVAILABLE'));
  for (const { replica } of [uncommitted, alone]) Object.assign(replica, { highWatermark: 4 });
  Object.assign(alone.replica.assignment, { isr: [1], replicas: [1] });
  await settle();
  t.same(uncommitted.reported, [], 'it may be committed in a moment');
  for (const { clock } of [uncommitted, alone]) await clock.advance(1_100);
  t.equal(uncommitted.reported.length, 1);
  t.same(alone.reported, []);
});

t.test('a leader keeps its log and asks again until a follower has the bytes', async (t) => {
  let reachable = false;
  const { clock, log, asked, cuts } = setUp(true, (_, from) =>
    reachable ? part(from) : refuse(asked.length % 2 === 0 ? 'NETWORK_EXCEPTION' : 'OFFSET_NOT_AVAILABLE'),
  );
  await clock.advance(3_500);
  t.same(asked, [2, 3, 2, 3, 2, 3], 'at once, after 1 s and after 2 s more');
  reachable = true;
  await clock.advance(4_000);
  t.ok(log.repaired?.equals(good));
  t.same(cuts, []);
});

t.test('what is no batch is not stored', async (t) => {
  const { clock, log, cuts } = setUp(false, () => Buffer.alloc(200, 1));
  await clock.advance(100);
  t.equal(log.repaired, undefined);
  t.same(cuts, []);
});

const NOTHING: Has = { endOffset: 6 };

function withEpoch(one: Buffer, epoch: number): Buffer {
  const other = Buffer.from(one);
  other.writeInt32BE(epoch, LEADER_EPOCH_AT);
  return other;
}

t.test('a leader that is alone in the ISR is mended from replicas outside it, each of which has a part', async (t) => {
  const [first = good, ...rest] = goodBatches;
  const { log, asked } = alone((nodeId, from) => {
    if (nodeId === 3) return { batches: rest, endOffset: 6 };
    return from < 4 ? { batches: [first], endOffset: 4 } : NOTHING;
  });
  await settle();
  t.ok(log.repaired?.equals(good));
  t.same(asked, [], 'there is nobody in sync to ask');
});

t.test('a batch of another leader epoch is another batch', async (t) => {
  const { log, clock } = alone(() => ({ batches: goodBatches.map((one) => withEpoch(one, 2)), endOffset: 6 }), true);
  await clock.advance(5_000);
  t.equal(log.repaired, undefined);
  t.same(log.given, [], 'who has it has not cut it yet, and may have what was here as well');
  log.damagedEpoch = 2;
  await clock.advance(5_000);
  t.ok(log.repaired, 'it is what stood here');
});

t.test('a replica outside the ISR that gives what is no whole batch is not believed', async (t) => {
  const bad = Buffer.from(good);
  bad[bad.length - 1] = 0;
  for (const batches of [[bad], [good.subarray(0, -1)], [Buffer.alloc(70)]]) {
    const { log, clock } = alone(() => ({ batches, endOffset: 6 }), true);
    await clock.advance(5_000);
    t.equal(log.repaired, undefined);
    t.same(log.given, []);
  }
});

t.test('a leader gives up what no replica has, once each of them has said so', async (t) => {
  let reachable = false;
  const { log, clock, replica } = alone(
    (nodeId) => (nodeId === 2 || reachable ? NOTHING : refuse('NETWORK_EXCEPTION')),
    true,
  );
  await clock.advance(5_000);
  t.same(log.given, [], 'node 3 may have it');
  reachable = true;
  await clock.advance(5_000);
  t.same(log.given, [{ fromOffset: 3, toOffset: 6, batches: [] }]);
  t.ok(replica.leader);
});

t.test('what others have of a range stays', async (t) => {
  const [, second = good] = goodBatches;
  const { log, clock } = alone((nodeId) => (nodeId === 2 ? NOTHING : { batches: [second], endOffset: 6 }), true);
  await settle();
  t.same(log.given, [], 'not at the first try');
  await clock.advance(1_100);
  t.match(log.given, [{ fromOffset: 3, toOffset: 6 }]);
  t.same(log.given[0]?.batches, [second]);
});

t.test('an empty place is filled from outside the ISR, whoever else is away, where nothing may be lost', async (t) => {
  const [first = good, ...rest] = goodBatches;
  const { log } = alone(
    (nodeId) => (nodeId === 2 ? refuse('NETWORK_EXCEPTION') : { batches: goodBatches, endOffset: 6 }),
    false,
    new EmptyPlace(),
  );
  await settle();
  t.same(log.given, [{ fromOffset: 3, toOffset: 6, batches: goodBatches }]);

  const inParts = alone(
    (nodeId, from) => (nodeId === 2 && from < 4 ? { batches: [first], endOffset: 6 } : { batches: rest, endOffset: 6 }),
    false,
    new EmptyPlace(),
  );
  await settle();
  t.same(inParts.log.given, [{ fromOffset: 3, toOffset: 6, batches: goodBatches }]);
});

t.test('an empty place is not filled', async (t) => {
  const [first = good, ...rest] = goodBatches;
  const fewer = Buffer.from(first);
  fewer.writeInt32BE(0, RECORD_COUNT_AT);
  fewer.writeUInt32BE(computeBatchCrc(fewer, 0), CRC_AT);
  const cases: ReadonlyArray<readonly [string, readonly Buffer[], (found: ReturnType<typeof setUp>) => void]> = [
    ['with a part', rest, () => {}],
    ['with what another compaction left', [fewer, ...rest], () => {}],
    ['where compaction may have taken out what others have', goodBatches, ({ log }) => (log.mayBeCompacted = true)],
    ['by a follower', goodBatches, ({ replica }) => Object.assign(replica, { leader: undefined })],
  ];
  for (const [what, batches, arrange] of cases) {
    const found = alone(() => ({ batches, endOffset: 6 }), false, new EmptyPlace());
    arrange(found);
    await found.clock.advance(5_000);
    t.same(found.log.given, [], what);
  }
  // Who is deposed meanwhile may have cut its log before it is written.
  const deposed = alone(
    () => {
      Object.assign(deposed.replica, { leader: {} });
      return { batches: goodBatches, endOffset: 6 };
    },
    false,
    new EmptyPlace(),
  );
  await settle();
  t.same(deposed.log.given, []);
});

t.test('a leader with others in sync fills an empty place, instead of handing over', async (t) => {
  const { log, reported } = setUp(
    true,
    part,
    {},
    undefined,
    () => ({ batches: goodBatches, endOffset: 6 }),
    new EmptyPlace(),
  );
  await settle();
  t.same(log.given, [{ fromOffset: 3, toOffset: 6, batches: goodBatches }]);
  t.same(reported, []);
});

t.test('what cannot be written anew is handed over on the next try, where another one can lead', async (t) => {
  /** There is no room for the copy, or no segment holds so much. */
  class NoRoom extends EmptyPlace {
    tries = 0;

    override async giveUp(): Promise<[]> {
      this.tries++;
      return [];
    }
  }
  const has = (): Has => ({ batches: goodBatches, endOffset: 6 });
  const log = new NoRoom();
  const { clock, reported } = setUp(true, part, {}, undefined, has, log);
  await settle();
  t.equal(log.tries, 1);
  t.same(reported, []);
  await clock.advance(1_100);
  t.match(reported, [{ end_offset: 3 }]);
  t.equal(log.tries, 1);

  const only = new NoRoom();
  const refused = { report: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' } as const;
  const last = setUp(true, part, refused, undefined, has, only);
  await last.clock.advance(1_100);
  t.equal(last.reported.length, 1);
  t.equal(only.tries, 2, 'nobody else can: it may have room by now');
});

t.test('a follower cuts what is too much for memory, and fetches it anew', async (t) => {
  class LargePlace extends EmptyPlace {
    override damagedRanges = [{ fromOffset: 3, toOffset: 3 + MANY }];
  }
  const found = setUp(false, (_, from) => large(from), {}, undefined, undefined, new LargePlace());
  await until(() => found.cuts.length > 0);
  t.same(found.cuts, [3]);
  t.match(found.reported, [{ end_offset: 3 }]);
  t.ok(found.asked.length < MANY, 'it is not all read first');
});

t.test('what is too much for memory is filled in as it comes, and not at all where it stops coming', async (t) => {
  class LargePlace extends EmptyPlace {
    override damagedRanges = [{ fromOffset: 3, toOffset: 3 + MANY }];
    readonly offsets: number[] = [];
    tries = 0;

    override async giveUp(given: readonly LostRange[], mayGoOn: () => boolean): Promise<[]> {
      this.tries += 1;
      this.offsets.length = 0;
      for (const { batches } of given)
        for await (const one of batches) this.offsets.push(Number(one.readBigInt64BE(0)));
      if (mayGoOn()) this.damagedRanges = [];
      return [];
    }
  }
  const log = new LargePlace();
  let asked = 0;
  const { clock, replica } = alone(
    (nodeId, from) => {
      // The last one is asked for by the survey, and by what writes it.
      if (nodeId === 3 && from === 2 + MANY && asked++ === 1) refuse('NETWORK_EXCEPTION');
      return nodeId === 2 ? { endOffset: 3 + MANY } : { batches: [large(from)], endOffset: from + 1 };
    },
    false,
    log,
  );
  Object.assign(replica, { highWatermark: 3 + MANY });
  await until(() => log.tries === 1 && log.offsets.length > 60);
  await settle();
  t.equal(log.damagedRanges.length, 1, 'not without the last one');
  while (log.tries < 2) await clock.advance(1_100);
  await until(() => log.damagedRanges.length === 0);
  t.same(
    log.offsets,
    Array.from({ length: MANY }, (_, index) => 3 + index),
  );
});

t.test('what is kept of several ranges until they are written has one bound', async (t) => {
  const middle = 3 + MANY / 2;
  class TwoPlaces extends EmptyPlace {
    override damagedRanges = [
      { fromOffset: 3, toOffset: middle },
      { fromOffset: middle, toOffset: 3 + MANY },
    ];
    readonly kept: boolean[] = [];
    readonly offsets: number[] = [];

    override async giveUp(given: readonly LostRange[]): Promise<[]> {
      for (const { batches } of given) {
        this.kept.push(Array.isArray(batches));
        for await (const one of batches) this.offsets.push(Number(one.readBigInt64BE(0)));
      }
      this.damagedRanges = [];
      return [];
    }
  }
  const log = new TwoPlaces();
  const { replica } = alone(
    (nodeId, from) => (nodeId === 2 ? { endOffset: 3 + MANY } : { batches: [large(from)], endOffset: from + 1 }),
    false,
    log,
  );
  Object.assign(replica, { highWatermark: 3 + MANY });
  await until(() => log.damagedRanges.length === 0);
  t.same(log.kept, [true, false], 'half of it fits, and the other half is asked for again');
  t.same(
    log.offsets,
    Array.from({ length: MANY }, (_, index) => 3 + index),
  );
});

t.test('nothing is given up', async (t) => {
  const cases: ReadonlyArray<readonly [string, (found: ReturnType<typeof setUp>) => void]> = [
    ['that the topic keeps', ({ replica }) => Object.assign(replica.assignment, { mayLoseRecords: false })],
    ['by a follower', ({ replica }) => Object.assign(replica, { leader: undefined })],
    ['that is not committed', ({ replica }) => Object.assign(replica, { highWatermark: 5 })],
    ['of which memory has a part', ({ log }) => (log.memoryFrom = 5)],
  ];
  for (const [what, arrange] of cases) {
    const found = alone(() => NOTHING, true);
    arrange(found);
    await found.clock.advance(5_000);
    t.same(found.log.given, [], what);
  }
  // A replica that is added meanwhile was not asked.
  const changed = alone((nodeId) => {
    const { assignment } = changed.replica;
    if (nodeId === 3)
      Object.assign(changed.replica, { assignment: { ...assignment, replicas: [1, 2, 3, 4 + added++] } });
    return NOTHING;
  }, true);
  let added = 0;
  await changed.clock.advance(5_000);
  t.same(changed.log.given, []);
});

t.test('the only copy is given up where the topic allows it', async (t) => {
  const { log, clock, replica } = alone(() => NOTHING, true);
  Object.assign(replica.assignment, { replicas: [1] });
  await clock.advance(1_100);
  t.equal(log.given.length, 1);
});

t.test('a leader that another replica can stand in for gives nothing up', async (t) => {
  const { log, clock, reported } = setUp(true, longer, {}, undefined, () => NOTHING);
  await clock.advance(5_000);
  t.ok(reported.length > 0, 'it hands over');
  t.same(log.given, []);
});

t.test('what is in memory is written anew', async (t) => {
  const cached = new DamagedLog();
  cached.memoryFrom = 3;
  cached.batches.push(...goodBatches);
  cached.endOffset = 6;
  const mended = setUp(true, () => refuse('NETWORK_EXCEPTION'), {}, undefined, undefined, cached);
  await settle();
  t.ok(mended.log.repaired?.equals(good));
  t.same(mended.asked, []);
});

t.test('memory that cannot be read for a repair is no reason to ask nobody else', async (t) => {
  class Unreadable extends DamagedLog {
    override read(): never {
      throw new FileSystemError('io', '/data/orders-0/0.log', 'cannot read /data/orders-0/0.log: the device failed');
    }
  }
  const cached = new Unreadable();
  cached.memoryFrom = 3;
  cached.endOffset = 6;
  const mended = setUp(true, (_, from) => part(from), {}, undefined, undefined, cached);
  await until(() => mended.log.repaired !== undefined);
  t.ok(mended.log.repaired?.equals(good));
  t.ok(mended.asked.length > 0);
});
