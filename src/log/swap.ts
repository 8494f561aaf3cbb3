import { assert, defined } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { batchNextOffset } from '../record/batch-header.js';
import { scanBatches } from './batch-scan.js';
import {
  CLEANED_SUFFIX,
  INDEX_SUFFIX,
  LOG_SUFFIX,
  offsetFileName,
  offsetOfFileName,
  SWAP_SUFFIX,
  TIME_INDEX_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
} from './file-names.js';
import type { LogServices } from './log-services.js';
import type { LogState } from './log-state.js';
import type { Segment } from './segment.js';

const INDEX_SUFFIXES = [INDEX_SUFFIX, TIME_INDEX_SUFFIX, TRANSACTION_INDEX_SUFFIX];

/** Writes the indexes of a cleaned segment beside its log, which is there: the last of the swap that needs room. */
export async function prepareSwap(state: LogState, cleaned: Segment): Promise<void> {
  const { fileSystem } = state.services.platform;
  for (const suffix of INDEX_SUFFIXES) await fileSystem.unlink(cleaned.path(suffix) + SWAP_SUFFIX);
  await writeIndexes(state.services, cleaned);
  await fileSystem.syncDirectory(state.folder);
}

/** Removes what there is of a cleaned segment that is not swapped in: the room that it takes may be all that there is. */
export async function dropCleaned(state: LogState, cleaned: Segment): Promise<void> {
  const { fileSystem } = state.services.platform;
  for (const suffix of INDEX_SUFFIXES) await fileSystem.unlink(cleaned.path(suffix) + SWAP_SUFFIX);
  await fileSystem.unlink(cleaned.logPath + CLEANED_SUFFIX);
}

/**
 * Puts a cleaned segment, after `prepareSwap`, in the place of the group that it was made from, so that a crash leaves the
 * one or the other. Its indexes are `*.swap` already, now its log becomes so: from there on the swap is decided, and
 * `finishSwaps` ends it after a crash. The folder is synced before and after, as names may reach the disk in any order.
 */
export async function swapIn(state: LogState, group: readonly Segment[], cleaned: Segment): Promise<void> {
  const { services } = state;
  const { fileSystem } = services.platform;
  const written = defined(cleaned.indexes, 'a segment that was written has its indexes in memory');
  await state.writer.exclusive(async () => {
    const index = state.segments.all.indexOf(group[0] as Segment);
    const end = state.segments.endOf(index + group.length - 1, state.endOffset);
    assert(end <= state.writer.syncedOffset, 'segments are exchanged once they are synced');
    await state.mustDo(async () => {
      if ((await fileSystem.stat(cleaned.logPath + CLEANED_SUFFIX)) !== undefined) {
        await fileSystem.rename(cleaned.logPath + CLEANED_SUFFIX, cleaned.logPath + SWAP_SUFFIX);
      }
      await fileSystem.syncDirectory(state.folder);
    });
    // Until the file has its name, that is the old segment's file still: read by it, the new one's places lie elsewhere,
    // and what was kept behind its end is skipped. The open file stays the right one through the renaming.
    cleaned.isSwapping = true;
    const swapPath = cleaned.logPath;
    const lease = await state.mustDo(() => services.files.acquire(swapPath, 'read'));
    try {
      cleaned.created = true;
      state.segments.replace(index, group.length, [cleaned]);
      state.tail.dropBefore(state.segments.endOf(index, state.endOffset));
      state.damage.dropOf(new Set(group));
      state.reader.invalidate();
      for (const segment of group) services.files.forget(segment.logPath);
      await state.mustDo(async () => {
        // The first goes first, for good: those that a crash leaves, behind the end of the new one, are the last ones. A record
        // without the tombstone that followed it, of which nothing is left in the new one either, would be back for ever.
        await state.segments.unlink(group.slice(1));
        await finishSwap(services, state.folder, cleaned.baseOffset);
      });
      cleaned.isSwapping = false;
      // Whoever still read the old segment may have opened it again meanwhile.
      services.files.forget(cleaned.logPath);
      // They have their names, too.
      services.indexCache.release(cleaned, written);
    } finally {
      lease.release();
      services.files.forget(swapPath);
    }
  });
}

