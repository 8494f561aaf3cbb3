import { decodeMessage } from '../../common/decode-message.js';
import { toVarveError } from '../../common/errors.js';
import type { RpcCall, RpcHandlers, RpcStream } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import type { ConsumeSession, PartitionChunk, RequestContext } from '../broker-api.js';
import { serveForwardedFetch } from './fetch-forwarder.js';
import type { LeaderApi } from '../leader-api.js';
import {
  FORWARD_CONSUME,
  FORWARD_DELETE_RECORDS,
  FORWARD_FETCH,
  FORWARD_LIST_OFFSETS,
  FORWARD_PRODUCE,
  decodeAcks,
  decodePosition,
  encodeAck,
  encodeChunk,
  encodeError,
} from './wire.js';

/** Serves what other nodes forward: only partitions that this node leads, and never on to a third node. */
export function forwardHandlers(api: LeaderApi): RpcHandlers {
  return {
    streams: {
      [FORWARD_PRODUCE]: (stream, call) => serveProduce(api, stream, contextOf(call)),
      [FORWARD_CONSUME]: (stream, call) => new ForwardedConsume(api, stream, contextOf(call)),
      [FORWARD_FETCH]: (stream, call) =>
        serveForwardedFetch(stream, (request, signal) => fetchHere(api, request, { ...contextOf(call), signal })),
    },
    unary: {
      [FORWARD_DELETE_RECORDS]: (request, call) => serveDeleteRecords(api, request, call.signal),
      [FORWARD_LIST_OFFSETS]: (request, call) => serveListOffsets(api, request, contextOf(call)),
    },
  };
}

function contextOf(call: RpcCall): RequestContext {
  return {
    principal: call.headers['varve-principal'] ?? 'User:ANONYMOUS',
    peerAddress: call.peer.address,
    timeoutMs: call.timeoutMs,
    get signal() {
      return call.signal;
    },
  };
}

function serveProduce(api: LeaderApi, stream: RpcStream, context: RequestContext): void {
  let acks: varve.v1.IProduceAck[] = [];
  let closed = false;
  stream.onClose(() => {
    closed = true;
  });
  const answer = (ack: varve.v1.IProduceAck): void => {
    if (closed) return;
    if (acks.length === 0) {
      queueMicrotask(() => {
        const batch = acks;
        acks = [];
        // Not more than one small message a batch that the forwarder has under way, and it bounds those.
        if (!closed) stream.send(varve.v1.ProduceResponse.encode({ acks: batch }).finish());
      });
    }
    acks.push(ack);
  };
  stream.onBorrowedMessage((message) => {
    let isOver = true;
    for (const batch of decodeMessage(varve.v1.ProduceRequest, message).batches) {
      const { topic, partition, record_batch } = {
        topic: batch.topic ?? '',
        partition: batch.partition ?? 0,
        record_batch: batch.record_batch ?? new Uint8Array(0),
      };
      const requiredAcks = decodeAcks(batch.acks);
      const isTaken = api.produceLocal(
        {
          context,
          topic,
          partition,
          acks: requiredAcks,
          timeoutMs: batch.timeout_ms ?? 0,
          batches: Buffer.from(record_batch.buffer, record_batch.byteOffset, record_batch.length),
        },
        (result) => {
          if (requiredAcks !== 0) answer(encodeAck(batch.correlation_id ?? 0, topic, partition, result));
        },
      );
      isOver &&= isTaken;
    }
    return isOver;
  });
}

/** One forwarded consume session. */
class ForwardedConsume {
  readonly #stream: RpcStream;
  #session: ConsumeSession | undefined;

  constructor(api: LeaderApi, stream: RpcStream, context: RequestContext) {
    this.#stream = stream;
    stream.onMessage((message) => {
      const request = decodeMessage(varve.v1.ConsumeRequest, message);
      this.#session ??= api.openLocalConsume(
        {
          context,
          isolation:
            request.isolation_level === varve.v1.IsolationLevel.READ_COMMITTED ? 'readCommitted' : 'readUncommitted',
          maxChunkBytes: request.max_response_bytes,
        },
        { onChunk: (chunk) => this.#send(chunk) },
      );
      for (const position of request.positions) {
        if (position.remove === true) this.#session.remove(position.topic ?? '', position.partition ?? 0);
        else this.#session.set(decodePosition(position));
      }
    });
    stream.onDrain(() => this.#session?.resume());
    stream.onClose(() => this.#session?.close());
  }

  #send(chunk: PartitionChunk): boolean {
    return this.#stream.send(varve.v1.ConsumeResponse.encode({ partitions: [encodeChunk(chunk)] }).finish());
  }
}

async function fetchHere(api: LeaderApi, request: varve.v1.FetchRequest, context: RequestContext): Promise<Uint8Array> {
  const chunks = await api.fetchLocal({
    context,
    positions: request.positions.map(decodePosition),
    isolation: request.isolation_level === varve.v1.IsolationLevel.READ_COMMITTED ? 'readCommitted' : 'readUncommitted',
    maxBytes: request.max_response_bytes,
    maxWaitMs: request.max_wait_ms,
    minBytes: request.min_bytes,
  });
  return varve.v1.FetchResponse.encode({ partitions: chunks.map(encodeChunk) }).finish();
}

async function serveListOffsets(api: LeaderApi, bytes: Buffer, context: RequestContext): Promise<Uint8Array> {
  const request = decodeMessage(varve.v1.ListOffsetsRequest, bytes);
  const results = await api.listOffsetsLocal({
    context,
    isolation: request.isolation_level === varve.v1.IsolationLevel.READ_COMMITTED ? 'readCommitted' : 'readUncommitted',
    partitions: request.partitions.map((one) => ({
      topic: one.topic ?? '',
      partition: one.partition ?? 0,
      timestampMs: one.timestamp_ms ?? -1,
      currentLeaderEpoch: one.current_leader_epoch ?? -1,
    })),
  });
  return varve.v1.ListOffsetsResponse.encode({
    partitions: results.map((result) => ({
      topic: result.topic,
      partition: result.partition,
      error: encodeError(result.error === undefined ? undefined : toVarveError(result.error)),
      offset: result.offset,
      timestamp_ms: result.timestampMs,
      leader_epoch: result.leaderEpoch,
    })),
  }).finish();
}

async function serveDeleteRecords(api: LeaderApi, bytes: Buffer, signal: AbortSignal): Promise<Uint8Array> {
  const { partitions, timeout_ms: timeoutMs } = decodeMessage(varve.v1.DeleteRecordsRequest, bytes);
  const results = partitions.map(async (one) => {
    const topic = one.topic ?? '';
    const partition = one.partition ?? 0;
    try {
      const beforeOffset = one.before_offset ?? 0;
      const low_watermark = await api.deleteRecordsLocal({ topic, partition, beforeOffset, timeoutMs, signal });
      return { topic, partition, low_watermark };
    } catch (error) {
      return { topic, partition, error: encodeError(toVarveError(error)), low_watermark: -1 };
    }
  });
  return varve.v1.DeleteRecordsResponse.encode({ partitions: await Promise.all(results) }).finish();
}
