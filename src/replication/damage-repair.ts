import { decodeMessage } from '../common/decode-message.js';
import { VarveError, toVarveError } from '../common/errors.js';
import { type NodeId, type Offset, uuidToBytes } from '../common/ids.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { Logger } from '../platform/observe.js';
import type { varve as controller } from '../protocol/controller.js';
import { varve } from '../protocol/replication.js';
import { batchNextOffset, batchSizeBytes, RECORD_BATCH_OVERHEAD } from '../record/batch-header.js';
import { covers, coversWhole, type Survey, surveyRange } from './range-survey.js';
import { READ_COMMITTED_RANGE } from './read-range.js';
import type { Replica } from './replica.js';
import type { LostRange, OffsetRange } from './replica-log.js';

export interface DamageRepairOptions {
  readonly nodeId: NodeId;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Calls Replication/ReadRange at a node; rejects when it gives no answer or refuses. */
  readonly readRange: (nodeId: NodeId, request: Uint8Array) => Promise<Buffer>;
  /** Calls Controller/ReportTruncation; rejects when it gives no answer or refuses. */
  readonly reportTruncation: (replica: controller.internal.ITruncatedReplica) => Promise<void>;
  /** A damaged range was found. */
  readonly onDamaged: () => void;
}

/** A replica as its repair needs it. */
export type DamagedReplica = Pick<
  Replica,
  'topic' | 'topicId' | 'partition' | 'assignment' | 'leader' | 'log' | 'highWatermark' | 'stopped' | 'fetchAgainFrom'
>;

/**
 * Bytes of one answer; and of one damaged range that a member of the ISR mends in place (more is cut and fetched anew), or of
 * all that is kept of a replica's ranges until they are given up.
 */
const ANSWER_BYTES = 1024 * 1024;
const MAX_RANGE_BYTES = 64 * 1024 * 1024;
/** Between tries, while no replica that has the bytes can be reached: twice as long each time. */
const MIN_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

type Outcome = 'repaired' | 'doesNotFit' | 'notCommitted' | 'failed';
/** What is to take the place of a damaged range. */
interface Replacement extends LostRange {
  /** Nothing is missing in it: it is what stood there. */
  readonly isWhole: boolean;
}
/** What a look at the ranges of one replica has found by now. */
interface Look {
  /** Nodes that cannot be reached: they are not asked again. */
  readonly silent: Set<NodeId>;
  /** Bytes in memory of what is to take the place of ranges. */
  keptBytes: number;
}
/** The log is whole, or being cut, or handed over; nobody else could lead; or the controller gave no answer. */
type CutOutcome = 'settled' | 'nobodyElse' | 'unanswered';

/**
 * Mends what the disk of a replica damaged: the batches come from this node's memory, or from a member of the ISR that has
 * them below the high watermark, where all members hold the same bytes; else from any replica that has a batch of the leader
 * epoch that stood there (`surveyRange`). Until then the range is not served. One replica at a time.
 *
 * Where that cannot be (another compaction, or not committed for a while) the log is cut there and fetched on. Others may
 * count on what goes: so the controller is told first, and with its answer the replica is out of the ISR, marked, and any
 * change that would take it in again is void. A leader hands its partition over with that, and cuts as a follower.
 *
 * Where others' batches are all that stood there and do not fit into its place, since the bytes themselves are gone (the file is
 * shorter, or a segment is lost), a leader writes the segment anew with them. Not where compaction may have been through the
 * log: a record that is missing in its copy may have been compacted away, and would be back without what had replaced it.
 *
 * Where nobody else can lead, followers wait for a leader that cannot serve them. On topics that may lose records
 * (`unclean.leader.election.enable`) it gives up what it had acknowledged there, and nothing else: once every other replica
 * has said in its epoch that it has none of it. One that has would keep it, and the replicas differ for ever.
 */
