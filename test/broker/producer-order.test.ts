import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { ProducerOrder } from '../../src/broker/producer-order.js';
import type { ProduceCall } from '../../src/broker/broker-api.js';
import { makeBatch } from '../log/support.js';
import { ManualClock } from '../replication/manual-clock.js';
import { context } from './local-cluster.js';

const REFUSED = new VarveError('NOT_ENOUGH_REPLICAS');

function orderOf({ acks = -1 }: { readonly acks?: ProduceCall['acks'] } = {}) {
  const order = new ProducerOrder(new ManualClock());
  const call = (baseSequence: number): ProduceCall => {
    const batches = makeBatch({ producerId: 7, producerEpoch: 0, baseSequence });
    return { context, topic: 't', partition: 0, acks, timeoutMs: 1_000, batches };
  };
  return {
    mustWait: (sequence: number) => order.mustWait(call(sequence)),
    failed: (sequence: number) => order.answered(call(sequence), REFUSED),
    tooLarge: (sequence: number) => order.answered(call(sequence), new VarveError('MESSAGE_TOO_LARGE')),
    stored: (sequence: number) => order.answered(call(sequence), undefined),
  };
}

t.test('what is sent again without the batch that failed tells that this one was given up', (t) => {
  const { mustWait, failed } = orderOf();
  failed(0);
  t.ok(mustWait(1));
  t.ok(mustWait(2), 'these were on their way');
  t.notOk(mustWait(1), 'its client has heard of the failure, and sends nothing before it');
  t.notOk(mustWait(2));
  t.end();
});

t.test('a later one that comes again does so, too, where those before it were given up with the first', (t) => {
  const { mustWait, failed } = orderOf();
  failed(0);
  t.ok(mustWait(1));
  t.ok(mustWait(2));
  t.notOk(mustWait(2));
  t.end();
});

t.test('a batch that failed and came again is waited for, however often later ones come', (t) => {
  const { mustWait, failed, stored } = orderOf();
  failed(0);
  t.ok(mustWait(1));
  t.notOk(mustWait(0), 'it comes again');
  for (let times = 3; times > 0; times--) t.ok(mustWait(1), 'and is not answered');
  failed(0);
  t.ok(mustWait(1), 'its client may not have heard of the second failure');
  t.notOk(mustWait(0));
  stored(0);
  t.notOk(mustWait(1));
  t.end();
});

t.test('of several that failed the earliest comes first, in whatever order they did', (t) => {
  const { mustWait, failed, stored } = orderOf();
  failed(2 ** 31 - 1);
  failed(2 ** 31 - 2);
  failed(0);
  t.ok(mustWait(2 ** 31 - 1));
  t.ok(mustWait(0));
  t.notOk(mustWait(2 ** 31 - 3), 'an earlier one keeps no order up');
  t.notOk(mustWait(2 ** 31 - 2));
  stored(2 ** 31 - 2);
  t.notOk(mustWait(0));
  t.end();
});

t.test('a batch that is too large comes again in parts: what was on its way behind it waits', (t) => {
  const { mustWait, tooLarge, stored } = orderOf();
  tooLarge(0);
  t.ok(mustWait(4));
  t.notOk(mustWait(0), 'its first part');
  t.ok(mustWait(4));
  stored(0);
  t.notOk(mustWait(2), 'its second part');
  t.notOk(mustWait(4));
  t.end();
});

t.test('a batch that asks for no answer is not waited for: nobody will send it again', (t) => {
  const { mustWait, failed } = orderOf({ acks: 0 });
  failed(0);
  t.notOk(mustWait(1));
  t.end();
});
