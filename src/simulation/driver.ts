import { RealWorldGuard } from './real-world.js';
import type { Scheduler } from './scheduler.js';

/** Why a run stopped: what was waited for came, the time limit was reached, or nothing was left that could happen. */
export type StopReason = 'done' | 'limit' | 'idle';

export interface DriveOptions {
  readonly scheduler: Scheduler;
  /** Asked between events, when all microtasks have run. */
  readonly done: () => boolean;
  /** Simulated time past which no event runs. */
  readonly limitMs: number;
  /** Told of what an event threw and of rejections that nobody handled; the run goes on unless it throws. */
  readonly onFailure: (error: unknown) => void;
}

/**
 * Native callbacks queued a turn of the real event loop. Node drains the microtask queue after each of them, so one
 * turn (a poll of the kernel) is paid once for many events: about five times as quick as a turn for each event.
 */
const EVENTS_A_TURN = 64;

/** Taken when the module is loaded: the guard forbids everyone else's use of the real event loop. */
const nextMacrotask = setImmediate;

/**
 * Runs events one by one. Between two of them every promise reaction that the first one caused has run: each event runs
 * in a native macrotask of its own. This is the one place of the simulation that touches the real event loop, and
 * nothing depends on when it turns.
 */
export function drive(options: DriveOptions): Promise<StopReason> {
  const { scheduler, done, limitMs, onFailure } = options;
  return new Promise<StopReason>((resolve, reject) => {
    let stopped = false;
    const stop = (settle: () => void): void => {
      stopped = true;
      guard.end();
      process.removeListener('unhandledRejection', onRejection);
      settle();
    };
    const report = (error: unknown): void => {
      if (stopped) return;
      try {
        onFailure(error);
      } catch (failure) {
        stop(() => reject(failure));
      }
    };
    const onRejection = (reason: unknown): void => report(reason);
    process.on('unhandledRejection', onRejection);
    const guard = new RealWorldGuard((error) => report(error));
    guard.begin();
    const turn = (): void => {
      guard.leave();
      if (stopped) return;
      for (let i = 0; i < EVENTS_A_TURN; i++) nextMacrotask(one);
      // Behind the reactions of the turn's last event.
      nextMacrotask(turn);
    };
    const one = (): void => {
      if (stopped) return;
      guard.enter();
      if (done()) return stop(() => resolve('done'));
      const nextMs = scheduler.peekMs();
      if (nextMs === undefined) return stop(() => resolve('idle'));
      if (nextMs > limitMs) {
        scheduler.advanceTo(limitMs);
        return stop(() => resolve('limit'));
      }
      try {
        scheduler.runNext();
      } catch (error) {
        report(error);
      }
    };
    turn();
  });
}
