import type { Test } from 'tap';
import { FileSystemError, writeFileAtomically } from '../../../src/platform/file-system.js';
import type { FileSystem, FileSystemErrorKind } from '../../../src/platform/file-system.js';

/** An empty folder of a file system under test. */
export interface FileSystemSubject {
  readonly fileSystem: FileSystem;
  readonly folder: string;
}

/** Asserts that `work` rejects with a FileSystemError of `kind` that names `path`. */
export async function rejectsWith(
  t: Test,
  kind: FileSystemErrorKind,
  path: string,
  work: Promise<unknown>,
): Promise<void> {
  try {
    await work;
    t.fail(`rejects with '${kind}'`);
  } catch (error) {
    t.type(error, FileSystemError);
    if (error instanceof FileSystemError) {
      t.equal(error.kind, kind);
      t.equal(error.path, path);
      t.match(error.message, path);
    }
  }
}

/** What every FileSystem does. `make` gives a new empty folder each time. */
export function fileSystemConformance(t: Test, make: (t: Test) => Promise<FileSystemSubject>): void {
  t.test('file contents', (t) => contents(t, make));
  t.test('open modes', (t) => openModes(t, make));
  t.test('names', (t) => names(t, make));
  t.test('folders', (t) => folders(t, make));
  t.test('locks', (t) => locks(t, make));
}

async function contents(t: Test, make: (t: Test) => Promise<FileSystemSubject>): Promise<void> {
  const { fileSystem, folder } = await make(t);
  const path = `${folder}/contents`;
  const file = await fileSystem.open(path, 'createNew');
  t.equal(await file.sizeBytes(), 0);
  await file.write([Buffer.from('hello '), Buffer.alloc(0), Buffer.from('world'), new Uint8Array([33])], 0);
  t.equal(await file.sizeBytes(), 12);
  await file.write([Buffer.from('W')], 6);
  await file.write([], 5);
  t.equal((await fileSystem.readFile(path)).toString(), 'hello World!');

  const part = Buffer.alloc(5, '-');
  t.equal(await file.read(part, 6), 5);
  t.equal(part.toString(), 'World');
  const past = Buffer.alloc(8, '-');
  t.equal(await file.read(past, 8), 4, 'a read past the end is short');
  t.equal(past.toString(), 'rld!----');
  t.equal(await file.read(past, 100), 0);

  await file.write([Buffer.from('x')], 15);
  t.equal((await fileSystem.readFile(path)).toString('latin1'), 'hello World!\0\0\0x', 'a gap is filled with zeros');
  await file.truncate(5);
  t.equal((await fileSystem.readFile(path)).toString(), 'hello');
  await file.truncate(7);
  t.equal((await fileSystem.readFile(path)).toString('latin1'), 'hello\0\0');
  await file.sync();

  const source = Buffer.from('abc');
  await file.write([source], 0);
  source.fill('z');
  t.equal(
    (await fileSystem.readFile(path)).toString('latin1').slice(0, 3),
    'abc',
    'a finished write keeps no reference',
  );

  const many = Array.from({ length: 3000 }, (_, index) => Buffer.from([index % 251]));
  await file.write(many, 1);
  t.same(
    await fileSystem.readFile(path).then((all) => all.subarray(1)),
    Buffer.concat(many),
    'more than IOV_MAX pieces',
  );
  await file.close();
  const stat = await fileSystem.stat(path);
  t.equal(stat?.sizeBytes, 3001);
  t.equal(stat?.isDirectory, false);
}

async function openModes(t: Test, make: (t: Test) => Promise<FileSystemSubject>): Promise<void> {
  const { fileSystem, folder } = await make(t);
  const path = `${folder}/file`;
  await rejectsWith(t, 'missing', path, fileSystem.open(path, 'read'));
  await rejectsWith(t, 'missing', path, fileSystem.readFile(path));
  const made = await fileSystem.open(path, 'write');
  await made.write([Buffer.from('one')], 0);
  await made.close();
  await rejectsWith(t, 'exists', path, fileSystem.open(path, 'createNew'));
  const again = await fileSystem.open(path, 'write');
  t.equal(await again.sizeBytes(), 3, "'write' keeps what is there");
  const reader = await fileSystem.open(path, 'read');
  await again.write([Buffer.from('two')], 3);
  const seen = Buffer.alloc(6);
  t.equal(await reader.read(seen, 0), 6, 'a reader sees what was written through another handle');
  t.equal(seen.toString(), 'onetwo');
  await fileSystem.unlink(path);
  t.equal(await reader.read(seen, 0), 6, 'an open file outlives its name');
  await reader.close();
  await again.close();
  const orphan = `${folder}/none/file`;
  await rejectsWith(t, 'missing', orphan, fileSystem.open(orphan, 'write'));
}

async function names(t: Test, make: (t: Test) => Promise<FileSystemSubject>): Promise<void> {
  const { fileSystem, folder } = await make(t);
  const from = `${folder}/from`;
  const to = `${folder}/to`;
  await writeFileAtomically(fileSystem, from, Buffer.from('first'));
  await writeFileAtomically(fileSystem, from, Buffer.from('second'));
  t.same(await fileSystem.readDirectory(folder), ['from'], 'no temporary file stays');
  await writeFileAtomically(fileSystem, to, Buffer.from('older'));
  await fileSystem.rename(from, to);
  t.equal((await fileSystem.readFile(to)).toString(), 'second', 'rename replaces');
  t.equal(await fileSystem.stat(from), undefined);
  await rejectsWith(t, 'missing', from, fileSystem.rename(from, to));
  await fileSystem.unlink(to);
  await fileSystem.unlink(to);
  t.same(await fileSystem.readDirectory(folder), []);
}

async function folders(t: Test, make: (t: Test) => Promise<FileSystemSubject>): Promise<void> {
  const { fileSystem, folder } = await make(t);
  t.equal(await fileSystem.makeDirectory(`${folder}/b/inner`), true);
  t.equal(await fileSystem.makeDirectory(`${folder}/b/inner`), false);
  t.equal(await fileSystem.makeDirectory(`${folder}/b`), false, 'it came with the one in it');
  t.equal(await fileSystem.makeDirectory(`${folder}/B`), true);
  await writeFileAtomically(fileSystem, `${folder}/a`, Buffer.from('x'));
  await writeFileAtomically(fileSystem, `${folder}/b/inner/file`, Buffer.from('x'));
  t.same(await fileSystem.readDirectory(folder), ['B', 'a', 'b'], 'sorted by code unit');
  t.equal((await fileSystem.stat(`${folder}/b`))?.isDirectory, true);
  await fileSystem.syncDirectory(`${folder}/b`);
  await fileSystem.rename(`${folder}/b`, `${folder}/c`);
  t.same(await fileSystem.readDirectory(`${folder}/c/inner`), ['file']);
  await fileSystem.removeTree(`${folder}/c`);
  await fileSystem.removeTree(`${folder}/c`);
  t.equal(await fileSystem.stat(`${folder}/c`), undefined);
  await rejectsWith(t, 'missing', `${folder}/c`, fileSystem.readDirectory(`${folder}/c`));
  t.ok((await fileSystem.freeBytes(folder)) > 0);
}

async function locks(t: Test, make: (t: Test) => Promise<FileSystemSubject>): Promise<void> {
  const { fileSystem, folder } = await make(t);
  const lock = await fileSystem.lockDirectory(folder);
  await rejectsWith(t, 'locked', folder, fileSystem.lockDirectory(folder));
  await lock.release();
  const again = await fileSystem.lockDirectory(folder);
  await again.release();
}
