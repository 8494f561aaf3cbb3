import { assert } from '../common/assert.js';
import type { Offset } from '../common/ids.js';
import { readTwice } from '../platform/file-system.js';
import type { LogServices } from './log-services.js';
import type { LoadedLog } from './log-state.js';
import type { Segment } from './segment.js';

const REWRITE_CHUNK_BYTES = 1024 * 1024;

/**
 * Removes what recovery dropped, writes what it rebuilt and syncs what it found good, so that a second crash finds no
 * trap: after a kill the batches that were read may be in the page cache alone, and from here on they count as durable.
 */
export async function makeDurable(
  services: LogServices,
  log: LoadedLog,
  recovered: {
    readonly dropped: readonly Segment[];
    readonly staleSnapshots: readonly Offset[];
    readonly firstScanned: number;
    readonly syncFailed: boolean;
  },
): Promise<void> {
  const { segments } = log;
  for (const offset of recovered.staleSnapshots) await segments.unlinkSnapshot(offset);
  await segments.unlink([...recovered.dropped].reverse());
  for (let index = recovered.firstScanned; index < segments.count - 1; index++) {
    segments.at(index).finishTimeIndex();
    await segments.closeIndexes(segments.at(index));
  }
  for (let index = recovered.firstScanned; index < segments.count; index++)
    await (recovered.syncFailed ? rewriteSegment : syncSegment)(services, segments.at(index));
  await segments.writeEpochs(log.epochs);
  await services.platform.fileSystem.syncDirectory(log.folder);
}

async function syncSegment(services: LogServices, segment: Segment): Promise<void> {
  if (segment.sizeBytes === 0) return;
  const lease = await services.files.acquire(segment.logPath, 'write');
  try {
    await services.syncLargeFile(segment.logPath, lease.file);
  } finally {
    lease.release();
  }
}

/** Puts the segment's bytes into a new file: only pages that are written again reach the disk after a failed sync. */
async function rewriteSegment(services: LogServices, segment: Segment): Promise<void> {
  if (segment.sizeBytes === 0) return;
  const { fileSystem } = services.platform;
  const copyPath = `${segment.logPath}.tmp`;
  const lease = await services.files.acquire(segment.logPath, 'read');
  try {
    const copy = await fileSystem.open(copyPath, 'write');
    try {
      await copy.truncate(0);
      for (let position = 0; position < segment.sizeBytes;) {
        const from = position;
        const sizeBytes = Math.min(REWRITE_CHUNK_BYTES, segment.sizeBytes - position);
        // One read that went astray would be in the copy for good.
        const chunk = await readTwice(segment.logPath, async () => {
          const bytes = Buffer.allocUnsafeSlow(sizeBytes);
          return bytes.subarray(0, await lease.file.read(bytes, from));
        });
        assert(chunk.length > 0, 'a file has as many bytes as its recovery read');
        await copy.write([chunk], position);
        position += chunk.length;
      }
      await services.syncLargeFile(copyPath, copy);
    } finally {
      await copy.close();
    }
  } finally {
    lease.release();
  }
  services.files.forget(segment.logPath);
  await fileSystem.rename(copyPath, segment.logPath);
}
