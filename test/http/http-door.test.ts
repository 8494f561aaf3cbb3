import t from 'tap';
import { HttpDoor } from '../../src/http/http-door.js';
import type { HealthApi } from '../../src/http/http-door.js';
import { noMetrics, silentLogger } from '../../src/platform/observe.js';
import type { MemoryByteStream } from './memory-transport.js';
import { ManualClock, MemoryTransport } from './memory-transport.js';

const METRICS = '# HELP varve_up Whether it is.\n# TYPE varve_up gauge\nvarve_up 1\n';

class Health implements HealthApi {
  dead: string | undefined;
  unready: string | undefined;
  notLiveBecause(): string | undefined {
    return this.dead;
  }
  notReadyBecause(): string | undefined {
    return this.unready;
  }
}

async function open(options: { metrics?: () => Promise<string>; maxHeaderBytes?: number } = {}) {
  const transport = new MemoryTransport();
  const clock = new ManualClock();
  const health = new Health();
  const door = await HttpDoor.open({
    host: '127.0.0.1',
    port: 0,
    transport,
    clock,
    health,
    logger: silentLogger,
    metrics: { ...noMetrics, text: options.metrics ?? (async () => METRICS) },
    ...(options.maxHeaderBytes === undefined ? {} : { maxHeaderBytes: options.maxHeaderBytes }),
    idleTimeoutMs: 10_000,
  });
  return { transport, clock, health, door };
}

/** Collects what arrives until `enough` of it has, or the connection closes. */
function read(stream: MemoryByteStream, enough: (text: string) => boolean): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    let text = '';
    stream.onData((chunk) => {
      text += chunk.toString();
      if (enough(text)) resolve({ text, closed: false });
    });
    stream.onClose(() => resolve({ text, closed: true }));
  });
}

async function ask(transport: MemoryTransport, request: string): Promise<{ text: string; closed: boolean }> {
  const stream = transport.dial();
  const answer = read(stream, () => false);
  stream.write(Buffer.from(request));
  return answer;
}

const get = (path: string, method = 'GET'): string =>
  `${method} ${path} HTTP/1.1\r\nHost: varve\r\nConnection: close\r\n\r\n`;

t.test('metrics and health', async (t) => {
  const { transport, health } = await open();
  const metrics = await ask(transport, get('/metrics'));
  t.match(metrics.text, /^HTTP\/1\.1 200 OK\r\ncontent-type: text\/plain; version=0\.0\.4; charset=utf-8\r\n/);
  t.ok(metrics.text.endsWith(`\r\n\r\n${METRICS}`), 'the text as it is');
  t.ok(metrics.closed, 'closed as asked');
  t.match((await ask(transport, get('/livez'))).text, /^HTTP\/1\.1 200 [^]*\r\n\r\nok\n$/);
  t.match((await ask(transport, get('/readyz?verbose'))).text, /^HTTP\/1\.1 200 [^]*\r\n\r\nok\n$/);
  health.unready = 'The broker is fenced.';
  t.match((await ask(transport, get('/readyz'))).text, /^HTTP\/1\.1 503 [^]*\r\n\r\nThe broker is fenced\.\n$/);
  t.match((await ask(transport, get('/livez'))).text, /^HTTP\/1\.1 200 /, 'unready is not dead');
  health.dead = 'The log directory /data failed.';
  t.match((await ask(transport, get('/livez'))).text, /^HTTP\/1\.1 503 [^]*failed\.\n$/);
});

t.test('HEAD has the headers alone', async (t) => {
  const { transport } = await open();
  const { text } = await ask(transport, get('/metrics', 'HEAD'));
  t.match(text, new RegExp(`^HTTP/1\\.1 200 OK\\r\\n[^]*content-length: ${METRICS.length}\\r\\n[^]*\\r\\n\\r\\n$`));
});

t.test('one connection serves several requests, pipelined too', async (t) => {
  const { transport } = await open();
  const stream = transport.dial();
  const answer = read(stream, (text) => text.split('ok\n').length === 3);
  stream.write(Buffer.from('GET /livez HTTP/1.1\r\nHost: v\r\n\r\nGET /readyz HTTP/1.1\r\nHo'));
  stream.write(Buffer.from('st: v\r\n\r\n'));
  const { text, closed } = await answer;
  t.equal(text.split('HTTP/1.1 200 OK').length, 3);
  t.notOk(closed);
});

