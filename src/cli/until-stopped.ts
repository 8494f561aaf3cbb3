/**
 * Ends once `stop` is aborted, also while `source` is silent.
 *
 * Each step waits for a promise of its own: raced against one that lasts, every step would leave a reaction on that one,
 * which holds what the step gave, and so the whole input.
 */
export async function* untilStopped<T>(stop: AbortSignal, source: AsyncGenerator<T>): AsyncGenerator<T> {
  let wake: () => void = () => {};
  const aborted = (): void => wake();
  stop.addEventListener('abort', aborted);
  try {
    while (!stop.aborted) {
      const next = await new Promise<IteratorResult<T> | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        source.next().then(resolve, reject);
      });
      if (next === undefined || next.done) return;
      yield next.value;
    }
  } finally {
    stop.removeEventListener('abort', aborted);
  }
}
