import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { NodeFileSystem } from '../../src/platform/node/file-system.js';
import { fileSystemError } from '../../src/platform/node/file-system-error.js';
import { LevelStores } from '../../src/platform/node/level-store.js';
import { fileSystemConformance, rejectsWith } from './conformance/file-system.js';
import { keyValueStoreConformance } from './conformance/key-value-store.js';
import { temporaryFolder } from './temporary-folder.js';

const fileSystem = new NodeFileSystem();

t.test('files', (t) => {
  fileSystemConformance(t, async (t) => ({ fileSystem, folder: temporaryFolder(t) }));
  t.end();
});

t.test('stores', (t) => {
  keyValueStoreConformance(t, async (t) => ({ stores: new LevelStores(), path: join(temporaryFolder(t), 'store') }));
  t.end();
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
