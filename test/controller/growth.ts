/** How many times as long `work` takes for `times` as much as for `size`: each the least of three, so that a pause does not count. */
export function costGrowth(work: (size: number) => void, size: number, times: number): number {
  const least = (of: number): number =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const startedMs = performance.now();
        work(of);
        return performance.now() - startedMs;
      }),
    );
  least(size);
  return least(size * times) / least(size);
}
