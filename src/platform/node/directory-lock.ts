import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileSystemError } from '../file-system.js';
import type { DirectoryLock } from '../file-system.js';
import { fileSystemError } from './file-system-error.js';
import { openLevel } from './level-store.js';

/**
 * The folder within a locked one that holds the lock: an empty LevelDB, whose fcntl lock the kernel ends with us. Not
 * Kafka's `.lock`, which is a file: a directory may move between the two.
 */
const LOCK_FOLDER = '.varve-lock';

/**
 * Takes `path` for this process. Node has no file locks of its own; LevelDB's is kept code, is released by the kernel
 * when the process dies in whatever way, and refuses a second holder within the process, too.
 */
export async function lockDirectory(path: string): Promise<DirectoryLock> {
  const folder = join(path, LOCK_FOLDER);
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw fileSystemError('lock', path, error);
  }
  const database = await openLevel(folder).catch((error: unknown) => {
    if (!(error instanceof FileSystemError)) throw error;
    const reason = error.kind === 'locked' ? 'another process or node uses it: stop that one first' : error.message;
    throw new FileSystemError(error.kind, path, `cannot lock ${path}: ${reason}`, { cause: error });
  });
  return { release: () => database.close() };
}
