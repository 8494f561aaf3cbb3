// Sends the lines of standard input to a topic, each once: node produce.ts HOST:PORT[,HOST:PORT...] TOPIC
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { Varve, fail, isFinal } from './varve.ts';
import type { VarveError } from './varve.ts';

const PARTITION = 0;
const LINES_PER_BATCH = 500;
const BYTES_PER_BATCH = 512 * 1024;
const GIVE_UP_MS = 120_000;

interface Ack {
  error: VarveError | null;
  base_offset: number;
}

const [bootstrap = '127.0.0.1:9094', topic = 'lines'] = process.argv.slice(2);
const addresses = bootstrap.split(',');
let next = 0;
let client: Varve | undefined;
let stream: ClientDuplexStream<object, { acks: Ack[] }> | undefined;
let answers: AsyncIterator<{ acks: Ack[] }> | undefined;

/** Any node takes any batch; when one breaks off, the next one does. */
function connect(): Varve {
  close();
  client = new Varve(addresses[next++ % addresses.length] ?? '');
  return client;
}

function close(): void {
  stream?.cancel();
  client?.close();
  client = stream = answers = undefined;
}

async function untilItWorks<T>(call: () => Promise<T | undefined>): Promise<T> {
  for (const giveUpMs = Date.now() + GIVE_UP_MS; ; await sleep(50)) {
    let problem = 'a retriable error';
    try {
      const answer = await call();
      if (answer !== undefined) return answer;
    } catch (error) {
      // The stream broke: the batch may be stored or not, and goes again on another stream.
      close();
      if (isFinal(error)) fail(error);
      problem = String(error);
    }
    if (Date.now() > giveUpMs) fail(`no acknowledgement within ${GIVE_UP_MS} ms: ${problem}`);
  }
}

/** The acknowledgement; undefined where the batch is to be sent again. */
async function answerTo(batch: object): Promise<Ack | undefined> {
  if (stream === undefined || answers === undefined) {
    stream = connect().stream('Produce');
    answers = stream[Symbol.asyncIterator]();
  }
  stream.write({ batches: [batch] });
  const answer = await answers.next();
  const ack: Ack | undefined = answer.done ? undefined : answer.value.acks[0];
  if (ack === undefined) throw new Error('the node ended the stream');
  if (ack.error === null || ack.error.name === 'DUPLICATE_SEQUENCE_NUMBER') return ack;
  if (!ack.error.retriable) fail(`${ack.error.name}: ${ack.error.message}`);
  return undefined;
}

// With id, epoch and sequence a batch may be sent again, unchanged, through any node: it is stored once.
const { producer_id, producer_epoch } = await untilItWorks(() =>
  connect().call<{ producer_id: number; producer_epoch: number }>('InitProducerId', {}),
);
let sequence = 0;

/** One batch at a time keeps the order: nothing later is sent before the earlier one is acknowledged. */
async function send(lines: readonly Buffer[]): Promise<void> {
  const batch = {
    correlation_id: sequence,
    topic,
    partition: PARTITION,
    records: lines.map((value) => ({ value })),
    producer_id,
    producer_epoch,
    base_sequence: sequence,
  };
  const ack = await untilItWorks(() => answerTo(batch));
  sequence += lines.length;
  console.log(`${sequence} records acknowledged, the last batch at offset ${ack.base_offset}`);
}

let lines: Buffer[] = [];
let bytes = 0;
for await (const text of createInterface({ input: process.stdin })) {
  const line = Buffer.from(text);
  if (lines.length > 0 && (lines.length === LINES_PER_BATCH || bytes + line.length > BYTES_PER_BATCH)) {
    await send(lines);
    lines = [];
    bytes = 0;
  }
  lines.push(line);
  bytes += line.length;
}
if (lines.length > 0) await send(lines);
close();
