import type { Clock } from '../platform/clock.js';
import { sleep } from '../platform/clock.js';
import type { FileSystem } from '../platform/file-system.js';
import { FileSystemError } from '../platform/file-system.js';
import { LOG_SUFFIX } from './file-names.js';

/** To free a gigabyte keeps a processor in the file system for a good part of a second: so much goes at a time. */
const STEP_BYTES = 64 * 1024 * 1024;
/** It rests so many times as long as a step took: the more others do, the slower it goes. */
const RESTS = 2;

/** Removes the files of a folder one after the other, and not the folder; no error when that is gone already. */
export async function emptyFolder(fileSystem: FileSystem, folder: string): Promise<void> {
  if ((await fileSystem.stat(folder)) === undefined) return;
  for (const name of await fileSystem.readDirectory(folder)) await fileSystem.unlink(`${folder}/${name}`);
}

/**
 * Removes the folder of a log that nobody uses any more, beside what others write and sync and not in their place: large
 * files shrink step by step first. `isHasty`: there is no time for that (any more).
 */
export async function removeFolder(
  platform: { readonly fileSystem: FileSystem; readonly clock: Clock },
  folder: string,
  isHasty: () => boolean,
): Promise<void> {
  const { fileSystem } = platform;
  if (!isHasty() && (await fileSystem.stat(folder)) !== undefined) {
    for (const name of await fileSystem.readDirectory(folder)) {
      if (name.endsWith(LOG_SUFFIX)) await shrink(platform, `${folder}/${name}`, isHasty);
    }
  }
  await emptyFolder(fileSystem, folder);
  await fileSystem.removeTree(folder);
}

/** As far as it can: a file that cannot be opened is removed as it is. */
async function shrink(
  { fileSystem, clock }: { readonly fileSystem: FileSystem; readonly clock: Clock },
  path: string,
  isHasty: () => boolean,
): Promise<void> {
  const sizeBytes = (await fileSystem.stat(path))?.sizeBytes ?? 0;
  if (sizeBytes <= STEP_BYTES) return;
  try {
    const file = await fileSystem.open(path, 'write');
    try {
      for (let rest = sizeBytes - STEP_BYTES; rest > 0 && !isHasty(); rest -= STEP_BYTES) {
        const startMs = clock.monotonicMs();
        await file.truncate(rest);
        await sleep(clock, Math.max(1, RESTS * (clock.monotonicMs() - startMs)));
      }
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
  }
}
