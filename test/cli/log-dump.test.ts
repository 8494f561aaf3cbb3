import { cpSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { NodeFileSystem } from '../../src/platform/node/file-system.js';
import { runCommand } from './fake-surroundings.js';

const SEGMENTS = 'test/fixtures/kafka/segments';
const FOLDERS = readdirSync(SEGMENTS)
  .filter((name) => /-\d+$/.test(name))
  .concat('.', 'unclean/plain-0', 'unclean/txn-0');

function dump(...args: string[]) {
  return runCommand(['log', 'dump', ...args], { fileSystem: new NodeFileSystem() });
}

/** The lines that Kafka's dump and ours must share. */
const COMMON =
  /^(\| offset: \d+|baseOffset: |offset: |timestamp: |producerId: |version: |Log starting offset|KRaft bootstrap snapshot)/;

function commonLines(text: string, folder: string): string[] {
  // Java and Node put different numbers of replacement characters for bytes that are no UTF-8.
  const readable = text.replace(/\uFFFD+/g, '\uFFFD');
  const lines = readable.split('\n').filter((line) => COMMON.test(line));
  // Kafka decoded the records of its internal topics and of its metadata; ours prints their bytes.
  const isDecoded = folder.startsWith('__') || folder === '.';
  return isDecoded
    ? lines.map((line) => line.replace(/ (key:|payload:|LeaderChange:|SnapshotHeader|SnapshotFooter) [^]*$/, ''))
    : lines;
}

t.test('prints what Kafka prints, for every file that a real Kafka wrote', async (t) => {
  for (const folder of FOLDERS) {
    const path = join(SEGMENTS, folder);
    const dumped = readdirSync(path).filter((name) => name.endsWith('.dump.txt'));
    t.not(dumped.length, 0, folder);
    for (const name of dumped) {
      const run = await dump(join(path, name.replace('.dump.txt', '')), '--records');
      t.same(
        commonLines(run.stdout, folder),
        commonLines(readFileSync(join(path, name), 'utf8'), folder),
        `${folder}/${name}`,
      );
      t.equal(run.code, 0, run.stderr);
    }
  }
});

t.test('a folder is dumped whole and verified', async (t) => {
  const run = await dump(join(SEGMENTS, 'txn-0'), '--verify');
  t.match(run.stdout, /^\d+ files, no problem\.\n$/);
  t.equal(run.code, 0);
  const epochs = await dump(join(SEGMENTS, 'plain-0', 'leader-epoch-checkpoint'), '--json');
  t.match(
    epochs.stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown), // prettier-ignore
    [
      { type: 'checkpointEntry', epoch: 0, startOffset: 0 },
      { type: 'checkpointEntry', epoch: 2 },
    ],
  );
  t.match((await dump(join(SEGMENTS, 'plain-0', 'partition.metadata'))).stdout, /topic_id: [\w-]{22}/);
  t.match((await dump(join(SEGMENTS, 'meta.properties'))).stdout, /node\.id: \d/);
  t.match(
    (await dump(join(SEGMENTS, 'recovery-point-offset-checkpoint'))).stdout,
    /topic: plain partition: 0 offset: /,
  );
});

/** A copy of a fixture's segment that the test may damage. */
function copyOf(t: Tap, folder: string): string {
  const copy = t.testdir();
  cpSync(join(SEGMENTS, folder), copy, { recursive: true });
  return copy;
}

interface Tap {
  testdir(): string;
}

t.test('a flipped bit is a problem with its place, and a failure', async (t) => {
  const log = join(copyOf(t, 'plain-0'), '00000000000000000105.log');
  const bytes = readFileSync(log);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  writeFileSync(log, bytes);
  const run = await dump(log);
  t.equal(run.code, 1);
  t.match(run.stdout, /isvalid: false\nPROBLEM .*105\.log: the batch at position 0 fails its CRC\./);
  t.match(run.stderr, /^error: 1 problem in 1 file\.\n/);
});

t.test('a torn tail, damage and zeros are told apart', async (t) => {
  const folder = copyOf(t, 'plain-0');
  const [torn, damaged, zeros] = ['105', '203', '302'].map((offset) => join(folder, `${offset.padStart(20, '0')}.log`));
  if (torn === undefined || damaged === undefined || zeros === undefined) throw new Error('three segments');
  truncateSync(torn, readFileSync(torn).length - 5);
  t.match((await dump(torn)).stdout, /PROBLEM .*: the last \d+ bytes, from position \d+, are a batch cut short\./);
  const bytes = readFileSync(damaged);
  bytes.writeInt32BE(-7, 8);
  writeFileSync(damaged, bytes);
  t.match((await dump(damaged)).stdout, /PROBLEM .*bytes from position 0 are no batch: a batch cannot be 5 bytes long/);
  const size = readFileSync(zeros).length;
  truncateSync(zeros, size + 3 * 1024 * 1024);
  const run = await dump(zeros);
  t.equal(run.code, 0, 'space allocated ahead is no problem');
  t.match(run.stdout, new RegExp(`3145728 bytes from position ${size} are zero`));
});

t.test('indexes that disagree with their segment are problems', async (t) => {
  const folder = copyOf(t, 'txn-0');
  const change = async (name: string, edit: (bytes: Buffer) => void): Promise<string> => {
    const path = join(folder, name);
    const bytes = readFileSync(path);
    edit(bytes);
    writeFileSync(path, bytes);
    const run = await dump(path);
    t.equal(run.code, 1, basename(path));
    return run.stdout;
  };
  const zero = '0'.repeat(20);
  t.match(
    await change(`${zero}.index`, (bytes) => bytes.writeInt32BE(bytes.readInt32BE(4) + 1, 4)),
    /points at position 526, where no batch starts/,
  );
  t.match(
    await change(`${zero}.timeindex`, (bytes) => bytes.writeBigInt64BE(bytes.readBigInt64BE(0) - 5n, 0)),
    /is indexed as 1700000005995, but the batch that ends at offset 5 has the later timestamp 1700000006000/,
  );
  t.match(
    await change('00000000000000000036.snapshot', (bytes) => bytes.writeInt8(1, 20)),
    /the snapshot fails its CRC/,
  );
  t.match(await change('00000000000000000012.txnindex', (bytes) => bytes.writeInt16BE(9, 0)), /unknown version 9/);
  t.match(await change('leader-epoch-checkpoint', (bytes) => bytes.write('7', 2)), /where 7 are announced/);
});

t.test('what is not there or not of a log is a clear failure', async (t) => {
  t.match((await dump('/nonexistent')).stderr, /There is no \/nonexistent\.\nName a file/);
  t.match((await dump('package.json')).stderr, /package\.json has no name of a log's file\.\nKnown: /);
  t.match((await dump('src')).stderr, /No file in src belongs to a log\./);
});
