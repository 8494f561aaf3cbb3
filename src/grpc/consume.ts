import { decodeMessage } from '../common/decode-message.js';
import type {
  BrokerApi,
  ConsumeSession,
  ConsumeSink,
  PartitionChunk,
  ReadPosition,
  RequestContext,
} from '../broker/broker-api.js';
import { VarveError, toVarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import { NO_EPOCH, topicPartitionKey } from '../common/ids.js';
import type { RpcCall, RpcHandlers, RpcStream } from '../platform/transport.js';
import type { Workers } from '../platform/workers.js';
import { varve } from '../protocol/varve.js';
import { checkInteger, endWithError, requestContext } from './call.js';
import { CHUNK_OVERHEAD_BYTES, encodeChunks } from './consume-encoding.js';
import { decodeChunk } from './decoded-chunk.js';
import { isolation } from './metadata.js';

const { ConsumeRequest, ConsumeResponse, FetchRequest, FetchResponse } = varve.v1;

const DEFAULT_RESPONSE_BYTES = 1024 * 1024;

export interface ConsumeLimits {
  /** A client may ask for less, not for more: what a stream holds for a client that does not read follows from it. */
  readonly maxResponseBytes: number;
  readonly maxFetchWaitMs: number;
  readonly maxPartitionsPerStream: number;
}

/** Consume and Fetch. `workers` inflate compressed batches for clients that ask for records. */
export function consumeHandlers(broker: BrokerApi, workers: Workers, limits: ConsumeLimits): RpcHandlers {
  return {
    unary: {
      '/varve.v1.Varve/Fetch': async (bytes, call) =>
        fetch(broker, workers, limits, decodeMessage(FetchRequest, bytes), requestContext(call)),
    },
    streams: {
      '/varve.v1.Varve/Consume': (stream, call) => {
        new ConsumeStream({ broker, workers, limits, stream, call }).start();
      },
    },
  };
}

async function fetch(
  broker: BrokerApi,
  workers: Workers,
  limits: ConsumeLimits,
  request: varve.v1.FetchRequest,
  context: RequestContext,
): Promise<Uint8Array> {
  const reading = isolation(request.isolation_level);
  const positions = request.positions.map(readPosition);
  const chunks = await broker.fetch({
    context,
    positions,
    isolation: reading,
    maxBytes: responseBytes(request.max_response_bytes, limits),
    maxWaitMs: Math.min(request.max_wait_ms, limits.maxFetchWaitMs),
    minBytes: request.min_bytes,
  });
  if (request.as_record_batches) return encodeChunks(chunks);
  const from = new Map(positions.map((each) => [topicPartitionKey(each.topic, each.partition), each.offset]));
  const partitions: varve.v1.IPartitionRecords[] = [];
  for (const chunk of chunks) {
    const fromOffset = from.get(topicPartitionKey(chunk.topic, chunk.partition)) ?? 0;
    partitions.push(await decodeChunk(chunk, fromOffset, reading, workers));
  }
  return FetchResponse.encode({ partitions }).finish();
}

function responseBytes(asked: number, limits: ConsumeLimits): number {
  return Math.min(asked === 0 ? DEFAULT_RESPONSE_BYTES : asked, limits.maxResponseBytes);
}

function readPosition(position: varve.v1.IConsumePosition): ReadPosition {
  return {
    topic: position.topic ?? '',
    partition: checkInteger(position.partition ?? 0, 0, 'partition'),
    offset: checkInteger(position.offset ?? 0, 0, 'offset'),
    positionId: checkInteger(position.position_id ?? 0, 0, 'position_id'),
    currentLeaderEpoch: position.current_leader_epoch ?? NO_EPOCH,
    lastFetchedEpoch: position.last_fetched_epoch ?? NO_EPOCH,
  };
}

interface ConsumeStreamOptions {
  readonly broker: BrokerApi;
  readonly workers: Workers;
  readonly limits: ConsumeLimits;
  readonly stream: RpcStream;
  readonly call: RpcCall;
}

/**
 * One tailing reader. Chunks of one turn go out as one message. It holds at most one response more than what the
 * transport queues before it says stop, so a client that does not read costs the node a few responses.
 */
class ConsumeStream implements ConsumeSink {
  readonly #broker: BrokerApi;
  readonly #workers: Workers;
  readonly #limits: ConsumeLimits;
  readonly #stream: RpcStream;
  readonly #call: RpcCall;

  #session: ConsumeSession | undefined;
  #asRecordBatches = false;
  #isolation: ReturnType<typeof isolation> = 'readUncommitted';
  #maxResponseBytes = 0;
  /** The partitions on the stream, and the offset that the client asked for last: records below it are left out. */
  readonly #nextOffsets = new Map<string, Offset>();

  #pending: PartitionChunk[] = [];
  #pendingBytes = 0;
  #flushScheduled = false;
  /** False from a refused `send` to the drain. */
  #flowing = true;
  /** The session was told to wait. */
  #sessionWaits = false;
  #closed = false;

  constructor(options: ConsumeStreamOptions) {
    this.#broker = options.broker;
    this.#workers = options.workers;
    this.#limits = options.limits;
    this.#stream = options.stream;
    this.#call = options.call;
  }

  start(): void {
    const stream = this.#stream;
    stream.onMessage((bytes) => {
      try {
        this.#take(decodeMessage(ConsumeRequest, bytes));
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        this.#fail(error);
      }
    });
    stream.onDrain(() => {
      this.#flowing = true;
      this.#flush();
    });
    // A client that has said all it wants to goes on reading until it cancels.
    stream.onEnd(() => {});
    stream.onClose(() => this.#close());
  }

  onChunk(chunk: PartitionChunk): boolean {
    if (this.#closed) return false;
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.sizeBytes + CHUNK_OVERHEAD_BYTES;
    this.#scheduleFlush();
    if (this.#flowing && this.#pendingBytes < this.#maxResponseBytes) return true;
    this.#sessionWaits = true;
    return false;
  }

  #take(request: varve.v1.ConsumeRequest): void {
    if (this.#closed) return;
    const positions = request.positions.map((each) => (each.remove ? each : readPosition(each)));
    const session = this.#session ?? this.#open(request);
    for (const position of positions) {
      const key = topicPartitionKey(position.topic ?? '', position.partition ?? 0);
      if (!('positionId' in position)) {
        this.#nextOffsets.delete(key);
        session.remove(position.topic ?? '', position.partition ?? 0);
        continue;
      }
      this.#nextOffsets.set(key, position.offset);
      if (this.#nextOffsets.size > this.#limits.maxPartitionsPerStream) {
        throw new VarveError(
          'INVALID_REQUEST',
          `One stream reads at most ${this.#limits.maxPartitionsPerStream} partitions: open another one.`,
        );
      }
      session.set(position);
    }
  }

  #open(request: varve.v1.ConsumeRequest): ConsumeSession {
    this.#asRecordBatches = request.as_record_batches;
    this.#isolation = isolation(request.isolation_level);
    this.#maxResponseBytes = responseBytes(request.max_response_bytes, this.#limits);
    const session = this.#broker.openConsume(
      { context: requestContext(this.#call), isolation: this.#isolation, maxChunkBytes: this.#maxResponseBytes },
      this,
    );
    this.#session = session;
    return session;
  }

  #scheduleFlush(): void {
    if (this.#flushScheduled) return;
    this.#flushScheduled = true;
    if (this.#asRecordBatches) queueMicrotask(() => this.#flushNow());
    else void this.#flushDecoded();
  }

  #flushNow(): void {
    this.#flushScheduled = false;
    this.#flush();
  }

  /** Sends what is pending, as long as the transport takes it, and lets the session go on. */
  #flush(): void {
    if (this.#closed) return;
    if (!this.#asRecordBatches) {
      if (this.#pending.length > 0) this.#scheduleFlush();
      else this.#resumeSession();
      return;
    }
    const stream = this.#stream;
    while (this.#flowing && this.#pending.length > 0)
      this.#flowing = stream.send(encodeChunks(this.#nextGroup(), (sizeBytes) => stream.allocate(sizeBytes)));
    this.#resumeSession();
  }

  /** For clients that ask for records: one chunk at a time, as it may wait for a worker. */
  async #flushDecoded(): Promise<void> {
    try {
      await undefined;
      while (this.#flowing && !this.#closed) {
        const chunk = this.#pending.shift();
        if (chunk === undefined) break;
        this.#pendingBytes -= chunk.sizeBytes + CHUNK_OVERHEAD_BYTES;
        const key = topicPartitionKey(chunk.topic, chunk.partition);
        const decoded = await decodeChunk(chunk, this.#nextOffsets.get(key) ?? 0, this.#isolation, this.#workers);
        if (this.#closed) return;
        this.#flowing = this.#stream.send(ConsumeResponse.encode({ partitions: [decoded] }).finish());
      }
    } catch (error) {
      this.#fail(toVarveError(error));
    } finally {
      this.#flushScheduled = false;
    }
    this.#resumeSession();
  }

  #resumeSession(): void {
    if (!this.#sessionWaits || !this.#flowing || this.#closed || this.#pendingBytes >= this.#maxResponseBytes) return;
    this.#sessionWaits = false;
    this.#session?.resume();
  }

  /** The next chunks that make up one message. */
  #nextGroup(): PartitionChunk[] {
    let bytes = 0;
    let count = 0;
    for (const chunk of this.#pending) {
      const chunkBytes = chunk.sizeBytes + CHUNK_OVERHEAD_BYTES;
      if (count > 0 && bytes + chunkBytes > this.#maxResponseBytes) break;
      bytes += chunkBytes;
      count += 1;
    }
    this.#pendingBytes -= bytes;
    if (count === this.#pending.length) {
      const all = this.#pending;
      this.#pending = [];
      return all;
    }
    return this.#pending.splice(0, count);
  }

  #fail(error: VarveError): void {
    this.#close();
    endWithError(this.#stream, error);
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#pending = [];
    this.#session?.close();
  }
}
