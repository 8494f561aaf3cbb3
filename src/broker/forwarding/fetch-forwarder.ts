import { decodeMessage } from '../../common/decode-message.js';
import { VarveError, toVarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import type { Clock } from '../../platform/clock.js';
import type { RpcStream } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import type { FetchCall, PartitionChunk } from '../broker-api.js';
import { failure } from '../use-cases/local-consume.js';
import { decodeChunk, encodeIsolation, encodePosition } from './wire.js';

/** How much longer than it may wait for records an answer may take. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * One read of partitions that another node leads, which may wait there for records. The request goes over a stream of its
 * own: a second, empty message says that the reader has enough from elsewhere, and the answer is what there is by then.
 */
export function forwardFetch(
  nodeId: NodeId,
  stream: RpcStream,
  call: FetchCall,
  surroundings: { readonly clock: Clock; readonly answerNow: AbortSignal },
): Promise<PartitionChunk[]> {
  const { clock, answerNow } = surroundings;
  return new Promise((resolve) => {
    let isOver = false;
    const finish = (chunks: PartitionChunk[]): void => {
      if (isOver) return;
      isOver = true;
      timer.cancel();
      answerNow.removeEventListener('abort', tellEnough);
      stream.cancel();
      resolve(chunks);
    };
    const fail = (cause: unknown): void => {
      const error =
        cause instanceof VarveError
          ? cause
          : new VarveError(
              'NETWORK_EXCEPTION',
              `Node ${nodeId}, which leads the partition, gave no answer. Try again.`,
              {
                cause,
              },
            );
      finish(call.positions.map((position) => failure(position, error)));
    };
    const tellEnough = (): void => void stream.send(new Uint8Array(0));
    const timer = clock.after(call.maxWaitMs + ANSWER_TIMEOUT_MS, () => fail(undefined));
    stream.onMessage((message) => finish(decodeMessage(varve.v1.FetchResponse, message).partitions.map(decodeChunk)));
    stream.onClose(fail);
    stream.send(
      varve.v1.FetchRequest.encode({
        positions: call.positions.map(encodePosition),
        isolation_level: encodeIsolation(call.isolation),
        as_record_batches: true,
        max_response_bytes: call.maxBytes,
        max_wait_ms: call.maxWaitMs,
        min_bytes: call.minBytes,
      }).finish(),
    );
    if (answerNow.aborted) tellEnough();
    else answerNow.addEventListener('abort', tellEnough, { once: true });
  });
}

/** The leader's side. `fetch` answers with what there is when its signal is aborted. */
export function serveForwardedFetch(
  stream: RpcStream,
  fetch: (request: varve.v1.FetchRequest, answerNow: AbortSignal) => Promise<Uint8Array>,
): void {
  const answerNow = new AbortController();
  let isAsked = false;
  let isClosed = false;
  stream.onClose(() => {
    isClosed = true;
    answerNow.abort();
  });
  stream.onMessage((message) => {
    if (isAsked) {
      answerNow.abort();
      return;
    }
    isAsked = true;
    fetch(decodeMessage(varve.v1.FetchRequest, message), answerNow.signal).then(
      (answer) => {
        if (isClosed) return;
        stream.send(answer);
        stream.end();
      },
      (error: unknown) => {
        if (!isClosed) stream.end(toVarveError(error));
      },
    );
  });
}
