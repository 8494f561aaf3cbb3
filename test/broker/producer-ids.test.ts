import t from 'tap';
import { ProducerIds } from '../../src/broker/producer-ids.js';
import { VarveError } from '../../src/common/errors.js';

t.test('ids come block by block, each once', async (t) => {
  let next = 100;
  const ids = new ProducerIds(() => {
    next += 3;
    return Promise.resolve({ firstProducerId: next - 3, length: 3 });
  });
  const given = await Promise.all(Array.from({ length: 5 }, () => ids.next()));
  t.strictSame(given, [100, 101, 102, 103, 104]);
});

t.test('a node that is not registered just now says so in a way that clients try again', async (t) => {
  const failures = ['STALE_BROKER_EPOCH', 'REQUEST_TIMED_OUT'] as const;
  let asked = 0;
  const ids = new ProducerIds(() => {
    const failure = failures[asked++];
    if (failure !== undefined) return Promise.reject(new VarveError(failure));
    return Promise.resolve({ firstProducerId: 7, length: 1 });
  });
  await t.rejects(ids.next(), { code: 'COORDINATOR_LOAD_IN_PROGRESS', retriable: true, message: /not registered/ });
  await t.rejects(ids.next(), { code: 'REQUEST_TIMED_OUT' });
  t.equal(await ids.next(), 7, 'and asks anew');
});
