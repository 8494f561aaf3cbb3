import type { Http2Session, Settings } from 'node:http2';

export interface GrpcSessionOptions {
  /** Bytes of one stream that may be on the way or wait unread; HTTP/2's own 64 KiB would stall every bulk transfer. */
  readonly streamWindowBytes: number;
  /** Pings this often, and gives a peer up that does not answer one within `keepaliveTimeoutMs`. */
  readonly keepaliveMs: number;
  readonly keepaliveTimeoutMs: number;
  /** Bytes a stream may hold back before `send` says so. */
  readonly maxQueuedBytes: number;
  /** Streams that one connection may have open at a time. */
  readonly maxStreams: number;
}

/**
 * Node hands a connection's window back as soon as bytes arrive, so that streams that are not read never stall their
 * neighbours: this one only has to cover the distance.
 */
const CONNECTION_WINDOW_FACTOR = 4;
/** HTTP/2's default of 16 KiB costs a header and a call a frame; larger than this gained nothing. */
const MAX_FRAME_BYTES = 256 * 1024;
/** MiB of queued data, counted by Node for the connection as a whole; streams are bounded one by one instead. */
export const MAX_SESSION_MEMORY = 1 << 16;

export function http2Settings(options: GrpcSessionOptions): Settings {
  return {
    initialWindowSize: options.streamWindowBytes,
    maxFrameSize: MAX_FRAME_BYTES,
    maxConcurrentStreams: options.maxStreams,
    enablePush: false,
  };
}

/** Sets the connection's window and starts the keep-alive; both end with the session. */
export function prepareSession(session: Http2Session, options: GrpcSessionOptions): void {
  session.setLocalWindowSize(options.streamWindowBytes * CONNECTION_WINDOW_FACTOR);
  let answerTimer: NodeJS.Timeout | undefined;
  const pingTimer = setInterval(() => {
    if (answerTimer !== undefined || session.destroyed) return;
    answerTimer = setTimeout(() => session.destroy(), options.keepaliveTimeoutMs);
    answerTimer.unref();
    session.ping((error) => {
      clearTimeout(answerTimer);
      answerTimer = undefined;
      if (error !== null && !session.destroyed) session.destroy();
    });
  }, options.keepaliveMs);
  pingTimer.unref();
  session.once('close', () => {
    clearInterval(pingTimer);
    clearTimeout(answerTimer);
  });
}
