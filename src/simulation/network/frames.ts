import type { ErrorName } from '../../common/errors.js';
import type { Headers, TransportErrorKind } from '../../platform/transport.js';

/** How a call ended, as it travels: an error of the table, one of the transport, or none. */
export type CallStatus =
  | { readonly kind: 'ok' }
  | { readonly kind: 'error'; readonly code: ErrorName; readonly message: string }
  | { readonly kind: 'transport'; readonly error: TransportErrorKind; readonly message: string };

/** What travels on a connection: bytes, or the frames of RPC calls, each call with its number. */
export type Frame =
  | { readonly type: 'data'; readonly chunk: Uint8Array }
  | { readonly type: 'window'; readonly bytes: number }
  | {
      readonly type: 'unary';
      readonly call: number;
      readonly method: string;
      readonly headers: Headers;
      readonly timeoutMs: number;
      readonly message: Uint8Array;
    }
  | { readonly type: 'open'; readonly call: number; readonly method: string; readonly headers: Headers }
  | {
      readonly type: 'message';
      readonly call: number;
      readonly message: Uint8Array;
      /** The message's buffer is nobody else's (`RpcStream.allocate`): the receiver may have it. */
      readonly isOwn?: boolean;
    }
  /** The client has sent its last message. */
  | { readonly type: 'end'; readonly call: number }
  /** The client breaks the call off. */
  | { readonly type: 'cancel'; readonly call: number }
  /** A unary call's response and its end in order: small enough to travel in one segment. */
  | { readonly type: 'answer'; readonly call: number; readonly message: Uint8Array }
  /** The server's last word. */
  | { readonly type: 'status'; readonly call: number; readonly status: CallStatus }
  /** The client has seen the server's last word on a stream. */
  | { readonly type: 'over'; readonly call: number }
  | { readonly type: 'credit'; readonly call: number; readonly bytes: number }
  /** The server takes no more calls on this connection. */
  | { readonly type: 'goaway' };

/** Bytes of a frame's payload, for bandwidth and digest. */
export function payloadOf(frame: Frame): Uint8Array | undefined {
  if (frame.type === 'data') return frame.chunk;
  if (frame.type === 'unary' || frame.type === 'message' || frame.type === 'answer') return frame.message;
  return undefined;
}
