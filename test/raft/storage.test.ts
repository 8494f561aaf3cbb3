import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { defined } from '../../src/common/assert.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { LevelStores } from '../../src/platform/node/level-store.js';
import { NodeFileSystem } from '../../src/platform/node/file-system.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { File } from '../../src/platform/file-system.js';
import type { KeyValueStores } from '../../src/platform/key-value-store.js';
import type { Restored } from '../../src/raft/core/state.js';
import type { Entry, Persist, Snapshot } from '../../src/raft/core/types.js';
import { VoterSet, replicaKey } from '../../src/raft/core/voter-set.js';
import { crc32c } from '../../src/record/crc32c.js';
import { RaftStorage } from '../../src/raft/storage/raft-storage.js';
import type { OpenedStorage } from '../../src/raft/storage/raft-storage.js';
import { recoverQuorum } from '../../src/raft/storage/recover.js';
import type { RecoveryPlan } from '../../src/raft/storage/recover.js';
import { temporaryFolder } from '../platform/temporary-folder.js';
import { SeededRandom } from './seeded-random.js';
import { storesThat } from './watched-stores.js';

const fileSystem = new NodeFileSystem();
const keyValueStores = new LevelStores();
const uuid = (byte: number): string => uuidFromBytes(Buffer.alloc(16, byte));
const self = { nodeId: 1, directoryId: uuid(1), host: 'localhost', port: 9093 };
const other = { nodeId: 2, directoryId: uuid(2), host: 'localhost', port: 9103 };
const founders = new VoterSet([self, other, { ...other, nodeId: 3, directoryId: uuid(3) }], undefined);

const open = (directory: string, mustExist = false): Promise<OpenedStorage> =>
  RaftStorage.open({ keyValueStores, fileSystem, directory, mustExist, self });

function entry(index: number, term: number, text = `entry ${index} of term ${term}`): Entry {
  return { index, term, type: 'normal', payload: Buffer.from(text) };
}

function persist(parts: Partial<Persist>): Persist {
  return {
    founding: undefined,
    clusterId: undefined,
    snapshot: undefined,
    entries: [],
    hardState: { term: 1, vote: undefined, commit: 0 },
    isEmpty: false,
    messages: [],
    ...parts,
  };
}

async function reopened(directory: string): Promise<Restored> {
  const { storage, restored } = await open(directory);
  await storage.close();
  return restored;
}

/** A store with all that there can be: founding set, votes, a truncation, a snapshot, entries behind it. */
async function fill(directory: string): Promise<void> {
  const { storage } = await open(directory);
  await storage.write(persist({ founding: founders, hardState: { term: 1, vote: replicaKey(self), commit: 0 } }));
  const first = Array.from({ length: 40 }, (_, i) => entry(i + 1, 1));
  await storage.write(persist({ entries: first, hardState: { term: 1, vote: replicaKey(self), commit: 30 } }));
  const second = Array.from({ length: 8 }, (_, i) => entry(33 + i, 2));
  const hardState = { term: 2, vote: replicaKey(other), commit: 33 };
  await storage.write(persist({ entries: second.slice(0, 4), hardState, clusterId: uuid(9) }));
  await storage.saveSnapshot(snapshotAt(20), { index: 15, term: 1 });
  await storage.write(persist({ entries: second.slice(4), hardState: { ...hardState, term: 3, vote: undefined } }));
  await storage.close();
}

function snapshotAt(index: number): Snapshot {
  return {
    index,
    term: 1,
    voters: founders.withClusterId(uuid(9)),
    chunks: [Buffer.from('first'), Buffer.from('second')],
  };
}

