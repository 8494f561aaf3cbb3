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
import { GrpcClient } from './grpc-client.js';
import type { GrpcClientOptions } from './grpc-client.js';
import { GrpcServer } from './grpc-server.js';

export interface NodeTransportOptions extends Partial<GrpcClientOptions> {
  readonly logger?: Logger;
}

const DEFAULTS: GrpcClientOptions = {
  streamWindowBytes: 4 * 1024 * 1024,
  keepaliveMs: 5_000,
  keepaliveTimeoutMs: 10_000,
  maxQueuedBytes: 1024 * 1024,
  maxStreams: 1_000,
  connectTimeoutMs: 3_000,
};

/**
 * The network of this machine. RPC is gRPC's wire protocol (HTTP/2) straight on node:http2, so that any gRPC client can
 * call; not through @grpc/grpc-js, whose server cannot widen HTTP/2's receive window of 64 KiB, and which costs about
 * three times the latency and the work of a small message. Tests hold it against grpc-js in both directions.
 */
export class NodeTransport implements Transport {
  readonly #options: GrpcClientOptions;
  readonly #logger: Logger;

  constructor(options: NodeTransportOptions = {}) {
    const { logger, ...session } = options;
    this.#options = { ...DEFAULTS, ...session };
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
