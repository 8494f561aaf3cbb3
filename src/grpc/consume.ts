import type {
  BrokerApi,
  ConsumeSession,
  ConsumeSink,
  PartitionChunk,
  ReadPosition,
  RequestContext,
} from '../broker/broker-api.js';
import { defined } from '../common/assert.js';
import { VarveError, toVarveError } from '../common/errors.js';
import type { Uuid } from '../common/ids.js';
import { NO_EPOCH, topicPartitionKey, uuidFromBytes } from '../common/ids.js';
import type { RpcCall, RpcHandlers, RpcStream } from '../platform/transport.js';
import type { Workers } from '../platform/workers.js';
import { varve } from '../protocol/varve.js';
import type { RepeatedFields } from './bounded-decoding.js';
import { decodeBounded } from './bounded-decoding.js';
import { boundedTopicName, checkInteger, endWithError, requestContext } from './call.js';
import { CHUNK_OVERHEAD_BYTES, encodeChunks, plannedBytes } from './consume-encoding.js';
import { DecodedChunk, encodeWithoutRecords } from './decoded-chunk.js';
import { isolation } from './metadata.js';

const { ConsumeRequest, FetchRequest } = varve.v1;

const DEFAULT_RESPONSE_BYTES = 1024 * 1024;
/** A client of any language takes 4 MiB a message unless it was told otherwise. */
const GRPC_MESSAGE_BYTES = 4 * 1024 * 1024;

/** Answers to new positions that may wait beside one response; past it the client is not listened to. */
const WAITING_ANSWERS_BYTES = 1024 * 1024;

/**
 * Of all Fetch calls of a node that are under way. A position of one that waits takes a kilobyte, and a turn of the event loop's
 * time whenever something is appended; a connection may have a thousand calls.
 */
const MAX_POSITIONS_UNDER_WAY = 100_000;

const UUID_BYTES = 16;
const NO_BYTES = new Uint8Array(0);

export interface ConsumeLimits {
  /** A client may ask for less, not for more: what a stream holds for a client that does not read follows from it. */
  readonly maxResponseBytes: number;
  readonly maxFetchWaitMs: number;
  readonly maxPartitionsPerStream: number;
}

/** Consume and Fetch. `workers` inflate compressed batches for clients that ask for records. */
export function consumeHandlers(broker: BrokerApi, workers: Workers, limits: ConsumeLimits): RpcHandlers {
  let underWay = 0;
  return {
    unary: {
      '/varve.v1.Varve/Fetch': async (bytes, call) => {
        const request = decodeBounded(FetchRequest, bytes, positionFields(limits));
        const count = request.positions.length;
        if (underWay + count > MAX_POSITIONS_UNDER_WAY) {
          throw new VarveError(
            'THROTTLING_QUOTA_EXCEEDED',
            `Fetch calls of ${underWay} positions are under way, and this node takes ${MAX_POSITIONS_UNDER_WAY}: try again, or ` +
              'read with Consume.',
          );
        }
        underWay += count;
        try {
          return await fetch(broker, workers, limits, request, requestContext(call));
        } finally {
          underWay -= count;
        }
      },
    },
    streams: {
      '/varve.v1.Varve/Consume': (stream, call) => {
        new ConsumeStream({ broker, workers, limits, stream, call }).start();
      },
    },
  };
}

/** Of ConsumeRequest and FetchRequest. */
function positionFields(limits: ConsumeLimits): RepeatedFields {
  return { positions: { most: limits.maxPartitionsPerStream } };
}

