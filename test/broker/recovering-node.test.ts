import t from 'tap';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { FileSystem } from '../../src/platform/file-system.js';
import { FaultyDisk } from '../hardening/faulty-disk.js';
import { LocalCluster, until } from './local-cluster.js';

/** A disk on which the log folders of one directory are found only when a test lets them be. */
class SlowDisk extends FaultyDisk {
  held: Promise<void> | undefined;
  isBroken = false;

  constructor(disk: FileSystem) {
    super(disk);
  }

  override async readDirectory(path: string): Promise<string[]> {
    const names = await super.readDirectory(path);
    if (!names.includes('meta.properties')) return names;
    await this.held;
    if (this.isBroken) throw new FileSystemError('io', path, 'the disk is gone');
    return names;
  }
}

t.test('a node whose logs are still recovered counts in the quorum, and is no broker yet', async (t) => {
  const disks = new Map<number, SlowDisk>();
  const cluster = await LocalCluster.start(3, {}, [], (id, platform) => {
    const disk = disks.get(id) ?? new SlowDisk(platform.fileSystem);
    disks.set(id, disk);
    return { ...platform, fileSystem: disk };
  });
  t.teardown(() => cluster.close());
  await cluster.createTopic('before', 1);
  const leaderId = cluster.node(1).raft.leaderId ?? 0;
  const leader = cluster.node(leaderId);
  const [recoveringId = 0, otherId = 0] = [1, 2, 3].filter((id) => id !== leaderId);

  await cluster.stopNode(recoveringId);
  let release = (): void => {};
  const disk = disks.get(recoveringId);
  if (disk !== undefined) disk.held = new Promise((resolve) => (release = resolve));
  const starting = cluster.startNode(recoveringId);
  await until('it stores the metadata log', () => {
    const { replicas, lastIndex } = leader.raft.status();
    const replica = replicas.find((one) => one.nodeId === recoveringId);
    return replica?.matchIndex === lastIndex && (replica.lastContactMs ?? Infinity) < 500;
  });
  await cluster.stopNode(otherId);
  await cluster.createTopic('meanwhile', 1);
  t.ok(leader.image.topicByName('meanwhile'), 'two of three voters committed it');
  t.equal(leader.image.broker(recoveringId)?.fenced, true, 'as a broker it is not there');

  release();
  await (await starting).ready();
  t.equal(leader.image.broker(recoveringId)?.fenced, false);
  await until('its replica is in sync', () => {
    const partition = leader.image.topicByName('before')?.partitions.get(0);
    return partition?.isr.includes(recoveringId) === true;
  });
  t.same(cluster.failures, []);
});

t.test('a recovery that fails ends the start, and leaves nothing behind', async (t) => {
  let broken = false;
  const cluster = await LocalCluster.start(1, {}, [], (_, platform) => {
    const disk = new SlowDisk(platform.fileSystem);
    disk.isBroken = broken;
    return { ...platform, fileSystem: disk };
  });
  t.teardown(() => cluster.close());
  await cluster.stopNode(1);
  broken = true;
  await t.rejects(cluster.startNode(1), { message: /the disk is gone/ });
  t.same(cluster.failures, [], 'who started it was told by the rejection alone');
  broken = false;
  await cluster.startNode(1);
  await cluster.ready();
});
