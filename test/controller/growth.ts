/** Processor time of this process in ms: what others do on the machine does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** How many times as much `work` costs for `times` as much as for `size`: each the least of five, so that a collection does not count. */
export function costGrowth(work: (size: number) => void, size: number, times: number): number {
  const least = (of: number): number =>
    Math.min(
      ...[1, 2, 3, 4, 5].map(() => {
        const startedMs = processorMs();
        work(of);
        return processorMs() - startedMs;
      }),
    );
  least(size);
  return least(size * times) / least(size);
}
