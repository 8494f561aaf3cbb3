import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { silentLogger } from '../../src/platform/observe.js';
import { varve } from '../../src/protocol/replication.js';
import { DamageRepair } from '../../src/replication/damage-repair.js';
import type { DamagedReplica } from '../../src/replication/damage-repair.js';
import type { LostRange, OffsetRange } from '../../src/replication/replica-log.js';
import { computeBatchCrc, CRC_AT, RECORD_COUNT_AT } from '../../src/record/batch-header.js';
import { ManualClock, settle } from './manual-clock.js';
import { MemoryLog, batch } from './memory-log.js';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const { ReadRangeRequest, ReadRangeResponse } = varve.internal;

/** A log whose records 3 to 5 are damaged, and that takes for its own what is as long as they were. */
export class DamagedLog extends MemoryLog {
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

export const goodBatches = ['a', 'b', 'c'].map((tag, index) => {
  const bytes = batch(tag);
  bytes.writeBigInt64BE(BigInt(3 + index), 0);
  bytes.writeInt32BE(1, RECORD_COUNT_AT);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  return bytes;
});
export const good = Buffer.concat(goodBatches);

/** What a replica says of a range, whether it is in sync or not. */
export type Has = { readonly batches?: readonly Buffer[]; readonly endOffset: number };

/** A damaged replica on node 1, of a partition that node 2 leads with node 3 in sync, unless node 1 leads it. */
export function setUp(
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
export async function until(holds: () => boolean): Promise<void> {
  for (let looks = 0; !holds(); looks++) {
    if (looks === 10_000) throw new Error('it never came to that');
    await settle();
  }
}

export const part = (fromOffset: number): Buffer => goodBatches[fromOffset - 3] ?? Buffer.alloc(0);
export function refuse(code: 'OFFSET_NOT_AVAILABLE' | 'NETWORK_EXCEPTION' | 'UNSUPPORTED_VERSION'): never {
  throw new VarveError(code);
}

/** Node 1 leads alone, and the others have what `has` says. */
export function alone(
  has: (nodeId: number, fromOffset: number) => Has,
  mayLoseRecords = false,
  log = new DamagedLog(),
) {
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

/** What stood there is gone from the disk, bytes and all. */
export class EmptyPlace extends DamagedLog {
  override async repair(): Promise<boolean> {
    return false;
  }
}

export const MANY = 80;
/** A batch of 1 MiB. */
export function large(offset: number): Buffer {
  const bytes = batch('x'.repeat(1 << 20));
  bytes.writeBigInt64BE(BigInt(offset), 0);
  bytes.writeInt32BE(1, RECORD_COUNT_AT);
  bytes.writeUInt32BE(computeBatchCrc(bytes, 0), CRC_AT);
  return bytes;
}
