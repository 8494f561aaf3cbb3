import type { ServerInterceptingCallInterface } from '@grpc/grpc-js';
import type { ErrorName } from '../../common/errors.js';
import { onRequestBytes } from './grpc-internals.js';
import type { HeldByCall, CallBudget } from './call-budget.js';

export interface UnaryRequestOptions {
  readonly receivingUnary: CallBudget;
  readonly maxReceiveMs: number;
}

/** What a call costs of which nothing but its headers has come (measured: 5.8 KiB). */
export const CALL_BYTES = 6 * 1024;

/**
 * The request of a unary call until its client says that this was all. A client may take its time over that, or never do so, and
 * open a thousand such calls: what they hold, and how long, is bounded.
 */
export class UnaryRequest implements HeldByCall {
  message: Buffer | undefined;
  heldBytes = 0;
  readonly #options: UnaryRequestOptions;
  readonly #refuse: (code: ErrorName, message: string) => void;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  /** `refuse` ends the call. */
  constructor(options: UnaryRequestOptions, refuse: (code: ErrorName, message: string) => void) {
    this.#options = options;
    this.#refuse = refuse;
  }

  begin(call: ServerInterceptingCallInterface): void {
    const { maxReceiveMs } = this.#options;
    onRequestBytes(call, (bytes) => this.#hold(bytes));
    this.#timer = setTimeout(() => {
      this.end();
      this.#refuse(
        'REQUEST_TIMED_OUT',
        `The request was not whole within ${maxReceiveMs} ms: send it, and end the call's side.`,
      );
    }, maxReceiveMs);
    this.#hold(CALL_BYTES);
  }

  /** What was compressed on its way takes more room from now on. */
  receive(message: Buffer): void {
    this.message = message;
    this.#hold(Math.max(0, message.length + CALL_BYTES - this.heldBytes));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  turnAway(): void {
    this.end();
    this.#refuse(
      'THROTTLING_QUOTA_EXCEEDED',
      'The node has no room for more of requests that are not whole yet, and this one began first: try again later.',
    );
  }

  /** It is whole, or over: nothing is held for it any more. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#options.receivingUnary.leave(this);
    this.message = undefined;
  }

  #hold(bytes: number): void {
    if (this.#isOver) return;
    this.heldBytes += bytes;
    this.#options.receivingUnary.take(this, bytes);
  }
}

/**
 * The message of a stream that is on its way, until it is whole. A stream may pause between messages as long as it likes; one
 * that stops within a message is broken off when others need the room.
 */
export class IncomingMessage implements HeldByCall {
  heldBytes = 0;
  readonly #receiving: CallBudget;
  readonly #breakOff: () => void;

  constructor(receiving: CallBudget, breakOff: () => void) {
    this.#receiving = receiving;
    this.#breakOff = breakOff;
  }

  begin(call: ServerInterceptingCallInterface): void {
    if (!this.#receiving.isBounded) return;
    onRequestBytes(call, (bytes) => {
      this.heldBytes += bytes;
      this.#receiving.take(this, bytes);
    });
  }

  /** The message is whole, or the call over. Of the next one, what came in the same piece is not counted. */
  end(): void {
    this.#receiving.leave(this);
    this.heldBytes = 0;
  }

  turnAway(): void {
    this.end();
    this.#breakOff();
  }
}
