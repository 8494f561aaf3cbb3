import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { Consumer, Producer, deserializers } from '../../src/index.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import type { Replica } from '../../src/replication/replica.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { RawClient, encodedBatch } from './raw-client.js';

const TOPIC = 'orders';
const RECORDS = 150;
const SEGMENT = '00000000000000000000.log';

/** Three nodes that hold nothing in memory, and a partition with records of 1 KiB on all of them. */
async function start(t: Test, config: Record<string, string> = {}) {
  const cluster = await LocalCluster.start(3, { 'log.tail.cache.bytes': '0', ...config }, [grpcDoor]);
  t.teardown(() => cluster.close());
  await cluster.createTopic(TOPIC, 1);
  const bootstrap = [1, 2, 3].map((id) => {
    const address = cluster.node(id).address('GRPC');
    return `${address?.host}:${address?.port}`;
  });
  const producer = new Producer({ bootstrap });
  t.teardown(() => producer.close());
  const send = async (from: number, count: number): Promise<void> => {
    for (let i = from; i < from + count; i++) await producer.send({ topic: TOPIC, partition: 0, value: value(i) });
  };
  await send(0, RECORDS);
  const replica = (id: number): Replica => {
    const found = cluster.node(id).replicas.replica(TOPIC, 0);
    if (found === undefined) throw new Error(`node ${id} has no replica`);
    return found;
  };
  await until('all have all', () => [1, 2, 3].every((id) => replica(id).highWatermark === RECORDS));
  const leaderId = cluster.node(1).image.topicByName(TOPIC)?.partitions.get(0)?.leader ?? -1;
  const path = (id: number): string => join(cluster.directory, String(id), `${TOPIC}-0`, SEGMENT);
  return { cluster, bootstrap, replica, leaderId, path, send };
}

function value(index: number): string {
  return `${index}:`.padEnd(1024, String(index % 10));
}