async function writeIndexes(services: LogServices, cleaned: Segment): Promise<void> {
  const { indexes } = cleaned;
  if (indexes === undefined) return;
  await services.writeFile(cleaned.path(INDEX_SUFFIX) + SWAP_SUFFIX, indexes.offsets.content());
  await services.writeFile(cleaned.path(TIME_INDEX_SUFFIX) + SWAP_SUFFIX, indexes.times.content());
  if (cleaned.transactions.count === 0) return;
  await services.writeFile(cleaned.path(TRANSACTION_INDEX_SUFFIX) + SWAP_SUFFIX, cleaned.transactions.content());
}

/** The last steps of a decided swap; may be done again. */
async function finishSwap(services: LogServices, folder: string, baseOffset: Offset): Promise<void> {
  const { fileSystem } = services.platform;
  const path = `${folder}/${offsetFileName(baseOffset, '')}`;
  if ((await fileSystem.stat(path + LOG_SUFFIX + SWAP_SUFFIX)) !== undefined) {
    for (const suffix of INDEX_SUFFIXES) {
      const swap = path + suffix + SWAP_SUFFIX;
      if ((await fileSystem.stat(swap)) !== undefined) await fileSystem.rename(swap, path + suffix);
      // An index without a successor is of the segment that goes; a former try has renamed the others already.
      else if (suffix === TRANSACTION_INDEX_SUFFIX) await fileSystem.unlink(path + suffix);
    }
    await fileSystem.syncDirectory(folder);
    await fileSystem.rename(path + LOG_SUFFIX + SWAP_SUFFIX, path + LOG_SUFFIX);
  }
  // No promise hangs on this one: a start that finds the renaming undone ends the swap again. It spares that start the work.
  await fileSystem.syncDirectory(folder);
}

/**
 * Ends the swaps that a crash interrupted: a `.log.swap` takes the place of the segments that it was made from; other
 * leftovers go. Gives the names in the folder afterwards.
 */
export async function finishSwaps(services: LogServices, folder: string, names: string[]): Promise<string[]> {
  if (!names.some((name) => name.endsWith(SWAP_SUFFIX))) return names;
  const { fileSystem } = services.platform;
  for (const name of names) {
    const baseOffset = offsetOfFileName(name, LOG_SUFFIX + SWAP_SUFFIX);
    if (baseOffset === undefined) continue;
    const end = await endOfFile(services, `${folder}/${name}`, baseOffset);
    for (const other of names) {
      const base = offsetOfFileName(other, LOG_SUFFIX);
      if (base === undefined || base <= baseOffset || base >= end) continue;
      for (const suffix of [LOG_SUFFIX, ...INDEX_SUFFIXES]) {
        await fileSystem.unlink(`${folder}/${offsetFileName(base, suffix)}`);
      }
    }
    await finishSwap(services, folder, baseOffset);
  }
  for (const name of await fileSystem.readDirectory(folder)) {
    if (name.endsWith(SWAP_SUFFIX)) await fileSystem.unlink(`${folder}/${name}`);
  }
  return fileSystem.readDirectory(folder);
}

async function endOfFile(services: LogServices, path: string, baseOffset: Offset): Promise<Offset> {
  const lease = await services.files.acquire(path, 'read');
  let end = baseOffset;
  try {
    const to = await lease.file.sizeBytes();
    await scanBatches(lease.file, { from: 0, to, checkCrc: true }, (chunk, at) => {
      end = batchNextOffset(chunk, at);
      return true;
    });
  } finally {
    lease.release();
    services.files.forget(path);
  }
  return end;
}
