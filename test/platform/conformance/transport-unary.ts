import type { Test } from 'tap';
import { defined } from '../../../src/common/assert.js';
import { VarveError } from '../../../src/common/errors.js';
import type { RpcCall } from '../../../src/platform/transport.js';
import {
  MAX_MESSAGE_BYTES,
  PATIENCE_MS,
  until,
  serve,
  connect,
  failure,
  isTransportError,
  type Make,
} from './transport-subject.js';

export async function unaryCalls(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const calls: RpcCall[] = [];
  const server = await serve(t, subject, {
    unary: {
      '/test.Test/Reverse': async (request, call) => {
        calls.push(call);
        return Buffer.from(request).reverse();
      },
    },
  });
  t.ok(server.address.port > 0, 'port 0 takes a free one');
  const client = connect(t, subject, server.address);
  const options = { timeoutMs: PATIENCE_MS, headers: { 'varve-principal': 'User:zoë 100 %' } };
  t.equal((await client.unary('/test.Test/Reverse', Buffer.from('abc'), options)).toString(), 'cba');
  const call = defined(calls[0], 'the handler ran');
  t.equal(call.headers['varve-principal'], 'User:zoë 100 %');
  t.ok(call.timeoutMs !== undefined && call.timeoutMs > 0 && call.timeoutMs <= PATIENCE_MS);
  t.match(call.peer.address, /:\d+$/);
  t.equal(call.signal.aborted, false);
  const empty = await client.unary('/test.Test/Reverse', Buffer.alloc(0), { timeoutMs: PATIENCE_MS });
  t.equal(empty.length, 0);
  const large = Buffer.alloc(3_000_000, 7);
  large[0] = 1;
  const reversed = await client.unary('/test.Test/Reverse', large, { timeoutMs: PATIENCE_MS });
  t.equal(reversed.length, large.length);
  t.equal(reversed[large.length - 1], 1);
  const many = await Promise.all(
    Array.from({ length: 50 }, (_, i) =>
      client.unary('/test.Test/Reverse', Buffer.from(`${i}`), { timeoutMs: PATIENCE_MS }),
    ),
  );
  t.same(
    many.map((answer) => answer.toString()),
    Array.from({ length: 50 }, (_, i) => [...`${i}`].reverse().join('')),
  );
}

export async function unaryFailures(t: Test, make: Make): Promise<void> {
  const subject = await make(t);
  const calls: RpcCall[] = [];
  const server = await serve(t, subject, {
    unary: {
      '/test.Test/Fail': async () => {
        throw new VarveError('NOT_LEADER_OR_FOLLOWER', 'Node 2 leads "orders-0" – 100 % sure.');
      },
      '/test.Test/Break': async () => {
        throw new RangeError('a bug');
      },
      '/test.Test/Hang': async (_request, call) => {
        calls.push(call);
        return new Promise(() => {});
      },
    },
  });
  const client = connect(t, subject, server.address);
  const timeoutMs = PATIENCE_MS;
  const failed = await failure(client.unary('/test.Test/Fail', Buffer.alloc(0), { timeoutMs }));
  t.match(failed, { name: 'VarveError', code: 'NOT_LEADER_OR_FOLLOWER', retriable: true });
  t.match(failed, { message: 'Node 2 leads "orders-0" – 100 % sure.' });
  const broken = await failure(client.unary('/test.Test/Break', Buffer.alloc(0), { timeoutMs }));
  t.match(broken, { name: 'VarveError', code: 'UNKNOWN_SERVER_ERROR' });
  isTransportError(t, await failure(client.unary('/test.Test/None', Buffer.alloc(0), { timeoutMs })), 'protocol');
  isTransportError(t, await failure(client.unary('/test.Test/Hang', Buffer.alloc(0), { timeoutMs: 30 })), 'timeout');
  await until(t, subject.clock, 'the handler learns that nobody waits', () => calls[0]?.signal.aborted === true);
  const tooLarge = client.unary('/test.Test/Fail', Buffer.alloc(MAX_MESSAGE_BYTES + 1), { timeoutMs });
  isTransportError(t, await failure(tooLarge), 'tooLarge');
  const hanging = failure(client.unary('/test.Test/Hang', Buffer.alloc(0), { timeoutMs }));
  await until(t, subject.clock, 'the call has begun', () => calls.length === 2);
  await server.close(0);
  isTransportError(t, await hanging, 'closed');
  isTransportError(
    t,
    await failure(client.unary('/test.Test/Fail', Buffer.alloc(0), { timeoutMs })),
    'refused',
    'closed',
  );
}
