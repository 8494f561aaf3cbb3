import t from 'tap';
import type { BrokerApi } from '../../src/broker/broker-api.js';
import { defined } from '../../src/common/assert.js';
import { consumeHandlers } from '../../src/grpc/consume.js';
import { NodeWorkers } from '../../src/platform/node/workers.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from './fake-broker.js';

const MIB = 1024 * 1024;
const MAX_POSITIONS = 10_000;

/** A client that reads nothing: what is sent to it waits. */
class DeafClient implements RpcStream {
  readonly queuedBytes = 0;
  paused = false;
  #listener: ((message: Buffer) => void) | undefined;
  #drained: (() => void) | undefined;
  answers = 0;
  #reads = false;

  say(request: varve.v1.IConsumeRequest): void {
    this.#listener?.(Buffer.from(varve.v1.ConsumeRequest.encode(request).finish()));
  }

  /** It reads from now on. */
  read(): void {
    this.#reads = true;
    this.#drained?.();
  }

  send(message: Uint8Array): boolean {
    this.answers += varve.v1.ConsumeResponse.decode(message).partitions.length;
    return this.#reads;
  }

  allocate(sizeBytes: number): Buffer {
    return Buffer.alloc(sizeBytes);
  }
  recycle(): void {}

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  onBorrowedMessage(): void {}

  onMessage(listener: (message: Buffer) => void): void {
    this.#listener = listener;
  }

  onDrain(listener: () => void): void {
    this.#drained = listener;
  }

  onClose(): void {}
  onEnd(): void {}
  end(): void {}
  cancel(): void {}
}

for (const as_record_batches of [true, false]) {
  t.test(`errors that wait for a reader (as batches: ${as_record_batches}) are counted by their size`, async (t) => {
    const cluster = await FakeCluster.start(1);
    const workers = new NodeWorkers({ threads: 0, maxQueued: 1 });
    t.teardown(async () => {
      await workers.close();
      await cluster.close();
    });
    const node = cluster.node(0);
    const open = node.openConsume.bind(node);
    const broker: Pick<BrokerApi, 'openConsume'> = {
      openConsume: (options, sink) => {
        const session = open(options, sink);
        // As a node does with what it cannot read, whatever else waits.
        session.set = (position) => queueMicrotask(() => sink.onChunk(node.chunk(position, 1)));
        return session;
      },
    };
    const limits = { maxResponseBytes: MIB, maxFetchWaitMs: 1_000, maxPartitionsPerStream: MAX_POSITIONS };
    const { streams } = consumeHandlers(broker as BrokerApi, workers, limits);
    const client = new DeafClient();
    const call = { peer: { address: 'p:1' }, headers: {}, timeoutMs: undefined, signal: new AbortController().signal };
    defined(streams['/varve.v1.Varve/Consume'], 'the method')(client, call);
    const topic = 'x'.repeat(249);
    let said = 0;
    for (; said < 2 * MAX_POSITIONS && !client.paused; said += 1) {
      client.say({ positions: [{ topic, partition: said, position_id: said }], as_record_batches });
      await undefined;
    }
    t.ok(said > 100 && said < MAX_POSITIONS / 4, `${said} positions are taken before it has to wait`);
    client.read();
    await until('all are answered', () => client.answers === said);
    t.equal(client.paused, false, 'who reads again is listened to again');
  });
}
