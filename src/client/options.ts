import { VarveError } from '../common/errors.js';
import type { Logger } from '../platform/observe.js';
import type { Address, TlsSource } from '../platform/transport.js';
import type { ClientPlatform } from './platform.js';
import { realClientPlatform } from './platform.js';

/** What every client of a cluster takes. */
export interface ClientOptions {
  /** Any nodes of the cluster, `host:port` of their GRPC listeners (Kafka's `bootstrap.servers`). */
  readonly bootstrap: string | readonly string[];
  /** Ends up in the nodes' logs; default `varve`. */
  readonly clientId?: string;
  /** Where given, connections use TLS; with certificate and key, mutual TLS. */
  readonly tls?: TlsSource;
  /** Milliseconds for one request without its retries (`request.timeout.ms`); default 30,000. */
  readonly requestTimeoutMs?: number;
  readonly logger?: Logger;
  /** The outside; the real one unless a simulation gives its own. */
  readonly platform?: ClientPlatform;
}

/** `leader` (default): straight to each partition's leader. `bootstrap`: one node of the list forwards all. */
export type Routing = 'leader' | 'bootstrap';

export const DEFAULT_REQUEST_TIMEOUT_MS = 30_000;
export const DEFAULT_CLIENT_ID = 'varve';
const DEFAULT_PORT = 9094;

/** Reads `host:port` (or `[v6]:port`, or `host` alone for port 9094); throws INVALID_CONFIG for anything else. */
export function parseAddress(text: string): Address {
  const match = /^(?:\[([^\]]+)\]|([^:\s]+))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? DEFAULT_PORT : Number(match[3]);
  if (host === undefined || port < 1 || port > 65535) {
    throw new VarveError('INVALID_CONFIG', `bootstrap must be host:port, not '${text}'.`);
  }
  return { host, port };
}

export function parseBootstrap(bootstrap: string | readonly string[]): Address[] {
  const texts: unknown = typeof bootstrap === 'string' ? bootstrap.split(',') : bootstrap;
  if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
    throw new VarveError('INVALID_CONFIG', `bootstrap must be host:port, or a list of such, not ${String(bootstrap)}.`);
  }
  const addresses = texts.filter((text) => text.trim() !== '').map(parseAddress);
  if (addresses.length === 0) {
    throw new VarveError('INVALID_CONFIG', 'bootstrap names no node: give at least one host:port.');
  }
  return addresses;
}

export function clientPlatform(options: ClientOptions): ClientPlatform {
  return options.platform ?? realClientPlatform(options.logger);
}

/** What ClientOptions has. */
export const CLIENT_OPTIONS = {
  bootstrap: true,
  clientId: true,
  tls: true,
  requestTimeoutMs: true,
  logger: true,
  platform: true,
} as const satisfies Record<keyof ClientOptions, true>;

/** Throws INVALID_CONFIG for an option that there is not: what is spelt wrong must not be left out in silence. */
export function checkNames(options: unknown, known: Readonly<Record<string, true>>, what: string): void {
  if (typeof options !== 'object' || options === null) {
    throw new VarveError('INVALID_CONFIG', `A ${what} takes an object of options, with 'bootstrap' at least.`);
  }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || Object.hasOwn(known, name)) continue;
    throw new VarveError(
      'INVALID_CONFIG',
      `A ${what} has no option '${name}'. There are: ${Object.keys(known).join(', ')}.`,
    );
  }
}

/** The value, or INVALID_CONFIG unless it is an integer in least .. most. */
export function checkedInteger(value: number, least: number, most: number, name: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new VarveError('INVALID_CONFIG', `${name} must be an integer from ${least} to ${most}, not ${value}.`);
}

/** The way that was chosen, or INVALID_CONFIG. */
export function checkedRouting(routing: Routing = 'leader'): Routing {
  if (routing === 'leader' || routing === 'bootstrap') return routing;
  throw new VarveError('INVALID_CONFIG', `routing must be 'leader' or 'bootstrap', not '${String(routing)}'.`);
}

/** How an address is told from others. */
export function addressKey(address: Address): string {
  return `${address.host}:${address.port}`;
}
