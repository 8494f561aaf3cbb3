import t from 'tap';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { checkStandingStill } from './standing-still.js';
import { MIB, WatchedNode } from './watched-node.js';

/** Positions of topics that there are not: each is answered with an error that names the topic. */
class Asker {
  sent = 0;
  taken = 0;
  over = false;
  readonly stream: RpcStream;

  constructor(stream: RpcStream, names: { readonly length: number; readonly most: number }) {
    this.stream = stream;
    stream.onMessage(() => (this.taken += 1));
    stream.onClose(() => (this.over = true));
    stream.pause();
    const topic = 'x'.repeat(names.length);
    const send = (): void => {
      while (this.sent < names.most && !this.over) {
        const positions = [{ topic, partition: this.sent, offset: 0, position_id: ++this.sent }];
        if (!stream.send(varve.v1.ConsumeRequest.encode({ positions, as_record_batches: true }).finish())) return;
      }
    };
    stream.onDrain(send);
    send();
  }
}

t.test('consumers that name topics at length and read no answer cost a node less than 32 MiB', async (t) => {
  const node = await WatchedNode.start(t);
  await node.greatestBytes();
  for (const names of [
    { length: 8 * MIB, most: 20, streams: 1 },
    { length: 249, most: 300_000, streams: 3 },
  ]) {
    const before = await node.retainedBytes();
    const askers: Asker[] = [];
    for (let i = 0; i < names.streams; i++) {
      const { rpc } = await node.connect();
      askers.push(new Asker(rpc.stream('/varve.v1.Varve/Consume'), names));
    }
    t.comment(`names of ${names.length} characters`);
    await checkStandingStill(t, node, askers, before);
    for (const { stream } of askers) stream.cancel();
  }
  await node.readAll();
});
