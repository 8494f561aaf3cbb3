import { fork } from 'node:child_process';
import { once } from 'node:events';
import fs, { chmodSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { NodeFileSystem } from '../../src/platform/node/file-system.js';
import { fileSystemError } from '../../src/platform/node/file-system-error.js';
import { LevelStores } from '../../src/platform/node/level-store.js';
import { fileSystemConformance, rejectsWith } from './conformance/file-system.js';
import { keyValueStoreConformance } from './conformance/key-value-store.js';
import { temporaryFolder } from './temporary-folder.js';

const fileSystem = new NodeFileSystem();
const MIB = 1024 * 1024;
/** statfs(2). */
const TMPFS_MAGIC = 0x0102_1994;

/** What the process had to read from a device meanwhile; 0 where the system does not tell. */
async function bytesFromDisk(work: () => Promise<unknown>): Promise<number> {
  const count = (): number => {
    if (process.platform !== 'linux') return 0;
    return Number(/^read_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'latin1'))?.[1] ?? 0);
  };
  const before = count();
  await work();
  return count() - before;
}

t.test('files', (t) => {
  fileSystemConformance(t, async (t) => ({ fileSystem, folder: temporaryFolder(t) }));
  t.end();
});

t.test('stores', (t) => {
  keyValueStoreConformance(t, async (t) => ({ stores: new LevelStores(), path: join(temporaryFolder(t), 'store') }));
  t.end();
});

t.test('a sync is one of the system: fdatasync of the file, fsync of the folder', async (t) => {
  const folder = temporaryFolder(t);
  const { fdatasync, fsync } = fs;
  const asked: string[] = [];
  t.teardown(() => Object.assign(fs, { fdatasync, fsync }));
  const noted = (name: string, sync: typeof fsync) =>
    Object.assign((...[descriptor, done]: Parameters<typeof fsync>): void => {
      asked.push(`${name} of a ${fs.fstatSync(descriptor).isDirectory() ? 'folder' : 'file'}`);
      sync(descriptor, done);
    }, sync);
  fs.fdatasync = noted('fdatasync', fdatasync);
  fs.fsync = noted('fsync', fsync);
  const file = await fileSystem.open(join(folder, 'file'), 'createNew');
  await file.write([Buffer.from('x')], 0);
  await file.sync();
  await fileSystem.syncDirectory(folder);
  await file.close();
  t.same(asked, ['fdatasync of a file', 'fsync of a folder'], 'what the system was asked for');
});

t.test('a failed sync of a folder is none that may be tried again, whatever the system calls it', async (t) => {
  const folder = temporaryFolder(t);
  const { fsync, open } = fs;
  t.teardown(() => Object.assign(fs, { fsync, open }));
  const failing = (code: string): Error => Object.assign(new Error(`${code}: no`), { code });
  for (const code of ['ENOSPC', 'EDQUOT', 'EIO', 'EMFILE']) {
    fs.fsync = Object.assign((...[, done]: Parameters<typeof fsync>): void => {
      setImmediate(() => done(failing(code)));
    }, fsync);
    await rejectsWith(t, 'io', folder, fileSystem.syncDirectory(folder));
  }
  fs.fsync = fsync;
  await t.resolves(fileSystem.syncDirectory(folder));
  // Nothing was asked of the disk yet.
  Object.assign(fs, {
    open: (...args: unknown[]) => setImmediate(args.at(-1) as (error: Error) => void, failing('EMFILE')),
  });
  await rejectsWith(t, 'tooManyFiles', folder, fileSystem.syncDirectory(folder));
});

t.test('what is no longer of use leaves the cache of the system', async (t) => {
  const folder = temporaryFolder(t);
  const warnings: string[] = [];
  const warn = (warning: Error): void => void warnings.push(warning.message);
  process.on('warning', warn);
  t.teardown(() => process.off('warning', warn));
  const content = Buffer.alloc(8 * MIB, 'abcdefg');
  const path = join(folder, 'ö file');
  const file = await fileSystem.open(path, 'createNew');
  await file.write([content], 0);
  await file.sync();
  const hot = await bytesFromDisk(() => file.read(Buffer.alloc(content.length), 0));
  fileSystem.dropCached(path, 1 * MIB, 6 * MIB);
  const read = Buffer.alloc(content.length);
  const cold = await bytesFromDisk(() => file.read(read, 0));
  t.ok(read.equals(content), 'it is on the disk');
  t.ok(hot < MIB, `${hot} bytes from the disk while it was in the cache`);
  // A file system in memory has nowhere else to read from; other systems take no hint.
  const isDisk = process.platform === 'linux' && statfsSync(folder).type !== TMPFS_MAGIC;
  t.ok(isDisk ? cold >= 2 * MIB : cold < 2 * MIB, `${cold} bytes from the disk afterwards`);
  await file.close();
  await fileSystem.unlink(path);
  fileSystem.dropCached(path, 0, MIB);
  t.same(warnings, [], 'and Node has nothing to say to it');
});

t.test('a file that was closed is not used', async (t) => {
  const file = await fileSystem.open(join(temporaryFolder(t), 'file'), 'createNew');
  await file.close();
  await t.rejects(async () => file.write([Buffer.from('x')], 0), { name: 'InvariantViolation' });
  await t.rejects(async () => file.sync(), { name: 'InvariantViolation' });
});

t.test('errors of the system by kind', async (t) => {
  const kind = (code: string): string => fileSystemError('write', '/x', Object.assign(new Error('no'), { code })).kind;
  t.same(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'ENOENT', 'EEXIST', 'EACCES', 'EMFILE', 'EWHATEVER'].map(kind), [
    'full',
    'full',
    'io',
    'io',
    'missing',
    'exists',
    'denied',
    'tooManyFiles',
    'io',
  ]);
  t.test('a full device', async (t) => {
    const full = await fileSystem.open('/dev/full', 'write');
    await rejectsWith(t, 'full', '/dev/full', full.write([Buffer.from('x')], 0));
    await rejectsWith(t, 'full', '/dev/full', full.write([Buffer.from('x'), Buffer.from('y')], 0));
    await full.close();
  });
  t.test('a folder that may not be written', async (t) => {
    const folder = temporaryFolder(t);
    chmodSync(folder, 0o500);
    const inner = join(folder, 'sub');
    if (process.getuid?.() === 0) await t.resolves(fileSystem.makeDirectory(inner), 'root may');
    else await rejectsWith(t, 'denied', inner, fileSystem.makeDirectory(inner));
    chmodSync(folder, 0o700);
  });
});

t.test('the lock of a process that was killed is free at once', async (t) => {
  const folder = temporaryFolder(t);
  // As Kafka leaves it behind.
  writeFileSync(join(folder, '.lock'), '');
  const holder = fork(join(process.cwd(), 'dist/test/platform/lock-holder.js'), [folder], { stdio: 'ignore' });
  t.teardown(() => holder.kill('SIGKILL'));
  t.same(await once(holder, 'message').then(([message]) => message), 'locked');
  await rejectsWith(t, 'locked', folder, fileSystem.lockDirectory(folder));
  const exited = once(holder, 'exit');
  holder.kill('SIGKILL');
  await exited;
  const lock = await fileSystem.lockDirectory(folder);
  await lock.release();
});
