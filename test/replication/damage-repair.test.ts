import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { silentLogger } from '../../src/platform/observe.js';
import { varve } from '../../src/protocol/replication.js';
import { DamageRepair } from '../../src/replication/damage-repair.js';
import type { DamagedReplica } from '../../src/replication/damage-repair.js';
import type { LostRange, OffsetRange } from '../../src/replication/replica-log.js';
import { computeBatchCrc, CRC_AT, LEADER_EPOCH_AT, RECORD_COUNT_AT } from '../../src/record/batch-header.js';
import { ManualClock, settle } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const { ReadRangeRequest, ReadRangeResponse } = varve.internal;

/** A log whose records 3 to 5 are damaged, and that takes for its own what is as long as they were. */
class DamagedLog extends MemoryLog {
  override damagedRanges: OffsetRange[] = [{ fromOffset: 3, toOffset: 6 }];
  repaired: Buffer | undefined;
  readonly given: (OffsetRange & { readonly batches: readonly Buffer[] })[] = [];
  override mayBeCompacted = false;
  /** Of what stood there. */
  damagedEpoch = 0;
  memoryFrom = Infinity;

  override get inMemoryFrom(): number {
    return this.memoryFrom;
  }

  override epochAt(): number {
    return this.damagedEpoch;
  }

  override async giveUp(lost: readonly LostRange[], mayGoOn: () => boolean): Promise<readonly OffsetRange[]> {
    const given = [];
    for (const range of lost) {
      const batches = [];
      for await (const one of range.batches) batches.push(one);
      given.push({ fromOffset: range.fromOffset, toOffset: range.toOffset, batches });
    }
    if (!mayGoOn()) return [];
    this.given.push(...given);
    this.damagedRanges = [];
    return given.filter(({ batches }) => batches.length === 0);
  }

  override async repair(fromOffset: number, batches: Buffer): Promise<boolean> {
    if (fromOffset !== 3 || batches.length !== good.length) return false;
    this.repaired = batches;
    this.damagedRanges = [];
    return true;
  }
}

const goodBatches = ['a', 'b', 'c'].map((tag, index) => {
  const bytes = batch(tag);
  bytes.writeBigInt64BE(BigInt(3 + index), 0);
  bytes.writeInt32BE(1, RECORD_COUNT_AT);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  return bytes;
});
const good = Buffer.concat(goodBatches);

/** What a replica says of a range, whether it is in sync or not. */
type Has = { readonly batches?: readonly Buffer[]; readonly endOffset: number };

/** A damaged replica on node 1, of a partition that node 2 leads with node 3 in sync, unless node 1 leads it. */
function setUp(
  leads: boolean,
  answer: (nodeId: number, fromOffset: number) => Buffer,
  refused: { report?: 'NETWORK_EXCEPTION' | 'ELIGIBLE_LEADERS_NOT_AVAILABLE' } = {},
  onReport: (log: DamagedLog) => void = () => {},
  has: (nodeId: number, fromOffset: number) => Has = () => refuse('UNSUPPORTED_VERSION'),
  log = new DamagedLog(),
) {
  const clock = new ManualClock();
  const asked: number[] = [];
  const cuts: number[] = [];
  const found: number[] = [];
  const reported: Array<{ end_offset?: number | null }> = [];
  const assignment = {
    leader: leads ? 1 : 2,
    leaderEpoch: 4,
    isr: [1, 2, 3],
    replicas: [1, 2, 3],
    mayLoseRecords: false,
  };
  const replica: DamagedReplica = {
    topic: 'orders',
    topicId: TOPIC_ID,
    partition: 0,
    log,
    highWatermark: 6,
    stopped: false,
    leader: leads ? ({} as DamagedReplica['leader']) : undefined,
    assignment: assignment as unknown as DamagedReplica['assignment'],
    fetchAgainFrom: (offset) => {
      cuts.push(offset);
      log.damagedRanges = [];
    },
  };
  const repair = new DamageRepair({
    nodeId: 1,
    clock,
    logger: silentLogger,
    onDamaged: () => found.push(1),
    reportTruncation: async (report) => {
      t.equal(log.damagedFrom, 3, 'the leader hears of it in any case');
      t.same(cuts, [], 'nothing is cut before others know');
      reported.push(report);
      onReport(log);
      if (refused.report !== undefined) throw new VarveError(refused.report);
    },
    readRange: async (nodeId, bytes) => {
      const request = ReadRangeRequest.decode(bytes);
      if (request.version === 2) {
        const { batches = [], endOffset } = has(nodeId, request.from_offset);
        const record_batches = Buffer.concat(batches);
        return Buffer.from(ReadRangeResponse.encode({ version: 2, record_batches, end_offset: endOffset }).finish());
      }
      asked.push(nodeId);
      const record_batches = answer(nodeId, request.from_offset);
      return Buffer.from(ReadRangeResponse.encode({ version: 1, record_batches }).finish());
    },
  });
  t.teardown(() => repair.close());
  repair.watch(replica);
  return { clock, log, asked, cuts, found, reported, replica };
}

/** Looks again after whatever is under way has gone on. */
async function until(holds: () => boolean): Promise<void> {
  for (let looks = 0; !holds(); looks++) {
    if (looks === 10_000) throw new Error('it never came to that');
    await settle();
  }
}

const part = (fromOffset: number): Buffer => goodBatches[fromOffset - 3] ?? Buffer.alloc(0);
function refuse(code: 'OFFSET_NOT_AVAILABLE' | 'NETWORK_EXCEPTION' | 'UNSUPPORTED_VERSION'): never {
  throw new VarveError(code);
}

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

/** Node 1 leads alone, and the others have what `has` says. */
function alone(has: (nodeId: number, fromOffset: number) => Has, mayLoseRecords = false, log = new DamagedLog()) {
  const found = setUp(
    true,
    () => refuse('NETWORK_EXCEPTION'),
    { report: 'ELIGIBLE_LEADERS_NOT_AVAILABLE' },
    () => {},
    has,
    log,
  );
  Object.assign(found.replica.assignment, { isr: [1], mayLoseRecords });
  return found;
}

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

/** What stood there is gone from the disk, bytes and all. */
class EmptyPlace extends DamagedLog {
  override async repair(): Promise<boolean> {
    return false;
  }
}

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

const MANY = 80;
/** A batch of 1 MiB. */
function large(offset: number): Buffer {
  const bytes = batch('x'.repeat(1 << 20));
  bytes.writeBigInt64BE(BigInt(offset), 0);
  bytes.writeInt32BE(1, RECORD_COUNT_AT);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  return bytes;
}

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
