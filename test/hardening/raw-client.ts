import { createNodePlatform } from '../../src/platform/node/platform.js';
import type { NodePlatform } from '../../src/platform/node/platform.js';
import type { Address, RpcClient, RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import type { BatchOptions } from '../../src/record/batch-builder.js';

const { v1 } = varve;

const TIMEOUT_MS = 20_000;
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

interface Encoder<Properties> {
  encode(message: Properties): { finish(): Uint8Array };
}

interface Decoder<Message> {
  decode(bytes: Uint8Array): Message;
}

/** Speaks the protocol by hand: it sends what the client library would never let through. */
export class RawClient {
  readonly rpc: RpcClient;
  readonly #platform: NodePlatform;
  readonly #acks = new Map<number, (ack: varve.v1.IProduceAck) => void>();
  #produce: RpcStream | undefined;
  #correlationId = 0;

  private constructor(platform: NodePlatform, rpc: RpcClient) {
    this.#platform = platform;
    this.rpc = rpc;
  }

  static async connect(address: Address | undefined): Promise<RawClient> {
    if (address === undefined) throw new Error('the node has no such listener');
    const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
    const { host, port } = address;
    const rpc = platform.transport.connectRpc({ host, port, maxMessageBytes: MAX_MESSAGE_BYTES, channel: 'raw' });
    return new RawClient(platform, rpc);
  }

  async unary<Request, Response>(
    method: string,
    requestType: Encoder<Request>,
    responseType: Decoder<Response>,
    request: Request,
  ): Promise<Response> {
    return responseType.decode(await this.bytes(method, requestType.encode(request).finish()));
  }

  bytes(method: string, request: Uint8Array): Promise<Buffer> {
    return this.rpc.unary(method, request, { timeoutMs: TIMEOUT_MS });
  }

  /** Sends one batch on the client's stream; resolves with its acknowledgement, rejects when the stream ends. */
  produce(batch: varve.v1.IProduceBatch): Promise<varve.v1.IProduceAck> {
    const correlationId = ++this.#correlationId;
    return new Promise((resolve, reject) => {
      const stream = this.#openProduce(reject);
      this.#acks.set(correlationId, resolve);
      stream.send(v1.ProduceRequest.encode({ batches: [{ ...batch, correlation_id: correlationId }] }).finish());
    });
  }

  /** The name of the error that one batch is answered with; '' where it is acknowledged. */
  async produceError(batch: varve.v1.IProduceBatch): Promise<string> {
    return (await this.produce(batch)).error?.name ?? '';
  }

  /** One read of one partition, at once. */
  async fetch(position: varve.v1.IConsumePosition): Promise<varve.v1.IPartitionRecords> {
    const { partitions } = await this.unary('/varve.v1.Varve/Fetch', v1.FetchRequest, v1.FetchResponse, {
      positions: [position],
      as_record_batches: true,
      max_response_bytes: 1024 * 1024,
    });
    return partitions[0] ?? {};
  }

  async listOffset(query: varve.v1.IListOffsetsPartition): Promise<varve.v1.IListOffsetsResult> {
    const { partitions } = await this.unary(
      '/varve.v1.Varve/ListOffsets',
      v1.ListOffsetsRequest,
      v1.ListOffsetsResponse,
      { partitions: [query] },
    );
    return partitions[0] ?? {};
  }

  async createTopic(topic: varve.v1.ITopicSpec): Promise<varve.v1.ICreateTopicResult> {
    const { topics } = await this.unary(
      '/varve.v1.Admin/CreateTopics',
      v1.CreateTopicsRequest,
      v1.CreateTopicsResponse,
      { topics: [topic] },
    );
    return topics[0] ?? {};
  }

  async close(): Promise<void> {
    this.rpc.close();
    await this.#platform.close();
  }

  #openProduce(reject: (error: Error) => void): RpcStream {
    if (this.#produce !== undefined) return this.#produce;
    const stream = this.rpc.stream('/varve.v1.Varve/Produce');
    this.#produce = stream;
    stream.onMessage((bytes) => {
      for (const ack of v1.ProduceResponse.decode(bytes).acks) {
        const id = ack.correlation_id ?? 0;
        this.#acks.get(id)?.(ack);
        this.#acks.delete(id);
      }
    });
    stream.onClose((error) => {
      this.#produce = undefined;
      reject(error ?? new Error('the stream ended'));
    });
    return stream;
  }
}

/** A batch of `values`, as a well-behaved client encodes it, in a buffer of its own. */
export function encodedBatch(values: readonly string[], options: BatchOptions = {}): Buffer {
  const builder = new BatchBuilder();
  builder.reset(options);
  for (const value of values) builder.append(1_700_000_000_000, null, value);
  return Buffer.from(builder.close());
}