/** Everything in a form that can be compared. */
function digest(restored: Restored): string {
  return JSON.stringify(restored, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
}

t.test('what was written is there again, and in the right order of things', async (t) => {
  const directory = join(await temporaryFolder(t), 'a', 'b');
  await fill(directory);
  const restored = await reopened(directory);
  t.same(restored.hardState, { term: 3, vote: undefined, commit: 33 });
  t.equal(restored.baseIndex, 15);
  t.equal(restored.entries.length, 25);
  t.same(
    restored.entries.map(({ index }) => index),
    Array.from({ length: 25 }, (_, i) => 16 + i),
  );
  t.equal(restored.entries[16]?.term, 1, 'entry 32 is of the first term');
  t.equal(restored.entries[17]?.term, 2, 'entry 33 was replaced');
  t.equal(Buffer.concat(restored.snapshot?.chunks ?? []).toString(), 'firstsecond');
  t.equal(restored.clusterId, uuid(9));
  t.ok(restored.founding?.sameReplicas(founders));
});

t.test('an installed snapshot replaces a longer log, and entries follow it', async (t) => {
  const directory = await temporaryFolder(t);
  await fill(directory);
  const { storage } = await open(directory);
  const snapshot = { ...snapshotAt(36), term: 3 };
  const hardState = { term: 4, vote: undefined, commit: 36 };
  await storage.write(persist({ snapshot, entries: [entry(37, 4), entry(38, 4)], hardState }));
  await storage.close();
  const restored = await reopened(directory);
  t.equal(restored.snapshot?.index, 36);
  t.same(
    restored.entries.map(({ index, term }) => [index, term]),
    [
      [37, 4],
      [38, 4],
    ],
  );
});

t.test('500 bits flipped, one at a time: the store opens whole or refuses by name', async (t) => {
  const folder = await temporaryFolder(t);
  const original = join(folder, 'original');
  await fill(original);
  // Opened again, so that the journal has become a table and there is a new one.
  const whole = digest(await reopened(original));
  const random = new SeededRandom(1);
  const files = (await readdir(original, { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile() && file.name !== 'LOCK')
    .map((file) => join(file.parentPath, file.name).slice(original.length + 1))
    .toSorted();
  const contents = new Map<string, Buffer>();
  for (const name of files) contents.set(name, await readFile(join(original, name)));
  const copy = join(folder, 'copy');
  let refused = 0;
  for (let i = 0; i < 500; i++) {
    const name = random.pick(files.filter((file) => (contents.get(file)?.length ?? 0) > 0));
    const bytes = Buffer.from(defined(contents.get(name), 'it was read'));
    const at = random.below(bytes.length);
    bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.below(8)), at);
    await fileSystem.removeTree(copy);
    await cp(original, copy, { recursive: true });
    await writeFile(join(copy, name), bytes);
    try {
      const found = digest(await reopened(copy));
      if (found !== whole) t.fail(`bit ${i}, byte ${at} of ${name}: opened with something else`);
    } catch (error) {
      refused++;
      const named = error instanceof VarveError && /damaged|newer|belongs to node/.test(error.message);
      if (!named && !(error instanceof FileSystemError)) t.fail(`byte ${at} of ${name}: ${String(error)}`);
    }
  }
  t.ok(refused > 50, `${refused} refused`);
  t.ok(refused < 500, `${500 - refused} opened whole`);
});

t.test('a store that lost its end, its vote or its term refuses', async (t) => {
  const cases = [
    { name: 'the end', lost: persist({ entries: [entry(1, 1), entry(2, 1)] }), message: /entry 2 was acknowledged/ },
    {
      name: 'a vote',
      lost: persist({ hardState: { term: 1, vote: replicaKey(other), commit: 0 } }),
      message: /vote of term 1 is lost/,
    },
    { name: 'a term', lost: persist({ hardState: { term: 2, vote: undefined, commit: 0 } }), message: /term 2 was/ },
  ];
  for (const { name, lost, message } of cases) {
    const folder = await temporaryFolder(t);
    const directory = join(folder, 'raft');
    const { storage } = await open(directory);
    await storage.write(persist({ entries: [entry(1, 1)] }));
    await storage.close();
    await cp(join(directory, 'store'), join(folder, 'before'), { recursive: true });
    const again = await open(directory);
    await again.storage.write(lost);
    await again.storage.close();
    await fileSystem.removeTree(join(directory, 'store'));
    await cp(join(folder, 'before'), join(directory, 'store'), { recursive: true });
    await t.rejects(open(directory), { code: 'KAFKA_STORAGE_ERROR', message }, name);
  }
});

t.test('a store that went back to before a truncation refuses, however long it is', async (t) => {
  const folder = await temporaryFolder(t);
  const directory = join(folder, 'raft');
  const { storage } = await open(directory);
  await storage.write(persist({ entries: [entry(1, 1), entry(2, 1), entry(3, 1)] }));
  const hardState = { term: 2, vote: undefined, commit: 1 };
  await storage.write(persist({ hardState }));
  await storage.close();
  await cp(join(directory, 'store'), join(folder, 'before'), { recursive: true });
  const again = await open(directory);
  await again.storage.write(persist({ entries: [entry(2, 2)], hardState }));
  await again.storage.close();
  t.equal((await reopened(directory)).entries.length, 2, 'with all that it had it opens');
  await fileSystem.removeTree(join(directory, 'store'));
  await cp(join(folder, 'before'), join(directory, 'store'), { recursive: true });
  await t.rejects(open(directory), {
    code: 'KAFKA_STORAGE_ERROR',
    message: /entry 2 is of term 1, and one of term 2 was acknowledged/,
  });
});

/** Stores that show what `look` sees right behind each write: what a crash there would leave. */
function watched(look: () => Promise<void>): KeyValueStores {
  return storesThat(keyValueStores, async (write, ...args) => {
    await write(...args);
    await look();
  });
}

t.test('a crash behind a snapshot in the place of the last entry, of another term, is no damage', async (t) => {
  const directory = await temporaryFolder(t);
  const path = join(directory, 'quorum-state');
  let behindWrite = Buffer.alloc(0);
  const stores = watched(async () => void (behindWrite = await readFile(path)));
  const { storage } = await RaftStorage.open({ keyValueStores: stores, fileSystem, directory, mustExist: false, self });
  await storage.write(persist({ entries: [entry(1, 1), entry(2, 1)] }));
  const hardState = { term: 3, vote: undefined, commit: 2 };
  await storage.write(persist({ snapshot: { ...snapshotAt(2), term: 3 }, hardState }));
  await storage.close();
  t.notSame(behindWrite, await readFile(path), 'the promise follows the store');
  await writeFile(path, behindWrite);
  t.equal((await reopened(directory)).snapshot?.term, 3);
});

/** The slots of quorum-state in `bytes`, the newest first. */
function slotsOf(bytes: Buffer): [Buffer, Buffer] {
  const slots: [Buffer, Buffer] = [bytes.subarray(0, 512), bytes.subarray(512)];
  return slots[0].readBigUInt64BE(8) > slots[1].readBigUInt64BE(8) ? slots : [slots[1], slots[0]];
}

/** As version 1 wrote it: no last term, and the CRC where it is now. */
function makeVersion1(slot: Buffer): void {
  slot.writeUInt16BE(1, 4);
  slot.fill(0, 52);
  slot.writeUInt32BE(crc32c(slot, 0, 52), 52);
}

t.test('quorum-state of the version before is read, and one of a newer version refused by name', async (t) => {
  const directory = await temporaryFolder(t);
  await fill(directory);
  const path = join(directory, 'quorum-state');
  const whole = digest(await reopened(directory));
  const first = await readFile(path);
  for (const slot of slotsOf(first)) makeVersion1(slot);
  await writeFile(path, first);
  t.equal(digest(await reopened(directory)), whole);
  const { storage } = await open(directory);
  await storage.write(persist({ entries: [entry(41, 3)], hardState: { term: 3, vote: undefined, commit: 41 } }));
  await storage.close();
  const bytes = await readFile(path);
  // Its other slot is whole, and says less.
  const [newer, other] = slotsOf(bytes);
  makeVersion1(other);
  await writeFile(path, bytes);
  t.equal((await reopened(directory)).entries.at(-1)?.index, 41, 'slots of both versions');

  newer.writeUInt16BE(3, 4);
  await writeFile(path, bytes);
  t.equal((await reopened(directory)).entries.at(-1)?.index, 41, 'without its CRC it is a slot that a crash tore');
  newer.writeUInt32BE(crc32c(newer, 0, 508), 508);
  await writeFile(path, bytes);
  await t.rejects(open(directory), {
    code: 'UNSUPPORTED_VERSION',
    message: /quorum-state has version 3, newer than 2/,
  });
});

t.test('a read of quorum-state that goes astray is not kept for what was promised', async (t) => {
  const directory = await temporaryFolder(t);
  await fill(directory);
  const path = join(directory, 'quorum-state');
  const [newest] = slotsOf(await readFile(path));
  let astray = true;
  const misled = new (class extends NodeFileSystem {
    override async readFile(at: string): Promise<Buffer> {
      const bytes = await super.readFile(at);
      if (at === path && astray) {
        astray = false;
        slotsOf(bytes)[0].fill(1);
      }
      return bytes;
    }
  })();
  const options = { keyValueStores, fileSystem: misled, directory, mustExist: true, self };
  await (await RaftStorage.open(options)).storage.close();
  t.notOk(astray, 'one read did');
  t.ok(slotsOf(await readFile(path))[0].equals(newest));
});

t.test('a missing file, a store of another node, and a gap are refused by name', async (t) => {
  const folder = await temporaryFolder(t);
  const directory = join(folder, 'raft');
  await fill(directory);
  const stranger = { ...self, directoryId: uuid(7) };
  await t.rejects(RaftStorage.open({ keyValueStores, fileSystem, directory, mustExist: true, self: stranger }), {
    code: 'KAFKA_STORAGE_ERROR',
    message: /belongs to node 1/,
  });
  const store = await keyValueStores.open(join(directory, 'store'));
  const entries = await store.entries({ from: Buffer.from('e'), to: Buffer.from('f') });
  const [key] = defined(entries[5], 'there are entries');
  await store.write([{ type: 'del', key }], { sync: true });
  await store.close();
  await t.rejects(open(directory), { message: /where entry 21 belongs there is entry 22/ });
  await fileSystem.unlink(join(directory, 'quorum-state'));
  await t.rejects(open(directory), { message: /quorum-state is missing/ });
});

class UncloseableFiles extends NodeFileSystem {
  override async open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    const file = await super.open(path, mode);
    if (!path.endsWith('quorum-state')) return file;
    const close = file.close.bind(file);
    file.close = async () => {
      await close();
      throw new FileSystemError('io', path, 'it cannot be closed');
    };
    return file;
  }
}

