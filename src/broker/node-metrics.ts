import type { NodeId } from '../common/ids.js';
import type { ImageChanges } from '../metadata/image-changes.js';
import type { Clock } from '../platform/clock.js';
import { METRICS } from '../platform/metric-catalog.js';
import type { Counter, Histogram, Metrics } from '../platform/observe.js';
import type { Raft } from '../raft/api.js';
import { LOG_OVERHEAD, RECORD_BATCH_OVERHEAD, batchRecordCount, batchSizeBytes } from '../record/batch-header.js';
import type { PartitionChunk, ProduceResult } from './broker-api.js';

/** What the gauges show; read when somebody asks for the metrics. */
export interface NodeReadings {
  readonly offlinePartitions: () => number;
  readonly underReplicatedPartitions: () => number;
  readonly underMinIsrPartitions: () => number;
  readonly leaderPartitions: () => number;
  readonly replicaPartitions: () => number;
  readonly offlineLogDirectories: () => number;
  readonly activeController: () => number;
  readonly fencedBrokers: () => number;
}

export type RequestApi = 'produce' | 'fetch' | 'listOffsets' | 'initProducerId' | 'deleteRecords' | 'admin';
/** Of those that are answered once and timed, and of a stream that is answered as long as it lasts. */
export type FailingApi = RequestApi | 'consume';

/** Several may read the metrics, each in its own time: none is to miss what another one has read. */
const LATENESS_WINDOW_MS = 30_000;

/** The metrics of one node, by METRICS' names. */
export class NodeMetrics {
  readonly isrShrinks: Counter;
  readonly isrExpands: Counter;
  readonly damagedBatches: Counter;
  readonly duplicateBatches: Counter;
  readonly replicationBytesIn: Counter;
  readonly #elections: Counter;
  readonly #metrics: Metrics;
  readonly #clock: Clock;
  readonly #leaderChanges: Counter;
  readonly #bytesIn: Counter;
  readonly #bytesOut: Counter;
  readonly #recordsIn: Counter;
  readonly #recordsOut: Counter;
  readonly #seconds = new Map<RequestApi, Histogram>();
  readonly #errors = new Map<string, Counter>();
  /** Each later and less than the one before it. */
  #lateness: { readonly atMs: number; readonly lateMs: number }[] = [];

  constructor(metrics: Metrics, clock: Clock) {
    this.#metrics = metrics;
    this.#clock = clock;
    this.#leaderChanges = metrics.counter(METRICS.leaderChanges);
    this.#elections = metrics.counter(METRICS.elections);
    this.isrShrinks = metrics.counter(METRICS.isrShrinks);
    this.isrExpands = metrics.counter(METRICS.isrExpands);
    this.damagedBatches = metrics.counter(METRICS.damagedBatches);
    this.duplicateBatches = metrics.counter(METRICS.duplicateBatches);
    this.replicationBytesIn = metrics.counter(METRICS.replicationBytesIn);
    this.#bytesIn = metrics.counter(METRICS.bytesIn);
    this.#bytesOut = metrics.counter(METRICS.bytesOut);
    this.#recordsIn = metrics.counter(METRICS.recordsIn);
    this.#recordsOut = metrics.counter(METRICS.recordsOut);
  }

  /** Registers the gauges. */
  start(readings: NodeReadings): void {
    for (const name of Object.keys(readings) as (keyof NodeReadings)[]) {
      this.#metrics.observedGauge(METRICS[name], readings[name]);
    }
    this.#metrics.observedGauge(METRICS.eventLoopDelay, () => this.#latenessMs() / 1000);
  }

  /** The greatest of the readings within the window. */
  #latenessMs(): number {
    const nowMs = this.#clock.monotonicMs();
    const lateMs = this.#clock.takeLatenessMs();
    // What is neither greater nor later than another one tells nothing: few are kept, however often somebody reads.
    const kept = this.#lateness.filter((each) => nowMs - each.atMs < LATENESS_WINDOW_MS && each.lateMs > lateMs);
    this.#lateness = [...kept, { atMs: nowMs, lateMs }];
    return this.#lateness[0]?.lateMs ?? lateMs;
  }

  /**
   * Counts the terms in which this node stands for election from now on. Pre-votes are none: a replica that is behind may ask
   * for ever, and disturbs nobody.
   */
  watchElections(quorum: Pick<Raft, 'term' | 'onLeadershipChange'>): void {
    let { term } = quorum;
    quorum.onLeadershipChange((now) => {
      if (now.term > term && (now.role === 'candidate' || now.role === 'leader')) this.#elections.add(1);
      term = now.term;
    });
  }

  /** A produce was answered; `batches` were appended here when there is no error. */
  produced(startedMs: number, sizeBytes: number, records: number, result: ProduceResult): void {
    this.answered('produce', startedMs, result.error);
    if (result.error !== undefined) return;
    this.#bytesIn.add(sizeBytes);
    this.#recordsIn.add(records);
  }

  /** The image of a live broker changed. A partition's first leader is no change, nor is that it has none for a while. */
  partitionsChanged(nodeId: NodeId, changes: Pick<ImageChanges, 'partitions'>): void {
    for (const { before, after } of changes.partitions) {
      if (before === undefined || !after?.replicas.includes(nodeId)) continue;
      if (after.leader >= 0 && after.leader !== before.leader) this.#leaderChanges.add(1);
    }
  }

  /** Records, or an error in their place, went to a client. */
  served(api: 'fetch' | 'consume', chunk: PartitionChunk): void {
    if (chunk.error !== undefined) this.failed(api, chunk.error.code);
    if (chunk.sizeBytes === 0) return;
    this.#bytesOut.add(chunk.sizeBytes);
    for (const buffer of chunk.batches) this.#recordsOut.add(recordsIn(buffer));
  }

  answered(api: RequestApi, startedMs: number, error: { readonly code: string } | undefined): void {
    let seconds = this.#seconds.get(api);
    if (seconds === undefined) {
      seconds = this.#metrics.histogram({ ...METRICS.requestSeconds, labels: { api } });
      this.#seconds.set(api, seconds);
    }
    seconds.observe((this.#clock.monotonicMs() - startedMs) / 1000);
    if (error !== undefined) this.failed(api, error.code);
  }

  /** Observes a promise of `api` to its end. */
  async timed<T>(api: RequestApi, work: Promise<T>): Promise<T> {
    const startedMs = this.#clock.monotonicMs();
    try {
      const result = await work;
      this.answered(api, startedMs, undefined);
      return result;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN_SERVER_ERROR';
      this.answered(api, startedMs, { code });
      throw error;
    }
  }

  /** A request, or one partition of it, was answered with an error. */
  failed(api: FailingApi, code: string): void {
    const key = `${api} ${code}`;
    let errors = this.#errors.get(key);
    if (errors === undefined) {
      errors = this.#metrics.counter({ ...METRICS.requestErrors, labels: { api, error: code } });
      this.#errors.set(key, errors);
    }
    errors.add(1);
  }
}

/** Records of whole batches, by their headers. */
function recordsIn(batches: Buffer): number {
  let count = 0;
  for (let at = 0; at + RECORD_BATCH_OVERHEAD <= batches.length;) {
    const size = batchSizeBytes(batches, at);
    if (size < LOG_OVERHEAD) break;
    count += batchRecordCount(batches, at);
    at += size;
  }
  return count;
}
