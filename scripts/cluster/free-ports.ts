import { createServer } from 'node:net';

/** Below what systems give to outgoing connections, so that a port stays free while its node is down. */
const LOWEST = 12_000;
const HIGHEST = 30_000;
const STEP = 7;

/** So many ports of 127.0.0.1 that nobody listens at. Different processes look in different places first. */
export async function freePorts(count: number): Promise<number[]> {
  const found: number[] = [];
  const span = HIGHEST - LOWEST;
  const first = (process.pid * 101 + Number(process.hrtime.bigint() % 9973n)) % span;
  for (let tried = 0; tried < span && found.length < count; tried += STEP) {
    const port = LOWEST + ((first + tried) % span);
    if (await isFree(port)) found.push(port);
  }
  if (found.length < count) throw new Error(`There are no ${count} free ports between ${LOWEST} and ${HIGHEST}.`);
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
