import t from 'tap';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import type { RawClient } from './raw-client.js';
import { encodedBatch } from './raw-client.js';
import { checkStandingStill } from './standing-still.js';
import { WatchedNode } from './watched-node.js';

/** The caches of the node are full of such batches by then. */
const WARM_BATCHES = 100_000;
const DEAF_PRODUCERS = 3;

/** Sends one tiny batch after the other, as fast as it may. */
class Flood {
  sent = 0;
  answered = 0;
  readonly stream: RpcStream;

  constructor(client: RawClient) {
    const record_batch = encodedBatch(['s']);
    this.stream = client.rpc.stream('/varve.v1.Varve/Produce');
    this.stream.onClose(() => {});
    this.stream.onMessage((bytes) => (this.answered += varve.v1.ProduceResponse.decode(bytes).acks.length));
    const send = (): void => {
      for (;;) {
        const batches = Array.from({ length: 100 }, () => ({
          correlation_id: ++this.sent,
          topic: 'orders',
          partition: 0,
          record_batch,
        }));
        if (!this.stream.send(varve.v1.ProduceRequest.encode({ batches }).finish())) return;
      }
    };
    this.stream.onDrain(send);
    send();
  }
}

t.test('producers that do not read their answers are read no more, and cost a node less than 32 MiB', async (t) => {
  const node = await WatchedNode.start(t);
  // What the work itself leaves behind is no concern here: first with a producer that reads.
  const hearing = new Flood(await node.connect());
  while (hearing.answered < WARM_BATCHES) await new Promise((resolve) => setTimeout(resolve, 20));
  hearing.stream.cancel();
  await node.greatestBytes();
  const before = await node.retainedBytes();
  const floods: Flood[] = [];
  for (let n = 0; n < DEAF_PRODUCERS; n += 1) floods.push(new Flood(await node.connect()));
  for (const { stream } of floods) stream.pause();
  await checkStandingStill(t, node, floods, before);
});
