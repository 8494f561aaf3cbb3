import { VarveError, toVarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import type { Clock } from '../platform/clock.js';
import { RECORD_BATCH_OVERHEAD } from '../record/batch-header.js';
import { divergence } from '../replication/divergence.js';
import type { PartitionLeader } from '../replication/partition-leader.js';
import type {
  ConsumeOptions,
  ConsumeSession,
  ConsumeSink,
  DeleteRecordsCall,
  FetchCall,
  ListOffsetsCall,
  ListOffsetsQuery,
  ListOffsetsResult,
  PartitionChunk,
  ProduceCall,
  ProduceResult,
  ReadPosition,
} from './broker-api.js';
import { FirstBatches } from './first-batches.js';
import type { NodeMetrics } from './node-metrics.js';
import { checkLeaderEpoch, checkTopicId, type PartitionLookup } from './partition-lookup.js';
import { ProducerOrder, turnedBack } from './producer-order.js';
import { failedOffset, listOffset } from './use-cases/list-offsets.js';
import { LocalConsume, failure } from './use-cases/local-consume.js';
import { type LocalPosition, fetchLocal } from './use-cases/local-fetch.js';

/** The use cases on partitions that this node leads; others get NOT_LEADER_OR_FOLLOWER. Nothing is forwarded here. */
export class LeaderApi {
  readonly #lookup: PartitionLookup;
  readonly #metrics: NodeMetrics;
  readonly #clock: Clock;
  /** Bytes of one fetch's answer, whatever the client asks for. */
  readonly #maxFetchBytes: number;
  readonly order: ProducerOrder;
  readonly #firsts = new FirstBatches();

  constructor(lookup: PartitionLookup, clock: Clock, maxFetchBytes: number, metrics: NodeMetrics) {
    this.order = new ProducerOrder(clock);
    this.#metrics = metrics;
    this.#lookup = lookup;
    this.#clock = clock;
    this.#maxFetchBytes = maxFetchBytes;
  }

  /** True when nobody looks at the batches of the call any more. */
  produceLocal(call: ProduceCall, done: (result: ProduceResult) => void): boolean {
    let leader: PartitionLeader;
    try {
      leader = this.#lookup.findLocal(call.topic, call.partition, -1);
    } catch (error) {
      const failure = toVarveError(error);
      this.order.answered(call, failure);
      done(failedProduce(failure));
      return true;
    }
    return this.appendTo(leader, call, done);
  }

  /** Appends to a leader that was looked up already. True when nobody looks at the batches of the call any more. */
  appendTo(leader: PartitionLeader, call: ProduceCall, done: (result: ProduceResult) => void): boolean {
    const { order } = this;
    if (order.mustWait(call, leader.log)) {
      done(turnedBack());
      return true;
    }
    // What waited is looked at anew: the batch before it may have failed.
    if (this.#firsts.mustWait(call, leader.log, () => void this.appendTo(leader, call, done))) return false;
    // Who asks for no answer is not told, but what it sent counts until it is on disk: a disk that is slower than the
    // network would leave more and more of it in memory.
    const acks = call.acks === -1 ? 'all' : 'leader';
    const startedMs = this.#clock.monotonicMs();
    const { batches } = call;
    // What the answer looks at of them; they themselves may be gone by then.
    const head = { ...call, batches: Buffer.from(batches.subarray(0, RECORD_BATCH_OVERHEAD)) };
    const sizeBytes = batches.length;
    const tell = (result: ProduceResult, records: number): void => {
      this.#metrics.produced(startedMs, sizeBytes, records, result);
      order.answered(head, result.error);
      done(result);
      this.#firsts.answered(head);
    };
    return leader.append(batches, acks, startedMs + call.timeoutMs, (error, outcome) => {
      if (error !== undefined || outcome === undefined) tell(failedProduce(error), 0);
      else {
        const { firstOffset, lastOffset, logAppendTimeMs } = outcome;
        const { startOffset } = leader.log;
        // As many offsets as records: a client's batch has no gaps.
        tell(
          { error: undefined, baseOffset: firstOffset, logAppendTimeMs, logStartOffset: startOffset },
          lastOffset - firstOffset + 1,
        );
      }
    });
  }

  openLocalConsume(options: ConsumeOptions, sink: ConsumeSink): ConsumeSession {
    const local = new LocalConsume(options, sink);
    let closed = false;
    const refuse = (chunk: PartitionChunk): void =>
      queueMicrotask(() => {
        if (!closed) sink.onChunk(chunk);
      });
    return {
      set: (position: ReadPosition): void => {
        // Whatever comes of it, the position before is over.
        local.remove(position.topic, position.partition);
        try {
          const leader = this.#lookup.findLocal(position.topic, position.partition, position.currentLeaderEpoch);
          checkTopicId(leader, position.topicId);
          const diverging = divergence(leader.log, position.lastFetchedEpoch, position.offset);
          if (diverging === undefined) local.set(position, leader);
          else refuse(failure(position, undefined, { leaderEpoch: diverging.epoch, endOffset: diverging.endOffset }));
        } catch (error) {
          refuse(failure(position, toVarveError(error)));
        }
      },
      remove: (topic, partition) => local.remove(topic, partition),
      resume: () => local.resume(),
      close: () => {
        closed = true;
        local.close();
      },
    };
  }

  async fetchLocal(call: FetchCall): Promise<PartitionChunk[]> {
    const found: LocalPosition[] = [];
    const failed: PartitionChunk[] = [];
    for (const position of call.positions) {
      try {
        const leader = this.#lookup.findLocal(position.topic, position.partition, -1);
        checkLeaderEpoch(leader, position.currentLeaderEpoch);
        checkTopicId(leader, position.topicId);
        found.push({ position, leader });
      } catch (error) {
        failed.push(failure(position, toVarveError(error)));
      }
    }
    const wait = failed.length > 0 ? { ...call, maxWaitMs: 0 } : call;
    return [...(await fetchLocal(this.#clock, wait, found, this.#maxFetchBytes)), ...failed];
  }

  /** Rejects with what `findLocal` throws, and as `PartitionLeader.deleteRecords`; resolves to the low watermark. */
  async deleteRecordsLocal(call: DeleteRecordsCall): Promise<Offset> {
    const leader = this.#lookup.findLocal(call.topic, call.partition, -1);
    return leader.deleteRecords(call.beforeOffset, this.#clock.monotonicMs() + call.timeoutMs, call.signal);
  }

  async listOffsetsLocal(call: ListOffsetsCall): Promise<ListOffsetsResult[]> {
    // What is asked more than once is looked for once: a search may read, and inflate, many megabytes.
    const answers = new Map<string, Promise<ListOffsetsResult>>();
    const answerTo = (query: ListOffsetsQuery): Promise<ListOffsetsResult> => {
      const { topic, partition, timestampMs, currentLeaderEpoch } = query;
      const key = `${topic}-${partition} ${timestampMs} ${currentLeaderEpoch}`;
      const answer = answers.get(key) ?? this.#listOffset(query, call.isolation === 'readCommitted');
      answers.set(key, answer);
      return answer;
    };
    return Promise.all(call.partitions.map(answerTo));
  }

  async #listOffset(query: ListOffsetsQuery, readCommitted: boolean): Promise<ListOffsetsResult> {
    try {
      const leader = this.#lookup.findLocal(query.topic, query.partition, query.currentLeaderEpoch);
      return await listOffset(leader, query, readCommitted);
    } catch (error) {
      return failedOffset(query, error);
    }
  }
}

export function failedProduce(error: VarveError | undefined): ProduceResult {
  return {
    error: error ?? new VarveError('UNKNOWN_SERVER_ERROR'),
    baseOffset: -1,
    logAppendTimeMs: -1,
    logStartOffset: -1,
  };
}
