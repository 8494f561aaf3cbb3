import { VarveError } from '../common/errors.js';
import type { ErrorName } from '../common/errors.js';
import { FileSystemError } from '../platform/file-system.js';
import { TransportError } from '../platform/transport.js';

/** Exit codes of the `varve` command. */
export const EXIT = { ok: 0, failure: 1, usage: 2 } as const;

/** A failure that the command tells its user: what was wrong, and what to do. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly advice: string | undefined;

  constructor(message: string, advice?: string, options?: { cause?: unknown }) {
    super(message, options);
    this.advice = advice;
  }
}

const ADVICE: Partial<Record<ErrorName, string>> = {
  UNKNOWN_TOPIC_OR_PARTITION: 'See the topics that there are: varve topics list',
  TOPIC_ALREADY_EXISTS: 'To accept an existing topic: varve topics create --if-not-exists',
  INVALID_REPLICATION_FACTOR: 'See the brokers that are up: varve cluster status',
  NOT_ENOUGH_REPLICAS: 'See which replicas are missing: varve topics describe --under-replicated',
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: 'See which replicas are missing: varve topics describe --under-replicated',
  LEADER_NOT_AVAILABLE: 'See which brokers are up: varve cluster status',
  NOT_CONTROLLER: 'The quorum has no leader at the moment. See varve quorum status',
  REQUEST_TIMED_OUT: 'See which nodes are up: varve cluster status',
  OFFSET_OUT_OF_RANGE: 'Read from where the log starts: varve consume --from-beginning',
  UNSUPPORTED_VERSION: 'The node is older than this command. Use the varve of its version.',
  MESSAGE_TOO_LARGE: 'Let the topic take more: varve topics alter NAME --config max.message.bytes=BYTES',
  TOPIC_AUTHORIZATION_FAILED: 'Ask for the right to it, or name other credentials with --command-config.',
};

/** What a person may do about an error; undefined where its message says all there is. */
export function adviceFor(code: ErrorName): string | undefined {
  return ADVICE[code];
}

/** Text for a person: one sentence and, where there is one, the next step. */
export function describeError(error: unknown): { readonly message: string; readonly advice: string | undefined } {
  if (error instanceof CommandError) return { message: error.message, advice: error.advice };
  if (error instanceof VarveError) {
    return { message: `${error.message} (${error.code})`, advice: ADVICE[error.code] };
  }
  if (error instanceof TransportError) return { message: error.message, advice: transportAdvice(error) };
  if (error instanceof FileSystemError) {
    return {
      message: error.message,
      advice: error.kind === 'locked' ? 'Stop the node that uses it first.' : undefined,
    };
  }
  return { message: error instanceof Error ? error.message : String(error), advice: undefined };
}

function transportAdvice(error: TransportError): string | undefined {
  if (error.kind === 'addressInUse')
    return 'Stop the other process, or choose another port in listeners (0 takes a free one).';
  if (error.kind === 'denied') return 'Choose an address of this machine, and a port of at least 1024.';
  if (error.kind !== 'refused' && error.kind !== 'unreachable' && error.kind !== 'timeout') return undefined;
  return 'Is a node listening there? Start one with varve dev, or name it with --bootstrap.';
}
