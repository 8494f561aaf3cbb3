/** A timer that has been set. Cancelling one that fired or was cancelled does nothing. */
export interface Timer {
  cancel(): void;
}

/** Time, and the order of work in time. The only source of either outside `platform/node`. */
export interface Clock {
  /** Milliseconds since an arbitrary start; never goes back; fractions allowed. For durations, leases, time-outs. */
  monotonicMs(): number;
  /** Unix time in whole milliseconds; may jump. For record timestamps and for people. */
  wallMs(): number;
  /** Runs `callback` once, `delayMs` from now or a little later. */
  after(delayMs: number, callback: () => void): Timer;
  /**
   * Runs `callback` after the input that has already arrived (sockets, disk completions) was delivered. On expiry of an
   * election or session time-out, defer before judging: a busy event loop is not a silent peer.
   */
  defer(callback: () => void): void;
  /**
   * Runs `callback` at the end of this turn of the event loop, after the completions and messages that its poll brought:
   * what each of them has to send goes out in one message.
   */
  atEndOfTurn(callback: () => void): void;
  /** By how many milliseconds the latest timer of all since the last call was late: how long something held the event loop. */
  takeLatenessMs(): number;
}

/** Resolves after `delayMs`; rejects with the signal's reason when aborted first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
