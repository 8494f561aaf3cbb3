import { silentLogger } from '../observe.js';
import type { Logger } from '../observe.js';
import type {
  ByteConnectOptions,
  ByteServeOptions,
  ByteServer,
  ByteStream,
  RpcClient,
  RpcConnectOptions,
  RpcServeOptions,
  RpcServer,
  Transport,
} from '../transport.js';
import { connectBytes, serveBytes } from './byte-streams.js';
import { BufferPool } from '../buffer-pool.js';
import { GrpcClient } from './grpc-client.js';
import type { GrpcOptions } from './grpc-options.js';
import { GrpcServer } from './grpc-server.js';

export interface NodeTransportOptions extends Partial<GrpcOptions> {
  readonly logger?: Logger;
}

const DEFAULTS: Omit<GrpcOptions, 'pool'> = {
  streamWindowBytes: 2 * 1024 * 1024,
  keepaliveMs: 5_000,
  keepaliveTimeoutMs: 10_000,
  maxQueuedBytes: 1024 * 1024,
  maxStreams: 1_000,
  maxReceiveMs: 60_000,
  connectTimeoutMs: 3_000,
};

/** The network of this machine: gRPC by @grpc/grpc-js, byte streams by node:net and node:tls. */
export class NodeTransport implements Transport {
  readonly #options: GrpcOptions;
  readonly #logger: Logger;

  constructor(options: NodeTransportOptions = {}) {
    const { logger, ...session } = options;
    this.#options = { ...DEFAULTS, pool: new BufferPool(), ...session };
    this.#logger = logger ?? silentLogger;
  }

  serveRpc(options: RpcServeOptions): Promise<RpcServer> {
    return GrpcServer.listen(options, this.#options, this.#logger);
  }

  connectRpc(options: RpcConnectOptions): RpcClient {
    return new GrpcClient(options, this.#options);
  }

  serveBytes(options: ByteServeOptions): Promise<ByteServer> {
    return serveBytes(options, this.#logger);
  }

  connectBytes(options: ByteConnectOptions): Promise<ByteStream> {
    return connectBytes(options);
  }
}
