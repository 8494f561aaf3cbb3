import type { NodeId } from '../common/ids.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { MetadataImage } from '../metadata/image.js';
import type { Address, TlsSource, Transport } from '../platform/transport.js';
import type { Raft } from '../raft/api.js';
import { internalMessageBytes } from './node-listeners.js';
import { PeerClients } from './peer-clients.js';

export interface NodePeersOptions {
  readonly nodeId: NodeId;
  readonly config: BrokerConfig;
  readonly transport: Transport;
  readonly tls: TlsSource | undefined;
  readonly raft: Raft;
  readonly image: () => MetadataImage;
  /** Where this node's own INTERNAL listener is. */
  readonly ownAddress: () => Address | undefined;
}

/**
 * This node's connections to the others: heartbeats and controller requests have theirs, so that no bulk of records holds
 * them up; replica fetches and forwarded client traffic have one each.
 */
export class NodePeers {
  readonly control: PeerClients;
  readonly data: PeerClients;
  readonly forward: PeerClients;
  readonly #options: NodePeersOptions;

  constructor(options: NodePeersOptions) {
    this.#options = options;
    this.control = this.#clients('control', (nodeId) => this.voterAddress(nodeId));
    this.data = this.#clients('data', (nodeId) => this.#brokerAddress(nodeId));
    this.forward = this.#clients('forward', (nodeId) => this.#brokerAddress(nodeId));
  }

  /**
   * The INTERNAL listener of a node that votes, or may. What the operator configured now beats what metadata remembers (as in
   * raft's Conversation): a voter that moved is there. One that is not configured is where it has registered as a broker; a
   * node that is none never does. The voter set tells where a node was when it became a voter.
   */
  voterAddress(nodeId: NodeId): Address | undefined {
    const { config, raft, ownAddress } = this.#options;
    // Where this node really listens: its port may be configured as 0.
    if (nodeId === this.#options.nodeId) return ownAddress();
    return (
      config.controllerQuorumVoters.find((voter) => voter.nodeId === nodeId) ??
      this.#brokerAddress(nodeId) ??
      raft.status().voters.find((voter) => voter.nodeId === nodeId)
    );
  }

  close(): void {
    for (const clients of [this.control, this.data, this.forward]) clients.close();
  }

  #brokerAddress(nodeId: NodeId): Address | undefined {
    return registeredAddress(this.#options.image(), nodeId);
  }

  #clients(channel: string, addressOf: (nodeId: NodeId) => Address | undefined): PeerClients {
    const { transport, config, tls } = this.#options;
    const maxMessageBytes = internalMessageBytes(config);
    return new PeerClients({ transport, maxMessageBytes, tls, channel, addressOf });
  }
}

/** The INTERNAL listener of a registered broker. */
export function registeredAddress(image: MetadataImage, nodeId: NodeId): Address | undefined {
  return image.broker(nodeId)?.listeners.find((listener) => listener.name === 'INTERNAL');
}
