import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { createNodePlatform } from '../../src/platform/node/platform.js';
import { varve } from '../../src/protocol/metadata.js';
import { RaftStorage, type OpenedStorage } from '../../src/raft/storage/raft-storage.js';
import { LocalCluster, until } from './local-cluster.js';

/** What a later release may write. */
const NEWER = varve.internal.MetadataBatch.encode({ version: 2, records: [] }).finish();
const REFUSED = { code: 'UNSUPPORTED_VERSION', message: /A metadata batch has version 2; .* Run the newer release/ };

/** Opens the metadata log of a stopped node. */
async function withLog<T>(directory: string, body: (log: OpenedStorage) => Promise<T>): Promise<T> {
  const properties = await readFile(join(directory, 'meta.properties'), 'utf8');
  const directoryId = /directory\.id=(.*)/.exec(properties)?.[1] ?? '';
  const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
  const options = { ...platform, directory: join(directory, 'quorum'), mustExist: true };
  const log = await RaftStorage.open({ ...options, self: { nodeId: 1, directoryId } });
  try {
    return await body(log);
  } finally {
    await log.storage.close();
    await platform.close();
  }
}

/** Stores `chunks` as the snapshot of all that the log holds. */
async function saveSnapshot({ storage, restored }: OpenedStorage, chunks: readonly Uint8Array[]): Promise<void> {
  const { index, term } = restored.entries.at(-1) ?? { index: 0, term: 0 };
  const voters = restored.snapshot?.voters ?? restored.founding;
  if (voters === undefined) throw new Error('the log has no voters');
  await storage.saveSnapshot({ index, term, voters, chunks }, { index, term });
}

t.test('a node whose snapshot a newer release wrote says so and does not start', async (t) => {
  const cluster = await LocalCluster.start(1);
  t.teardown(() => cluster.close());
  await cluster.stopNode(1);
  await withLog(join(cluster.directory, '1'), (log) => saveSnapshot(log, [NEWER]));
  await t.rejects(cluster.startNode(1), REFUSED);
  await t.rejects(cluster.startNode(1), REFUSED, 'nothing is left open of it');
});

t.test('a node that cannot read what was committed leaves the quorum, and keeps the log of it', async (t) => {
  const cluster = await LocalCluster.start(1, { 'metadata.log.max.record.bytes.between.snapshots': '1' });
  t.teardown(() => cluster.close());
  const { raft } = cluster.node(1);
  await cluster.createTopic('t', 1);
  await until('snapshots are taken', () => raft.status().snapshotIndex > 0);
  const lastReadable = raft.status().lastIndex;
  await t.rejects(raft.propose([NEWER]), { code: 'NOT_CONTROLLER' });
  t.match(cluster.failures, [REFUSED]);
  t.equal(raft.role, 'observer');

  await cluster.stopNode(1);
  const start = async (): Promise<void> => (await cluster.startNode(1)).ready();
  await t.rejects(start(), REFUSED, 'it refuses to start, too');
  await cluster.stopNode(1);
  const { snapshot, entries } = await withLog(join(cluster.directory, '1'), async ({ restored }) => restored);
  t.ok((snapshot?.index ?? 0) <= lastReadable, 'no snapshot stands for what it could not read');
  t.ok(
    entries.some(({ payload }) => Buffer.compare(payload, NEWER) === 0),
    'for the newer release, it is there',
  );
});
