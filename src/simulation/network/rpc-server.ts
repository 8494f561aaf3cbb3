import { toVarveError } from '../../common/errors.js';
import type { Timer } from '../../platform/clock.js';
import { TransportError } from '../../platform/transport.js';
import type {
  Address,
  Headers,
  RpcCall,
  RpcPeer,
  RpcServeOptions,
  RpcServer,
  StreamHandler,
  UnaryHandler,
} from '../../platform/transport.js';
import type { SimulatedProcess } from '../process.js';
import type { ConnectionEnd } from './connection.js';
import { payloadOf } from './frames.js';
import type { CallStatus, Frame } from './frames.js';
import type { SimulatedNetwork } from './network.js';
import { SimulatedRpcStream } from './rpc-stream.js';
import type { StreamEndError, StreamSide } from './rpc-stream.js';

const SHUT_DOWN: StreamEndError = {
  code: 'NETWORK_EXCEPTION',
  message: 'The node is shutting down: go to another one.',
};

interface ServerSession {
  readonly end: ConnectionEnd;
  readonly calls: Map<number, ServerCall>;
}

/** Serves RPC on the process's host. */
export class SimulatedRpcServer implements RpcServer {
  readonly address: Address;
  readonly #process: SimulatedProcess;
  readonly #serve: RpcServeOptions;
  readonly #stopListening: () => void;
  readonly #sessions = new Set<ServerSession>();
  #closing = false;
  #onEmpty: (() => void) | undefined;

