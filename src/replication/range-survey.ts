import { defined } from '../common/assert.js';
import { decodeMessage } from '../common/decode-message.js';
import { VarveError, toVarveError } from '../common/errors.js';
import { type NodeId, type Offset, uuidToBytes } from '../common/ids.js';
import { batchAt } from '../log/batch-scan.js';
import type { Logger } from '../platform/observe.js';
import { TransportError } from '../platform/transport.js';
import { varve } from '../protocol/replication.js';
import {
  batchBaseOffset,
  batchLeaderEpoch,
  batchNextOffset,
  batchRecordCount,
  checkCrc,
} from '../record/batch-header.js';
import { READ_ANY_RANGE } from './read-range.js';
import type { Replica } from './replica.js';
import type { OffsetRange } from './replica-log.js';

/** Bytes of one answer. */
const ANSWER_BYTES = 1024 * 1024;
/** Bytes that are kept of a range at a time, at most. */
export const MAX_SURVEY_BYTES = 64 * 1024 * 1024;

export interface SurveyOptions {
  readonly nodeId: NodeId;
  readonly logger: Logger;
  /** Calls Replication/ReadRange at a node; rejects when it gives no answer or refuses. */
  readonly readRange: (nodeId: NodeId, request: Uint8Array) => Promise<Buffer>;
}

/** What the replicas of a partition have of a range that is damaged in one of them, or of the first part of it. */
export interface Survey {
  /** Batches that stood there, in the order of their offsets; none overlaps another. */
  readonly batches: readonly Buffer[];
  /** Every other replica has answered, and none has anything else there. */
  readonly isComplete: boolean;
  /** Where what was asked for ends: the range's end, or where a batch begins that would have been too much for memory. */
  readonly toOffset: Offset;
}

/**
 * Asks every other replica of the partition, in the ISR or not, what it has of the damaged range, or of as much of it, from
 * its beginning, as memory may hold; one that cannot be reached is added to `silent`, and none of these is asked.
 *
 * A leader of an epoch writes one batch at an offset (Raft's log matching), so one with the base offset and the leader epoch
 * that this log had there is the batch that is damaged, whoever has it and whether it is committed or not. Which epoch that
 * was the epoch cache tells, not the damaged bytes: what recovery steps over is below the recovery point, where the
 * checkpoint notes all epochs, and followers cut their logs by the same boundaries. No CRC covers the epoch in a batch; who
 * gives it has compared it with its own cache as it read it.
 */
export async function surveyRange(
  options: SurveyOptions,
  replica: Pick<Replica, 'topic' | 'topicId' | 'partition' | 'assignment' | 'log'>,
  range: OffsetRange,
  silent: Set<NodeId>,
): Promise<Survey> {
  const { topic, partition, assignment } = replica;
  const found = new Found(range);
  let isComplete = true;
  for (const source of assignment.replicas) {
    if (source === options.nodeId) continue;
    if (silent.has(source)) {
      isComplete = false;
      continue;
    }
    try {
      for await (const batch of batchesOf(options, source, replica, { ...range, toOffset: found.toOffset })) {
        if (batchBaseOffset(batch, 0) >= found.toOffset) break;
        const isSame = isOfThisLog(replica, batch, { ...range, toOffset: found.toOffset }) && found.add(batch);
        // Of another leader: the replica has not cut it yet. Or of another compaction.
        isComplete &&= isSame;
      }
    } catch (error) {
      isComplete = false;
      const { code, message } = toVarveError(error);
      if (error instanceof TransportError) silent.add(source);
      options.logger.debug(
        { topic, partition, source, code },
        `A replica does not tell what it has of a range: ${message}`,
      );
    }
    found.merge();
  }
  return { batches: found.merge(), isComplete, toOffset: found.toOffset };
}

/** Batches of a range, from one replica after the other: as many as memory may hold, the first ones. */
class Found {
  toOffset: Offset;
  /** In the order of their offsets, as are the present replica's that are new. */
  #known: Buffer[] = [];
  #fresh: Buffer[] = [];
  #sizeBytes = 0;
  /** The first of the known that does not end before what the present replica tells of. */
  #at = 0;

  constructor({ toOffset }: OffsetRange) {
    this.toOffset = toOffset;
  }