t.test('wrong requests get their status', async (t) => {
  const { transport } = await open({ maxHeaderBytes: 1024 });
  t.match((await ask(transport, get('/nothing'))).text, /^HTTP\/1\.1 404 [^]*\/metrics, \/livez and \/readyz/);
  t.match((await ask(transport, get('/metrics', 'DELETE'))).text, /^HTTP\/1\.1 405 [^]*allow: GET, HEAD\r\n/);
  t.match((await ask(transport, 'no such thing\r\n\r\n')).text, /^HTTP\/1\.1 400 /);
  t.match((await ask(transport, 'GET /livez HTTP/1.1\r\n\r\n')).text, /^HTTP\/1\.1 400 /, 'HTTP/1.1 wants a host');
  const long = `GET /livez HTTP/1.1\r\nHost: v\r\nCookie: ${'x'.repeat(2048)}\r\n\r\n`;
  t.match((await ask(transport, long)).text, /^HTTP\/1\.1 431 /);
  const body = await ask(transport, 'POST /metrics HTTP/1.1\r\nHost: v\r\nContent-Length: 5\r\n\r\nhello');
  t.match(body.text, /^HTTP\/1\.1 405 /);
  t.ok(body.closed, 'a connection with a body on it is not used again');
  const smuggled = 'GET /livez HTTP/1.1\r\nHost: v\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
  t.match((await ask(transport, smuggled)).text, /^HTTP\/1\.1 400 /, 'two lengths are refused');
});

t.test('a failure to read the metrics is a 500 that says why', async (t) => {
  const { transport } = await open({ metrics: () => Promise.reject(new Error('registry is gone')) });
  t.match((await ask(transport, get('/metrics'))).text, /^HTTP\/1\.1 500 [^]*registry is gone\n$/);
});

t.test('requests that come together share one reading of the metrics', async (t) => {
  let readings = 0;
  const { transport } = await open({
    metrics: async () => {
      readings += 1;
      await Promise.resolve();
      return `page ${readings}\n`;
    },
  });
  const stream = transport.dial();
  const count = 200;
  const answer = read(stream, (text) => text.split('page 1\n').length === count + 1);
  stream.write(Buffer.from('GET /metrics HTTP/1.1\r\nHost: v\r\n\r\n'.repeat(count)));
  t.equal((await answer).text.split('HTTP/1.1 200 OK').length, count + 1);
  t.equal(readings, 1);
  t.match((await ask(transport, get('/metrics'))).text, /page 2\n$/, 'who asks later gets a new one');
});

t.test('a client that does not read is held back, then dropped by the idle time-out', async (t) => {
  const text = 'x'.repeat(1024 * 1024);
  const { transport, clock } = await open({ metrics: async () => text });
  const stream = transport.dial();
  stream.pause();
  stream.write(Buffer.from(get('/metrics').repeat(1)));
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  t.ok(stream.waitingBytes > 0, 'something was sent');
  clock.advance(10_000);
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  t.ok(stream.isClosed);
  t.equal(clock.timerCount, 0, 'no timer is left');
});

t.test('a slow sender of headers is dropped', async (t) => {
  const { transport, clock } = await open();
  const stream = transport.dial();
  const answer = read(stream, () => false);
  stream.write(Buffer.from('GET /livez HTTP/1.1\r\n'));
  clock.advance(9_000);
  stream.write(Buffer.from('Host: v\r\n'));
  clock.advance(1_000);
  t.same(await answer, { text: '', closed: true });
});

t.test('closing the door ends open connections', async (t) => {
  const { transport, door, clock } = await open();
  t.same(door.address, { host: '127.0.0.1', port: 9095 });
  const stream = transport.dial();
  const answer = read(stream, () => false);
  await door.close();
  t.equal((await answer).closed, true);
  await new Promise((resolve) => setImmediate(resolve));
  t.equal(clock.timerCount, 0);
});
