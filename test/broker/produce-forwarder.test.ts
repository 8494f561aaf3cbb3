import t from 'tap';
import type { ProduceResult } from '../../src/broker/broker-api.js';
import { ProduceForwarder } from '../../src/broker/forwarding/produce-forwarder.js';
import { encodeAck } from '../../src/broker/forwarding/wire.js';
import { ProducerOrder } from '../../src/broker/producer-order.js';
import { varve } from '../../src/protocol/varve.js';
import { makeBatch } from '../log/support.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { streamPair } from '../replication/stream-pair.js';
import { context } from './local-cluster.js';

t.test('a batch that asks for no answer counts until its leader has it on disk', async (t) => {
  const pair = streamPair();
  const arrived: varve.v1.IProduceBatch[] = [];
  pair.server.onMessage((message) => arrived.push(...varve.v1.ProduceRequest.decode(message).batches));
  const refused: string[] = [];
  const batches = makeBatch({});
  const forwarder = new ProduceForwarder({
    clock: new ManualClock(),
    order: new ProducerOrder(new ManualClock()),
    maxUnderWayBytes: 2 * batches.length,
    onRefused: (error) => refused.push(error.code),
    open: () => pair.client,
  });
  const done: string[] = [];
  const forward = (name: string): void => {
    const call = { context, topic: 't', partition: 0, acks: 0, timeoutMs: 1_000, batches } as const;
    forwarder.forward(2, call, ({ error }: ProduceResult) => done.push(`${name}: ${error?.code ?? 'done'}`));
  };
  for (const name of ['first', 'second', 'third']) forward(name);
  await settle();
  t.same(done, ['third: THROTTLING_QUOTA_EXCEEDED'], 'there is room for two');
  t.same(refused, ['THROTTLING_QUOTA_EXCEEDED']);
  t.equal(arrived.length, 2);
  const result = { error: undefined, baseOffset: 5, logAppendTimeMs: -1, logStartOffset: 0 };
  const acks = [encodeAck(arrived[0]?.correlation_id ?? 0, 't', 0, result)];
  pair.server.send(varve.v1.ProduceResponse.encode({ acks }).finish());
  await settle();
  t.same(done.slice(1), ['first: done']);
  forward('fourth');
  await settle();
  t.equal(arrived.length, 3);
  pair.server.cancel();
  await settle();
  t.same(done.slice(2).sort(), ['fourth: NETWORK_EXCEPTION', 'second: NETWORK_EXCEPTION']);
  t.equal(refused.length, 3, 'what got lost is in the metrics');
});
