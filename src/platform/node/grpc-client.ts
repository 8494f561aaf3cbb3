import { Client, connectivityState as State, credentials } from '@grpc/grpc-js';
import type { ChannelInterface } from '@grpc/grpc-js';
import { TransportError } from '../transport.js';
import type { Headers, RpcClient, RpcConnectOptions, RpcStream } from '../transport.js';
import { StreamCall, UnaryCall } from './grpc-client-call.js';
import type { ClientCall } from './grpc-client-call.js';
import type { GrpcOptions } from './grpc-options.js';
import { metadataFrom } from './grpc-status.js';
import { addressText } from './sockets.js';
import { TlsContexts } from './tls.js';

const MIN_BACKOFF_MS = 50;
const MAX_BACKOFF_MS = 500;
/** Calls that may wait for a connection. */
const MAX_WAITING_CALLS = 4096;
/** grpc-js's default of 30 s would hold on to the address of a host that has moved. */
const MIN_RESOLUTION_MS = 1_000;

/**
 * One connection to one address, made when a call needs it. grpc-js fails a call at once with the result of the last
 * attempt while it backs off; here such a call waits (at most 500 ms) for an attempt of its own and gets that one's
 * result: whoever asks whether a node is dead must not be told of the past.
 */
export class GrpcClient implements RpcClient {
  readonly #connect: RpcConnectOptions;
  readonly #options: GrpcOptions;
  readonly #target: string;
  #tls: TlsContexts | undefined;
  #client: Client | undefined;
  #backoffMs = 0;
  #nextAttemptMs = 0;
  #retryTimer: NodeJS.Timeout | undefined;
  /** All that are not over; closing the client ends them, which grpc-js alone would let go on. */
  readonly #calls = new Set<ClientCall>();
  /** Calls that no channel was there for. */
  readonly #waiting = new Set<ClientCall>();
  /** Calls given to a channel that was not connected yet. */
  readonly #connecting = new Set<ClientCall>();
  #closed = false;

  constructor(connect: RpcConnectOptions, options: GrpcOptions) {
    this.#connect = connect;
    this.#options = options;
    this.#target = addressText(connect);
  }

