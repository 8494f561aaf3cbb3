import type { NodeId, Offset } from '../common/ids.js';
import type { Address } from '../platform/transport.js';
import type { varve } from '../protocol/varve.js';
import type { VarveError } from '../common/errors.js';
import { addressKey } from './options.js';
import { wireError } from './wire-error.js';

export interface PartitionLeader {
  /** -1: none. */
  readonly leader: NodeId;
  readonly leaderEpoch: number;
}

export interface KnownTopic {
  readonly name: string;
  readonly topicId: string;
  readonly error: VarveError | undefined;
  /** By partition number, without gaps. */
  readonly partitions: readonly PartitionLeader[];
}

/**
 * What a client knows of the cluster, from the answers of any of its nodes. Answers of different nodes arrive in any
 * order; what is as of a later offset of the metadata log wins, so knowledge never goes back.
 */
export class MetadataView {
  #clusterId: string | undefined;
  #controllerId: NodeId = -1;
  #brokersAsOf: Offset = -1;
  #nodes = new Map<NodeId, Address>();
  #fenced: ReadonlySet<string> = new Set();
  readonly #topics = new Map<string, { readonly asOf: Offset; readonly topic: KnownTopic }>();

  get clusterId(): string | undefined {
    return this.#clusterId;
  }

  get controllerId(): NodeId {
    return this.#controllerId;
  }

  /** Live nodes with an address, by id in the order of the ids. */
  get nodes(): ReadonlyMap<NodeId, Address> {
    return this.#nodes;
  }

  /** Whether a fenced node has this address, and no live one. */
  isFenced(key: string): boolean {
    return this.#fenced.has(key);
  }

  topic(name: string): KnownTopic | undefined {
    return this.#topics.get(name)?.topic;
  }

  leader(topic: string, partition: number): PartitionLeader | undefined {
    return this.#topics.get(topic)?.topic.partitions[partition];
  }

  /** Takes an answer in. False: it comes from another cluster and was ignored. */
  apply(response: varve.v1.MetadataResponse): boolean {
    // A node that has just started may not know its cluster yet, nor anything of it.
    if (response.cluster_id === '') return true;
    if (this.#clusterId !== undefined && response.cluster_id !== this.#clusterId) return false;
    this.#clusterId = response.cluster_id;
    const asOf = response.metadata_offset;
    if (asOf >= this.#brokersAsOf) {
      this.#brokersAsOf = asOf;
      this.#controllerId = response.controller_id;
      const reachable = response.brokers.filter(({ port }) => (port ?? 0) > 0);
      const live = reachable.filter(({ fenced }) => !fenced);
      this.#nodes = new Map(live.map((each) => [each.node_id ?? 0, addressOf(each)]));
      const fenced = new Set(reachable.filter((each) => each.fenced).map((each) => addressKey(addressOf(each))));
      for (const address of this.#nodes.values()) fenced.delete(addressKey(address));
      this.#fenced = fenced;
    }
    for (const each of response.topics) {
      const name = each.name ?? '';
      const known = this.#topics.get(name);
      if (known !== undefined && known.asOf > asOf) continue;
      this.#topics.set(name, { asOf, topic: knownTopic(each) });
    }
    return true;
  }

  forget(topic: string): void {
    this.#topics.delete(topic);
  }
}

function addressOf({ host, port }: varve.v1.IBroker): Address {
  return { host: host ?? '', port: port ?? 0 };
}

function knownTopic(topic: varve.v1.ITopicMetadata): KnownTopic {
  const partitions: PartitionLeader[] = [];
  for (const each of topic.partitions ?? []) {
    partitions[each.partition ?? 0] = { leader: each.leader ?? 0, leaderEpoch: each.leader_epoch ?? 0 };
  }
  const id = topic.topic_id ?? new Uint8Array(0);
  return {
    name: topic.name ?? '',
    topicId: Buffer.from(id.buffer, id.byteOffset, id.length).toString('base64url'),
    error: wireError(topic.error),
    partitions,
  };
}
