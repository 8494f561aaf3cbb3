import { Consumer } from '../../client/consumer/consumer.js';
import { wireError } from '../../client/wire-error.js';
import { VarveError } from '../../common/errors.js';
import type { ErrorName } from '../../common/errors.js';
import { sleep } from '../../platform/clock.js';
import type { Platform } from '../../platform/platform.js';
import type { RpcClient } from '../../platform/transport.js';
import { TransportError } from '../../platform/transport.js';
import { varve } from '../../protocol/varve.js';
import type { SeededRandom } from '../random.js';
import { LIVENESS_MS } from './liveness.js';

const { Acks, InitProducerIdRequest, InitProducerIdResponse, ProduceRequest, ProduceResponse } = varve.v1;

export interface FencedWorkloadOptions {
  readonly bootstrap: readonly string[];
  /** A topic with one partition. */
  readonly topic: string;
  readonly random: SeededRandom;
  /** An instance of a producer was refused, since a later one has written. */
  readonly onFenced: () => void;
}

const TIMEOUT_MS = 3_000;
const RETRY_MS = 50;
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;
/** Of a leader that does not know yet that it was deposed, and misses what the producer wrote since. */
const OF_THE_DEPOSED: ReadonlySet<ErrorName> = new Set<ErrorName>([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
]);

/** One batch of one record. */
interface Batch {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly value: string;
}

/**
 * A client of the proto's words alone, which sends each batch unchanged through one node after the other until it is
 * answered. It plays two instances of a producer: once the second one's batch is stored, in a later epoch, the first one
 * must be refused, by whichever leader (KIP-98), and what was answered well stands in the log once.
 */
export class FencedWorkload {
  readonly #options: FencedWorkloadOptions;
  readonly #acknowledged = new Set<string>();
  readonly #zombies = new Set<string>();
  readonly #wrong: string[] = [];
  #stopped = false;
  #settled = false;

  constructor(options: FencedWorkloadOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Everything was answered. */
  get settled(): boolean {
    return this.#settled;
  }

  async produce(platform: Platform): Promise<void> {
    const { bootstrap, random } = this.#options;
    const nodes = bootstrap.map((address) => {
      const [host = '', port = ''] = address.split(':');
      return platform.transport.connectRpc({
        host,
        port: Number(port),
        channel: 'fenced',
        maxMessageBytes: MAX_MESSAGE_BYTES,
      });
    });
    for (let round = 0; !this.#stopped; round++) {
      await this.#round(platform, nodes, round);
      await sleep(platform.clock, random.between(50, 400));
    }
    this.#settled = true;
    for (const node of nodes) node.close();
  }

  async #round(platform: Platform, nodes: readonly RpcClient[], round: number): Promise<void> {
    const producerId = await this.#newProducerId(platform, nodes);
    for (const producerEpoch of [0, 1]) {
      const value = `${round} in epoch ${producerEpoch}`;
      const refusal = await this.#settle(platform, nodes, { producerId, producerEpoch, baseSequence: 0, value });
      if (refusal === undefined) this.#acknowledged.add(value);
      else this.#wrong.push(`${value} was refused by ${refusal.code}: ${refusal.message}`);
    }
    const value = `${round} of a fenced instance`;
    this.#zombies.add(value);
    const refusal = await this.#settle(platform, nodes, { producerId, producerEpoch: 0, baseSequence: 1, value });
    if (refusal?.code === 'INVALID_PRODUCER_EPOCH') this.#options.onFenced();
    else this.#wrong.push(`${value} was answered with ${refusal?.code ?? 'success'}`);
  }

  /** Asks one node after the other until one gives an id. */
  async #newProducerId(platform: Platform, nodes: readonly RpcClient[]): Promise<number> {
    const request = InitProducerIdRequest.encode({}).finish();
    for (;;) {
      try {
        const node = this.#options.random.pick(nodes);
        const answer = await node.unary('/varve.v1.Varve/InitProducerId', request, { timeoutMs: TIMEOUT_MS });
        return InitProducerIdResponse.decode(answer).producer_id;
      } catch (error) {
        if (!isPassing(error)) throw error;
        await sleep(platform.clock, RETRY_MS);
      }
    }
  }

  /** Sends a batch until it is stored (undefined) or refused for good. */
  async #settle(platform: Platform, nodes: readonly RpcClient[], batch: Batch): Promise<VarveError | undefined> {
    for (;;) {
      const answer = await this.#send(platform, this.#options.random.pick(nodes), batch);
      if (answer === undefined) return undefined;
      if (answer instanceof VarveError && !isPassing(answer)) return answer;
      await sleep(platform.clock, RETRY_MS);
    }
  }

  /** Sends a batch to one node; undefined: it is stored. */
  #send(platform: Platform, node: RpcClient, batch: Batch): Promise<Error | undefined> {
    const { producerId: producer_id, producerEpoch: producer_epoch, baseSequence: base_sequence, value } = batch;
    return new Promise((resolve) => {
      const stream = node.stream('/varve.v1.Varve/Produce');
      const timer = platform.clock.after(TIMEOUT_MS, () => end(new TransportError('timeout', 'There was no answer.')));
      const end = (answer: Error | undefined): void => {
        timer.cancel();
        stream.cancel();
        resolve(answer);
      };
      stream.onMessage((bytes) => end(wireError(ProduceResponse.decode(bytes).acks[0]?.error)));
      stream.onEnd(() => {});
      stream.onClose((error) => end(error ?? new TransportError('closed', 'It ended without an answer.')));
      const records = [{ value: Buffer.from(value) }];
      const identity = { producer_id, producer_epoch, base_sequence };
      const what = { correlation_id: 1, topic: this.#options.topic, partition: 0, records, ...identity };
      const batches = [{ ...what, acks: Acks.ACKS_ALL, timeout_ms: TIMEOUT_MS }];
      stream.send(ProduceRequest.encode({ batches }).finish());
    });
  }

  /** Reads the topic to its end; gives a sentence for each thing that is wrong. Call it when all is settled. */
  async check(platform: Platform): Promise<string[]> {
    const { topic, bootstrap } = this.#options;
    const valueDeserializer = (bytes: Buffer | null): string => bytes?.toString() ?? '';
    const consumer = new Consumer<null, string>({
      bootstrap,
      platform,
      requestTimeoutMs: LIVENESS_MS,
      keyDeserializer: () => null,
      valueDeserializer,
    });
    const partitions = [{ topic, partition: 0 }];
    await consumer.assign(partitions);
    const end = (await consumer.endOffsets(partitions))[0]?.offset ?? 0n;
    const found = new Map<string, number>();
    if (end > 0n) {
      for await (const batch of consumer.batches()) {
        for (const { value } of batch) found.set(value, (found.get(value) ?? 0) + 1);
        if (batch.nextOffset >= end) break;
      }
    }
    await consumer.close();
    const wrong = [...this.#wrong];
    for (const value of this.#zombies) if (found.has(value)) wrong.push(`${value} is in the log`);
    for (const value of this.#acknowledged) {
      const times = found.get(value) ?? 0;
      if (times !== 1) wrong.push(`${value} was stored, and is in the log ${times} times`);
    }
    return wrong;
  }
}

/** Whether another try may end otherwise. */
function isPassing(error: unknown): boolean {
  if (error instanceof TransportError) return true;
  return error instanceof VarveError && (error.retriable || OF_THE_DEPOSED.has(error.code));
}
