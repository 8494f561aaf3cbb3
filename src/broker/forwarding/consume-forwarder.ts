import { decodeMessage } from '../../common/decode-message.js';
import { VarveError, toVarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import type { RpcStream } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import type { ConsumeOptions, ConsumeSink, ReadPosition } from '../broker-api.js';
import { failure } from '../use-cases/local-consume.js';
import { decodeChunk, encodePosition } from './wire.js';

/** The partitions of one consume session that one other node leads: a stream of the session's own to that node. */
export class RemoteConsume {
  readonly #nodeId: NodeId;
  readonly #sink: ConsumeSink;
  readonly #stream: RpcStream;
  /** With the offset that comes next. */
  readonly #positions = new Map<string, ReadPosition>();
  readonly #onEmpty: () => void;
  #ended = false;

  constructor(nodeId: NodeId, stream: RpcStream, options: ConsumeOptions, sink: ConsumeSink, onEmpty: () => void) {
    this.#nodeId = nodeId;
    this.#stream = stream;
    this.#sink = sink;
    this.#onEmpty = onEmpty;
    stream.onMessage((message) => this.#receive(message));
    stream.onClose((error) => this.#closed(error));
    stream.send(
      varve.v1.ConsumeRequest.encode({
        isolation_level:
          options.isolation === 'readCommitted'
            ? varve.v1.IsolationLevel.READ_COMMITTED
            : varve.v1.IsolationLevel.READ_UNCOMMITTED,
        as_record_batches: true,
        max_response_bytes: options.maxChunkBytes,
      }).finish(),
    );
  }

  set(position: ReadPosition): void {
    this.#positions.set(`${position.topic}-${position.partition}`, position);
    this.#stream.send(varve.v1.ConsumeRequest.encode({ positions: [encodePosition(position)] }).finish());
  }

  remove(topic: string, partition: number): void {
    if (!this.#positions.delete(`${topic}-${partition}`)) return;
    this.#stream.send(varve.v1.ConsumeRequest.encode({ positions: [{ topic, partition, remove: true }] }).finish());
    this.#endWhenEmpty();
  }

  leadersChanged(leaderOf: (topic: string, partition: number) => NodeId | undefined): void {
    for (const [key, position] of [...this.#positions]) {
      if (leaderOf(position.topic, position.partition) === this.#nodeId) continue;
      this.#positions.delete(key);
      const error = new VarveError(
        'NOT_LEADER_OR_FOLLOWER',
        `Node ${this.#nodeId} no longer leads ${position.topic}-${position.partition}. Set the position again.`,
      );
      this.#sink.onChunk(failure(position, error));
    }
    this.#endWhenEmpty();
  }

  resume(): void {
    this.#stream.resume();
  }

  close(): void {
    this.#ended = true;
    this.#positions.clear();
    this.#stream.cancel();
  }

  #receive(message: Buffer): void {
    for (const records of decodeMessage(varve.v1.ConsumeResponse, message).partitions) {
      const chunk = decodeChunk(records);
      const key = `${chunk.topic}-${chunk.partition}`;
      const position = this.#positions.get(key);
      if (position?.positionId !== chunk.positionId) continue;
      if (chunk.error !== undefined || chunk.divergingEpoch !== undefined) this.#positions.delete(key);
      else this.#positions.set(key, { ...position, offset: chunk.nextOffset });
      if (!this.#sink.onChunk(chunk)) this.#stream.pause();
    }
    this.#endWhenEmpty();
  }

  #endWhenEmpty(): void {
    if (this.#positions.size > 0 || this.#ended) return;
    this.#ended = true;
    this.#stream.cancel();
    this.#onEmpty();
  }

  #closed(error: Error | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#onEmpty();
    const known = error === undefined ? undefined : toVarveError(error);
    const told =
      known !== undefined && known.code !== 'UNKNOWN_SERVER_ERROR'
        ? known
        : new VarveError('NETWORK_EXCEPTION', `The connection to node ${this.#nodeId} broke. Set the position again.`);
    for (const position of [...this.#positions.values()]) this.#sink.onChunk(failure(position, told));
    this.#positions.clear();
  }
}
