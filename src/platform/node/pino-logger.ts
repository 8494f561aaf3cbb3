import { pino } from 'pino';
import type { Logger as Pino } from 'pino';
import type { Logger } from '../observe.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export interface PinoLoggerOptions {
  readonly level: LogLevel;
  /** File descriptor that takes the lines, one JSON object each; standard error by default. */
  readonly descriptor?: number;
}

/** Bytes of lines that may wait for a slow reader of the log; past it lines are dropped, never the node stopped. */
const MAX_WAITING_BYTES = 4 * 1024 * 1024;

/** A logger to a file descriptor, and the end of it. */
export function openPinoLogger(options: PinoLoggerOptions): { readonly logger: Logger; close(): void } {
  const destination = pino.destination({ dest: options.descriptor ?? 2, sync: false, maxLength: MAX_WAITING_BYTES });
  // A closed or full log is no reason to stop a node.
  destination.on('error', () => {});
  const { level } = options;
  const serializers = { error: pino.stdSerializers.err };
  const base = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers }, destination);
  return {
    logger: new PinoLogger(base),
    close() {
      try {
        destination.flushSync();
      } catch {
        // Nothing was written yet, or nobody reads any more.
      }
    },
  };
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