async function fetch(
  broker: BrokerApi,
  workers: Workers,
  limits: ConsumeLimits,
  request: varve.v1.FetchRequest,
  context: RequestContext,
): Promise<Uint8Array> {
  const reading = isolation(request.isolation_level);
  const asked = request.positions.map(readPosition);
  // By their places, not by the ids that the client gave: one partition may be asked for at several offsets.
  const positions = asked.map((position, index) => ({ ...position, positionId: index }));
  const found = await broker.fetch({
    context,
    positions,
    isolation: reading,
    maxBytes: responseBytes(request.max_response_bytes, limits),
    maxWaitMs: Math.min(request.max_wait_ms, limits.maxFetchWaitMs),
    minBytes: request.min_bytes,
  });
  const answers = found.map((chunk) => {
    const { positionId, offset } = defined(asked[chunk.positionId], 'what is answered was asked for');
    return { chunk: { ...chunk, positionId }, fromOffset: offset };
  });
  if (request.as_record_batches) return encodeChunks(answers.map(({ chunk }) => chunk));
  let leftBytes = recordsResponseBytes(request.max_response_bytes, limits);
  const parts: Buffer[] = [];
  // At least one record belongs to the answer, not to its first part, which may have none to give.
  let hasRecords = false;
  for (const { chunk, fromOffset } of answers) {
    const decoded = new DecodedChunk({ chunk, fromOffset, isolation: reading, workers });
    const part = await recordsOf(decoded, leftBytes, !hasRecords);
    hasRecords ||= decoded.hasGiven;
    leftBytes -= part.length;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** As much of the chunk as there is room for, and one record however large it is where `always`; an error of its own where it cannot be read. */
async function recordsOf(decoded: DecodedChunk, leftBytes: number, always: boolean): Promise<Buffer> {
  const { chunk, fromOffset } = decoded;
  if (!always && leftBytes <= 0 && chunk.sizeBytes > 0)
    return encodeWithoutRecords({ ...chunk, nextOffset: fromOffset });
  try {
    return (await decoded.next(leftBytes, always)) ?? encodeWithoutRecords(chunk);
  } catch (error) {
    return encodeWithoutRecords({ ...chunk, error: toVarveError(error), nextOffset: decoded.nextOffset });
  }
}

/** What the records of one response may take, by themselves and with all around them. */
function recordsResponseBytes(asked: number, limits: ConsumeLimits): number {
  return Math.min(responseBytes(asked, limits), GRPC_MESSAGE_BYTES - 1);
}

function responseBytes(asked: number, limits: ConsumeLimits): number {
  return Math.min(asked === 0 ? DEFAULT_RESPONSE_BYTES : asked, limits.maxResponseBytes);
}

function readPosition(position: varve.v1.IConsumePosition): ReadPosition {
  return {
    topic: boundedTopicName(position.topic),
    partition: checkInteger(position.partition ?? 0, 0, 'partition'),
    offset: checkInteger(position.offset ?? 0, 0, 'offset'),
    positionId: checkInteger(position.position_id ?? 0, 0, 'position_id'),
    currentLeaderEpoch: position.current_leader_epoch ?? NO_EPOCH,
    lastFetchedEpoch: position.last_fetched_epoch ?? NO_EPOCH,
    topicId: topicIdOf(position.topic_id ?? NO_BYTES),
  };
}

/** A partition that is to be taken off. */
interface Removal extends Pick<ReadPosition, 'topic' | 'partition'> {
  readonly positionId: undefined;
}

function removal(position: varve.v1.IConsumePosition): Removal {
  return { topic: boundedTopicName(position.topic), partition: position.partition ?? 0, positionId: undefined };
}

function topicIdOf(bytes: Uint8Array): Uuid | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes.length === UUID_BYTES) return uuidFromBytes(bytes);
  throw new VarveError('INVALID_REQUEST', `topic_id has 16 bytes, or none, not ${bytes.length}.`);
}

/** One partition on a stream, from one position on. */
interface Reading {
  /** What the client asked for: records below its offset are left out. */
  readonly position: ReadPosition;
  /** The client has not moved or dropped it since, nor was it told that it cannot be read. */
  isWanted: boolean;
}

interface PendingChunk {
  readonly chunk: PartitionChunk;
  /** Undefined: of a position that is no more. */
  readonly reading: Reading | undefined;
}

interface Decoding {
  readonly decoded: DecodedChunk;
  readonly reading: Reading;
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
 * transport queues before it says stop, so a client that does not read costs the node a few responses. Nor is it listened
 * to without end meanwhile: positions that cannot be read are answered at once.
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
  /** The partitions on the stream. */
  readonly #readings = new Map<string, Reading>();

  #pending: PendingChunk[] = [];
  #pendingBytes = 0;
  /** For clients that ask for records: the chunk that is being sent. */
  #decoding: Decoding | undefined;
  #flushScheduled = false;
  /** False from a refused `send` to the drain. */
  #flowing = true;
  /** The session was told to wait. */
  #sessionWaits = false;
  /** Positions that were taken since: each may be answered with an error, which waits here or on its way here. */
  #takenMeanwhile = 0;
  #inputPaused = false;
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
        this.#take(decodeBounded(ConsumeRequest, bytes, positionFields(this.#limits)));
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
    const key = topicPartitionKey(chunk.topic, chunk.partition);
    const found = this.#readings.get(key);
    const reading = found?.position.positionId === chunk.positionId ? found : undefined;
    this.#pending.push({ chunk, reading });
    this.#pendingBytes += plannedBytes(chunk);
    // An error, or a log that was cut, takes the partition off.
    const isLast = chunk.error !== undefined || chunk.divergingEpoch !== undefined;
    if (isLast && reading !== undefined) this.#readings.delete(key);
    this.#scheduleFlush();
    if (this.#flowing && this.#pendingBytes < this.#maxResponseBytes) return true;
    this.#sessionWaits = true;
    this.#pauseInputIfFull();
    return false;
  }

