import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import { writeFileAtomically, writeNewFile } from '../platform/file-system.js';
import {
  formatPartitionMetadata,
  parseDamageMark,
  parseEpochCheckpoint,
  parsePartitionMetadata,
} from './checkpoint-files.js';
import {
  CLEANED_SUFFIX,
  DAMAGE_MARK,
  DELETED_SUFFIX,
  GAPS_MARK,
  LEADER_EPOCH_CHECKPOINT,
  LOG_SUFFIX,
  offsetFileName,
  offsetOfFileName,
  PARTITION_METADATA,
  SNAPSHOT_SUFFIX,
  TRUNCATION_MARK,
} from './file-names.js';
import { LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogServices } from './log-services.js';
import type { LoadedLog } from './log-state.js';
import { loadSnapshot } from './producer-replay.js';
import { ProducerState } from './producer-state.js';
import { loadIndexes } from './segment-reader.js';
import { Segment } from './segment.js';
import { finishSwaps } from './swap.js';
import { recover } from './log-recovery.js';
import {
  markTruncated,
  freshSegment,
  logStart,
  loadTransactions,
  loaded,
  loadProducersAtStart,
  type OpenLogOptions,
  type Opening,
} from './log-opening.js';

/** Opens the log in `folder`, made when absent: at once after a clean stop, else by recovery. */
export async function openPartition(services: LogServices, options: OpenLogOptions): Promise<LoadedLog> {
  const { names, isNew } = await prepareFolder(services, options);
  const segments = await listSegments(services, options, names);
  const snapshotOffsets = new Set<Offset>();
  for (const name of names) {
    const offset = offsetOfFileName(name, SNAPSHOT_SUFFIX);
    if (offset !== undefined) snapshotOffsets.add(offset);
  }
  const epochEntries = names.includes(LEADER_EPOCH_CHECKPOINT)
    ? await services.readParsed(`${options.folder}/${LEADER_EPOCH_CHECKPOINT}`, parseEpochCheckpoint)
    : undefined;
  const epochs = new LeaderEpochCache(epochEntries);
  const producers = new ProducerState(services.config);
  const truncated = names.includes(TRUNCATION_MARK);
  // One that cannot be read is of damage anywhere.
  const damagedFrom = names.includes(DAMAGE_MARK)
    ? ((await services.readParsed(`${options.folder}/${DAMAGE_MARK}`, parseDamageMark)) ?? 0)
    : undefined;
  const hasGaps = names.includes(GAPS_MARK) || (options.cleanedOffset ?? 0) > 0;
  const opening: Opening = {
    services,
    options,
    segments,
    snapshotOffsets,
    epochs,
    producers,
    truncated,
    damagedFrom,
    hasGaps,
    isNew,
    hasEpochs: epochEntries !== undefined,
  };
  const last = segments.at(-1);
  const { recoveryPoint } = options;
  const clean =
    options.clean &&
    damagedFrom === undefined &&
    epochEntries !== undefined &&
    recoveryPoint !== undefined &&
    (last === undefined || isEndOf(last, recoveryPoint, snapshotOffsets));
  if (last === undefined) return emptyLog(opening);
  const opensClean = clean && recoveryPoint !== undefined && (await loadProducers(opening, recoveryPoint));
  return opensClean ? openClean(opening, last, recoveryPoint) : recover(opening);
}

/** The producers of a log that ends at `endOffset`, as a clean stop left them; false where what it left is damaged. */
async function loadProducers(opening: Opening, endOffset: Offset): Promise<boolean> {
  const { services, options, segments, producers, snapshotOffsets } = opening;
  const firstOffset = segments[0]?.baseOffset ?? endOffset;
  const at = { snapshotOffsets, firstOffset, offset: endOffset };
  return (await loadSnapshot(services, options.folder, producers, at)) === endOffset;
}

/**
 * Whether a clean stop can have left the log's end at `offset`. No CRC covers the checkpoint, and a flipped bit in it must
 * not become the end: where the last segment holds anything, the stop (Kafka's, too) left the producers' state at the end,
 * and none behind it.
 */
function isEndOf(last: Segment, offset: Offset, snapshotOffsets: ReadonlySet<Offset>): boolean {
  if (last.sizeBytes === 0) return offset === last.baseOffset;
  return offset > last.baseOffset && offset === Math.max(...snapshotOffsets);
}

interface PreparedFolder {
  readonly names: readonly string[];
  readonly isNew: boolean;
}

