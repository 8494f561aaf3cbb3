// Prints the records of a topic as they come: node consume.ts HOST:PORT[,HOST:PORT...] TOPIC [COUNT]
import { setTimeout as sleep } from 'node:timers/promises';
import { Varve, fail, isFinal } from './varve.ts';
import type { VarveError } from './varve.ts';

const GIVE_UP_MS = 120_000;

interface Position {
  topic: string;
  partition: number;
  offset: number;
  topic_id: Uint8Array;
}

interface Metadata {
  topics: { error: VarveError | null; topic_id: Uint8Array; partitions: { partition: number }[] }[];
}

interface Answer {
  partitions: {
    partition: number;
    error: VarveError | null;
    records: { offset: number; value?: Uint8Array }[];
    next_offset: number;
  }[];
}

const [bootstrap = '127.0.0.1:9094', topic = 'lines', count = 'Infinity'] = process.argv.slice(2);
const addresses = bootstrap.split(',');
let positions: Map<number, Position> | undefined;
let read = 0;
let giveUpMs = Date.now() + GIVE_UP_MS;

/** From the first record of each partition on. To go on later, save next_offset and give it as offset. */
async function startPositions(client: Varve): Promise<Map<number, Position>> {
  const [found] = (await client.call<Metadata>('Metadata', { topics: [topic] })).topics;
  if (found === undefined) fail('the node does not answer what it was asked');
  if (found.error !== null) fail(`${found.error.name}: ${found.error.message}`);
  // With its id, a topic that is deleted and made again is not taken for the old one.
  const { topic_id } = found;
  return new Map(found.partitions.map(({ partition }) => [partition, { topic, partition, offset: 0, topic_id }]));
}

/** Reads through one node until that breaks off; true: all that was wanted is read. */
async function readThrough(client: Varve): Promise<boolean> {
  positions ??= await startPositions(client);
  const stream = client.stream<Answer>('Consume');
  stream.write({ positions: [...positions.values()] });
  for await (const { partitions } of stream as AsyncIterable<Answer>) {
    for (const { partition, error, records, next_offset } of partitions) {
      const position = positions.get(partition);
      if (position === undefined) continue;
      if (error !== null) {
        if (!error.retriable || error.name === 'UNKNOWN_TOPIC_ID') fail(`${error.name}: ${error.message}`);
        // The leader moved: ask again, from where we are.
        await sleep(50);
        stream.write({ positions: [position] });
        continue;
      }
      giveUpMs = Date.now() + GIVE_UP_MS;
      for (const { offset, value } of records) {
        console.log(`${partition} ${offset} ${Buffer.from(value ?? []).toString()}`);
        read += 1;
        if (read !== Number(count)) continue;
        stream.cancel();
        return true;
      }
      position.offset = next_offset;
    }
  }
  return false;
}

// Any node serves any partition; when one breaks off, the next one goes on where it was.
for (let next = 0; ; next++) {
  const client = new Varve(addresses[next % addresses.length] ?? '');
  try {
    if (await readThrough(client)) break;
  } catch (error) {
    if (isFinal(error) || Date.now() > giveUpMs) fail(error);
  } finally {
    client.close();
  }
  await sleep(50);
}
