import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Clock, Timer } from '../platform/clock.js';
import type { Logger, Metrics } from '../platform/observe.js';
import type { Address, ByteServer, ByteStream, TlsSource, Transport } from '../platform/transport.js';
import { ByteStreamDuplex } from './byte-stream-duplex.js';

/** What the node says about itself. Undefined: all is well. Else one sentence that says what is wrong. */
export interface HealthApi {
  /** False life: the process can only be mended by a restart. */
  notLiveBecause(): string | undefined;
  /** Not ready: clients should go elsewhere for now (starting, fenced, shutting down). */
  notReadyBecause(): string | undefined;
}

export interface HttpDoorOptions extends Address {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly health: HealthApi;
  readonly tls?: TlsSource;
  readonly maxConnections?: number;
  readonly maxIdleMs?: number;
  /** Request line and headers together; more is answered with 431. */
  readonly maxHeaderBytes?: number;
  /** A connection without a whole request for so long is closed: a slow sender and an idle keep-alive alike. */
  readonly idleTimeoutMs?: number;
}

const DEFAULT_MAX_CONNECTIONS = 64;
const DEFAULT_MAX_HEADER_BYTES = 8 * 1024;
const DEFAULT_IDLE_TIMEOUT_MS = 30_000;
const TEXT = 'text/plain; charset=utf-8';
const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

interface Answer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly contentType?: string;
}

/**
 * The HTTP door: `/metrics`, `/livez` and `/readyz`, GET and HEAD. Node's `http` parses over the platform's byte
 * streams and never listens by itself.
 */
export class HttpDoor {
  readonly #options: HttpDoorOptions;
  readonly #http: Server;
  readonly #idleTimeoutMs: number;
  /** The idle timer of each open connection. */
  readonly #idleTimers = new Map<ByteStreamDuplex, Timer>();
  #server: ByteServer | undefined;
  /** The reading of the metrics that is under way. */
  #reading: Promise<Buffer> | undefined;

  private constructor(options: HttpDoorOptions) {
    this.#options = options;
    this.#idleTimeoutMs = options.idleTimeoutMs ?? DEFAULT_IDLE_TIMEOUT_MS;
    this.#http = createServer({ maxHeaderSize: options.maxHeaderBytes ?? DEFAULT_MAX_HEADER_BYTES });
    // Time-outs are the door's own, on the platform's clock; Node's would be real timers.
    this.#http.timeout = 0;
    this.#http.keepAliveTimeout = 0;
    this.#http.on('request', (request, response) => this.#onRequest(request, response));
    this.#http.on('clientError', (error: Error & { code?: string }, socket) => {
      if (!socket.writable) return;
      socket.end(rawAnswer(error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400));
    });
  }

  /** Listens. Rejects with a TransportError (`addressInUse`, `denied`). */
  static async open(options: HttpDoorOptions): Promise<HttpDoor> {
    const door = new HttpDoor(options);
    door.#server = await options.transport.serveBytes({
      host: options.host,
      port: options.port,
      maxConnections: options.maxConnections ?? DEFAULT_MAX_CONNECTIONS,
      ...(options.maxIdleMs === undefined ? {} : { maxIdleMs: options.maxIdleMs }),
      onConnection: (stream) => door.#onConnection(stream),
      ...(options.tls === undefined ? {} : { tls: options.tls }),
    });
    return door;
  }

  /** Where it listens, with the port that 0 became. */
  get address(): Address {
    return this.#server?.address ?? { host: this.#options.host, port: this.#options.port };
  }

  async close(): Promise<void> {
    for (const connection of [...this.#idleTimers.keys()]) connection.destroy();
    await this.#server?.close();
  }

  #onConnection(stream: ByteStream): void {
    const connection = new ByteStreamDuplex(stream);
    this.#restartIdleTimer(connection);
    connection.on('error', (error) => {
      this.#options.logger.debug({ peer: stream.peer.address, error: error.message }, 'An HTTP connection broke off.');
    });
    connection.on('close', () => {
      this.#idleTimers.get(connection)?.cancel();
      this.#idleTimers.delete(connection);
    });
    this.#http.emit('connection', connection);
  }

  #restartIdleTimer(connection: ByteStreamDuplex): void {
    this.#idleTimers.get(connection)?.cancel();
    this.#idleTimers.set(
      connection,
      this.#options.clock.after(this.#idleTimeoutMs, () => connection.destroy()),
    );
  }

  #onRequest(request: IncomingMessage, response: ServerResponse): void {
    const connection: unknown = request.socket;
    if (connection instanceof ByteStreamDuplex && this.#idleTimers.has(connection)) this.#restartIdleTimer(connection);
    // No request here has a body. One that announces one is answered, and its connection is not used again.
    const hasBody =
      request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
    if (hasBody) response.setHeader('connection', 'close');
    this.#answer(request).then(
      (answer) => send(response, answer),
      (error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        this.#options.logger.error({ url: request.url, error: reason }, 'An HTTP request failed.');
        send(response, { status: 500, body: `Internal error: ${reason}\n` });
      },
    );
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const path = (request.url ?? '/').split('?', 1)[0];
    const known = path === '/metrics' || path === '/livez' || path === '/readyz';
    if (!known) return { status: 404, body: 'Not found. There are /metrics, /livez and /readyz.\n' };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { status: 405, body: 'Only GET and HEAD are allowed here.\n' };
    }
    const { health, metrics } = this.#options;
    if (path === '/metrics') {
      // Those that came together share one reading, and one buffer: a connection may bring thousands in one piece.
      this.#reading ??= read(metrics).finally(() => (this.#reading = undefined));
      return { status: 200, body: await this.#reading, contentType: PROMETHEUS_TEXT };
    }
    const reason = path === '/livez' ? health.notLiveBecause() : health.notReadyBecause();
    return reason === undefined ? { status: 200, body: 'ok\n' } : { status: 503, body: `${reason}\n` };
  }
}

async function read(metrics: Metrics): Promise<Buffer> {
  return Buffer.from(await metrics.text());
}

function send(response: ServerResponse, answer: Answer): void {
  const body = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
  response.sendDate = false;
  response.writeHead(answer.status, {
    'content-type': answer.contentType ?? TEXT,
    'content-length': body.length,
    'cache-control': 'no-store',
    ...(answer.status === 405 ? { allow: 'GET, HEAD' } : {}),
  });
  response.end(body);
}

function rawAnswer(status: 400 | 431): string {
  const [reason, body] =
    status === 431
      ? ['Request Header Fields Too Large', 'The request headers are too large.\n']
      : ['Bad Request', 'This is not an HTTP/1.1 request.\n'];
  return `HTTP/1.1 ${status} ${reason}\r\ncontent-type: ${TEXT}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`;
}
