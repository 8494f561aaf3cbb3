import t from 'tap';
import { removeFolder } from '../../src/log/folder-removal.js';
import type { Clock } from '../../src/platform/clock.js';
import type { File, FileSystem } from '../../src/platform/file-system.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import { FakeDisk } from './fake-disk.js';
import { TOPIC_ID, logConfig, makeBatch, openDirectory } from './support.js';

const MIB = 1024 * 1024;
const FOLDER = '/data/t-0.0123-delete';

/** A folder with a large log and what belongs to it, on a disk where a truncation takes 20 ms; and all that was done. */
function setUp(options: { readonly opens?: boolean } = {}) {
  const done: string[] = [];
  const sizes = new Map([
    [`${FOLDER}/0.index`, 1],
    [`${FOLDER}/0.log`, 200 * MIB],
    [`${FOLDER}/9.log`, 64 * MIB],
  ]);
  let nowMs = 0;
  const file = (path: string): Partial<File> => ({
    truncate: async (sizeBytes) => {
      nowMs += 20;
      sizes.set(path, sizeBytes);
      done.push(`${path.slice(FOLDER.length + 1)} is cut to ${sizeBytes / MIB}`);
    },
    close: async () => {},
  });
  const fileSystem: Partial<FileSystem> = {
    stat: async (path) => ({ sizeBytes: sizes.get(path) ?? 0, modifiedMs: 0, isDirectory: path === FOLDER }),
    readDirectory: async () => [...sizes.keys()].map((path) => path.slice(FOLDER.length + 1)),
    open: async (path) => {
      if (options.opens === false) throw new FileSystemError('tooManyFiles', path, 'no more');
      return file(path) as File;
    },
    unlink: async (path) => {
      sizes.delete(path);
      done.push(`${path.slice(FOLDER.length + 1)} goes`);
    },
    removeTree: async () => void done.push('the folder goes'),
  };
  const clock: Partial<Clock> = {
    monotonicMs: () => nowMs,
    after: (delayMs, work) => {
      done.push(`rest of ${delayMs} ms`);
      queueMicrotask(work);
      return { cancel() {} };
    },
  };
  return { done, platform: { fileSystem: fileSystem as FileSystem, clock: clock as Clock } };
}

const REMOVED = ['0.index goes', '0.log goes', '9.log goes', 'the folder goes'];

t.test('a large file shrinks step by step, with rests, before it goes', async (t) => {
  const { done, platform } = setUp();
  await removeFolder(platform, FOLDER, () => false);
  const steps = [136, 72, 8].flatMap((sizeMib) => [`0.log is cut to ${sizeMib}`, 'rest of 40 ms']);
  t.same(done, [...steps, ...REMOVED]);
});

t.test('it goes at once where there is no time for that, or no more', async (t) => {
  const hasty = setUp();
  await removeFolder(hasty.platform, FOLDER, () => true);
  t.same(hasty.done, REMOVED);
  const stopped = setUp();
  await removeFolder(stopped.platform, FOLDER, () => stopped.done.length > 0);
  t.same(stopped.done, ['0.log is cut to 136', 'rest of 40 ms', ...REMOVED]);
});

t.test('a file that cannot be opened is removed all the same', async (t) => {
  const { done, platform } = setUp({ opens: false });
  await removeFolder(platform, FOLDER, () => false);
  t.same(done, REMOVED);
});

t.test('a deleted log gives its name free at once, and its files are gone when the directory is closed', async (t) => {
  const disk = new FakeDisk();
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => (letGo = resolve));
  const fileSystem: FileSystem = {
    ...disk.mount(),
    unlink: async (path) => {
      if (path.includes('-delete')) await held;
      await disk.unlink(path);
    },
  };
  const removed = (): string[] => disk.paths('/data/t-0').filter((path) => path.includes('-delete'));
  const { directory } = await openDirectory(fileSystem);
  const former = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  former.appendAsLeader(makeBatch(), 0);
  await former.flush();
  await directory.deleteLog('t', 0);
  const log = await directory.openLog('t', 0, TOPIC_ID, logConfig());
  t.equal(log.endOffset, 0);
  t.ok(removed().length > 0, 'nobody waits for them');
  let isClosed = false;
  const closing = directory.close().then(() => (isClosed = true));
  await new Promise((resolve) => setImmediate(resolve));
  t.equal(isClosed, false, 'but who closes the directory');
  letGo();
  await closing;
  t.same(removed(), []);
});