  /** Takes the next batch of a replica, in the order of their offsets. False where there are others of its offsets. */
  add(batch: Buffer): boolean {
    const baseOffset = batchBaseOffset(batch, 0);
    let other = this.#known[this.#at];
    while (other !== undefined && batchNextOffset(other, 0) <= baseOffset) other = this.#known[++this.#at];
    if (other !== undefined && batchBaseOffset(other, 0) < batchNextOffset(batch, 0))
      return haveEqualOffsets(other, batch);
    this.#fresh.push(batch);
    this.#sizeBytes += batch.length;
    while (this.#sizeBytes > MAX_SURVEY_BYTES && this.#known.length + this.#fresh.length > 1) this.#dropLast();
    return true;
  }

  /** The present replica has told all; gives what is known by now. */
  merge(): readonly Buffer[] {
    this.#at = 0;
    this.#known = [...this.#known, ...this.#fresh];
    this.#known.sort((a, b) => batchBaseOffset(a, 0) - batchBaseOffset(b, 0));
    this.#fresh = [];
    return this.#known;
  }

  #dropLast(): void {
    const [known, fresh] = [this.#known, this.#fresh].map((batches) => batches.at(-1));
    const isFresh =
      known === undefined || (fresh !== undefined && batchBaseOffset(fresh, 0) > batchBaseOffset(known, 0));
    const last = defined((isFresh ? this.#fresh : this.#known).pop(), 'there is a batch');
    this.#sizeBytes -= last.length;
    this.toOffset = batchBaseOffset(last, 0);
  }
}

/** Whether the batches leave nothing of the range out, from `startOffset` of the log on. */
export function covers(batches: readonly Buffer[], range: OffsetRange, startOffset: Offset): boolean {
  let next = Math.max(range.fromOffset, startOffset);
  for (const batch of batches) {
    if (batchBaseOffset(batch, 0) > next) return false;
    next = batchNextOffset(batch, 0);
  }
  return next === range.toOffset;
}

/** As `covers`; and each has all its records, as its leader wrote it. */
export function coversWhole(batches: readonly Buffer[], range: OffsetRange, startOffset: Offset): boolean {
  const isWhole = (batch: Buffer): boolean =>
    batchRecordCount(batch, 0) === batchNextOffset(batch, 0) - batchBaseOffset(batch, 0);
  return covers(batches, range, startOffset) && batches.every(isWhole);
}

async function* batchesOf(
  { nodeId, readRange }: SurveyOptions,
  source: NodeId,
  { topicId, partition, assignment, log }: Pick<Replica, 'topicId' | 'partition' | 'assignment' | 'log'>,
  range: OffsetRange,
): AsyncGenerator<Buffer, void, undefined> {
  const { leaderEpoch } = assignment;
  let end = 0;
  for (let next = Math.max(range.fromOffset, log.startOffset); next < range.toOffset;) {
    const request = varve.internal.ReadRangeRequest.encode({
      version: READ_ANY_RANGE,
      replica_id: nodeId,
      topic_id: uuidToBytes(topicId),
      partition,
      current_leader_epoch: leaderEpoch,
      from_offset: next,
      to_offset: range.toOffset,
      max_bytes: ANSWER_BYTES,
    }).finish();
    const answer = decodeMessage(varve.internal.ReadRangeResponse, await readRange(source, request));
    if (answer.version !== READ_ANY_RANGE || answer.end_offset <= next)
      throw new VarveError('UNKNOWN_SERVER_ERROR', `Node ${source} has not answered what was asked.`);
    const { record_batches: bytes } = answer;
    const batches = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = 0; at < batches.length;) {
      const sizeBytes = batchAt(batches, at, batches.length);
      if (sizeBytes <= 0 || !checkCrc(batches, at) || batchBaseOffset(batches, at) < end)
        throw new VarveError('CORRUPT_MESSAGE', 'The batches for a repair are damaged.');
      end = batchNextOffset(batches, at);
      yield batches.subarray(at, at + sizeBytes);
      at += sizeBytes;
    }
    next = answer.end_offset;
  }
}

/** It lies in the range, and is of the leader epoch that this log has there. */
function isOfThisLog({ log }: Pick<Replica, 'log'>, batch: Buffer, range: OffsetRange): boolean {
  const baseOffset = batchBaseOffset(batch, 0);
  const isWithin = baseOffset >= range.fromOffset && batchNextOffset(batch, 0) <= range.toOffset;
  return isWithin && batchLeaderEpoch(batch, 0) === log.epochAt(Math.max(baseOffset, log.startOffset));
}

function haveEqualOffsets(a: Buffer, b: Buffer): boolean {
  return batchBaseOffset(a, 0) === batchBaseOffset(b, 0) && batchNextOffset(a, 0) === batchNextOffset(b, 0);
}