t.test('where quorum-state cannot be closed, the store is, and the first error is told', async (t) => {
  const directory = await temporaryFolder(t);
  const failing = new UncloseableFiles();
  await fill(directory);
  const opened = await RaftStorage.open({ keyValueStores, fileSystem: failing, directory, mustExist: true, self });
  await t.rejects(opened.storage.close(), { message: 'it cannot be closed' });
  await t.rejects(
    RaftStorage.open({ keyValueStores, fileSystem: failing, directory, mustExist: true, self: other }),
    { message: /belongs to node 1/ },
    'nor does a start that is refused keep it',
  );
  t.equal((await reopened(directory)).baseIndex, 15, 'nobody holds the lock');
});

t.test('a store that was there before and is missing is refused, and none is made', async (t) => {
  const folder = await temporaryFolder(t);
  const directory = join(folder, 'quorum');
  await t.rejects(open(directory, true), { code: 'KAFKA_STORAGE_ERROR', message: /quorum is missing/ });
  await t.rejects(
    recoverQuorum({ keyValueStores, fileSystem, directory, self }, async () => true),
    {
      code: 'INVALID_REQUEST',
      message: /has no log of a quorum/,
    },
  );
  t.same(await readdir(folder), []);
  // A crash between the making of a store and its first write.
  await (await open(directory)).storage.close();
  await (await open(directory, true)).storage.close();
  await fileSystem.removeTree(join(directory, 'store'));
  t.equal((await reopened(directory)).hardState.term, 0, 'what promised nothing has lost nothing');
});

