/**
 * Where grpc-js has no way of its own and reaching behind its interface is worth it. Each function looks before it
 * touches, and does the next best thing should a later version hide what it looks for.
 */
import { EventEmitter } from 'node:events';
import { constants } from 'node:http2';
import { status as Status } from '@grpc/grpc-js';
import type { Server, ServerInterceptingCallInterface } from '@grpc/grpc-js';

/**
 * Node hands a connection's window back as soon as bytes arrive, so that streams that are not read never stall their
 * neighbours: this one only has to cover the distance.
 */
const CONNECTION_WINDOW_FACTOR = 4;

/**
 * Of an HTTP/2 frame that a server receives (RFC 9113, section 4.2; the default is 16 KiB). Each piece of a frame passes through
 * Node's streams by itself, and a socket is read 64 KiB at a time; yet whatever else a connection carries waits for a frame
 * that has begun. Node itself sends none above 16 KiB, whatever its peer takes: it is clients in other languages that may.
 */
export const MAX_FRAME_BYTES = 256 * 1024;

/**
 * Widens what a server lets its clients send ahead. grpc-js does so for clients alone (`grpc-node.flow_control_window`);
 * with HTTP/2's default of 64 KiB a producer reaches a third of the throughput. Call it before the server has a port,
 * and the function it gives after.
 */
export function widenServerWindows(server: Server, streamWindowBytes: number): () => void {
  const options: unknown = Reflect.get(server, 'commonServerOptions');
  if (typeof options === 'object' && options !== null) {
    const known: unknown = Reflect.get(options, 'settings');
    const settings = typeof known === 'object' && known !== null ? known : {};
    Reflect.set(options, 'settings', {
      ...settings,
      initialWindowSize: streamWindowBytes,
      maxFrameSize: MAX_FRAME_BYTES,
    });
  }
  return () => {
    const servers: unknown = Reflect.get(server, 'http2Servers');
    if (!(servers instanceof Map)) return;
    for (const http2Server of servers.keys()) {
      if (http2Server instanceof EventEmitter) http2Server.on('session', widenSession);
    }
  };
  function widenSession(session: { setLocalWindowSize?(bytes: number): void }): void {
    session.setLocalWindowSize?.(streamWindowBytes * CONNECTION_WINDOW_FACTOR);
  }
}

/**
 * From now on the call sends frames (gRPC's five bytes, then the message) as they are. grpc-js would copy each message
 * behind its five bytes, into memory made for it. False when this version cannot.
 */
export function acceptServerFrames(call: ServerInterceptingCallInterface): boolean {
  if (typeof Reflect.get(call, 'serializeMessage') !== 'function') return false;
  return Reflect.set(call, 'serializeMessage', (frame: Buffer) => frame);
}

/** The same for a client's call: frames go past its filters, of which compression, unused here, is the only one. */
export function acceptClientFrames(call: object): boolean {
  if (typeof Reflect.get(call, 'sendMessageOnChild') !== 'function') return false;
  return Reflect.set(call, 'sendMessageOnChild', (context: unknown, frame: Buffer) => {
    const child: unknown = Reflect.get(call, 'child');
    const send: unknown =
      typeof child === 'object' && child !== null ? Reflect.get(child, 'sendMessageWithContext') : 0;
    if (typeof send !== 'function') throw new TypeError('A call of grpc-js has a child that sends.');
    send.call(child, context, frame);
  });
}

/** What joins the pieces of a call's messages. */
export interface Decoder {
  write(piece: Buffer): Buffer[];
}

/** grpc-js's decoder is between two messages. */
const NOTHING_READ = 0;

/** Has what arrives on a server's call joined by what `make` gives, in the place of grpc-js's own, as long as nothing has arrived. */
export function decodeServerMessages(call: object, make: (maxMessageBytes: number) => Decoder): void {
  const decoder = propertyOf(call, 'decoder');
  const maxMessageBytes = propertyOf(decoder, 'maxReadMessageLength');
  if (typeof maxMessageBytes !== 'number' || propertyOf(decoder, 'readState') !== NOTHING_READ) return;
  Reflect.set(call, 'decoder', make(maxMessageBytes));
}

/** The same for a client's call, once it has an HTTP/2 stream. */
export function decodeClientMessages(call: object, make: (maxMessageBytes: number) => Decoder): void {
  const holder = holderOfStream(call);
  if (typeof holder === 'object' && holder !== null) decodeServerMessages(holder, make);
}

