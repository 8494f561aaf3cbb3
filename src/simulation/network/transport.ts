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
} from '../../platform/transport.js';
import type { SimulatedProcess } from '../process.js';
import type { SeededRandom } from '../random.js';
import { SimulatedByteServer, SimulatedByteStream } from './byte-transport.js';
import type { SimulatedNetwork } from './network.js';
import { SimulatedRpcClient } from './rpc-client.js';
import { SimulatedRpcServer } from './rpc-server.js';

/** Raw connections have no pings: the kernel gives up on unanswered data after minutes. */
const BYTES_KEEPALIVE_MS = 120_000;

/**
 * The network as one process sees it. Hosts are named by their name in the simulation; `localhost` and wildcard
 * addresses are the own host. TLS material is accepted and not used.
 */
export class SimulatedTransport implements Transport {
  readonly #network: SimulatedNetwork;
  readonly #process: SimulatedProcess;
  readonly #random: SeededRandom;
  #clients = 0;

  constructor(options: { network: SimulatedNetwork; process: SimulatedProcess; random: SeededRandom }) {
    this.#network = options.network;
    this.#process = options.process;
    this.#random = options.random;
  }

  serveRpc(options: RpcServeOptions): Promise<RpcServer> {
    return this.#soon(() => {
      return new SimulatedRpcServer({ network: this.#network, process: this.#process, serve: options });
    });
  }

  connectRpc(options: RpcConnectOptions): RpcClient {
    const random = this.#random.split(`rpc-${this.#clients++}`);
    return new SimulatedRpcClient({ network: this.#network, process: this.#process, random, connect: options });
  }

  serveBytes(options: ByteServeOptions): Promise<ByteServer> {
    const random = this.#random.split(`serve-${options.port}`);
    return this.#soon(() => {
      return new SimulatedByteServer({ network: this.#network, process: this.#process, random, serve: options });
    });
  }

  async connectBytes(options: ByteConnectOptions): Promise<ByteStream> {
    const random = this.#random.split(`bytes-${this.#clients++}`);
    const end = await this.#network.connect({
      process: this.#process,
      address: options,
      timeoutMs: options.timeoutMs,
      keepaliveMs: BYTES_KEEPALIVE_MS,
    });
    return new SimulatedByteStream(end, random);
  }

  #soon<T>(make: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.#process.alive) return;
      this.#process.schedule(0, 'network', () => {
        try {
          resolve(make());
        } catch (error) {
          reject(error);
        }
      });
    });
  }
}