t.test('a great snapshot is made and written piece by piece, and holds up no entry', async (t) => {
  const directory = await temporaryFolder(t);
  const { storage } = await open(directory);
  await storage.write(persist({ entries: [entry(1, 1), entry(2, 1)] }));
  let made = 0;
  const pieces = function* (): Generator<Uint8Array, void, undefined> {
    for (; made < 50; made++) yield Buffer.from(`piece ${made},`);
  };
  const saved = storage.saveSnapshot({ ...snapshotAt(2), chunks: pieces() }, { index: 1, term: 1 });
  await storage.write(persist({ entries: [entry(3, 1)], hardState: { term: 1, vote: undefined, commit: 3 } }));
  t.ok(made < 5, `${made} of 50 pieces went ahead of the entry`);
  t.equal((await saved)?.chunks.length, 50);
  await storage.close();
  const restored = await reopened(directory);
  t.equal(restored.baseIndex, 1);
  t.same(
    restored.entries.map(({ index }) => index),
    [2, 3],
  );
  t.equal(restored.snapshot?.index, 2);
  t.equal(restored.snapshot?.chunks.length, 50);
});

t.test('a snapshot that is overtaken by one from the leader, or by the end of the store, leaves nothing', async (t) => {
  const directory = await temporaryFolder(t);
  const { storage } = await open(directory);
  await storage.write(persist({ entries: [entry(1, 1), entry(2, 1)] }));
  const overtaken = storage.saveSnapshot(snapshotAt(2), { index: 1, term: 1 });
  const hardState = { term: 1, vote: undefined, commit: 9 };
  await storage.write(persist({ snapshot: { ...snapshotAt(9), chunks: [Buffer.from('newer')] }, hardState }));
  t.equal(await overtaken, undefined);
  await storage.write(persist({ entries: [entry(10, 1)], hardState }));
  const cutShort = storage.saveSnapshot(snapshotAt(10), { index: 10, term: 1 });
  await storage.close();
  t.equal(await cutShort, undefined);
  const { restored, storage: again } = await open(directory);
  await again.close();
  t.equal(restored.snapshot?.index, 9);
  t.equal(Buffer.concat(restored.snapshot?.chunks ?? []).toString(), 'newer');
  const store = await keyValueStores.open(join(directory, 'store'));
  const chunks = await store.entries({ from: Buffer.from('c'), to: Buffer.from('d') });
  await store.close();
  t.equal(chunks.length, 1, 'no piece of another one is kept');
});

