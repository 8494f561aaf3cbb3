import { connect as connectTcp, isIP } from 'node:net';
import type { Server, Socket } from 'node:net';
import { TLSSocket, connect as connectTls } from 'node:tls';
import { TransportError } from '../transport.js';
import type { Address, RpcPeer } from '../transport.js';
import { errorCode } from './file-system-error.js';
import { certificateSubject } from './tls.js';
import type { TlsContexts } from './tls.js';

/** `host:port`, an IPv6 host in brackets. */
export function addressText({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

export function peerOf(socket: Socket): RpcPeer {
  const address = addressText({ host: socket.remoteAddress ?? 'unknown', port: socket.remotePort ?? 0 });
  const subject = socket instanceof TLSSocket ? certificateSubject(socket) : undefined;
  return subject === undefined ? { address } : { address, certificateSubject: subject };
}

export interface DialOptions extends Address {
  readonly timeoutMs: number;
  readonly tls: TlsContexts | undefined;
  /** Protocols offered in the TLS handshake; the first must be taken. */
  readonly alpn?: string;
}

/** A connected socket, its TLS handshake done; rejects with a TransportError (`refused`, else `unreachable`). */
export function dial(options: DialOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const target = addressText(options);
    const fail = (cause: unknown): void => {
      clearTimeout(timer);
      socket?.destroy();
      reject(dialError(target, cause));
    };
    const timer = setTimeout(() => fail(new Error(`no answer within ${options.timeoutMs} ms`)), options.timeoutMs);
    let socket: Socket | undefined;
    try {
      socket = openSocket(options);
    } catch (error) {
      fail(error);
      return;
    }
    const opened = socket;
    const onClose = (): void => fail(new Error('the connection was closed during the handshake'));
    // One that fails again while it is destroyed has been told of already.
    opened.on('error', fail);
    opened.once('close', onClose);
    opened.once(opened instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      if (options.alpn !== undefined && opened instanceof TLSSocket && opened.alpnProtocol !== options.alpn) {
        fail(new Error(`it does not speak ${options.alpn} over TLS`));
        return;
      }
      clearTimeout(timer);
      opened.removeListener('error', fail);
      opened.removeListener('close', onClose);
      resolve(opened);
    });
  });
}

function openSocket({ host, port, tls, alpn }: DialOptions): Socket {
  if (tls === undefined) return connectTcp({ host, port, noDelay: true });
  const socket = connectTls({
    host,
    port,
    secureContext: tls.current(),
    // A server name is a DNS name (RFC 6066): an address is checked against the certificate without one.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(alpn === undefined ? {} : { ALPNProtocols: [alpn] }),
  });
  socket.setNoDelay(true);
  return socket;
}

function dialError(target: string, cause: unknown): TransportError {
  if (errorCode(cause) === 'ECONNREFUSED') {
    return new TransportError('refused', `Nothing listens at ${target}: is the node running?`, { cause });
  }
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TransportError('unreachable', `Cannot connect to ${target}: ${reason}.`, { cause });
}

/** Listens and gives the address with the real port; rejects with a TransportError (`addressInUse`, `denied`). */
export function listen(server: Server, { host, port }: Address): Promise<Address> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => reject(listenError(addressText({ host, port }), error));
    server.once('error', onError);
    server.listen({ host, port }, () => {
      server.removeListener('error', onError);
      const bound = server.address();
      resolve({ host, port: typeof bound === 'object' && bound !== null ? bound.port : port });
    });
  });
}

function listenError(target: string, cause: Error): TransportError {
  switch (errorCode(cause)) {
    case 'EADDRINUSE':
      return new TransportError('addressInUse', `Cannot listen at ${target}: another process uses this port.`, {
        cause,
      });
    case 'EACCES':
      return new TransportError('denied', `Cannot listen at ${target}: ports below 1024 need more rights.`, { cause });
    default:
      return new TransportError('denied', `Cannot listen at ${target}: ${cause.message}.`, { cause });
  }
}