/** Makes the folder or checks that it is the topic's; gives the names in it, without leftovers of a crash. */
async function prepareFolder(services: LogServices, options: OpenLogOptions): Promise<PreparedFolder> {
  const { fileSystem } = services.platform;
  const { folder } = options;
  if (await fileSystem.makeDirectory(folder)) return fillFolder(services, options);
  let names = await fileSystem.readDirectory(folder);
  const topicId = names.includes(PARTITION_METADATA)
    ? await services.readParsed(`${folder}/${PARTITION_METADATA}`, parsePartitionMetadata)
    : undefined;
  if (topicId !== undefined && topicId !== options.topicId) {
    throw new VarveError(
      'INCONSISTENT_TOPIC_ID',
      `${folder} belongs to topic id ${topicId}, not ${options.topicId}: it must be deleted first.`,
    );
  }
  // What a read finds may be in the page cache alone, where its sync failed or was never come to.
  if (topicId === undefined || options.isRetry || options.syncFailed) {
    await writeFileAtomically(fileSystem, `${folder}/${PARTITION_METADATA}`, formatPartitionMetadata(options.topicId));
    await options.syncParent();
  }
  const leftovers = names.filter(
    (name) => name.endsWith(DELETED_SUFFIX) || name.endsWith(CLEANED_SUFFIX) || name.endsWith('.tmp'),
  );
  for (const name of leftovers) await fileSystem.unlink(`${folder}/${name}`);
  names = names.filter((name) => !leftovers.includes(name));
  return { names: await finishSwaps(services, folder, names), isNew: false };
}

/**
 * Puts into a new folder what says whose it is and, as one sync of it then covers both names, the empty file of the first
 * segment: the first write has nothing more to make. A topic of many partitions is made of many of these, while others write:
 * no step more than it takes. After a crash the folder may say nothing, or nothing whole, of whose it is, which `prepareFolder`
 * mends; a log that says so is on the disk before anything is appended.
 */
async function fillFolder(services: LogServices, options: OpenLogOptions): Promise<PreparedFolder> {
  const { fileSystem } = services.platform;
  const { folder, topicId } = options;
  const first = await services.files.acquire(
    `${folder}/${offsetFileName(options.startOffset ?? 0, LOG_SUFFIX)}`,
    'write',
  );
  first.release();
  await writeNewFile(fileSystem, `${folder}/${PARTITION_METADATA}`, formatPartitionMetadata(topicId));
  await fileSystem.syncDirectory(folder);
  await options.syncParent();
  return { names: [], isNew: true };
}

async function listSegments(
  services: LogServices,
  options: OpenLogOptions,
  names: readonly string[],
): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const name of names) {
    const baseOffset = offsetOfFileName(name, LOG_SUFFIX);
    if (baseOffset === undefined) continue;
    const stat = await services.platform.fileSystem.stat(`${options.folder}/${name}`);
    if (stat === undefined) continue;
    const segment = new Segment({ baseOffset, folder: options.folder, createdMs: stat.modifiedMs, rollJitterMs: 0 });
    segment.sizeBytes = stat.sizeBytes;
    segment.writtenBytes = stat.sizeBytes;
    segment.created = true;
    segments.push(segment);
  }
  return segments.sort((a, b) => a.baseOffset - b.baseOffset);
}

async function emptyLog(opening: Opening): Promise<LoadedLog> {
  const startOffset = opening.options.startOffset ?? 0;
  // It had more, by what was written down of it: the files are gone.
  if (Math.max(opening.options.recoveryPoint ?? 0, opening.options.highWatermark ?? 0) > startOffset)
    await markTruncated(opening);
  opening.epochs.clear();
  await loadProducersAtStart(opening, startOffset);
  const segment = freshSegment(opening, startOffset);
  segment.named = opening.isNew;
  const log = loaded(opening, [segment], startOffset, undefined, -1);
  // They are of batches that are gone, and others will have their offsets.
  for (const offset of opening.snapshotOffsets) if (offset > startOffset) await log.segments.unlinkSnapshot(offset);
  return log;
}

async function openClean(opening: Opening, active: Segment, endOffset: Offset): Promise<LoadedLog> {
  const { services, options, segments, epochs } = opening;
  await loadTransactions(opening, segments.length, endOffset);
  // Kafka preallocates indexes; what lies behind the last batch of the log file cannot be after a clean stop.
  services.indexCache.keep(active);
  await loadIndexes(services, active, options.config.indexIntervalBytes);
  epochs.forgetFromEnd(endOffset);
  const version = epochs.version;
  epochs.truncateFromStart(logStart(options, segments, endOffset));
  return loaded(opening, segments, endOffset, undefined, version);
}
