import { VarveError } from '../../common/errors.js';
import type { Timer } from '../../platform/clock.js';
import { TransportError } from '../../platform/transport.js';
import type { Headers, RpcClient, RpcConnectOptions, RpcStream } from '../../platform/transport.js';
import type { SimulatedProcess } from '../process.js';
import type { SeededRandom } from '../random.js';
import type { ConnectionEnd } from './connection.js';
import { payloadOf } from './frames.js';
import type { CallStatus, Frame } from './frames.js';
import type { SimulatedNetwork } from './network.js';
import { SimulatedRpcStream } from './rpc-stream.js';
import type { StreamSide } from './rpc-stream.js';

const MIN_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 500;
const CONNECT_TIMEOUT_MS = 3_000;
/** A ping after 5 s of silence, and 10 s for its answer. */
export const KEEPALIVE_MS = 15_000;

/** A call that waits for a connection, or has one. */
interface ClientCall {
  begin(call: number, send: (frame: Frame) => void): void;
  receive(frame: Frame): void;
  fail(error: TransportError): void;
}

/** The error that a status stands for; undefined for the end in order. */
export function errorOf(status: CallStatus): Error | undefined {
  if (status.kind === 'ok') return undefined;
  if (status.kind === 'error') return new VarveError(status.code, status.message);
  return new TransportError(status.error, status.message);
}

interface Session {
  readonly end: ConnectionEnd;
  readonly calls: Map<number, ClientCall>;
  goingAway: boolean;
}

/**
 * One connection to one address, made when a call needs it. A call that comes during the back-off after a failed
 * attempt waits for the next attempt and gets its true result.
 */
export class SimulatedRpcClient implements RpcClient {
  readonly #network: SimulatedNetwork;
  readonly #process: SimulatedProcess;
  readonly #random: SeededRandom;
  readonly #options: RpcConnectOptions;
  #session: Session | undefined;
  readonly #sessions = new Set<Session>();
  readonly #waiting = new Set<ClientCall>();
  #nextCall = 1;
  #dialing = false;
  #backoffMs = 0;
  #nextDialMs = 0;
  #closed = false;

  constructor(options: {
    network: SimulatedNetwork;
    process: SimulatedProcess;
    random: SeededRandom;
    connect: RpcConnectOptions;
  }) {
    this.#network = options.network;
    this.#process = options.process;
    this.#random = options.random;
    this.#options = options.connect;
  }

  unary(method: string, request: Uint8Array, options: { timeoutMs: number; headers?: Headers }): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (!this.#process.alive) return;
      const { timeoutMs, headers = {} } = options;
      const call = new UnaryCall({
        process: this.#process,
        maxMessageBytes: this.#options.maxMessageBytes,
        request: { method, headers, timeoutMs, message: request },
        forget: () => this.#waiting.delete(call),
        resolve,
        reject,
      });
      this.#begin(call);
    });
  }

  stream(method: string, options: { headers?: Headers } = {}): RpcStream {
    const call = new StreamCall({
      process: this.#process,
      maxMessageBytes: this.#options.maxMessageBytes,
      method,
      headers: options.headers ?? {},
      forget: () => this.#waiting.delete(call),
    });
    this.#begin(call);
    return call.stream;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const call of waiting) call.fail(new TransportError('cancelled', 'The client was closed.'));
    for (const session of this.#sessions) {
      session.end.destroy();
      this.#lose(session, new TransportError('closed', 'The client was closed before the call was over.'));
    }
  }

  #begin(call: ClientCall): void {
    if (!this.#process.alive) return;
    if (this.#closed) {
      const error = new TransportError('cancelled', 'The client was closed.');
      this.#process.schedule(0, 'network', () => call.fail(error));
      return;
    }
    if (this.#session !== undefined) {
      this.#start(this.#session, call);
      return;
    }
    this.#waiting.add(call);
    if (this.#dialing) return;
    this.#dialing = true;
    const waitMs = this.#nextDialMs - this.#network.scheduler.nowMs;
    if (waitMs > 0) this.#process.schedule(waitMs, 'timer', () => void this.#dial());
    else void this.#dial();
  }

  #start(session: Session, call: ClientCall): void {
    const id = this.#nextCall++;
    session.calls.set(id, call);
    call.begin(id, (frame) => {
      session.end.send(frame, payloadOf(frame)?.length ?? 0);
      if (frame.type === 'cancel') this.#end(session, id);
    });
  }

  #end(session: Session, id: number): void {
    session.calls.delete(id);
    if (session.goingAway && session.calls.size === 0) {
      session.end.close();
      this.#sessions.delete(session);
    }
  }

  async #dial(): Promise<void> {
    if (this.#closed) return;
    try {
      const end = await this.#network.connect({
        process: this.#process,
        address: this.#options,
        timeoutMs: CONNECT_TIMEOUT_MS,
        keepaliveMs: KEEPALIVE_MS,
      });
      this.#dialing = false;
      if (this.#closed) end.destroy();
      else this.#adopt(end);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      this.#dialing = false;
      this.#backOff();
      const waiting = [...this.#waiting];
      this.#waiting.clear();
      for (const call of waiting) call.fail(error);
    }
  }

  #adopt(end: ConnectionEnd): void {
    const session: Session = { end, calls: new Map(), goingAway: false };
    this.#session = session;
    this.#sessions.add(session);
    this.#backoffMs = 0;
    this.#nextDialMs = this.#network.scheduler.nowMs + MIN_BACKOFF_MS * this.#random.between(0.8, 1);
    end.handle({
      onFrame: (frame) => {
        if (frame.type === 'goaway') {
          if (this.#session === session) this.#session = undefined;
          session.goingAway = true;
          if (session.calls.size === 0) this.#end(session, 0);
        } else if ('call' in frame) {
          session.calls.get(frame.call)?.receive(frame);
          if (frame.type === 'answer' || frame.type === 'status') this.#end(session, frame.call);
        }
      },
      onBreak: (error) => {
        this.#lose(session, error ?? new TransportError('closed', 'The other side closed the connection.'));
      },
    });
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const call of waiting) this.#start(session, call);
  }

  #lose(session: Session, error: TransportError): void {
    if (this.#session === session) this.#session = undefined;
    this.#sessions.delete(session);
    const calls = [...session.calls.values()];
    session.calls.clear();
    for (const call of calls) call.fail(error);
  }

  #backOff(): void {
    this.#backoffMs = Math.min(Math.max(this.#backoffMs * 2, MIN_BACKOFF_MS), MAX_BACKOFF_MS);
    this.#nextDialMs = this.#network.scheduler.nowMs + this.#backoffMs * this.#random.between(0.8, 1);
  }
}

