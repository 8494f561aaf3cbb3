import type { BufferPool } from '../buffer-pool.js';
import type { BufferRelease } from './buffer-release.js';

/** What is set for all connections of a transport. */
export interface GrpcOptions {
  /** Bytes of one stream that may be on the way or wait unread; HTTP/2's own 64 KiB would stall every bulk transfer. */
  readonly streamWindowBytes: number;
  /** Pings this often, and gives a peer up that does not answer one within `keepaliveTimeoutMs`. */
  readonly keepaliveMs: number;
  readonly keepaliveTimeoutMs: number;
  /** Bytes a stream may hold back before `send` says so. */
  readonly maxQueuedBytes: number;
  /** Memory for the messages of all streams. */
  readonly pool: BufferPool;
  /** Frees what connections were read into. Without one, in a program that is not this package's own, the collector does. */
  readonly release?: BufferRelease;
  /** Calls that one connection may have open at a time. */
  readonly maxStreams: number;
  /** From the begin of a unary call until its client has sent all of its request. */
  readonly maxReceiveMs: number;
  /** A connection that is not there by then counts as unreachable: the kernel would try for two minutes. */
  readonly connectTimeoutMs: number;
}
