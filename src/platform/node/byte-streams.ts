import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { TLSSocket, createServer as createTlsServer } from 'node:tls';
import type { Logger } from '../observe.js';
import type { Address, ByteConnectOptions, ByteServeOptions, ByteServer, ByteStream, RpcPeer } from '../transport.js';
import { dial, listen, peerOf } from './sockets.js';
import { TlsContexts, tlsServerOptions, watchTls } from './tls.js';

/** `write` returns false above it. */
const MAX_QUEUED_BYTES = 1024 * 1024;

/** A raw connection. Writes of one turn of the event loop go to the kernel together. */
class SocketStream implements ByteStream {
  readonly peer: RpcPeer;
  readonly #socket: Socket;
  #corked = false;
  #drainWanted = false;
  #closed = false;
  #error: Error | undefined;
  #dataListener: ((chunk: Buffer) => void) | undefined;
  #drainListener: (() => void) | undefined;
  #closeListener: ((error: Error | undefined) => void) | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    this.peer = peerOf(socket);
    socket.on('data', (chunk: Buffer) => this.#dataListener?.(chunk));
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.once('close', () => {
      this.#closed = true;
      this.#closeListener?.(this.#error);
    });
  }

  get queuedBytes(): number {
    return this.#socket.writableLength;
  }

  write(chunk: Uint8Array): boolean {
    const socket = this.#socket;
    if (this.#closed || socket.destroyed || socket.writableEnded) return false;
    if (!this.#corked) {
      this.#corked = true;
      socket.cork();
      process.nextTick(this.#uncork);
    }
    socket.write(chunk, this.#onWritten);
    if (socket.writableLength <= MAX_QUEUED_BYTES) return true;
    this.#drainWanted = true;
    return false;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  onData(listener: (chunk: Buffer) => void): void {
    this.#dataListener = listener;
  }

  onDrain(listener: () => void): void {
    this.#drainListener = listener;
  }

  onClose(listener: (error: Error | undefined) => void): void {
    this.#closeListener = listener;
  }

  end(): void {
    this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #uncork = (): void => {
    this.#corked = false;
    this.#socket.uncork();
  };

  readonly #onWritten = (): void => {
    if (!this.#drainWanted || this.#socket.writableLength > MAX_QUEUED_BYTES / 2) return;
    this.#drainWanted = false;
    if (!this.#closed && !this.#socket.destroyed) this.#drainListener?.();
  };
}

/** Node's timers take no more. */
const MAX_DELAY_MS = 0x7fff_ffff;

class SocketServer implements ByteServer {
  readonly #server: Server;
  readonly #sockets: ReadonlySet<Socket>;
  readonly address: Address;

  constructor(server: Server, sockets: ReadonlySet<Socket>, address: Address) {
    this.#server = server;
    this.#sockets = sockets;
    this.address = address;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      for (const socket of this.#sockets) socket.destroy();
    });
  }
}

/** Listens for raw connections; rejects with a TransportError when the address cannot be had. */
export async function serveBytes(options: ByteServeOptions, logger: Logger): Promise<ByteServer> {
  const sockets = new Set<Socket>();
  const server = makeServer(options, logger);
  // Before the handshake, too, so that closing the server leaves none behind.
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    if (options.maxIdleMs !== undefined) {
      socket.setTimeout(Math.min(options.maxIdleMs, MAX_DELAY_MS), () => socket.destroy());
    }
  });
  server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket) => {
    if (!socket.destroyed) options.onConnection(new SocketStream(socket));
  });
  if (options.maxConnections !== undefined) server.maxConnections = options.maxConnections;
  return new SocketServer(server, sockets, await listen(server, options));
}

function makeServer(options: ByteServeOptions, logger: Logger): Server {
  if (options.tls === undefined) return createServer({ noDelay: true });
  const contexts = new TlsContexts(options.tls);
  const server = createTlsServer({ ...tlsServerOptions(contexts.material), noDelay: true });
  watchTls(server, contexts, logger);
  return server;
}

/** Connects; rejects with a TransportError (`refused`, else `unreachable`). */
export async function connectBytes(options: ByteConnectOptions): Promise<ByteStream> {
  const { host, port, timeoutMs } = options;
  const tls = options.tls === undefined ? undefined : new TlsContexts(options.tls);
  const socket = await dial({ host, port, timeoutMs, tls });
  if (socket instanceof TLSSocket) socket.setNoDelay(true);
  return new SocketStream(socket);
}