t.test('after a failed write nothing more is written until the store is opened again', async (t) => {
  const directory = join(await temporaryFolder(t), 'raft');
  let failing = false;
  const failure = new FileSystemError('full', directory, 'no room');
  const failingStores = storesThat(keyValueStores, async (write, ...args) => {
    if (!failing) return write(...args);
    failing = false;
    throw failure;
  });
  const options = { keyValueStores: failingStores, fileSystem, directory, mustExist: false, self };
  const { storage } = await RaftStorage.open(options);
  await storage.write(
    persist({ entries: [entry(1, 1), entry(2, 1)], hardState: { term: 1, vote: undefined, commit: 2 } }),
  );
  failing = true;
  // The second is in line already: on top of what the first was to write it would leave a gap.
  const writes = [
    storage.write(persist({ entries: [entry(3, 1), entry(4, 1)] })),
    storage.write(persist({ entries: [entry(5, 1)] })),
    storage.saveSnapshot(snapshotAt(2), { index: 2, term: 1 }),
  ];
  t.same(
    (await Promise.allSettled(writes)).map((one) => (one.status === 'rejected' ? one.reason : one.status)),
    [failure, failure, failure],
  );
  await t.rejects(storage.write(persist({ entries: [entry(3, 1)] })), failure);
  await storage.close();
  const restored = await reopened(directory);
  t.equal(restored.entries.length, 2);
  t.equal(restored.snapshot, undefined);
});

t.test('a LevelDB store whose write failed takes no more until it is opened again', async (t) => {
  const path = join(await temporaryFolder(t), 'store');
  const put = (key: Buffer) => [{ type: 'put' as const, key, value: Buffer.from('x') }];
  const store = await keyValueStores.open(path);
  await store.write(put(Buffer.from('a')), { sync: true });
  // No key at all is what this store can be made to fail on.
  const failed = store.write(put(null as unknown as Buffer), { sync: true });
  const next = store.write(put(Buffer.from('b')), { sync: true });
  await t.rejects(failed);
  await t.rejects(next);
  await t.rejects(store.write(put(Buffer.from('c')), { sync: true }));
  await store.close();
  const again = await keyValueStores.open(path);
  t.equal((await again.entries({})).length, 1);
  await again.write(put(Buffer.from('b')), { sync: true });
  await again.close();
});

t.test('a lost majority is recovered on one node, which says what may be lost and asks', async (t) => {
  const directory = join(await temporaryFolder(t), 'raft');
  await fill(directory);
  let plan: RecoveryPlan | undefined;
  const options = { keyValueStores, fileSystem, directory, self };
  const before = digest(await reopened(directory));
  const refused = await recoverQuorum(options, async (shown) => {
    plan = shown;
    return false;
  });
  t.equal(refused, false);
  t.equal(plan?.lastIndex, 40);
  t.match(plan?.warning, /was 1, 2, 3.* after entry 40 .* lost for good/);
  t.equal(digest(await reopened(directory)), before, 'nothing changes without consent');
  t.ok(await recoverQuorum(options, async () => true));
  const { entries } = await reopened(directory);
  t.equal(entries[entries.length - 1]?.type, 'voters');
  t.equal(entries[entries.length - 1]?.index, 41);
});
