import type { VarveError } from '../common/errors.js';
import type { Producer } from '../client/producer/producer.js';
import type { ProducerRecord } from '../client/producer/producer-record.js';
import type { CompressionName } from '../record/batch-header.js';
import { CommandError, adviceFor } from './command-error.js';
import { linesOf } from './lines.js';
import type { ConnectionOptions, Session } from './session.js';
import { bootstrapTexts, withSession } from './session.js';
import type { Surroundings } from './surroundings.js';
import { signalOf } from './surroundings.js';
import { untilStopped } from './until-stopped.js';

export interface ProduceOptions extends ConnectionOptions {
  readonly keySeparator?: string;
  readonly partition?: number;
  readonly header?: ReadonlyMap<string, string>;
  readonly nullMarker?: string;
  readonly acks: 'all' | '1' | '0';
  readonly compression: CompressionName;
  readonly lingerMs: number;
  readonly batchSize: number;
  readonly quiet?: boolean;
}

const MAX_LINE_BYTES = 64 * 1024 * 1024;
const PROGRESS_MS = 250;
/** The most that the client takes. */
const MAX_TIMEOUT_MS = 3_600_000;

interface Counts {
  sent: number;
  acknowledged: number;
  failed: number;
  bytes: number;
  firstError: VarveError | undefined;
  /** All lines of the input were read. */
  isInputRead: boolean;
}

/** Sends each line of standard input as a record; rejects when one of them failed. */
export function produceLines(surroundings: Surroundings, topic: string, options: ProduceOptions): Promise<void> {
  return withSession(surroundings, options, async (session) => {
    const { platform, bootstrap, tls, report } = session;
    const { Producer: Client } = await import('../client/producer/producer.js');
    const producer = new Client({
      bootstrap: bootstrapTexts(bootstrap),
      platform,
      acks: options.acks === 'all' ? 'all' : options.acks === '1' ? 1 : 0,
      compression: options.compression,
      lingerMs: options.lingerMs,
      batchSizeBytes: options.batchSize,
      maxRequestBytes: MAX_LINE_BYTES,
      maxBlockMs: Math.min(options.timeoutMs, MAX_TIMEOUT_MS),
      requestTimeoutMs: Math.min(options.timeoutMs, MAX_TIMEOUT_MS),
      ...(tls === undefined ? {} : { tls }),
    });
    const counts: Counts = { sent: 0, acknowledged: 0, failed: 0, bytes: 0, firstError: undefined, isInputRead: false };
    const startMs = platform.clock.monotonicMs();
    const progress = showProgress(session, options, counts, startMs);
    try {
      await sendLines(session, producer, topic, options, counts);
      await producer.flush();
    } finally {
      progress.stop();
      await producer.close();
    }
    const elapsedMs = Math.max(1, Math.round(platform.clock.monotonicMs() - startMs));
    const { sent, acknowledged, failed } = counts;
    if (options.json) report.give({ topic, sent, acknowledged, failed, elapsedMs }, () => {});
    if (counts.firstError !== undefined) {
      throw new CommandError(
        `${failed} of ${sent} records were not acknowledged. The first: ${counts.firstError.message} (${counts.firstError.code})`,
        `${acknowledged} were. ${adviceFor(counts.firstError.code) ?? `See the topic: varve topics describe ${topic}`}`,
        { cause: counts.firstError },
      );
    }
    const signal = signalOf(surroundings);
    // At a terminal it is how people end.
    if (signal !== undefined && !counts.isInputRead && !surroundings.stdin.isTerminal) {
      throw new CommandError(`${signal} came before the end of the input: ${acknowledged} records are acknowledged.`);
    }
  });
}

async function sendLines(
  { surroundings }: Session,
  producer: Producer,
  topic: string,
  options: ProduceOptions,
  counts: Counts,
): Promise<void> {
  const toRecord = recordMaker(topic, options);
  const settled = (error: VarveError | null): void => {
    if (error === null) counts.acknowledged += 1;
    else {
      counts.failed += 1;
      counts.firstError ??= error;
    }
  };
  for await (const lines of untilStopped(surroundings.stop, linesOf(surroundings.stdin.chunks, MAX_LINE_BYTES))) {
    for (const line of lines) {
      counts.sent += 1;
      counts.bytes += line.length;
      if (!producer.produce(toRecord(line), settled)) await producer.ready();
      // A record that failed for good: the rest would most likely fail too, each after its own time-out.
      if (counts.firstError !== undefined || surroundings.stop.aborted) return;
    }
  }
  counts.isInputRead = !surroundings.stop.aborted;
}

/** What makes a record of a line. */
function recordMaker(topic: string, options: ProduceOptions): (line: Buffer) => ProducerRecord {
  const separator = options.keySeparator === undefined ? undefined : Buffer.from(options.keySeparator);
  const nullMarker = options.nullMarker === undefined ? undefined : Buffer.from(options.nullMarker);
  const common = {
    topic,
    ...(options.partition === undefined ? {} : { partition: options.partition }),
    ...(options.header === undefined ? {} : { headers: Object.fromEntries(options.header) }),
  };
  const orNull = (value: Buffer): Buffer | null => (nullMarker?.equals(value) ? null : value);
  return (line) => {
    if (separator === undefined) return { ...common, value: orNull(line) };
    const at = line.indexOf(separator);
    if (at < 0) {
      throw new CommandError(
        `A line has no key separator '${options.keySeparator}': ${line.subarray(0, 80).toString()}`,
        'Each line must be KEY SEPARATOR VALUE.',
      );
    }
    return { ...common, key: line.subarray(0, at), value: orNull(line.subarray(at + separator.length)) };
  };
}

/** One line on the terminal that is written over again and again, and left with the totals. */
function showProgress(
  { surroundings, platform }: Session,
  options: ProduceOptions,
  counts: Counts,
  startMs: number,
): { stop(): void } {
  const { stderr } = surroundings;
  if (!stderr.isTerminal || options.quiet || surroundings.stdin.isTerminal) return { stop() {} };
  const { clock } = platform;
  const print = (): void => {
    const seconds = Math.max(0.001, (clock.monotonicMs() - startMs) / 1000);
    const rate = Math.round(counts.acknowledged / seconds);
    const mebibytes = counts.bytes / seconds / 1024 / 1024;
    stderr.write(
      `\r\u001b[K${counts.acknowledged} of ${counts.sent} acknowledged, ${rate} records/s, ${mebibytes.toFixed(1)} MiB/s`,
    );
  };
  let timer = clock.after(PROGRESS_MS, tick);
  function tick(): void {
    print();
    timer = clock.after(PROGRESS_MS, tick);
  }
  return {
    stop() {
      timer.cancel();
      print();
      stderr.write('\n');
    },
  };
}