  unary(method: string, request: Uint8Array, options: { timeoutMs: number; headers?: Headers }): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const call = new UnaryCall({
        target: this.#target,
        method,
        metadata: metadataFrom(options.headers ?? {}),
        request: Buffer.from(request.buffer, request.byteOffset, request.byteLength),
        timeoutMs: options.timeoutMs,
        onDone: this.#onDone,
        resolve,
        reject,
      });
      if (!this.#begin(call)) call.wait();
    });
  }

  stream(method: string, options?: { headers?: Headers }): RpcStream {
    const call = new StreamCall({
      target: this.#target,
      method,
      metadata: metadataFrom(options?.headers ?? {}),
      maxQueuedBytes: this.#options.maxQueuedBytes,
      pool: this.#options.pool,
      release: this.#options.release,
      onDone: this.#onDone,
    });
    this.#begin(call);
    return call.stream;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#retryTimer);
    const error = new TransportError('cancelled', 'The client was closed.');
    for (const call of [...this.#calls]) call.fail(error);
    this.#client?.close();
    this.#client = undefined;
  }

  readonly #onDone = (call: ClientCall): void => {
    this.#calls.delete(call);
    this.#waiting.delete(call);
    this.#connecting.delete(call);
  };

  /** Starts `call`; false when it has to wait for the back-off. */
  #begin(call: ClientCall): boolean {
    this.#calls.add(call);
    if (this.#closed) {
      failSoon(call, new TransportError('cancelled', 'The client was closed.'));
      return true;
    }
    let channel: ChannelInterface | undefined;
    try {
      channel = this.#usableChannel();
    } catch (error) {
      failSoon(call, unreachable(this.#target, error));
      return true;
    }
    if (channel !== undefined) {
      this.#beginOn(channel, call);
      return true;
    }
    if (this.#waiting.size >= MAX_WAITING_CALLS) {
      failSoon(call, new TransportError('unreachable', `Too many calls wait for a connection to ${this.#target}.`));
      return true;
    }
    this.#waiting.add(call);
    this.#retryTimer ??= setTimeout(() => this.#retry(), Math.max(0, this.#nextAttemptMs - performance.now()));
    return false;
  }

  #beginOn(channel: ChannelInterface, call: ClientCall): void {
    const state = channel.getConnectivityState(false);
    if (state !== State.READY) {
      this.#connecting.add(call);
      if (this.#connecting.size === 1) this.#watchAttempt(channel, state, Date.now() + this.#options.connectTimeoutMs);
    }
    call.begin(channel);
  }

  #retry(): void {
    this.#retryTimer = undefined;
    const calls = [...this.#waiting];
    this.#waiting.clear();
    for (const call of calls) this.#begin(call);
  }

  /** The channel, or a new one when the last attempt of the old failed and the back-off has passed. */
  #usableChannel(): ChannelInterface | undefined {
    const state = this.#client?.getChannel().getConnectivityState(false);
    if (state === State.TRANSIENT_FAILURE) {
      if (performance.now() < this.#nextAttemptMs) return undefined;
      this.#discard();
    } else if (state === State.IDLE && this.#tls?.refresh() === true) {
      this.#discard();
    }
    this.#client ??= this.#makeClient();
    return this.#client.getChannel();
  }

  #discard(): void {
    this.#client?.close();
    this.#client = undefined;
  }

  #makeClient(): Client {
    const { connect, options } = { connect: this.#connect, options: this.#options };
    if (connect.tls !== undefined) this.#tls ??= new TlsContexts(connect.tls);
    const security =
      this.#tls === undefined ? credentials.createInsecure() : credentials.createFromSecureContext(this.#tls.current());
    return new Client(this.#target, security, {
      'grpc.max_receive_message_length': connect.maxMessageBytes,
      'grpc.max_send_message_length': -1,
      // One connection a client, shared with no other.
      'grpc.use_local_subchannel_pool': 1,
      'grpc-node.flow_control_window': options.streamWindowBytes,
      'grpc.keepalive_time_ms': options.keepaliveMs,
      'grpc.keepalive_timeout_ms': options.keepaliveTimeoutMs,
      'grpc.initial_reconnect_backoff_ms': MIN_BACKOFF_MS,
      'grpc.max_reconnect_backoff_ms': MAX_BACKOFF_MS,
      'grpc.dns_min_time_between_resolutions_ms': MIN_RESOLUTION_MS,
      'grpc.service_config_disable_resolution': 1,
      'grpc.enable_retries': 0,
      'grpc.enable_http_proxy': 0,
      'grpc.enable_channelz': 0,
    });
  }

  /** Follows an attempt to connect to its end: for the back-off, and to give it up when nobody answers. */
  #watchAttempt(channel: ChannelInterface, state: State, deadlineMs: number): void {
    channel.watchConnectivityState(state, deadlineMs, (late) => {
      if (this.#closed || this.#client?.getChannel() !== channel) return;
      const now = channel.getConnectivityState(false);
      if (now === State.READY) {
        this.#connecting.clear();
        this.#backoffMs = 0;
      } else if (now === State.TRANSIENT_FAILURE) {
        this.#backOff();
        // Their own statuses say why.
        this.#connecting.clear();
      } else if (late !== undefined) {
        this.#giveUp();
      } else {
        this.#watchAttempt(channel, now, deadlineMs);
      }
    });
  }

  #giveUp(): void {
    this.#backOff();
    const error = unreachable(this.#target, `no answer within ${this.#options.connectTimeoutMs} ms`);
    for (const call of [...this.#connecting]) call.fail(error);
    this.#connecting.clear();
    this.#discard();
  }

  /** Sets when the next attempt may be made; each pause is up to a fifth shorter, so that clients do not march in step. */
  #backOff(): void {
    this.#backoffMs = Math.min(Math.max(this.#backoffMs * 2, MIN_BACKOFF_MS), MAX_BACKOFF_MS);
    this.#nextAttemptMs = performance.now() + this.#backoffMs * (0.8 + Math.random() / 5);
  }
}

/** Never before the caller has set its listeners. */
function failSoon(call: ClientCall, error: Error): void {
  process.nextTick(() => call.fail(error));
}

function unreachable(target: string, cause: unknown): TransportError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TransportError('unreachable', `Cannot connect to ${target}: ${reason}.`, { cause });
}