/** Flips one bit in the middle of the file. */
async function flipBit(path: string, part: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const at = Math.floor(size * part);
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, at);
    byte[0] = (byte[0] ?? 0) ^ 0x10;
    await file.write(byte, 0, 1, at);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function contents(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function readAll(t: Test, bootstrap: string[], count: number): Promise<(string | null)[]> {
  const consumer = new Consumer<string | null, string | null>({
    bootstrap,
    keyDeserializer: deserializers.string,
    valueDeserializer: deserializers.string,
  });
  t.teardown(() => consumer.close());
  await consumer.assign([{ topic: TOPIC }]);
  const read: (string | null)[] = [];
  for await (const record of consumer) {
    read.push(record.value);
    if (read.length === count) break;
  }
  return read;
}

const all = (count: number): string[] => Array.from({ length: count }, (_, index) => value(index));

t.test("a bit flipped on the leader's disk is never served; it is fetched from a follower", async (t) => {
  const { cluster, bootstrap, replica, leaderId, path } = await start(t);
  const good = await contents(path((leaderId % 3) + 1));
  await flipBit(path(leaderId), 0.5);
  t.notOk(good.equals(await contents(path(leaderId))), 'the file is damaged');
  t.same(await readAll(t, bootstrap, RECORDS), all(RECORDS), 'a consumer gets every record as it was written');
  await until('it is repaired', () => replica(leaderId).log.damagedRanges.length === 0);
  t.ok(good.equals(await contents(path(leaderId))), 'the file is as it was, to the byte');
  t.equal(cluster.node(1).image.topicByName(TOPIC)?.partitions.get(0)?.leader, leaderId, 'the leader leads on');
  t.same(cluster.failures, []);
});

t.test("a bit flipped on a follower's disk is found by the scrub, and fetched from the leader", async (t) => {
  const { cluster, replica, leaderId, path, send, bootstrap } = await start(t, { 'log.scrub.interval.ms': '1000' });
  const follower = (leaderId % 3) + 1;
  const good = await contents(path(follower));
  let found = 0;
  replica(follower).log.onDamaged(() => found++);
  await flipBit(path(follower), 0.3);
  await until('the scrub finds it', () => found > 0);
  await until('it is repaired', () => replica(follower).log.damagedRanges.length === 0);
  t.equal(found, 1);
  t.ok(good.equals(await contents(path(follower))));
  await send(RECORDS, 20);
  await until('the follower goes on', () => replica(follower).highWatermark === RECORDS + 20);
  t.same(await readAll(t, bootstrap, RECORDS + 20), all(RECORDS + 20));
  t.same(cluster.failures, []);
});

t.test('a damaged batch header, length and whole kilobytes are mended the same way', async (t) => {
  const { replica, leaderId, path, bootstrap } = await start(t);
  const good = await contents(path(leaderId));
  const file = await open(path(leaderId), 'r+');
  // The length of one batch, the magic of another, and three batches whole.
  await file.write(Buffer.from([0x7f]), 0, 1, sizeOf(good, 0) + 8);
  await file.write(Buffer.alloc(3 * 1024, 0xee), 0, 3 * 1024, Math.floor(good.length * 0.7));
  await file.close();
  t.same(await readAll(t, bootstrap, RECORDS), all(RECORDS));
  await until('it is repaired', () => replica(leaderId).log.damagedRanges.length === 0);
  t.ok(good.equals(await contents(path(leaderId))));
});

t.test('damage that recovery finds is fetched before it is needed', async (t) => {
  const { cluster, replica, leaderId, path, bootstrap } = await start(t);
  const follower = (leaderId % 3) + 1;
  const good = await contents(path(follower));
  await cluster.stopNode(follower);
  await flipBit(path(follower), 0.4);
  // As after a crash: recovery reads the log and finds the damage below its recovery point.
  await rm(join(cluster.directory, String(follower), '.kafka_cleanshutdown'));
  await cluster.startNode(follower);
  await cluster.ready();
  await until('the replica is open', () => cluster.node(follower).replicas.replica(TOPIC, 0) !== undefined);
  const [log] = cluster.node(follower).logs.logs;
  t.equal(log?.recovery?.damaged.length, 1);
  t.notOk(log?.recovery?.truncatedDamage, 'nothing is cut off');
  await until('it is repaired', () => replica(follower).log.damagedRanges.length === 0);
  t.ok(good.equals(await contents(path(follower))));
  t.same(await readAll(t, bootstrap, RECORDS), all(RECORDS));
});

t.test('without another replica the damage is told by name, and all else is served', async (t) => {
  const cluster = await LocalCluster.start(1, { 'log.tail.cache.bytes': '0' }, [grpcDoor]);
  t.teardown(() => cluster.close());
  await cluster.createTopic(TOPIC, 1);
  const client = await RawClient.connect(cluster.node(1).address('GRPC'));
  t.teardown(() => client.close());
  const send = (text: string) =>
    client.produceError({ topic: TOPIC, partition: 0, record_batch: encodedBatch([text.padEnd(1000, '.')]) });
  await until('the partition is led', async () => (await send('0')) === '');
  for (let i = 1; i < 10; i++) t.equal(await send(String(i)), '');
  await flipBit(join(cluster.directory, '1', `${TOPIC}-0`, SEGMENT), 0.55);
  const at = (offset: number) => client.fetch({ topic: TOPIC, partition: 0, offset });
  const before = await at(0);
  t.equal(before.error ?? null, null);
  t.equal(before.next_offset, 5, 'what is before the damage');
  const damaged = await at(5);
  t.equal(damaged.error?.name, 'CORRUPT_MESSAGE');
  t.match(damaged.error?.message, /damaged/);
  t.equal(damaged.record_batches?.length, 0);
  const after = await at(6);
  t.equal(after.error ?? null, null);
  t.equal(after.next_offset, 10, 'and what is behind it');
  t.equal(await send('10'), '', 'and more is taken');
  t.same(cluster.failures, []);
});

function sizeOf(file: Buffer, at: number): number {
  return file.readInt32BE(at + 8) + 12;
}