export class DamageRepair {
  readonly #options: DamageRepairOptions;
  readonly #queue = new Set<DamagedReplica>();
  /** Replicas that are tried again, and after how long. */
  readonly #retries = new Map<DamagedReplica, { delayMs: number; timer: Timer | undefined }>();
  #running = false;
  #closed = false;

  constructor(options: DamageRepairOptions) {
    this.#options = options;
  }

  /** From now on damage that is found in the replica's log is repaired. */
  watch(replica: DamagedReplica): void {
    replica.log.onDamaged(() => {
      this.#options.onDamaged();
      this.#look(replica);
    });
    if (replica.log.damagedRanges.length === 0) return;
    for (let found = replica.log.damagedRanges.length; found > 0; found--) this.#options.onDamaged();
    this.#look(replica);
  }

  close(): void {
    this.#closed = true;
    for (const retry of this.#retries.values()) retry.timer?.cancel();
    this.#retries.clear();
    this.#queue.clear();
  }

  #look(replica: DamagedReplica): void {
    if (this.#closed) return;
    this.#retries.get(replica)?.timer?.cancel();
    this.#queue.add(replica);
    if (this.#running) return;
    this.#running = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    // What found the damage is told first: nothing is repaired in the middle of its read.
    await Promise.resolve();
    for (const replica of this.#queue) {
      this.#queue.delete(replica);
      await this.#repairAll(replica);
      if (this.#closed) break;
      if (!replica.stopped && replica.log.damagedRanges.length > 0) this.#lookLater(replica);
      else this.#retries.delete(replica);
    }
    this.#running = false;
  }

  #lookLater(replica: DamagedReplica): void {
    if (this.#queue.has(replica)) return;
    const delayMs = Math.min(MAX_RETRY_MS, 2 * (this.#retries.get(replica)?.delayMs ?? MIN_RETRY_MS / 2));
    const timer = this.#options.clock.after(delayMs, () => this.#look(replica));
    this.#retries.set(replica, { delayMs, timer });
  }

  async #repairAll(replica: DamagedReplica): Promise<void> {
    const { leader } = replica;
    const { replicas } = replica.assignment;
    const given: Replacement[] = [];
    const look: Look = { silent: new Set(), keptBytes: 0 };
    for (const range of replica.log.damagedRanges) {
      if (replica.stopped || this.#closed) return;
      const replacement = await this.#repair(replica, range, look);
      if (replacement !== undefined) given.push(replacement);
    }
    const loses = given.some(({ isWhole }) => !isWhole);
    // A log that is led is not cut.
    const leads = (): boolean => !this.#closed && !replica.stopped && replica.leader === leader;
    // The answers were those of all replicas, to this leader.
    const isAsBefore = (): boolean =>
      leads() &&
      (!loses ||
        (replica.assignment.mayLoseRecords &&
          replica.assignment.replicas.every((nodeId) => replicas.includes(nodeId))));
    if (given.length > 0 && isAsBefore()) await this.#replace(replica, given, isAsBefore);
  }

  /** What is to take the range's place, once all are known. */
  async #repair(replica: DamagedReplica, range: OffsetRange, look: Look): Promise<Replacement | undefined> {
    const hasWaited = this.#retries.has(replica);
    // Looked at before others are asked: what is in memory may be served to one of them meanwhile.
    const { inMemoryFrom } = replica.log;
    if (inMemoryFrom <= range.fromOffset && (await this.#repairFromMemory(replica, range))) return undefined;
    const found = await this.#repairFromMembers(replica, range, hasWaited);
    if (found === 'repaired' || this.#closed || replica.stopped) return undefined;
    let whole: Replacement | undefined;
    let lost: Replacement | undefined;
    if (found === 'open' || replica.leader !== undefined) {
      const survey = await surveyRange(this.#options, replica, range, look.silent);
      if (this.#closed || replica.stopped || (await this.#repairWith(survey.batches, replica, range))) return undefined;
      if (replica.leader !== undefined) {
        const { batches, isWhole, isComplete } = await this.#surveyRest(replica, range, survey, look);
        if (isWhole && !replica.log.mayBeCompacted) whole = { ...range, batches, isWhole };
        const isLost = isComplete && inMemoryFrom >= range.toOffset && range.toOffset <= replica.highWatermark;
        if (hasWaited && isLost) lost = { ...range, batches, isWhole: false };
      }
    }
    // It was not written the last time, for want of room, or since no segment holds so much: another one may lead.
    if (whole !== undefined && !(hasWaited && found === 'hopeless')) return whole;
    const outcome = found === 'hopeless' ? await this.#cut(replica, range) : 'nobodyElse';
    if (outcome === 'settled') return undefined;
    if (whole !== undefined) return whole;
    if (lost !== undefined && outcome === 'nobodyElse' && replica.assignment.mayLoseRecords) return lost;
    const where = { topic: replica.topic, partition: replica.partition, ...range };
    if (lost === undefined || outcome === 'unanswered') {
      this.#options.logger.warn(
        where,
        'No replica gives the batches for a damaged range at this time; it is tried again.',
      );
    } else {
      this.#options.logger.error(
        where,
        'No replica has all batches of a damaged range any more. Readers are refused there, and followers wait; to give what is ' +
          'missing up, set unclean.leader.election.enable of the topic to true.',
      );
    }
    return undefined;
  }

  /**
   * As `surveyRange` of what `first` has not looked at: what is too much for memory, with what is kept of other ranges, is asked
   * for again when it is written.
   */
  async #surveyRest(
    replica: DamagedReplica,
    range: OffsetRange,
    first: Survey,
    look: Look,
  ): Promise<Pick<Replacement, 'batches' | 'isWhole'> & { readonly isComplete: boolean }> {
    const { log } = replica;
    const isWholePart = (from: Offset, { batches, toOffset }: Survey): boolean =>
      coversWhole(batches, { fromOffset: from, toOffset }, log.startOffset);
    let isWhole = isWholePart(range.fromOffset, first);
    let { isComplete, toOffset: next } = first;
    const firstBytes = first.batches.reduce((sum, { length }) => sum + length, 0);
    if (next >= range.toOffset && look.keptBytes + firstBytes <= MAX_RANGE_BYTES) {
      look.keptBytes += firstBytes;
      return { batches: first.batches, isWhole, isComplete };
    }
    while (next < range.toOffset && (isWhole || isComplete) && !this.#closed && !replica.stopped) {
      const part = await surveyRange(this.#options, replica, { ...range, fromOffset: next }, look.silent);
      isWhole &&= isWholePart(next, part);
      isComplete &&= part.isComplete;
      next = part.toOffset;
    }
    if (next < range.toOffset) [isWhole, isComplete] = [false, false];
    const options = this.#options;
    const silentThen = new Set(look.silent);
    const batches = async function* (): AsyncGenerator<Buffer, void, undefined> {
      for (let from = range.fromOffset; from < range.toOffset;) {
        const part = await surveyRange(options, replica, { ...range, fromOffset: from }, silentThen);
        if (isWhole ? !isWholePart(from, part) : !part.isComplete)
          throw new VarveError(
            'REPLICA_NOT_AVAILABLE',
            'Other replicas no longer give what they had of a damaged range.',
          );
        yield* part.batches;
        from = part.toOffset;
      }
    };
    return { batches: batches(), isWhole, isComplete };
  }

  /** `hopeless`: no member will ever give what fits here. */
  async #repairFromMembers(
    replica: DamagedReplica,
    range: OffsetRange,
    hasWaited: boolean,
  ): Promise<'repaired' | 'open' | 'hopeless'> {
    // What is not committed yet may be in a moment, and then others give it.
    let isHopeless = hasWaited && replica.leader !== undefined && range.toOffset > replica.highWatermark;
    for (const source of this.#sources(replica)) {
      const outcome = await this.#repairFrom(source, replica, range);
      if (this.#closed || replica.stopped) return 'open';
      if (outcome === 'repaired') {
        const where = { topic: replica.topic, partition: replica.partition, ...range };
        this.#options.logger.info({ ...where, source }, "Damaged batches were replaced with another replica's.");
        return 'repaired';
      }
      if (outcome === 'doesNotFit' || (outcome === 'notCommitted' && hasWaited)) isHopeless = true;
      if (isHopeless && replica.leader === undefined) break;
    }
    return isHopeless ? 'hopeless' : 'open';
  }

  async #replace(replica: DamagedReplica, given: readonly Replacement[], mayGoOn: () => boolean): Promise<void> {
    const { logger } = this.#options;
    const { log } = replica;
    const where = { topic: replica.topic, partition: replica.partition };
    try {
      for (const { fromOffset, toOffset } of await log.giveUp(given, mayGoOn)) {
        logger.error(
          { ...where, fromOffset, toOffset },
          'Records are lost: their batches are damaged on the disk of the leader, no other replica has them, and the topic ' +
            'allows it (unclean.leader.election.enable). What is behind them is served again.',
        );
      }
      for (const { fromOffset, toOffset, isWhole } of given) {
        if (!isWhole || log.damagedRanges.some((range) => range.fromOffset === fromOffset)) continue;
        logger.info({ ...where, fromOffset, toOffset }, "Missing batches were replaced with other replicas'.");
      }
    } catch (error) {
      const { code, message } = toVarveError(error);
      logger.warn({ ...where, code }, `A damaged range cannot be given up now; it is tried again: ${message}`);
    }
  }

  async #repairFromMemory(replica: DamagedReplica, range: OffsetRange): Promise<boolean> {
    const { log, topic, partition } = replica;
    try {
      const from = Math.max(range.fromOffset, log.startOffset);
      if (!(await log.repair(range.fromOffset, Buffer.concat(await log.read(from, Infinity, range.toOffset)))))
        return false;
    } catch (error) {
      // It has left memory meanwhile, or the disk fails.
      const { code, message } = toVarveError(error);
      this.#options.logger.debug({ topic, partition, code }, `A replica could not be repaired from memory: ${message}`);
      return false;
    }
    this.#options.logger.info({ topic, partition, ...range }, 'Damaged batches were written anew from memory.');
    return true;
  }

  /** False where the batches are not what is damaged, byte for byte, or not all of it. */
  async #repairWith(
    batches: readonly Buffer[],
    { log, topic, partition }: DamagedReplica,
    range: OffsetRange,
  ): Promise<boolean> {
    if (!covers(batches, range, log.startOffset)) return false;
    try {
      if (!(await log.repair(range.fromOffset, Buffer.concat(batches)))) return false;
      this.#options.logger.info(
        { topic, partition, ...range },
        "Damaged batches were replaced with several replicas'.",
      );
      return true;
    } catch (error) {
      const { code, message } = toVarveError(error);
      this.#options.logger.debug({ topic, partition, code }, `A replica could not be repaired: ${message}`);
      return false;
    }
  }

  /** What became of the log, which is cut at the range, by this replica or by the one that takes the partition over. */
  async #cut(replica: DamagedReplica, range: OffsetRange): Promise<CutOutcome> {
    const { logger } = this.#options;
    const where = { topic: replica.topic, partition: replica.partition, ...range };
    // The only copy.
    if (replica.leader !== undefined && replica.assignment.replicas.length < 2) return 'nobodyElse';
    const { topicId, partition, log } = replica;
    const lastEpoch = log.withdraw(range.fromOffset);
    if (lastEpoch === undefined) return 'settled';
    try {
      await this.#options.reportTruncation({
        topic_id: uuidToBytes(topicId),
        partition,
        last_epoch: lastEpoch,
        end_offset: range.fromOffset,
      });
    } catch (error) {
      const { code, message } = toVarveError(error);
      logger.debug({ ...where, code }, `The log is not cut at its damage yet: ${message}`);
      return code === 'ELIGIBLE_LEADERS_NOT_AVAILABLE' ? 'nobodyElse' : 'unanswered';
    }
    if (this.#closed || replica.stopped) return 'settled';
    // Deleted or compacted away meanwhile: the log is whole, and may have told the leader so in the new epoch.
    if (!log.isWithdrawn(range.fromOffset)) return 'settled';
    if (replica.leader === undefined) {
      logger.info(where, 'The log is cut at its damage and fetched anew from there.');
      replica.fetchAgainFrom(range.fromOffset);
    } else logger.info(where, 'Damage that nobody can mend here: another replica leads the partition.');
    return 'settled';
  }

  /** The leader first: it knows best what is committed. */
  #sources(replica: DamagedReplica): NodeId[] {
    const { leader, isr } = replica.assignment;
    return [...new Set([leader, ...isr])].filter((nodeId) => nodeId >= 0 && nodeId !== this.#options.nodeId);
  }

  async #repairFrom(source: NodeId, replica: DamagedReplica, range: OffsetRange): Promise<Outcome> {
    try {
      const batches = await this.#read(source, replica, range);
      if (batches === undefined || this.#closed || replica.stopped) return 'doesNotFit';
      return (await replica.log.repair(range.fromOffset, batches)) ? 'repaired' : 'doesNotFit';
    } catch (error) {
      const { code, message } = toVarveError(error);
      this.#options.logger.debug(
        { topic: replica.topic, partition: replica.partition, source, code },
        `A replica could not be repaired from another one: ${message}`,
      );
      if (code === 'OFFSET_NOT_AVAILABLE' && source === replica.assignment.leader) return 'notCommitted';
      // It has deleted what this one still has.
      return code === 'OFFSET_OUT_OF_RANGE' ? 'doesNotFit' : 'failed';
    }
  }

