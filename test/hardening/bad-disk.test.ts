import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { Producer } from '../../src/index.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { LocalCluster, type NodeConfig, until } from '../broker/local-cluster.js';
import { FaultyDisk } from './faulty-disk.js';
import { RawClient, encodedBatch } from './raw-client.js';

const TOPIC = 'orders';

/** Nodes on disks that a test may fill or break, and a partition on all of them. */
async function start(t: Test, count: number, config: NodeConfig = {}, partitions = 1) {
  const disks = new Map<number, FaultyDisk>();
  const cluster = await LocalCluster.start(count, config, [grpcDoor], (nodeId, platform) => {
    const disk = new FaultyDisk(platform.fileSystem);
    disks.set(nodeId, disk);
    return { ...platform, fileSystem: disk };
  });
  t.teardown(() => cluster.close());
  await cluster.createTopic(TOPIC, partitions);
  const partition = (from = 1) => cluster.node(from).image.topicByName(TOPIC)?.partitions.get(0);
  await until('the partition is led', () => {
    const open = (id: number): boolean => cluster.node(id).replicas.replica(TOPIC, 0) !== undefined;
    const leader = partition()?.leader ?? -1;
    return (
      Array.from({ length: count }, (_, i) => i + 1).every(open) &&
      cluster.node(leader).replicas.replica(TOPIC, 0)?.leader !== undefined
    );
  });
  const disk = (nodeId: number): FaultyDisk => {
    const found = disks.get(nodeId);
    if (found === undefined) throw new Error(`node ${nodeId} has no disk`);
    return found;
  };
  const connect = async (nodeId: number): Promise<RawClient> => {
    const client = await RawClient.connect(cluster.node(nodeId).address('GRPC'));
    t.teardown(() => client.close());
    return client;
  };
  const address = (id: number): string => {
    const found = cluster.node(id).address('GRPC');
    return `${found?.host}:${found?.port}`;
  };
  return { cluster, disk, connect, partition, address };
}

const batch = (value = 'x'.repeat(1000)) => ({ topic: TOPIC, partition: 0, record_batch: encodedBatch([value]) });

t.test(
  'a full disk: nothing more is acknowledged, the reason is told, and it goes on when there is room',
  async (t) => {
    const { cluster, disk, connect } = await start(t, 1);
    const client = await connect(1);
    for (let i = 0; i < 10; i++) t.equal(await client.produceError(batch()), '');
    const log = cluster.node(1).logs.logs[0];
    if (log === undefined) throw new Error('the node has the log');
    t.equal(log.durableOffset, 10);
    const segment = join(cluster.directory, '1', `${TOPIC}-0`, '00000000000000000000.log');
    const sizeBefore = (await disk(1).stat(segment))?.sizeBytes;
    disk(1).fullUnder = join(cluster.directory, '1');
    // What is on its way when the disk fills up is not acknowledged: it waits, or is refused.
    let acknowledged = false;
    const waiting = client.produceError({ ...batch('waits'), timeout_ms: 60_000 }).then((error) => {
      acknowledged = true;
      return error;
    });
    await until('a write was refused', () => disk(1).refusals > 1);
    await until(
      'the half-written batch is cut back',
      async () => (await disk(1).stat(segment))?.sizeBytes === sizeBefore,
    );
    const refused = await client.produce(batch());
    t.equal(refused.error?.name, 'KAFKA_STORAGE_ERROR');
    t.equal(refused.error?.retriable, true);
    t.match(refused.error?.message, /full/);
    t.equal(acknowledged, false);
    t.equal(log.durableOffset, 10);
    const read = await client.fetch({ topic: TOPIC, partition: 0, offset: 0 });
    t.equal(read.high_watermark, 10, 'what was acknowledged is still served, and nothing else');
    t.equal(cluster.node(1).health.notLiveBecause(), undefined, 'the node lives');
    disk(1).fullUnder = undefined;
    t.equal(await waiting, '', 'the waiting batch is acknowledged once it is on the disk');
    t.equal(await client.produceError(batch()), '');
    t.equal(log.durableOffset, 12);
    t.same(cluster.failures, []);
  },
);

t.test("a follower's full disk holds nobody up for long, and it catches up by itself", async (t) => {
  const { cluster, disk, connect, partition } = await start(t, 3, { 'replica.lag.time.max.ms': '1500' });
  const leader = partition()?.leader ?? -1;
  const follower = (leader % 3) + 1;
  const client = await connect(leader);
  t.equal(await client.produceError(batch()), '');
  disk(follower).fullUnder = join(cluster.directory, String(follower), `${TOPIC}-0`);
  for (let i = 0; i < 5; i++) t.equal(await client.produceError({ ...batch(), timeout_ms: 20_000 }), '');
  t.notOk(partition()?.isr.includes(follower), 'it has left the ISR');
  disk(follower).fullUnder = undefined;
  await until('it is back in sync', () => partition()?.isr.includes(follower) === true);
  t.equal(cluster.node(follower).replicas.replica(TOPIC, 0)?.log.durableOffset, 6);
  t.same(cluster.failures, []);
});

