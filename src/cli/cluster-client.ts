import { isNotPassedOn, mayBeDone } from '../client/cluster.js';
import { defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { ErrorName } from '../common/errors.js';
import { ERRORS } from '../common/errors.js';
import type { Clock } from '../platform/clock.js';
import { sleep } from '../platform/clock.js';
import type { Address, RpcClient, TlsSource, Transport } from '../platform/transport.js';
import { TransportError } from '../platform/transport.js';
import type { varve } from '../protocol/varve.js';
import { CommandError } from './command-error.js';

/** Answers hold metadata of all topics at most. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** One message type of the generated protocol. */
interface Encoder<Request> {
  encode(message: Request): { finish(): Uint8Array };
}
interface Decoder<Response> {
  decode(bytes: Uint8Array): Response;
}

export interface ClusterClientOptions {
  readonly transport: Transport;
  readonly bootstrap: readonly Address[];
  readonly timeoutMs: number;
  readonly tls?: TlsSource;
  readonly clock: Clock;
}

/** `onAnswerLost` of what may be done twice to the same effect: others are asked, and nobody needs to hear why. */
export const SAME_WHEN_REPEATED = (): void => {};

/** Between two rounds through the bootstrap list. */
const ASK_AGAIN_MS = 100;

/**
 * Calls of the public API's unary methods: the first node of the bootstrap list that answers takes them all (any node
 * takes any request).
 */
export class ClusterClient {
  readonly #options: ClusterClientOptions;
  readonly #clients: RpcClient[] = [];

  constructor(options: ClusterClientOptions) {
    this.#options = options;
  }

  /**
   * Rejects with the VarveError of the answer, or with a CommandError when no node can be reached. `onAnswerLost` is told of
   * each node that may have done what was asked, and did not say so: others are asked the same, and all of them again while
   * they know of no controller, until one can tell or the time-out is over.
   */
  async call<Request, Response>(
    method: string,
    request: Encoder<Request>,
    response: Decoder<Response>,
    message: Request,
    onAnswerLost?: (address: string) => void,
  ): Promise<Response> {
    const { clock, timeoutMs } = this.#options;
    const bytes = request.encode(message).finish();
    const untilMs = clock.monotonicMs() + timeoutMs;
    /** What the first node said whose question to the controller got no answer. */
    let lost: VarveError | undefined;
    const lostAt = new Set<string>();
    for (let round = 1; ; round++) {
      const failures: string[] = [];
      for (const [index, { host, port }] of this.#options.bootstrap.entries()) {
        try {
          const leftMs = round === 1 ? timeoutMs : Math.max(1, Math.min(timeoutMs, untilMs - clock.monotonicMs()));
          const answer = await this.#client(index, { host, port }).unary(method, bytes, { timeoutMs: leftMs });
          return response.decode(answer);
        } catch (error) {
          const isLost = mayBeDone(error);
          if (onAnswerLost !== undefined && isNotPassedOn(error) && (isLost || lostAt.size > 0)) lost ??= error;
          else if (!(error instanceof TransportError)) throw error;
          else failures.push(`${host}:${port}: ${error.message}`);
          if (isLost && !lostAt.has(`${host}:${port}`)) onAnswerLost?.(`${host}:${port}`);
          if (isLost) lostAt.add(`${host}:${port}`);
        }
      }
      if (lost === undefined) {
        throw new CommandError(
          `No node could be reached. ${failures.join('; ')}`,
          'Start one with varve dev, or name one that runs with --bootstrap host:port.',
        );
      }
      if (clock.monotonicMs() >= untilMs) throw lost;
      await sleep(clock, ASK_AGAIN_MS);
    }
  }

  /** The same of one node, the one at `index` of the bootstrap list. */
  async callNode<Request, Response>(
    index: number,
    method: string,
    request: Encoder<Request>,
    response: Decoder<Response>,
    message: Request,
  ): Promise<Response> {
    const address = defined(this.#options.bootstrap[index], 'a node that is asked is in the bootstrap list');
    const bytes = request.encode(message).finish();
    const answer = await this.#client(index, address).unary(method, bytes, { timeoutMs: this.#options.timeoutMs });
    return response.decode(answer);
  }

  close(): void {
    for (const client of this.#clients) client.close();
  }

  #client(index: number, address: Address): RpcClient {
    const made = this.#clients[index];
    if (made !== undefined) return made;
    const { transport, tls } = this.#options;
    const client = transport.connectRpc({
      ...address,
      maxMessageBytes: MAX_ANSWER_BYTES,
      channel: 'cli',
      ...(tls === undefined ? {} : { tls }),
    });
    this.#clients[index] = client;
    return client;
  }
}

/** Throws the VarveError that `error` stands for, if it stands for one; `about` names what failed. */
export function throwIfError(error: varve.v1.IError | null | undefined, about?: string): void {
  if (error === null || error === undefined || (error.code ?? 0) === 0) return;
  const name = error.name ?? '';
  const known = Object.hasOwn(ERRORS, name);
  const text = error.message || (known ? ERRORS[name as ErrorName].text : `Error ${error.code} ${name}.`);
  throw new VarveError(known ? (name as ErrorName) : 'UNKNOWN_SERVER_ERROR', about ? `${about}: ${text}` : text);
}
