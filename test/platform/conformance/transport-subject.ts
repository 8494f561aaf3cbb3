import type { Test } from 'tap';
import { sleep } from '../../../src/platform/clock.js';
import type { Clock } from '../../../src/platform/clock.js';
import { TransportError } from '../../../src/platform/transport.js';
import type {
  Address,
  RpcClient,
  RpcHandlers,
  RpcServer,
  RpcStream,
  Transport,
  TransportErrorKind,
} from '../../../src/platform/transport.js';

/** Both sides of a network, and a name of the serving host that the other side reaches. */
export interface TransportSubject {
  readonly server: Transport;
  readonly client: Transport;
  readonly host: string;
  readonly clock: Clock;
}

export type Make = (t: Test) => Promise<TransportSubject>;

export const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;
/** Far above what any step takes, far below the time-out of a test file. */
export const PATIENCE_MS = 20_000;

/** Waits until `condition` holds; fails the test by name after a long time. */
export async function until(t: Test, clock: Clock, what: string, condition: () => boolean): Promise<void> {
  const deadline = clock.monotonicMs() + PATIENCE_MS;
  while (!condition()) {
    if (clock.monotonicMs() > deadline) {
      t.fail(`in time: ${what}`);
      return;
    }
    await sleep(clock, 2);
  }
}

/** What came out of a stream, in order. */
export class Recorder {
  readonly messages: Buffer[] = [];
  ended = false;
  closed = false;
  closes = 0;
  error: Error | undefined;

  constructor(stream: RpcStream, options: { readonly keepOpen?: boolean } = {}) {
    stream.onMessage((message) => this.messages.push(message));
    if (options.keepOpen === true) {
      stream.onEnd(() => {
        this.ended = true;
      });
    }
    stream.onClose((error) => {
      this.closed = true;
      this.closes++;
      this.error = error;
    });
  }

  get text(): string {
    return this.messages.map((message) => message.toString()).join(',');
  }
}

export async function serve(t: Test, subject: TransportSubject, handlers: Partial<RpcHandlers>): Promise<RpcServer> {
  const server = await subject.server.serveRpc({
    host: subject.host,
    port: 0,
    handlers: { unary: {}, streams: {}, ...handlers },
    maxMessageBytes: MAX_MESSAGE_BYTES,
  });
  t.teardown(() => server.close(0));
  return server;
}

export function connect(t: Test, subject: TransportSubject, address: Address, channel = 'test'): RpcClient {
  const client = subject.client.connectRpc({ ...address, channel, maxMessageBytes: MAX_MESSAGE_BYTES });
  t.teardown(() => client.close());
  return client;
}

export async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}

export function isTransportError(t: Test, error: unknown, ...kinds: TransportErrorKind[]): void {
  t.type(error, TransportError);
  if (error instanceof TransportError)
    t.ok(kinds.includes(error.kind), `${error.kind} is one of ${kinds.join()}: ${error.message}`);
}
