import type { Test } from 'tap';
import { sleep } from '../../../src/platform/clock.js';
import type { Clock } from '../../../src/platform/clock.js';

/** What every Clock does. */
export function clockConformance(t: Test, make: () => Clock): void {
  t.test('time goes on and never back', async (t) => {
    const clock = make();
    const start = clock.monotonicMs();
    await sleep(clock, 20);
    const later = clock.monotonicMs();
    t.ok(later - start >= 20, 'a timer is never early');
    t.ok(Number.isInteger(clock.wallMs()));
    t.ok(clock.wallMs() > 1_500_000_000_000, 'wall time is Unix time in milliseconds');
  });

  t.test('timers fire in the order of their times, once, and not when cancelled', async (t) => {
    const clock = make();
    const fired: string[] = [];
    clock.after(30, () => fired.push('30'));
    clock.after(1, () => fired.push('1'));
    const cancelled = clock.after(5, () => fired.push('cancelled'));
    clock.after(0.5, () => fired.push('0.5'));
    cancelled.cancel();
    cancelled.cancel();
    t.same(fired, [], 'never before the caller has returned');
    await sleep(clock, 60);
    t.same(fired.slice(-1), ['30']);
    t.same([...fired].sort(), ['0.5', '1', '30']);
    const far = clock.after(2 ** 40, () => fired.push('far'));
    await sleep(clock, 5);
    t.equal(fired.includes('far'), false, 'a delay beyond 2^31 ms is not cut');
    far.cancel();
  });

  t.test('deferred work runs after what is ready, before later timers', async (t) => {
    const clock = make();
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      clock.after(0, () => {
        clock.defer(() => order.push('deferred'));
        void Promise.resolve().then(() => order.push('microtask'));
        clock.after(50, () => {
          order.push('timer');
          resolve();
        });
        order.push('caller');
      });
    });
    t.same(order, ['caller', 'microtask', 'deferred', 'timer']);
  });

  t.test('work for the end of the turn runs behind the caller and what it made ready, once', async (t) => {
    const clock = make();
    const order: string[] = [];
    await new Promise<void>((resolve) => {
      clock.after(0, () => {
        void Promise.resolve().then(() => order.push('microtask'));
        clock.atEndOfTurn(() => order.push('end of the turn'));
        clock.after(50, () => {
          order.push('timer');
          resolve();
        });
        order.push('caller');
      });
    });
    t.same(order, ['caller', 'microtask', 'end of the turn', 'timer']);
  });

  t.test('lateness is that of the latest timer since it was last asked for', async (t) => {
    const clock = make();
    await sleep(clock, 1);
    clock.takeLatenessMs();
    t.equal(clock.takeLatenessMs(), 0);
    await sleep(clock, 30);
    t.ok(clock.takeLatenessMs() >= 0);
  });

  t.test('sleep ends early with the reason of an abort', async (t) => {
    const clock = make();
    const controller = new AbortController();
    const start = clock.monotonicMs();
    const sleeping = sleep(clock, 60_000, controller.signal);
    clock.after(5, () => controller.abort(new Error('enough')));
    await t.rejects(sleeping, { message: 'enough' });
    t.ok(clock.monotonicMs() - start < 60_000);
    await t.rejects(sleep(clock, 1, controller.signal), { message: 'enough' });
  });
}
