import t from 'tap';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import type { RawClient } from './raw-client.js';
import { encodedBatch } from './raw-client.js';
import { MIB, WatchedNode } from './watched-node.js';

/** About as many as a producer that does not read gets rid of before all windows are full. */
const WARM_BATCHES = 150_000;

/**
 * Resident memory at full speed swings by tens of MiB with the collector's timing; answers or requests that pile up for a
 * producer of this speed are gigabytes.
 */
const ALLOWED_BYTES = 192 * MIB;

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

t.test('a producer that does not read its answers is read no more', async (t) => {
  const node = await WatchedNode.start(t);
  // What the work itself costs a node is no concern here: first with a producer that reads.
  const hearing = new Flood(await node.connect());
  let before = 0;
  while (hearing.answered < WARM_BATCHES) before = Math.max(before, await node.greatestBytes());
  hearing.stream.cancel();
  const deaf = new Flood(await node.connect());
  deaf.stream.pause();
  let greatest = 0;
  let sent = -1;
  for (let i = 0; i < 8 && sent !== deaf.sent; i++) {
    sent = deaf.sent;
    greatest = Math.max(greatest, await node.greatestBytes());
  }
  t.equal(deaf.sent, sent, 'it stands still');
  const grown = greatest - before;
  t.comment(`${before} bytes resident before, ${grown} more then; ${deaf.sent} batches sent`);
  t.ok(grown < ALLOWED_BYTES, `the node has grown by ${(grown / MIB).toFixed(1)} MiB`);
});
