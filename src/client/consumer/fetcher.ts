import { VarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import { topicPartitionKey, uuidToBytes } from '../../common/ids.js';
import type { Timer } from '../../platform/clock.js';
import type { RpcClient } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import type { Cluster } from '../cluster.js';
import { Forwarder } from '../forwarder.js';
import { addressKey } from '../options.js';
import { callError, wireError } from '../wire-error.js';
import { ConsumerBatch } from './consumer-batch.js';
import type { ResolvedConsumerOptions } from './consumer-options.js';
import { backoffMs } from './consumer-options.js';
import type { PartitionReader } from './partition-reader.js';
import type { ReadStreamEvents } from './read-stream.js';
import { ReadStream } from './read-stream.js';
import { listOffsets, PATIENCE, PATIENCE_MS, TOLD_PATIENCE_MS } from './start-offsets.js';
import type { OffsetAnswer, OffsetQuestion } from './start-offsets.js';

const { IsolationLevel } = varve.v1;

/** What was read is no longer in the log: an unclean election cut it off. */
export class LogTruncationError extends VarveError {
  /** From here on the log holds other records than those that were read. */
  readonly divergentOffset: bigint;

  constructor(message: string, divergentOffset: bigint) {
    super('OFFSET_OUT_OF_RANGE', message);
    this.divergentOffset = divergentOffset;
  }
}

function damaged(reader: PartitionReader<unknown, unknown>, error: VarveError): VarveError {
  const message = `${reader.key} is damaged at offset ${reader.fetchOffset}: ${error.message} Seek past it to go on.`;
  return new VarveError('CORRUPT_MESSAGE', message, { cause: error });
}

function cutOff(reader: PartitionReader<unknown, unknown>, divergent: number): string {
  return `The log of ${reader.key} was cut off: what was read from offset ${divergent} on is no longer in it.`;
}

/** Of the answers for one partition: the record of that time, or what else was found: an end. */
function startIn(answers: readonly OffsetAnswer[]): number | undefined {
  const found = answers.filter(({ offset }) => offset >= 0);
  return (found.find(({ timestamp }) => timestamp >= 0) ?? found[0])?.offset;
}

export interface FetcherEvents<Key, Value> {
  onBatch(reader: PartitionReader<Key, Value>, batch: ConsumerBatch<Key, Value>): void;
  /** Nothing to hand on, but the reader's position, end or start has become known. */
  onProgress(): void;
  onFailure(reader: PartitionReader<Key, Value>, error: VarveError): void;
  /** The log was cut off: what was received and not handed on must not be. */
  onCutOff(reader: PartitionReader<Key, Value>): void;
}

/** Keeps every partition that is wanted on a stream to its leader, wherever that goes. */
export class Fetcher<Key, Value> implements ReadStreamEvents {
  readonly #cluster: Cluster;
  readonly #options: ResolvedConsumerOptions;
  readonly #events: FetcherEvents<Key, Value>;
  readonly #readers = new Map<string, PartitionReader<Key, Value>>();
  readonly #streams = new Map<string, ReadStream>();
  #nextPositionId = 1;
  readonly #forwarder: Forwarder;
  #isHeldBack = false;
  #timer: Timer | undefined;
  #timerAtMs = Infinity;
  #startsScheduled = false;
  readonly #stopWatching: () => void;
  #closed = false;

  constructor(cluster: Cluster, options: ResolvedConsumerOptions, events: FetcherEvents<Key, Value>) {
    this.#cluster = cluster;
    this.#forwarder = new Forwarder(cluster, (key) => this.#streams.has(key));
    this.#options = options;
    this.#events = events;
    this.#stopWatching = cluster.onChange(() => this.#reconcileAll());
  }

  add(reader: PartitionReader<Key, Value>): void {
    this.#readers.set(reader.key, reader);
    this.update(reader);
  }

  remove(reader: PartitionReader<Key, Value>): void {
    this.#readers.delete(reader.key);
    this.#takeOff(reader);
  }

  /** The reader was moved, paused or resumed. `moved`: what is under way for it is of no use. */
  update(reader: PartitionReader<Key, Value>, moved = false): void {
    if (moved) this.#takeOff(reader);
    if (reader.start !== undefined && !reader.hasFailed) this.#scheduleStarts();
    this.#reconcile(reader);
  }

  /** The program has moved the reader: what was wrong with the place before is over. */
  sought(reader: PartitionReader<Key, Value>): void {
    reader.hasFailed = false;
    reader.forgetTrouble();
    if (reader.isOfOldTopic) reader.topicId = this.#cluster.topic(reader.topic)?.topicId ?? '';
    reader.isOfOldTopic = false;
    this.update(reader, true);
  }

  /** It has failed; after a while it is asked for from the same place again, and fails again where that still holds. */
  tryAgain(reader: PartitionReader<Key, Value>): void {
    if (!reader.hasFailed || !this.#isAssigned(reader)) return;
    reader.hasFailed = false;
    reader.failures += 1;
    reader.retryAtMs = this.#cluster.platform.clock.monotonicMs() + backoffMs(this.#options, reader.failures);
    this.#reconcileAt(reader.retryAtMs);
  }

  /** Holds the nodes back, or lets them go on. */
  holdBack(held: boolean): void {
    if (held === this.#isHeldBack) return;
    this.#isHeldBack = held;
    for (const stream of this.#streams.values()) {
      if (held) stream.pause();
      else stream.resume();
    }
  }

  close(): void {
    this.#closed = true;
    this.#stopWatching();
    this.#timer?.cancel();
    for (const stream of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  onRecords(stream: ReadStream, records: varve.v1.IPartitionRecords): void {
    const reader = this.#readers.get(`${records.topic ?? ''}-${records.partition ?? 0}`);
    if (reader === undefined || reader.streamKey !== stream.key || reader.positionId !== (records.position_id ?? 0))
      return;
    const error = wireError(records.error);
    if (error !== undefined) {
      reader.streamKey = '';
      this.#onError(reader, error);
      return;
    }
    reader.highWatermark = records.high_watermark ?? 0;
    if (records.diverging_epoch !== null && records.diverging_epoch !== undefined) {
      reader.streamKey = '';
      const { leader_epoch: epoch, end_offset: endOffset } = records.diverging_epoch;
      this.#onTruncation(reader, epoch ?? -1, endOffset ?? 0);
      return;
    }
    this.#take(reader, records);
  }

  onClosed(stream: ReadStream, reason: Error | undefined): void {
    if (this.#streams.get(stream.key) === stream) {
      this.#streams.delete(stream.key);
      if (this.#options.routing === 'bootstrap') this.#forwarder.broke();
    }
    // Ended in order, by what stands between, say, it is as good as broken.
    const error = callError(reason ?? new VarveError('NETWORK_EXCEPTION', 'The node ended the stream.'));
    for (const reader of this.#readers.values()) {
      if (reader.streamKey !== stream.key) continue;
      reader.streamKey = '';
      // The stream fell, not the partition: only what a retry cannot mend is the reader's.
      this.#onError(reader, error.retriable ? new VarveError('NETWORK_EXCEPTION', error.message) : error);
    }
  }

  #take(reader: PartitionReader<Key, Value>, records: varve.v1.IPartitionRecords): void {
    const content = records.record_batches ?? new Uint8Array(0);
    const nextOffset = Math.max(records.next_offset ?? 0, reader.fetchOffset);
    if (content.length === 0 && nextOffset === reader.fetchOffset) {
      this.#recovered(reader);
      this.#events.onProgress();
      return;
    }
    let batch: ConsumerBatch<Key, Value>;
    try {
      batch = new ConsumerBatch(reader.source, {
        bytes: Buffer.from(content.buffer, content.byteOffset, content.length),
        fromOffset: reader.fetchOffset,
        nextOffset,
        highWatermark: reader.highWatermark,
        aborted: (records.aborted_transactions ?? []).map((each) => ({
          producerId: each.producer_id ?? 0,
          firstOffset: each.first_offset ?? 0,
        })),
        checkCrcs: this.#options.checkCrcs,
      });
    } catch (error) {
      this.#takeOff(reader);
      this.#onError(reader, callError(error));
      return;
    }
    this.#recovered(reader);
    if (reader.doubt !== undefined && this.#isInDoubt(reader, reader.doubt, batch, nextOffset)) return;
    reader.fetchOffset = nextOffset;
    for (const { epoch, offset } of batch.epochs) reader.epochs.add(epoch, offset);
    this.#events.onBatch(reader, batch);
  }

  #onError(reader: PartitionReader<Key, Value>, error: VarveError): void {
    const { clock } = this.#cluster.platform;
    if (error.code === 'OFFSET_OUT_OF_RANGE') {
      this.#onOutOfRange(reader, error);
      return;
    }
    const nowMs = clock.monotonicMs();
    const isTroubled = PATIENCE.has(error.code);
    if (isTroubled) reader.troubledSinceMs ??= nowMs;
    const troubledMs = nowMs - (reader.troubledSinceMs ?? nowMs);
    if (!error.retriable || (isTroubled && troubledMs >= (reader.isTroubleTold ? TOLD_PATIENCE_MS : PATIENCE_MS))) {
      this.#fail(reader, error.code === 'CORRUPT_MESSAGE' ? damaged(reader, error) : error);
      return;
    }
    reader.failures += 1;
    reader.retryAtMs = nowMs + backoffMs(this.#options, reader.failures);
    this.#cluster.refresh();
    this.#reconcileAt(reader.retryAtMs);
  }

  #recovered(reader: PartitionReader<Key, Value>): void {
    reader.failures = 0;
    reader.forgetTrouble();
  }

  #onOutOfRange(reader: PartitionReader<Key, Value>, error: VarveError): void {
    const { autoOffsetReset } = this.#options;
    if (autoOffsetReset === 'none') {
      this.#fail(
        reader,
        new VarveError(
          'OFFSET_OUT_OF_RANGE',
          `Offset ${reader.fetchOffset} of ${reader.key} is not in the log: seek, or set autoOffsetReset. ${error.message}`,
        ),
      );
      return;
    }
    reader.start = autoOffsetReset;
    this.#scheduleStarts();
  }

  /** Of the epochs up to the reader's last one the leader has `epoch` as the greatest, which ends at `endOffset` there. */
  #onTruncation(reader: PartitionReader<Key, Value>, epoch: number, endOffset: number): void {
    reader.resetOffset = 0;
    if (epoch < 0 || endOffset < 0) {
      this.#events.onCutOff(reader);
      this.#onOutOfRange(reader, new VarveError('OFFSET_OUT_OF_RANGE', 'The leader knows nothing that old.'));
      return;
    }
    const divergent = reader.epochs.departure(epoch, endOffset);
    const isNone = this.#options.autoOffsetReset === 'none';
    if (isNone && divergent < reader.position && reader.position <= endOffset) {
      // Or compaction left nothing of the epochs that the leader lacks (KIP-320 does not tell the two apart).
      this.#events.onCutOff(reader);
      reader.doubt = { from: divergent, to: reader.position, epoch: reader.epochs.before(reader.position) };
      reader.stepBack();
      this.#reconcile(reader);
      return;
    }
    // What was received and not handed on yet is no loss to the program: that part is read anew.
    const wasHandedOn = reader.position > divergent;
    this.#events.onCutOff(reader);
    if (!wasHandedOn) {
      reader.epochs.cutTo(reader.position);
      reader.fetchOffset = reader.position;
      this.#reconcile(reader);
      return;
    }
    const message = cutOff(reader, divergent);
    if (isNone) {
      this.#fail(reader, new LogTruncationError(`${message} Seek to go on.`, BigInt(divergent)));
      return;
    }
    this.#cluster.platform.logger.warn({ topic: reader.topic, partition: reader.partition, divergent }, message);
    reader.epochs.cutTo(divergent);
    reader.fetchOffset = divergent;
    reader.position = divergent;
    this.#reconcile(reader);
  }

  /** Whether `batch`, which was read again, leaves the doubt as it is, or shows that the log was cut off. */
  #isInDoubt(
    reader: PartitionReader<Key, Value>,
    doubt: { readonly from: number; readonly to: number },
    batch: ConsumerBatch<Key, Value>,
    nextOffset: number,
  ): boolean {
    const [first] = batch.epochs;
    if (first !== undefined && first.offset < doubt.to) {
      this.#fail(reader, new LogTruncationError(`${cutOff(reader, doubt.from)} Seek to go on.`, BigInt(doubt.from)));
      return true;
    }
    if (nextOffset >= doubt.to) reader.doubt = undefined;
    else reader.fetchOffset = nextOffset;
    return reader.doubt !== undefined;
  }

  #fail(reader: PartitionReader<Key, Value>, error: VarveError): void {
    reader.hasFailed = true;
    reader.troubledSinceMs = undefined;
    reader.isTroubleTold = PATIENCE.has(error.code);
    this.#takeOff(reader);
    this.#events.onFailure(reader, error);
  }

  #takeOff(reader: PartitionReader<Key, Value>): void {
    if (reader.streamKey !== '') this.#streams.get(reader.streamKey)?.remove(reader.topic, reader.partition);
    reader.streamKey = '';
    reader.positionId = 0;
  }

  /** It is, and not another one of the same partition. */
  #isAssigned(reader: PartitionReader<Key, Value>): boolean {
    return this.#readers.get(reader.key) === reader;
  }

  #reconcileAll(): void {
    if (this.#closed) return;
    if (this.#options.routing === 'bootstrap') this.#leaveForwarder();
    for (const reader of this.#readers.values()) this.#reconcile(reader);
  }

  #leaveForwarder(): void {
    for (const [key, stream] of this.#streams) {
      if (!this.#forwarder.mustLeave(key)) continue;
      this.#streams.delete(key);
      stream.close();
      for (const reader of this.#readers.values()) if (reader.streamKey === key) this.#takeOff(reader);
    }
  }

  /** Puts the reader on the stream that it belongs on now, if any. */
  #reconcile(reader: PartitionReader<Key, Value>): void {
    if (this.#closed || !this.#isAssigned(reader) || this.#isOfOldTopic(reader)) return;
    if (!reader.isWanted) {
      if (reader.streamKey !== '') this.#takeOff(reader);
      return;
    }
    const known = this.#cluster.leader(reader.topic, reader.partition);
    const route = known === undefined || known.leader < 0 ? undefined : this.#route(known.leader);
    const nowMs = this.#cluster.platform.clock.monotonicMs();
    if (known === undefined || route === undefined) {
      if (reader.streamKey !== '') return;
      const gone = this.#goneError(reader);
      if (gone !== undefined && reader.retryAtMs <= nowMs) {
        this.#onError(reader, gone);
        return;
      }
      // No leader is known now; the change that makes one known leads back here.
      this.#cluster.refresh();
      this.#reconcileAt(nowMs + this.#options.retryBackoffMaxMs);
      return;
    }
    const { key } = route;
    if (reader.streamKey === key && reader.streamEpoch === known.leaderEpoch) return;
    const isSameLeader = reader.streamEpoch >= known.leaderEpoch;
    if (isSameLeader && reader.retryAtMs > nowMs) {
      this.#reconcileAt(reader.retryAtMs);
      return;
    }
    // What the former leader still sends is from before the change: drop it and read it from the new one.
    if (reader.streamKey !== '' && reader.streamKey !== key) this.#takeOff(reader);
    let stream = this.#streams.get(key);
    if (stream === undefined) {
      const { isReadCommitted, fetchMaxBytes } = this.#options;
      stream = new ReadStream(key, route.client.stream('/varve.v1.Varve/Consume'), this.#cluster.platform.clock, this, {
        isolation: isReadCommitted ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED,
        maxResponseBytes: fetchMaxBytes,
      });
      if (this.#isHeldBack) stream.pause();
      this.#streams.set(key, stream);
    }
    reader.streamKey = key;
    reader.streamEpoch = known.leaderEpoch;
    reader.positionId = this.#nextPositionId++;
    stream.set({
      topic: reader.topic,
      partition: reader.partition,
      offset: reader.fetchOffset,
      position_id: reader.positionId,
      current_leader_epoch: known.leaderEpoch,
      last_fetched_epoch: reader.epochs.latest,
      ...(reader.topicId === '' ? {} : { topic_id: uuidToBytes(reader.topicId) }),
    });
  }

  /** Why a partition is not to be found in the metadata, where there are any of its topic. */
  #goneError(reader: PartitionReader<Key, Value>): VarveError | undefined {
    const topic = this.#cluster.topic(reader.topic);
    if (topic === undefined || topic.error !== undefined) return topic?.error;
    if (topic.partitions[reader.partition] !== undefined) return undefined;
    return new VarveError(
      'UNKNOWN_TOPIC_OR_PARTITION',
      `Topic '${reader.topic}' has no partition ${reader.partition}.`,
    );
  }

  /**
   * Whether the topic was deleted and made again since the reader's offset was taken (KIP-516): its records are others,
   * so that the offset means nothing, even where it is in range.
   */
  #isOfOldTopic(reader: PartitionReader<Key, Value>): boolean {
    const topic = this.#cluster.topic(reader.topic);
    if (topic === undefined || topic.error !== undefined || reader.hasFailed) return false;
    const { topicId } = topic;
    const isSame = reader.topicId === topicId || reader.topicId === '' || topicId === '';
    if (isSame) return false;
    this.#takeOff(reader);
    this.#events.onCutOff(reader);
    const { autoOffsetReset } = this.#options;
    const message = `Topic '${reader.topic}' was deleted and made again: offset ${reader.position} of ${reader.key} was the old one's.`;
    if (reader.start === undefined && autoOffsetReset === 'none') {
      reader.isOfOldTopic = true;
      this.#fail(reader, new VarveError('UNKNOWN_TOPIC_ID', `${message} Seek to go on, or set autoOffsetReset.`));
      return true;
    }
    reader.topicId = topicId;
    // Where the start is still to be asked for, it is the new topic's.
    if (reader.start !== undefined || autoOffsetReset === 'none') return false;
    this.#cluster.platform.logger.warn({ topic: reader.topic, partition: reader.partition, topicId }, message);
    reader.start = autoOffsetReset;
    this.#scheduleStarts();
    return true;
  }

  /** Where a partition that `leader` leads is read. */
  #route(leader: NodeId): { readonly key: string; readonly client: RpcClient } | undefined {
    if (this.#options.routing === 'bootstrap') {
      const { address } = this.#forwarder;
      return { key: addressKey(address), client: this.#cluster.connection(address) };
    }
    const client = this.#cluster.node(leader);
    return client === undefined ? undefined : { key: `node-${leader}`, client };
  }

  #reconcileAt(atMs: number): void {
    if (this.#closed || this.#timerAtMs <= atMs) return;
    this.#timer?.cancel();
    this.#timerAtMs = atMs;
    const { clock } = this.#cluster.platform;
    this.#timer = clock.after(Math.max(0, atMs - clock.monotonicMs()), () => {
      this.#timer = undefined;
      this.#timerAtMs = Infinity;
      this.#reconcileAll();
      if ([...this.#readers.values()].some((each) => each.start !== undefined)) this.#scheduleStarts();
    });
  }

  #scheduleStarts(): void {
    if (this.#startsScheduled || this.#closed) return;
    this.#startsScheduled = true;
    this.#cluster.platform.clock.defer(() => {
      this.#startsScheduled = false;
      void this.#askStarts();
    });
  }

  /** Turns the ends and times that readers are to start from into offsets. */
  async #askStarts(): Promise<void> {
    const nowMs = this.#cluster.platform.clock.monotonicMs();
    const asked: { reader: PartitionReader<Key, Value>; start: NonNullable<PartitionReader<Key, Value>['start']> }[] =
      [];
    for (const reader of this.#readers.values()) {
      if (reader.start === undefined || reader.isStartAsked || reader.hasFailed) continue;
      if (reader.retryAtMs > nowMs) {
        this.#reconcileAt(reader.retryAtMs);
        continue;
      }
      reader.isStartAsked = true;
      asked.push({ reader, start: reader.start });
    }
    if (asked.length === 0 || this.#closed) return;
    // Of a time the end is asked in the same message, and first: what is appended behind it meanwhile is not passed over.
    const questions: OffsetQuestion[] = asked.flatMap(({ reader: { topic, partition }, start }) => [
      ...(typeof start === 'object' ? [{ topic, partition, at: 'latest' as const }] : []),
      { topic, partition, at: start },
    ]);
    let failure: VarveError | undefined;
    const answers = await listOffsets(this.#cluster, questions, this.#options.isReadCommitted).catch(
      (error: unknown) => {
        failure = callError(error);
        return [];
      },
    );
    if (this.#closed) return;
    const byKey = new Map<string, OffsetAnswer[]>();
    for (const each of answers) {
      const key = topicPartitionKey(each.topic, each.partition);
      byKey.set(key, [...(byKey.get(key) ?? []), each]);
    }
    for (const { reader, start } of asked) {
      reader.isStartAsked = false;
      // A seek in the meantime has the last word, or another assignment of the partition.
      if (reader.start !== start || !this.#isAssigned(reader)) continue;
      const given = byKey.get(reader.key) ?? [];
      const error = failure ?? given.find((each) => each.error !== undefined)?.error;
      const offset = startIn(given);
      if (error !== undefined || offset === undefined) {
        this.#onError(
          reader,
          error ?? new VarveError('UNKNOWN_SERVER_ERROR', 'The node left a partition out of its answer.'),
        );
        continue;
      }
      reader.moveTo(offset);
      reader.resetOffset = offset;
      this.#reconcile(reader);
      this.#events.onProgress();
    }
    if ([...this.#readers.values()].some((each) => each.start !== undefined && !each.isStartAsked))
      this.#scheduleStarts();
  }
}