/** A call has a call of its own, which may have tried several times, and so on; the innermost one has the HTTP/2 stream. */
function holderOfStream(call: object): unknown {
  let holder: unknown = call;
  while (typeof holder === 'object' && holder !== null && !Reflect.has(holder, 'http2Stream')) {
    const attempts = propertyOf(holder, 'underlyingCalls');
    holder = Array.isArray(attempts) ? propertyOf(attempts.at(-1), 'call') : propertyOf(holder, 'child');
  }
  return holder;
}

function propertyOf(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

/** Resets a call's HTTP/2 stream; grpc-js alone would first wait for a client that may never read again. */
export function breakOffServerCall(call: ServerInterceptingCallInterface): void {
  const stream: unknown = Reflect.get(call, 'stream');
  const close: unknown = typeof stream === 'object' && stream !== null ? Reflect.get(stream, 'close') : undefined;
  if (typeof close === 'function') close.call(stream, constants.NGHTTP2_CANCEL);
  else call.sendStatus({ code: Status.CANCELLED, details: 'The server broke the call off.' });
}

/** True when the call was cancelled or its connection lost, though grpc-js may not have said so yet. */
export function isServerCallCut(call: ServerInterceptingCallInterface): boolean {
  const stream: unknown = Reflect.get(call, 'stream');
  if (typeof stream !== 'object' || stream === null) return false;
  return ['aborted', 'closed', 'destroyed'].some((flag) => Reflect.get(stream, flag) === true);
}

/** Tells of each piece of a request that arrives on a call, before it is a message. */
export function onRequestBytes(call: ServerInterceptingCallInterface, listener: (bytes: number) => void): void {
  const stream: unknown = Reflect.get(call, 'stream');
  if (stream instanceof EventEmitter) stream.on('data', (data: Uint8Array) => listener(data.length));
}

/**
 * Has the compressed messages of a call inflated by `inflate`, each one when it is asked for: grpc-js inflates all that has
 * arrived, at once. Returns what to call after each `startRead`.
 */
export function inflateWhenRead(
  call: ServerInterceptingCallInterface,
  inflate: (message: Buffer, encoding: string) => Promise<Buffer>,
): () => void {
  const original: unknown = Reflect.get(call, 'decompressMessage');
  if (typeof original !== 'function' || !Reflect.has(call, 'readQueue')) return () => {};
  const waiting: { readonly message: Buffer; readonly begin: () => void }[] = [];
  const isNext = (message: Buffer): boolean => {
    const queue: unknown = Reflect.get(call, 'readQueue');
    const head: unknown = Array.isArray(queue) ? queue[0] : undefined;
    const isHead = typeof head === 'object' && head !== null && Reflect.get(head, 'compressedMessage') === message;
    return isHead && Reflect.get(call, 'isReadPending') === true;
  };
  Reflect.set(call, 'decompressMessage', (message: Buffer, encoding: string): unknown => {
    if (encoding === 'identity') return original.call(call, message, encoding);
    const begin = (): Promise<Buffer> => inflate(message.subarray(FRAME_BYTES), encoding);
    if (isNext(message)) return begin();
    return new Promise<Buffer>((resolve, reject) => {
      waiting.push({ message, begin: () => void begin().then(resolve, reject) });
    });
  });
  return () => {
    const [first] = waiting;
    if (first === undefined || !isNext(first.message)) return;
    waiting.shift();
    first.begin();
  };
}

/** gRPC's own bytes before a message. */
const FRAME_BYTES = 5;

/** A client hears the status first: a reset that is queued behind it would overtake it. */
const RESET_AFTER_MS = 5_000;

/**
 * After the status of a call whose client has not ended its side: lets go of what has come of its request, drops what is
 * still to come, and resets the stream in a while, should the client not do so by then.
 */
export function refuseTheRest(call: ServerInterceptingCallInterface, resetAfterMs = RESET_AFTER_MS): void {
  if (Reflect.has(call, 'decoder')) Reflect.set(call, 'decoder', { write: () => [] });
  if (Reflect.has(call, 'readQueue')) Reflect.set(call, 'readQueue', []);
  const stream: unknown = Reflect.get(call, 'stream');
  if (typeof stream !== 'object' || stream === null) return;
  const resume: unknown = Reflect.get(stream, 'resume');
  if (typeof resume === 'function') resume.call(stream);
  if (isServerCallCut(call)) return;
  const timer = setTimeout(() => breakOffServerCall(call), resetAfterMs);
  timer.unref();
  if (stream instanceof EventEmitter) stream.once('close', () => clearTimeout(timer));
}
