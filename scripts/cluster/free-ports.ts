import { createServer } from 'node:net';

/** Below what systems give to outgoing connections, so that a port stays free while its node is down. */
const LOWEST = 12_000;
const HIGHEST = 30_000;
const STEP = 7;

/**
 * So many ports of 127.0.0.1 that nobody listens at. Nobody holds them for the caller: different processes look in
 * different places first, and of the two test files that tap runs at a time (`TAP_JOB_ID` 0 and 1), each has a half of
 * the range to itself.
 */
export async function freePorts(count: number, jobId = process.env.TAP_JOB_ID): Promise<number[]> {
  const found: number[] = [];
  const { lowest, span } = rangeOf(jobId);
  const first = (process.pid * 101 + Number(process.hrtime.bigint() % 9973n)) % span;
  for (let tried = 0; tried < span && found.length < count; tried += STEP) {
    const port = lowest + ((first + tried) % span);
    if (await isFree(port)) found.push(port);
  }
  if (found.length < count) throw new Error(`There are no ${count} free ports between ${lowest} and ${lowest + span}.`);
  return found;
}

function rangeOf(jobId: string | undefined): { lowest: number; span: number } {
  const span = HIGHEST - LOWEST;
  if (jobId === undefined) return { lowest: LOWEST, span };
  return { lowest: LOWEST + (Number(jobId) % 2) * (span / 2), span: span / 2 };
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
