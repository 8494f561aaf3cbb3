import { InvalidArgumentError } from 'commander';
import type { Address } from '../platform/transport.js';
import { CommandError } from './command-error.js';

/** The GRPC listener's default port. */
export const DEFAULT_BOOTSTRAP = '127.0.0.1:9094';

/** Parses `host:port[,host:port…]`; an IPv6 host stands in brackets. Throws commander's InvalidArgumentError. */
export function parseBootstrap(text: string): Address[] {
  const parts = text.split(',').map((part) => part.trim());
  return parts.map((part) => {
    const match = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(part);
    const host = match?.[1] ?? match?.[2];
    const port = Number(match?.[3]);
    if (host === undefined || !(port >= 1 && port <= 65_535)) {
      throw new InvalidArgumentError(`'${part}' is not host:port, as in ${DEFAULT_BOOTSTRAP}.`);
    }
    return { host, port };
  });
}

/** As `parseBootstrap`, of what `source` says (a variable, a file): throws a CommandError that names it. */
export function bootstrapOf(source: string, text: string): Address[] {
  try {
    return parseBootstrap(text);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new CommandError(`${source}: ${error.message}`, 'Name nodes as host:port, with commas between them.');
  }
}
