import t from 'tap';
import type { BrokerApi, ConsumeSession, PartitionChunk, ProduceResult } from '../../src/broker/broker-api.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { CompressionCodec, batchBaseSequence, batchProducerId, batchSizeBytes } from '../../src/record/batch-header.js';
import { PoisonedBuffers, poison } from '../../src/simulation/poisoned-buffers.js';
import { Seeded } from '../log/fake-disk.js';
import { LocalCluster, context, until } from './local-cluster.js';

// Whoever hands batches in may use their memory again as soon as it is told so, and the log's own memory is other batches' once
// a disk has what is in it: both become garbage here at once.

const BATCHES = 60;
const AT_ONCE = 10;
/** A stored batch has an offset and an epoch of its own before it. */
const SAME_FROM = 16;

const keyOf = (batch: Buffer): string => `${batchProducerId(batch, 0)}:${batchBaseSequence(batch, 0)}`;

t.test('batches are stored, and read, as they were, whatever becomes of the memory that they came in', async (t) => {
  const small = { 'log.tail.cache.bytes': '65536' };
  const cluster = await LocalCluster.start(3, small, [], (_, platform) => ({
    ...platform,
    buffers: new PoisonedBuffers(),
  }));
  t.teardown(() => cluster.close());
  await cluster.createTopic('t', 1);
  const random = new Seeded(1);
  const sent = new Map<string, Buffer>();
  let taken = 0;
  const produce = (
    node: number,
    producerId: number,
    sequence: number,
    codec: CompressionCodec,
  ): Promise<ProduceResult> => {
    const builder = new BatchBuilder().reset({ producerId, producerEpoch: 0, baseSequence: sequence, codec });
    for (let record = 0; record < 3; record++) builder.append(0, null, random.bytes(500));
    const batches = Buffer.from(builder.close());
    sent.set(keyOf(batches), Buffer.from(batches));
    return new Promise((resolve) => {
      const call = { context, topic: 't', partition: 0, acks: -1, timeoutMs: 10_000, batches } as const;
      if (!cluster.node(node).api.produce(call, resolve)) return;
      taken++;
      poison(batches);
    });
  };
  const nodes = [1, 2, 3];
  for (const node of nodes) {
    await until('the partition has its leader', async () => {
      return (await produce(node, node, 0, CompressionCodec.none)).error === undefined;
    });
  }
  // One of them reads where the leader is, the others through it.
  const readers = nodes.map((node) => new HoldingReader(cluster.node(node).api));
  t.teardown(() => readers.forEach((reader) => reader.close()));

  const answers: Promise<ProduceResult>[] = [];
  for (let number = 0; number < BATCHES; number++) {
    for (const node of nodes) {
      // What is sent at once with one that is inflated waits behind it, as all does behind the first of an unknown producer.
      const isInflated = Math.floor(number / AT_ONCE) % 2 === 0 && number % 3 === 0;
      const codec = isInflated ? CompressionCodec.gzip : CompressionCodec.none;
      answers.push(produce(node, 10 + node, number * 3, codec));
    }
    if (number % AT_ONCE === AT_ONCE - 1) await Promise.all(answers);
  }
  const refused = (await Promise.all(answers)).filter(({ error }) => error !== undefined);
  t.same(refused, [], 'none is refused');
  // Every second ten, of the node that leads.
  t.ok(taken >= BATCHES / 2, `the memory of ${taken} was free at once`);

  for (const reader of readers) {
    await until('all of it was read', () => reader.sizeBytes >= totalOf(sent));
    t.ok(reader.isIntact, 'what a reader holds stays as it was');
    if (!reader.isIntact) continue;
    const read = reader.batches;
    t.equal(read.length, sent.size, 'each once');
    t.ok(
      read.every((batch) => sent.get(keyOf(batch))?.subarray(SAME_FROM).equals(batch.subarray(SAME_FROM))),
      'what was stored is what was sent',
    );
  }
});

/** Reads the partition from its beginning and holds all of it, as it came. */
class HoldingReader {
  sizeBytes = 0;
  readonly #chunks: Array<{ readonly held: readonly Buffer[]; readonly asTheyCame: Buffer }> = [];
  readonly #session: ConsumeSession;

  constructor(api: BrokerApi) {
    const options = { context, isolation: 'readUncommitted', maxChunkBytes: 20_000 } as const;
    this.#session = api.openConsume(options, { onChunk: (chunk) => this.#take(chunk) });
    const start = { topic: 't', partition: 0, offset: 0, positionId: 0 };
    this.#session.set({ ...start, currentLeaderEpoch: -1, lastFetchedEpoch: -1, topicId: undefined });
  }

  get isIntact(): boolean {
    return this.#chunks.every(({ held, asTheyCame }) => Buffer.concat(held).equals(asTheyCame));
  }

  get batches(): Buffer[] {
    return this.#chunks.flatMap(({ held }) => held.flatMap(eachOf));
  }

  close(): void {
    this.#session.close();
  }

  #take(chunk: PartitionChunk): boolean {
    this.#chunks.push({ held: chunk.batches, asTheyCame: Buffer.concat(chunk.batches) });
    this.sizeBytes += chunk.sizeBytes;
    return true;
  }
}

function eachOf(batches: Buffer): Buffer[] {
  const each: Buffer[] = [];
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    each.push(batches.subarray(at, at + batchSizeBytes(batches, at)));
  }
  return each;
}

function totalOf(batches: ReadonlyMap<string, Buffer>): number {
  return [...batches.values()].reduce((sum, { length }) => sum + length, 0);
}
