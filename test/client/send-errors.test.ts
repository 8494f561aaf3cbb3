import t from 'tap';
import type { Test } from 'tap';
import { realClientPlatform } from '../../src/client/platform.js';
import { VarveError } from '../../src/common/errors.js';
import type { ErrorName } from '../../src/common/errors.js';
import { Producer, SendError } from '../../src/index.js';
import { until } from '../broker/local-cluster.js';
import { FakeCluster } from '../grpc/fake-broker.js';
import { AdvancingClock } from './advancing-clock.js';

type Fault = ReturnType<FakeCluster['fault']>;

const refuse = (code: ErrorName): Fault => ({ refuse: new VarveError(code) });

interface Outcome {
  readonly code: ErrorName;
  readonly mayBeStored: boolean;
  readonly stored: number;
}

/** Long, so that a slow machine is not taken for a node that does not answer: the clock is put forward instead. */
const REQUEST_TIMEOUT_MS = 30_000;
const RETRY_MS = 1_000;
const DELIVERY_TIMEOUT_MS = 120_000;

/**
 * What one send fails with where its tries meet these faults, the last of them again and again: until its time is over,
 * should that be one that passes.
 */
async function failing(t: Test, faults: readonly Fault[]): Promise<Outcome> {
  const cluster = await FakeCluster.start(1);
  t.teardown(() => cluster.close());
  const [partition] = cluster.createTopic('log', 1);
  let tries = 0;
  cluster.fault = () => faults[Math.min(tries++, faults.length - 1)];
  const clock = new AdvancingClock();
  const producer = new Producer({
    bootstrap: cluster.bootstrap,
    platform: { ...realClientPlatform(), clock },
    requestTimeoutMs: REQUEST_TIMEOUT_MS,
    deliveryTimeoutMs: DELIVERY_TIMEOUT_MS,
    retryBackoffMs: RETRY_MS,
    retryBackoffMaxMs: RETRY_MS,
  });
  t.teardown(() => producer.close({ timeoutMs: 0 }));
  await producer.partitionCount('log');
  let error: unknown;
  void producer.send({ topic: 'log', value: 'x' }).then(
    () => (error = new Error('it was acknowledged')),
    (reason: unknown) => (error = reason),
  );
  for (const [index, fault] of faults.entries()) {
    const isLast = index === faults.length - 1;
    await until(`try ${index + 1} to come to its end`, () => {
      if (error !== undefined) return true;
      // Of a refusal the producer is to have heard, before time goes on: it waits to try again then.
      return tries > index && (fault === 'loseAnswer' || clock.hasTimerOf(RETRY_MS / 2));
    });
    if (isLast) clock.advance(DELIVERY_TIMEOUT_MS);
    else clock.advance(fault === 'loseAnswer' ? REQUEST_TIMEOUT_MS + 1_000 : RETRY_MS);
  }
  await until('the send to fail', () => error !== undefined);
  if (!(error instanceof SendError)) throw error;
  return { code: error.code, mayBeStored: error.mayBeStored, stored: partition?.values().length ?? 0 };
}

t.test('what is refused before it is appended is surely not stored', async (t) => {
  for (const code of ['INVALID_TIMESTAMP', 'MESSAGE_TOO_LARGE', 'INVALID_PRODUCER_EPOCH'] as const) {
    t.same(await failing(t, [refuse(code)]), { code, mayBeStored: false, stored: 0 });
  }
  t.same(
    await failing(t, [refuse('NOT_ENOUGH_REPLICAS'), refuse('INVALID_RECORD')]),
    { code: 'INVALID_RECORD', mayBeStored: false, stored: 0 },
    'each of its tries was',
  );
  t.same(await failing(t, [refuse('NOT_ENOUGH_REPLICAS')]), {
    code: 'REQUEST_TIMED_OUT',
    mayBeStored: false,
    stored: 0,
  });
});

t.test('after a lost answer nothing tells that it is not stored', async (t) => {
  t.same(await failing(t, ['loseAnswer', refuse('INVALID_TIMESTAMP')]), {
    code: 'INVALID_TIMESTAMP',
    mayBeStored: true,
    stored: 1,
  });
  t.match(await failing(t, ['loseAnswer']), {
    code: 'REQUEST_TIMED_OUT',
    mayBeStored: true,
  });
  for (const code of ['NOT_LEADER_OR_FOLLOWER', 'KAFKA_STORAGE_ERROR', 'NOT_ENOUGH_REPLICAS_AFTER_APPEND'] as const) {
    t.match(
      await failing(t, [refuse(code), refuse('INVALID_RECORD')]),
      { code: 'INVALID_RECORD', mayBeStored: true },
      `${code} may come while an appended batch waits`,
    );
  }
  t.match(await failing(t, [refuse('UNKNOWN_SERVER_ERROR')]), { code: 'UNKNOWN_SERVER_ERROR', mayBeStored: true });
});

t.test('a producer that closes tells what was under way from what was not', async (t) => {
  const cluster = await FakeCluster.start(1);
  t.teardown(() => cluster.close());
  const [partition] = cluster.createTopic('log', 1);
  cluster.fault = () => 'loseAnswer';
  const producer = new Producer({ bootstrap: cluster.bootstrap, lingerMs: 0 });
  await producer.partitionCount('log');
  const sent = producer.send({ topic: 'log', value: 'sent' });
  await until('the record to be stored', () => partition?.values().length === 1);
  const unknown = producer.send({ topic: 'nothing-of-this-name', value: 'waits for its topic' });
  const nowhere = producer.send({ topic: 'log', partition: 7, value: 'x' });
  const failures = Promise.allSettled([sent, unknown, nowhere]);
  await producer.close({ timeoutMs: 0 });
  const mayBeStored = (await failures).map(
    (each) => each.status === 'rejected' && each.reason instanceof SendError && each.reason.mayBeStored,
  );
  t.same(mayBeStored, [true, false, false]);
});