t.test('a disk that fails to sync goes offline; its partitions fail over and the producer goes on', async (t) => {
  const { cluster, disk, partition, address } = await start(t, 3);
  const producer = new Producer({ bootstrap: [1, 2, 3].map(address) });
  t.teardown(() => producer.close());
  await producer.send({ topic: TOPIC, partition: 0, value: 'before' });
  const leader = partition()?.leader ?? -1;
  const other = (leader % 3) + 1;
  disk(leader).brokenUnder = join(cluster.directory, String(leader), `${TOPIC}-0`);
  for (let i = 0; i < 20; i++) await producer.send({ topic: TOPIC, partition: 0, value: `after ${i}` });
  t.not(partition(other)?.leader, leader);
  t.notOk(partition(other)?.isr.includes(leader));
  const end = (id: number) => cluster.node(id).replicas.replica(TOPIC, 0)?.log.durableOffset;
  t.equal(end(partition(other)?.leader ?? -1), 21, 'each is stored once');
  t.equal(cluster.failures.length, 1, 'the node that lost its only disk says so and wants to stop');
  t.match(cluster.failures[0]?.message, /disk/);
  t.ok(cluster.node(leader).health.notLiveBecause(), 'it is not live any more');
});

t.test('with a second log directory the node itself goes on', async (t) => {
  const twoDirectories: NodeConfig = (nodeId, directory) => ({
    'log.dirs': `${join(directory, String(nodeId), 'a')},${join(directory, String(nodeId), 'b')}`,
  });
  const { cluster, disk, partition, address, connect } = await start(t, 3, twoDirectories, 6);
  const producer = new Producer({ bootstrap: [1, 2, 3].map(address) });
  t.teardown(() => producer.close());
  const sendToAll = async (): Promise<void> => {
    for (let p = 0; p < 6; p++) await producer.send({ topic: TOPIC, partition: p, value: 'v' });
  };
  await sendToAll();
  const leader = partition()?.leader ?? -1;
  const second = join(cluster.directory, String(leader), 'b');
  const inSecond = (): number => cluster.node(leader).logs.logs.filter((log) => log.folder.startsWith(second)).length;
  t.ok(inSecond() > 0 && inSecond() < 6, `${inSecond()} of 6 logs are in the second directory`);
  disk(leader).brokenUnder = second;
  for (let i = 0; i < 5; i++) await sendToAll();
  await until('the directory is offline', () => cluster.node(leader).logs.offlineDirectoryIds.length === 1);
  const ledBy = (p: number) => cluster.node(leader).image.topicByName(TOPIC)?.partitions.get(p);
  for (const { partition: p, folder } of cluster.node(leader).logs.logs) {
    if (!folder.startsWith(second)) continue;
    await until('it is led elsewhere', () => ledBy(p)?.leader !== leader && ledBy(p)?.isr.includes(leader) === false);
  }
  t.same(cluster.failures, []);
  t.equal(cluster.node(leader).health.notReadyBecause(), undefined, 'the node serves on');
  const client = await connect(leader);
  for (let p = 0; p < 6; p++)
    t.equal(await client.produceError({ ...batch(), partition: p }), '', 'for all partitions');
});

t.test('a node starts without a directory whose disk fails, and takes it back when it is mended', async (t) => {
  const twoDirectories: NodeConfig = (nodeId, directory) => ({
    'log.dirs': `${join(directory, String(nodeId), 'a')},${join(directory, String(nodeId), 'b')}`,
  });
  const { cluster } = await start(t, 3, twoDirectories, 6);
  const place = (name: string): string => join(cluster.directory, '3', name);
  const state = (p: number) => cluster.node(1).image.topicByName(TOPIC)?.partitions.get(p);
  const isWhole = (): boolean => [0, 1, 2, 3, 4, 5].every((p) => state(p)?.isr.length === 3);
  const foldersIn = async (name: string): Promise<string[]> =>
    (await readdir(place(name))).filter((folder) => folder.startsWith(`${TOPIC}-`) && !folder.endsWith('-delete'));
  await until('every replica is in sync', isWhole);
  t.equal((await foldersIn('a')).length + (await foldersIn('b')).length, 6);
  t.ok((await foldersIn('b')).length > 0);
  await cluster.stopNode(3);
  await rename(place('b'), place('away'));
  await writeFile(place('b'), 'no directory');
  await cluster.startNode(3);
  await until('every replica is in sync, in the other directory', isWhole);
  t.equal((await foldersIn('a')).length, 6);
  t.equal(cluster.node(3).logs.offlineDirectoryCount, 1);
  t.equal(cluster.node(3).health.notReadyBecause(), undefined);

  await cluster.stopNode(3);
  await rm(place('b'));
  await rename(place('away'), place('b'));
  await cluster.startNode(3);
  await until('every replica is in sync again', isWhole);
  await until('each has one copy', async () => (await foldersIn('a')).length + (await foldersIn('b')).length === 6);
  t.equal(cluster.node(3).logs.offlineDirectoryCount, 0);
  t.same(cluster.failures, []);

  await cluster.stopNode(3);
  await rename(place('a'), place('away'));
  await writeFile(place('a'), 'no directory');
  await t.rejects(cluster.startNode(3), { name: 'FileSystemError' }, 'without the metadata log it is no node');
});