interface UnaryCallOptions {
  readonly process: SimulatedProcess;
  readonly maxMessageBytes: number;
  readonly request: { method: string; headers: Headers; timeoutMs: number; message: Uint8Array };
  readonly forget: () => void;
  readonly resolve: (response: Buffer) => void;
  readonly reject: (error: Error) => void;
}

class UnaryCall implements ClientCall {
  readonly #options: UnaryCallOptions;
  readonly #timer: Timer;
  #id = 0;
  #send: ((frame: Frame) => void) | undefined;
  #settled = false;

  constructor(options: UnaryCallOptions) {
    this.#options = options;
    const { timeoutMs } = options.request;
    this.#timer = options.process.schedule(timeoutMs, 'timer', () => {
      this.#send?.({ type: 'cancel', call: this.#id });
      this.fail(new TransportError('timeout', `No answer within ${timeoutMs} ms.`));
    });
  }

  begin(call: number, send: (frame: Frame) => void): void {
    if (this.#settled) return;
    this.#id = call;
    this.#send = send;
    send({ type: 'unary', call, ...this.#options.request });
  }

  receive(frame: Frame): void {
    if (frame.type === 'answer') this.#answer(frame.message);
    else if (frame.type === 'status') {
      this.fail(
        errorOf(frame.status) ?? new TransportError('protocol', 'The call ended in order, but without a response.'),
      );
    }
  }

  fail(error: Error): void {
    this.#settle(() => this.#options.reject(error));
  }

  #answer(message: Uint8Array): void {
    if (message.length <= this.#options.maxMessageBytes) {
      this.#settle(() => this.#options.resolve(Buffer.from(message)));
    } else this.fail(new TransportError('tooLarge', `An answer of ${message.length} bytes is over the limit.`));
  }

  #settle(settle: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#timer.cancel();
    this.#options.forget();
    settle();
  }
}

class StreamCall implements ClientCall, StreamSide {
  readonly endsCall = false;
  readonly stream: SimulatedRpcStream;
  readonly #method: string;
  readonly #headers: Headers;
  readonly #forget: () => void;
  #id = 0;
  #send: ((frame: Frame) => void) | undefined;

  constructor(options: {
    process: SimulatedProcess;
    maxMessageBytes: number;
    method: string;
    headers: Headers;
    forget: () => void;
  }) {
    this.#method = options.method;
    this.#headers = options.headers;
    this.#forget = options.forget;
    this.stream = new SimulatedRpcStream(this, options.process, options.maxMessageBytes);
  }

  begin(call: number, send: (frame: Frame) => void): void {
    this.#id = call;
    this.#send = send;
    send({ type: 'open', call, method: this.#method, headers: this.#headers });
    this.stream.attach(call, send);
  }

  receive(frame: Frame): void {
    if (frame.type !== 'status') {
      this.stream.receive(frame);
      return;
    }
    this.#send?.({ type: 'over', call: this.#id });
    this.stream.close(errorOf(frame.status));
  }

  fail(error: TransportError): void {
    this.stream.close(error);
  }

  finish(): void {
    this.#send?.({ type: 'end', call: this.#id });
  }

  reset(): void {
    this.#forget();
    this.#send?.({ type: 'cancel', call: this.#id });
    this.stream.closeSoon(new TransportError('cancelled', 'The call was cancelled.'));
  }

  refuse(): void {
    this.#send?.({ type: 'cancel', call: this.#id });
  }
}