  #take(request: varve.v1.ConsumeRequest): void {
    if (this.#closed) return;
    const all = request.positions.map((each) => (each.remove ? removal(each) : readPosition(each)));
    // Of one partition the last word counts: each on the way there could cost a stream to another node.
    const positions = new Map(all.map((each) => [topicPartitionKey(each.topic, each.partition), each]));
    const session = this.#session ?? this.#open(request);
    for (const [key, position] of positions) {
      const { topic, partition } = position;
      const before = this.#readings.get(key);
      if (before !== undefined) before.isWanted = false;
      if (position.positionId === undefined) {
        this.#readings.delete(key);
        session.remove(topic, partition);
        continue;
      }
      this.#readings.set(key, { position, isWanted: true });
      if (this.#readings.size > this.#limits.maxPartitionsPerStream) {
        throw new VarveError(
          'INVALID_REQUEST',
          `One stream reads at most ${this.#limits.maxPartitionsPerStream} partitions: open another one.`,
        );
      }
      session.set(position);
    }
    if (!this.#sessionWaits) return;
    this.#takenMeanwhile += all.length;
    this.#pauseInputIfFull();
  }

  /** By count, as answers may be on their way here, and by the size of those that are here. */
  #pauseInputIfFull(): void {
    if (this.#inputPaused) return;
    const hasRoom = this.#pendingBytes < this.#maxResponseBytes + WAITING_ANSWERS_BYTES;
    if (this.#takenMeanwhile <= this.#limits.maxPartitionsPerStream && hasRoom) return;
    this.#inputPaused = true;
    this.#stream.pause();
  }

  #open(request: varve.v1.ConsumeRequest): ConsumeSession {
    this.#asRecordBatches = request.as_record_batches;
    this.#isolation = isolation(request.isolation_level);
    this.#maxResponseBytes = this.#asRecordBatches
      ? responseBytes(request.max_response_bytes, this.#limits)
      : recordsResponseBytes(request.max_response_bytes, this.#limits);
    const maxChunkBytes = Math.max(1, this.#maxResponseBytes - CHUNK_OVERHEAD_BYTES);
    const session = this.#broker.openConsume(
      { context: requestContext(this.#call), isolation: this.#isolation, maxChunkBytes },
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
      if (this.#pending.length > 0 || this.#decoding !== undefined) this.#scheduleFlush();
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
        this.#decoding ??= this.#nextDecoded();
        if (this.#decoding === undefined) break;
        const { decoded, reading } = this.#decoding;
        const message = await this.#nextRecords(decoded, reading);
        if (this.#closed) return;
        if (message === undefined) this.#decoding = undefined;
        else this.#flowing = this.#stream.send(message);
      }
      if (!this.#flowing) this.#decoding?.decoded.letGo();
    } catch (error) {
      this.#fail(toVarveError(error));
    } finally {
      this.#flushScheduled = false;
    }
    this.#resumeSession();
  }

  /** The next chunk that is still wanted. */
  #nextDecoded(): Decoding | undefined {
    for (;;) {
      const next = this.#pending.shift();
      if (next === undefined) return undefined;
      const { chunk, reading } = next;
      this.#pendingBytes -= plannedBytes(chunk);
      if (reading?.isWanted !== true) continue;
      const fromOffset = reading.position.offset;
      const workers = this.#workers;
      return { decoded: new DecodedChunk({ chunk, fromOffset, isolation: this.#isolation, workers }), reading };
    }
  }

  /** The next message of a chunk; undefined once all of it was sent, or nobody wants the rest. */
  async #nextRecords(decoded: DecodedChunk, reading: Reading): Promise<Buffer | undefined> {
    if (!reading.isWanted) return undefined;
    try {
      const message = await decoded.next(this.#maxResponseBytes);
      return reading.isWanted ? message : undefined;
    } catch (error) {
      if (!reading.isWanted) return undefined;
      // The partition alone: others of the stream go on.
      const { topic, partition } = decoded.chunk;
      reading.isWanted = false;
      const key = topicPartitionKey(topic, partition);
      if (this.#readings.get(key) === reading) {
        this.#session?.remove(topic, partition);
        this.#readings.delete(key);
      }
      return encodeWithoutRecords({ ...decoded.chunk, error: toVarveError(error), nextOffset: decoded.nextOffset });
    }
  }

  #resumeSession(): void {
    if (!this.#sessionWaits || !this.#flowing || this.#closed || this.#pendingBytes >= this.#maxResponseBytes) return;
    this.#sessionWaits = false;
    this.#takenMeanwhile = 0;
    this.#session?.resume();
    if (!this.#inputPaused) return;
    this.#inputPaused = false;
    this.#stream.resume();
  }

  /** The next chunks that make up one message. */
  #nextGroup(): PartitionChunk[] {
    let bytes = 0;
    let count = 0;
    for (const { chunk } of this.#pending) {
      const chunkBytes = plannedBytes(chunk);
      if (count > 0 && bytes + chunkBytes > this.#maxResponseBytes) break;
      bytes += chunkBytes;
      count += 1;
    }
    this.#pendingBytes -= bytes;
    if (count === this.#pending.length) {
      const all = this.#pending;
      this.#pending = [];
      return all.map(({ chunk }) => chunk);
    }
    return this.#pending.splice(0, count).map(({ chunk }) => chunk);
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
