import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { TailPump } from '../../src/replication/tail-pump.js';
import { makeBatch, settle } from '../log/support.js';

t.test('a tail whose source closes while it is read from the disk is taken off', async (t) => {
  for (const [what, read, nextOffset] of [
    ['the read reaches the end', [makeBatch({ baseOffset: 0 })], 1],
    ['the read gives nothing', [], undefined],
  ] as const) {
    const events: string[] = [];
    const closed: VarveError[] = [];
    let wake = (): void => {};
    let finish = (_: Buffer[]): void => {};
    const pump = new TailPump<string>(
      {
        open: () => true,
        emit: (tail, { nextOffset }) => events.push(`${tail.key} up to ${nextOffset}`),
        failed: (tail, { code }) => events.push(`${tail.key}: ${code}`),
        flush: () => {},
      },
      1000,
      queueMicrotask,
    );
    const source = {
      end: () => 1,
      closed: () => closed[0],
      read: () => new Promise<Buffer[]>((resolve) => (finish = resolve)),
      subscribe: (listener: () => void) => {
        wake = listener;
        return () => {};
      },
    };
    pump.add('orders-0', source, 0);
    await settle();
    // A new leader was elected, and is told of once.
    closed.push(new VarveError('NOT_LEADER_OR_FOLLOWER', 'Another node leads.'));
    wake();
    await settle();
    finish([...read]);
    await settle();
    const emitted = nextOffset === undefined ? [] : [`orders-0 up to ${nextOffset}`];
    t.same(events, [...emitted, 'orders-0: NOT_LEADER_OR_FOLLOWER'], what);
  }
});