  /** All batches of the range; undefined when they are not as they should be there. */
  async #read(source: NodeId, replica: DamagedReplica, range: OffsetRange): Promise<Buffer | undefined> {
    const parts: Buffer[] = [];
    let sizeBytes = 0;
    // Records may have been deleted up to within the range: the others give the batch that holds the first one left.
    for (let next = Math.max(range.fromOffset, replica.log.startOffset); next < range.toOffset;) {
      const request = varve.internal.ReadRangeRequest.encode({
        version: READ_COMMITTED_RANGE,
        replica_id: this.#options.nodeId,
        topic_id: uuidToBytes(replica.topicId),
        partition: replica.partition,
        current_leader_epoch: replica.assignment.leaderEpoch,
        from_offset: next,
        to_offset: range.toOffset,
        max_bytes: ANSWER_BYTES,
      }).finish();
      const answer = await this.#options.readRange(source, request);
      const { record_batches: bytes } = decodeMessage(varve.internal.ReadRangeResponse, answer);
      const batches = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
      const end = endOf(batches);
      sizeBytes += batches.length;
      if (end === undefined || end <= next || sizeBytes > MAX_RANGE_BYTES) return undefined;
      parts.push(batches);
      next = end;
    }
    return Buffer.concat(parts, sizeBytes);
  }
}

/** Where the last batch ends; undefined without one. Throws CORRUPT_MESSAGE for what is no row of batches. */
function endOf(batches: Buffer): Offset | undefined {
  let end: Offset | undefined;
  for (let at = 0; at < batches.length;) {
    const left = batches.length - at;
    const sizeBytes = left < RECORD_BATCH_OVERHEAD ? 0 : batchSizeBytes(batches, at);
    if (sizeBytes < RECORD_BATCH_OVERHEAD || sizeBytes > left)
      throw new VarveError('CORRUPT_MESSAGE', 'The batches for a repair are damaged.');
    end = batchNextOffset(batches, at);
    at += sizeBytes;
  }
  return end;
}
