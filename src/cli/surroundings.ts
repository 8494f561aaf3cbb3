import type { Platform } from '../platform/platform.js';

/** A stream that the command writes to. */
export interface Output {
  /** False: over the bound; wait for `drained` before writing more. */
  write(chunk: string | Uint8Array): boolean;
  /** Resolves when there is room again, or nobody reads any more. */
  drained(): Promise<void>;
  readonly isTerminal: boolean;
  readonly columns: number | undefined;
}

export interface Input {
  readonly chunks: AsyncIterable<Buffer>;
  readonly isTerminal: boolean;
}

export interface PlatformOptions {
  /** `silent` for everything but a server: what a person asked for is the output. */
  readonly logLevel: 'silent' | 'debug' | 'info' | 'warn' | 'error';
  /** Whether there is a node in it whose metrics somebody may read; false when left out. */
  readonly metrics?: boolean;
}

/** A platform that the command made and must close. */
export interface OwnedPlatform extends Platform {
  close(): Promise<void>;
}

/** Everything outside a run of the `varve` command. `bin/` makes the real one, tests their own. */
export interface Surroundings {
  /** What follows the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by SIGINT, SIGTERM or SIGHUP, with its name as the reason, or as nobody reads any more: finish in order. */
  readonly stop: AbortSignal;
  readonly version: string;
  /** The folder for temporary data. */
  readonly temporaryDirectory: string;
  /** A small text file; rejects with why it cannot be read. */
  readonly readFile: (path: string) => Promise<string>;
  /** Unix milliseconds of a number of them or of a date; undefined for any other text. */
  readonly parseTime: (text: string) => number | undefined;
  /** Made when asked for, so that `varve --help` loads none of it. */
  openPlatform(options: PlatformOptions): Promise<OwnedPlatform>;
}

/** The signal that has asked for an end; undefined for none. */
export function signalOf({ stop }: Pick<Surroundings, 'stop'>): string | undefined {
  const reason: unknown = stop.aborted ? stop.reason : undefined;
  return typeof reason === 'string' ? reason : undefined;
}
