import { pino } from 'pino';
import type { Logger as Pino } from 'pino';
import type { Logger } from '../observe.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface PinoLoggerOptions {
  readonly level: LogLevel;
  /** File descriptor that takes the lines, one JSON object each; standard error by default. */
  readonly descriptor?: number;
}

/**
 * A logger to a file descriptor. Lines are written at once, so that the last ones before a crash are there; should a
 * pipe be full and not blocking, they are dropped and the node goes on.
 */
export function openPinoLogger(options: PinoLoggerOptions): Logger {
  const destination = pino.destination({ dest: options.descriptor ?? 2, sync: true, retryEAGAIN: () => false });
  // A log that cannot be written is no reason to stop a node.
  destination.on('error', () => {});
  const { level } = options;
  const serializers = { error: pino.stdSerializers.err };
  return new PinoLogger(
    pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }, destination),
  );
}

class PinoLogger implements Logger {
  readonly #pino: Pino;

  constructor(logger: Pino) {
    this.#pino = logger;
  }

  debug(fields: Record<string, unknown>, message: string): void {
    this.#pino.debug(fields, message);
  }

  info(fields: Record<string, unknown>, message: string): void {
    this.#pino.info(fields, message);
  }

  warn(fields: Record<string, unknown>, message: string): void {
    this.#pino.warn(fields, message);
  }

  error(fields: Record<string, unknown>, message: string): void {
    this.#pino.error(fields, message);
  }

  child(fields: Record<string, unknown>): Logger {
    return new PinoLogger(this.#pino.child(fields));
  }
}
