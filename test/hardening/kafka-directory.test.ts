import { copyFileSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { Admin, Consumer } from '../../src/index.js';
import { startCluster } from '../../src/testing/index.js';
import { temporaryFolder } from '../platform/temporary-folder.js';

const FIXTURES = 'test/fixtures/kafka/segments';
/** What a Kafka broker left, and a node takes over. */
const TOPICS = ['plain', 'gzip', 'snappy', 'lz4', 'zstd', 'txn', 'appendtime', 'compacted', 'trimmed'];
const CHECKPOINTS = ['recovery-point-offset-checkpoint', 'log-start-offset-checkpoint', 'cleaner-offset-checkpoint'];
/** Each start of the node gives its partitions a leader epoch more: they must pass those of the broker, 2 at most. */
const STARTS = 4;

interface ExpectedRecord {
  readonly offset: number;
  readonly timestamp: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [string, string | null])[];
}

function expectedOf(topic: string, isReadCommitted: boolean): ExpectedRecord[] {
  const name = isReadCommitted ? 'expected.read_committed.json' : 'expected.json';
  return JSON.parse(readFileSync(join(FIXTURES, `${topic}-0`, name), 'utf8')) as ExpectedRecord[];
}

const base64 = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('base64');

/** What a consumer is given up to the last record that Kafka's was. */
async function readAs(
  bootstrap: readonly string[],
  topic: string,
  isReadCommitted: boolean,
): Promise<ExpectedRecord[]> {
  const last = expectedOf(topic, isReadCommitted).at(-1)?.offset;
  const isolation = isReadCommitted ? 'readCommitted' : 'readUncommitted';
  const consumer = new Consumer({ bootstrap: [...bootstrap], isolation });
  const found: ExpectedRecord[] = [];
  try {
    await consumer.assign([{ topic, from: 'earliest' }]);
    for await (const record of consumer) {
      const { offset, timestamp, key, value, headers } = record;
      found.push({
        offset: Number(offset),
        timestamp: Number(timestamp),
        key: base64(key),
        value: base64(value),
        headers: headers.map((header): [string, string | null] => [header.key, base64(header.value)]),
      });
      if (Number(offset) === last) break;
    }
  } finally {
    await consumer.close();
  }
  return found;
}

t.test("a node serves the partitions of a Kafka broker's directory to consumers", async (t) => {
  const directory = temporaryFolder(t);
  const cluster = await startCluster({ nodes: 1, directory });
  t.teardown(() => cluster.close());
  const admin = new Admin({ bootstrap: cluster.bootstrap });
  for (const name of TOPICS) await admin.createTopic({ name, partitions: 1, configs: { 'retention.ms': '-1' } });
  await admin.close();
  for (let start = 1; start < STARTS; start++) {
    await cluster.stopNode(1);
    if (start === STARTS - 1) takeOver(join(directory, 'node-1'));
    await cluster.startNode(1);
  }
  for (const topic of TOPICS)
    t.strictSame(await readAs(cluster.bootstrap, topic, false), expectedOf(topic, false), topic);
  t.strictSame(await readAs(cluster.bootstrap, 'txn', true), expectedOf('txn', true), 'only what is committed');
});

/** Puts the broker's files in the place of the node's own, all but the topics' ids: those are the cluster's to choose. */
function takeOver(logDirectory: string): void {
  for (const name of CHECKPOINTS) copyFileSync(join(FIXTURES, name), join(logDirectory, name));
  for (const topic of TOPICS) {
    const from = join(FIXTURES, `${topic}-0`);
    const to = join(logDirectory, `${topic}-0`);
    for (const name of readdirSync(to)) if (name !== 'partition.metadata') rmSync(join(to, name));
    for (const name of readdirSync(from)) {
      if (/\.(json|txt)$/.test(name) || name === 'partition.metadata') continue;
      copyFileSync(join(from, name), join(to, name));
    }
  }
}
