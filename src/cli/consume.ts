import type { Assignment, Consumer } from '../client/consumer/consumer.js';
import type { StartPosition } from '../client/consumer/partition-reader.js';
import type { TopicPartition } from '../common/ids.js';
import { topicPartitionKey } from '../common/ids.js';
import { varve } from '../protocol/varve.js';
import { throwIfError } from './cluster-client.js';
import { CommandError } from './command-error.js';
import type { FormattedRecord } from './record-format.js';
import { jsonFormat, templateFormat, valueFormat } from './record-format.js';
import type { ConnectionOptions, Session } from './session.js';
import { bootstrapTexts, withSession } from './session.js';
import type { Surroundings } from './surroundings.js';
import { signalOf } from './surroundings.js';

const { v1 } = varve;

export interface ConsumeOptions extends ConnectionOptions {
  readonly partition?: readonly number[];
  readonly fromBeginning?: boolean;
  readonly offset?: number;
  /** Unix milliseconds or a date. */
  readonly timestamp?: string;
  readonly last?: number;
  readonly count?: number;
  readonly exitAtEnd?: boolean;
  readonly readCommitted?: boolean;
  readonly format?: string;
}

/** How often to look whether the end is reached: what compaction or aborts left out comes with no record. */
const END_CHECK_MS = 100;

type Format = (record: FormattedRecord, out: Buffer[]) => void;

/** Prints the records of a topic until told to stop, the count is reached, or its end with `exitAtEnd`. */
export function consumeTopic(surroundings: Surroundings, topic: string, options: ConsumeOptions): Promise<void> {
  const format = formatOf(options);
  return withSession(surroundings, options, async (session) => {
    const partitions = await partitionsOf(session, topic, options.partition);
    const { Consumer: Client } = await import('../client/consumer/consumer.js');
    const consumer = new Client({
      bootstrap: bootstrapTexts(session.bootstrap),
      platform: session.platform,
      isolation: options.readCommitted ? 'readCommitted' : 'readUncommitted',
      ...(session.tls === undefined ? {} : { tls: session.tls }),
    });
    try {
      const assignments = await startOf(session, consumer, partitions, options);
      const ends = options.exitAtEnd ? await consumer.endOffsets(partitions) : undefined;
      await consumer.assign(assignments);
      await print(session, consumer, format, options.count ?? Infinity, ends);
    } finally {
      await consumer.close();
    }
  });
}

function formatOf(options: ConsumeOptions): Format {
  if (options.json) return jsonFormat;
  if (options.format === undefined) return valueFormat;
  try {
    return templateFormat(options.format);
  } catch (error) {
    throw new CommandError(`--format: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function partitionsOf(
  session: Session,
  topic: string,
  wanted: readonly number[] | undefined,
): Promise<TopicPartition[]> {
  const request = v1.MetadataRequest.create({ topics: [topic] });
  const metadata = await session.cluster.call(
    '/varve.v1.Varve/Metadata',
    v1.MetadataRequest,
    v1.MetadataResponse,
    request,
  );
  const [found] = metadata.topics;
  throwIfError(found?.error, topic);
  const all = (found?.partitions ?? []).map((partition) => partition.partition ?? 0).sort((a, b) => a - b);
  const missing = wanted?.find((partition) => !all.includes(partition));
  if (missing !== undefined) {
    throw new CommandError(`Topic ${topic} has no partition ${missing}.`, `It has 0 to ${all.length - 1}.`);
  }
  return (wanted ?? all).map((partition) => ({ topic, partition }));
}

async function startOf(
  { surroundings }: Session,
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  options: ConsumeOptions,
): Promise<Assignment[]> {
  const { last } = options;
  if (last === undefined) {
    const from = startPosition(surroundings, options);
    return partitions.map((partition) => ({ ...partition, from }));
  }
  const [starts, ends] = await Promise.all([consumer.beginningOffsets(partitions), consumer.endOffsets(partitions)]);
  const startByKey = new Map(starts.map((one) => [topicPartitionKey(one.topic, one.partition), one.offset]));
  return ends.map(({ topic, partition, offset }) => {
    const start = startByKey.get(topicPartitionKey(topic, partition)) ?? 0n;
    const from = offset - BigInt(last);
    return { topic, partition, from: from > start ? from : start };
  });
}

function startPosition(surroundings: Surroundings, options: ConsumeOptions): StartPosition {
  if (options.fromBeginning) return 'earliest';
  if (options.offset !== undefined) return options.offset;
  if (options.timestamp === undefined) return 'latest';
  const timestamp = surroundings.parseTime(options.timestamp);
  if (timestamp !== undefined) return { timestamp };
  throw new CommandError(
    `--timestamp ${options.timestamp} is no time.`,
    'Give Unix milliseconds, or a date such as 2026-01-31T12:00:00Z.',
  );
}

async function print(
  { surroundings, platform }: Session,
  consumer: Consumer,
  format: Format,
  count: number,
  ends: ReadonlyArray<TopicPartition & { readonly offset: bigint }> | undefined,
): Promise<void> {
  const finished = new AbortController();
  const finish = (): void => finished.abort();
  const stopped = new Promise<void>((resolve) => {
    finished.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  surroundings.stop.addEventListener('abort', finish, { once: true });
  const isAtEnd = (): boolean =>
    ends !== undefined &&
    ends.every((end) => (consumer.position(end.topic, end.partition) ?? -1n) >= end.offset || end.offset === 0n);
  let timer = platform.clock.after(END_CHECK_MS, check);
  let isWriting = false;
  function check(): void {
    if (!isWriting && isAtEnd()) finish();
    timer = platform.clock.after(END_CHECK_MS, check);
  }
  let left = count;
  const endOf = new Map(ends?.map((end) => [end.partition, end.offset]));
  try {
    if (surroundings.stop.aborted || isAtEnd()) finish();
    for await (const batch of consumer.batches({ signal: finished.signal })) {
      const out: Buffer[] = [];
      const end = endOf.get(batch.partition);
      for (const record of batch) {
        if (left === 0) break;
        if (end !== undefined && record.offset >= end) break;
        format(record, out);
        left -= 1;
      }
      isWriting = true;
      // Who is told to stop does not wait for a reader that has stopped.
      if (out.length > 0 && !surroundings.stdout.write(Buffer.concat(out)))
        await Promise.race([surroundings.stdout.drained(), stopped]);
      isWriting = false;
      if (left === 0 || isAtEnd() || surroundings.stop.aborted) break;
    }
  } catch (error) {
    if (!finished.signal.aborted || error !== finished.signal.reason) throw error;
  } finally {
    timer.cancel();
    surroundings.stop.removeEventListener('abort', finish);
  }
  const signal = signalOf(surroundings);
  if (signal === undefined || left === 0 || isAtEnd()) return;
  if (count !== Infinity) throw new CommandError(`${signal} came before ${left} of ${count} records.`);
  if (ends !== undefined) throw new CommandError(`${signal} came before the end of the topic.`);
}
