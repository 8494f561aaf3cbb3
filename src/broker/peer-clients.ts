import type { NodeId } from '../common/ids.js';
import type { Address, RpcClient, TlsSource, Transport } from '../platform/transport.js';

export interface PeerClientsOptions {
  readonly transport: Transport;
  readonly maxMessageBytes: number;
  readonly tls: TlsSource | undefined;
  /** Names the connection: clients with different labels never share one. */
  readonly channel: string;
  /** Where a node's INTERNAL listener is, as far as is known. */
  readonly addressOf: (nodeId: NodeId) => Address | undefined;
}

/** One kind of connection to each other node, made when first needed and remade when the node moves. */
export class PeerClients {
  readonly #options: PeerClientsOptions;
  readonly #clients = new Map<NodeId, { readonly client: RpcClient; readonly address: Address }>();

  constructor(options: PeerClientsOptions) {
    this.#options = options;
  }

  /** Undefined while the node's address is not known. */
  client(nodeId: NodeId): RpcClient | undefined {
    const address = this.#options.addressOf(nodeId);
    if (address === undefined) return undefined;
    const known = this.#clients.get(nodeId);
    if (known !== undefined) {
      if (known.address.host === address.host && known.address.port === address.port) return known.client;
      known.client.close();
    }
    const { transport, maxMessageBytes, tls, channel } = this.#options;
    const client = transport.connectRpc({
      host: address.host,
      port: address.port,
      maxMessageBytes,
      channel,
      ...(tls === undefined ? {} : { tls }),
    });
    this.#clients.set(nodeId, { client, address });
    return client;
  }

  /** The next call makes a new connection; what is under way on the present one fails. */
  renew(nodeId: NodeId): void {
    this.#clients.get(nodeId)?.client.close();
    this.#clients.delete(nodeId);
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.close();
    this.#clients.clear();
  }
}
