import { toVarveError, VarveError } from '../../common/errors.js';
import type { NodeId } from '../../common/ids.js';
import type { RpcStream } from '../../platform/transport.js';
import type { ConsumeOptions, ConsumeSession, ConsumeSink, PartitionChunk, ReadPosition } from '../broker-api.js';
import type { Found } from '../partition-lookup.js';
import { failure } from '../use-cases/local-consume.js';
import { RemoteConsume } from './consume-forwarder.js';
import { FORWARD_CONSUME } from './wire.js';

export interface ConsumeRoutes {
  readonly find: (topic: string, partition: number) => Found;
  readonly openLocal: (sink: ConsumeSink) => ConsumeSession;
  readonly open: (nodeId: NodeId, method: string) => RpcStream | undefined;
  readonly onClose: (session: RoutedConsume) => void;
}

/** Where a position is read from. */
interface Place {
  /** Undefined: here. */
  readonly nodeId: NodeId | undefined;
  readonly positionId: number;
}

/** A consume session whose partitions are led here and on other nodes. */
export class RoutedConsume implements ConsumeSession {
  readonly #options: ConsumeOptions;
  readonly #sink: ConsumeSink;
  readonly #routes: ConsumeRoutes;
  readonly #local: ConsumeSession;
  readonly #remote = new Map<NodeId, RemoteConsume>();
  readonly #placed = new Map<string, Place>();
  #closed = false;

  constructor(options: ConsumeOptions, sink: ConsumeSink, routes: ConsumeRoutes) {
    this.#options = options;
    this.#sink = { onChunk: (chunk) => this.#push(sink, chunk) };
    this.#routes = routes;
    this.#local = routes.openLocal(this.#sink);
  }

  set(position: ReadPosition): void {
    const { topic, partition, positionId } = position;
    const key = `${topic}-${partition}`;
    try {
      const found = this.#routes.find(topic, partition);
      const nodeId = 'leader' in found ? undefined : found.forwardTo;
      // Where it is read already, the new position takes the place of the old one, and the stream there stays.
      if (this.#placed.get(key)?.nodeId !== nodeId) this.remove(topic, partition);
      const session = nodeId === undefined ? this.#local : this.#remoteOf(nodeId);
      this.#placed.set(key, { nodeId, positionId });
      session.set(position);
    } catch (error) {
      this.remove(topic, partition);
      const chunk = failure(position, toVarveError(error));
      queueMicrotask(() => this.#sink.onChunk(chunk));
    }
  }

  remove(topic: string, partition: number): void {
    const key = `${topic}-${partition}`;
    const place = this.#placed.get(key);
    if (place === undefined) return;
    this.#placed.delete(key);
    if (place.nodeId === undefined) this.#local.remove(topic, partition);
    else this.#remote.get(place.nodeId)?.remove(topic, partition);
  }

  /** The image has new leaders: partitions that are read from a node that leads them no longer are off the session. */
  leadersChanged(leaderOf: (topic: string, partition: number) => NodeId | undefined): void {
    for (const remote of [...this.#remote.values()]) remote.leadersChanged(leaderOf);
  }

  resume(): void {
    this.#local.resume();
    for (const remote of this.#remote.values()) remote.resume();
  }

  close(): void {
    if (!this.#closed) this.#routes.onClose(this);
    this.#closed = true;
    this.#local.close();
    for (const remote of [...this.#remote.values()]) remote.close();
    this.#remote.clear();
  }

  #push(sink: ConsumeSink, chunk: PartitionChunk): boolean {
    if (this.#closed) return false;
    if (chunk.error !== undefined || chunk.divergingEpoch !== undefined) {
      const key = `${chunk.topic}-${chunk.partition}`;
      // A refusal comes a turn late: by then a newer position may be read from somewhere.
      if (this.#placed.get(key)?.positionId === chunk.positionId) this.#placed.delete(key);
    }
    return sink.onChunk(chunk);
  }

  #remoteOf(nodeId: NodeId): RemoteConsume {
    const known = this.#remote.get(nodeId);
    if (known !== undefined) return known;
    const stream = this.#routes.open(nodeId, FORWARD_CONSUME);
    if (stream === undefined) {
      throw new VarveError('LEADER_NOT_AVAILABLE', `The address of node ${nodeId} is not known yet. Try again.`);
    }
    const remote: RemoteConsume = new RemoteConsume(nodeId, stream, this.#options, this.#sink, () => {
      if (this.#remote.get(nodeId) === remote) this.#remote.delete(nodeId);
    });
    this.#remote.set(nodeId, remote);
    return remote;
  }
}