  constructor(options: { network: SimulatedNetwork; process: SimulatedProcess; serve: RpcServeOptions }) {
    const { network, process, serve } = options;
    this.#process = process;
    this.#serve = serve;
    const ends = new Set<ConnectionEnd>();
    const listening = network.listen(serve, {
      process,
      mayAccept: () => {
        for (const end of ends) if (!end.open) ends.delete(end);
        return serve.maxConnections === undefined || ends.size < serve.maxConnections;
      },
      accept: (end) => {
        ends.add(end);
        process.enter('network', () => this.#accept(end));
      },
    });
    this.address = listening.address;
    this.#stopListening = listening.close;
  }

  close(graceMs: number): Promise<void> {
    if (this.#closing) return Promise.resolve();
    this.#closing = true;
    this.#stopListening();
    for (const session of this.#sessions) {
      for (const call of session.calls.values()) call.shutDown();
      session.end.send({ type: 'goaway' }, 0);
    }
    return new Promise((resolve) => {
      if (!this.#process.alive) return;
      const timer = this.#process.schedule(graceMs, 'timer', () => {
        for (const session of [...this.#sessions]) {
          session.end.destroy();
          this.#lose(session, new TransportError('closed', 'The server was closed.'));
        }
      });
      this.#onEmpty = () => {
        timer.cancel();
        resolve();
      };
      if (this.#sessions.size === 0) this.#process.schedule(0, 'network', this.#onEmpty);
    });
  }

  #accept(end: ConnectionEnd): void {
    const session: ServerSession = { end, calls: new Map() };
    this.#sessions.add(session);
    end.handle({
      onFrame: (frame) => this.#onFrame(session, frame),
      onBreak: (error) => {
        this.#lose(session, error ?? new TransportError('closed', 'The client closed the connection.'));
      },
    });
    if (this.#closing) end.send({ type: 'goaway' }, 0);
  }

  #lose(session: ServerSession, error: TransportError): void {
    if (!this.#sessions.delete(session)) return;
    const calls = [...session.calls.values()];
    session.calls.clear();
    for (const call of calls) call.lose(error);
    if (this.#sessions.size === 0) this.#onEmpty?.();
  }

  #onFrame(session: ServerSession, frame: Frame): void {
    if (frame.type === 'unary' || frame.type === 'open') this.#begin(session, frame);
    else if ('call' in frame) session.calls.get(frame.call)?.receive(frame);
  }

  #begin(session: ServerSession, frame: Extract<Frame, { type: 'unary' | 'open' }>): void {
    const { end } = session;
    const call = new ServerCall({
      process: this.#process,
      peer: end.peer,
      headers: frame.headers,
      timeoutMs: frame.type === 'unary' ? frame.timeoutMs : undefined,
      maxMessageBytes: this.#serve.maxMessageBytes,
      id: frame.call,
      send: (answer) => end.send(answer, payloadOf(answer)?.length ?? 0),
      forget: () => session.calls.delete(frame.call),
    });
    session.calls.set(frame.call, call);
    const unary = ownHandler(this.#serve.handlers.unary, frame.method);
    const stream = ownHandler(this.#serve.handlers.streams, frame.method);
    if (unary !== undefined && frame.type === 'unary') call.serveUnary(unary, frame.message);
    else if (stream !== undefined && frame.type === 'open') call.serveStream(stream);
    else call.end(transportStatus('protocol', `This server has no method ${frame.method}.`));
    if (this.#closing) call.shutDown();
  }
}

function ownHandler<T>(handlers: Readonly<Record<string, T>>, method: string): T | undefined {
  return Object.hasOwn(handlers, method) ? handlers[method] : undefined;
}

function transportStatus(error: TransportError['kind'], message: string): CallStatus {
  return { kind: 'transport', error, message };
}

/** One call as its server sees it. */
class ServerCall implements RpcCall, StreamSide {
  readonly endsCall = true;
  readonly peer: RpcPeer;
  readonly headers: Headers;
  readonly timeoutMs: number | undefined;
  readonly #process: SimulatedProcess;
  readonly #maxMessageBytes: number;
  readonly #id: number;
  readonly #send: (frame: Frame) => void;
  readonly #forget: () => void;
  readonly #timer: Timer | undefined;
  /** Made for a handler that asks. */
  #abort: AbortController | undefined;
  #stream: SimulatedRpcStream | undefined;
  #statusSent = false;
  #failure: TransportError | undefined;

  constructor(options: {
    process: SimulatedProcess;
    peer: RpcPeer;
    headers: Headers;
    timeoutMs: number | undefined;
    maxMessageBytes: number;
    id: number;
    send: (frame: Frame) => void;
    forget: () => void;
  }) {
    this.peer = options.peer;
    this.headers = options.headers;
    this.timeoutMs = options.timeoutMs;
    this.#process = options.process;
    this.#maxMessageBytes = options.maxMessageBytes;
    this.#id = options.id;
    this.#send = options.send;
    this.#forget = options.forget;
    if (options.timeoutMs === undefined) return;
    this.#timer = options.process.schedule(options.timeoutMs, 'timer', () => {
      const message = 'The deadline of the call has passed.';
      this.end(transportStatus('timeout', message));
      this.#fail(new TransportError('timeout', message));
    });
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#failure !== undefined) this.#abort.abort(this.#failure);
    }
    return this.#abort.signal;
  }

  serveUnary(handler: UnaryHandler, message: Uint8Array): void {
    if (message.length > this.#maxMessageBytes) {
      this.end(transportStatus('tooLarge', `A message of ${message.length} bytes is over the limit.`));
      return;
    }
    void this.#runUnary(handler, Buffer.from(message));
  }

  serveStream(handler: StreamHandler): void {
    const stream = new SimulatedRpcStream(this, this.#process, this.#maxMessageBytes);
    this.#stream = stream;
    stream.attach(this.#id, this.#send);
    try {
      handler(stream, this);
    } catch (error) {
      const { code, message } = toVarveError(error);
      stream.end({ code, message });
    }
  }

  receive(frame: Frame): void {
    if (frame.type === 'cancel') {
      this.#forget();
      this.lose(new TransportError('cancelled', 'The client cancelled the call.'));
    } else if (frame.type === 'over') {
      this.#forget();
      this.#stream?.close(this.#failure);
    } else {
      this.#stream?.receive(frame);
    }
  }

  /** The client or the connection is gone. */
  lose(error: TransportError): void {
    this.#timer?.cancel();
    if (this.#statusSent && this.#failure === undefined) this.#stream?.close(undefined);
    else this.#fail(this.#failure ?? error);
  }

  /** The server closes: streams end now, unary calls may finish within the grace. */
  shutDown(): void {
    this.#stream?.end(SHUT_DOWN);
  }

  end(status: CallStatus): void {
    this.#last({ type: 'status', call: this.#id, status });
  }

  finish(error: StreamEndError | undefined): void {
    this.end(error === undefined ? { kind: 'ok' } : { kind: 'error', code: error.code, message: error.message });
  }

  reset(): void {
    const failure = new TransportError('cancelled', 'The call was broken off by this side.');
    this.end(transportStatus('closed', 'The other side broke the call off.'));
    this.#failure ??= failure;
    this.#abort?.abort(failure);
    this.#stream?.closeSoon(failure);
  }

  refuse(error: TransportError): void {
    this.#failure ??= error;
    this.#abort?.abort(error);
    this.end(transportStatus(error.kind, error.message));
  }

  /** A stream's end waits for the client to have seen it; a unary call is over with its answer. */
  #last(frame: Frame): void {
    if (this.#statusSent) return;
    this.#statusSent = true;
    this.#timer?.cancel();
    this.#send(frame);
    if (this.#stream === undefined) this.#forget();
  }

  #fail(error: TransportError): void {
    this.#failure ??= error;
    this.#abort?.abort(error);
    this.#stream?.close(this.#failure);
  }

  async #runUnary(handler: UnaryHandler, request: Buffer): Promise<void> {
    try {
      const message = await handler(request, this);
      this.#last({ type: 'answer', call: this.#id, message });
    } catch (error) {
      const { code, message } = toVarveError(error);
      this.end({ kind: 'error', code, message });
    }
  }
}
