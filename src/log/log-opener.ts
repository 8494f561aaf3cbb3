import { assert } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { Offset, Uuid } from '../common/ids.js';
import type { File } from '../platform/file-system.js';
import { writeFileAtomically } from '../platform/file-system.js';
import { formatPartitionMetadata, parseEpochCheckpoint, parsePartitionMetadata } from './checkpoint-files.js';
import {
  CLEANED_SUFFIX,
  DELETED_SUFFIX,
  GAPS_MARK,
  LEADER_EPOCH_CHECKPOINT,
  LOG_SUFFIX,
  offsetFileName,
  offsetOfFileName,
  PARTITION_METADATA,
  SNAPSHOT_SUFFIX,
  TRANSACTION_INDEX_SUFFIX,
  TRUNCATION_MARK,
} from './file-names.js';
import type { Damage } from './damage.js';
import { type EpochStart, LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogConfig } from './log-config.js';
import type { LogServices } from './log-services.js';
import type { LoadedLog } from './log-state.js';
import { loadSnapshot, rebuildProducers, rebuildTransactions } from './producer-replay.js';
import { ProducerState } from './producer-state.js';
import type { RecoveryReport } from './recovery-report.js';
import { SegmentList } from './segment-list.js';
import { loadIndexes } from './segment-reader.js';
import type { SegmentRecovery } from './segment-recovery.js';
import { recoverSegment } from './segment-recovery.js';
import { Segment } from './segment.js';
import { finishSwaps } from './swap.js';
import { TransactionIndex } from './transaction-index.js';

export interface OpenLogOptions {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
  readonly folder: string;
  readonly config: LogConfig;
  /** The directory was closed cleanly, and the log's end is its recovery point. */
  readonly clean: boolean;
  /** A sync failed in this directory: the page cache may show what the disk does not hold and no sync will store. */
  readonly syncFailed: boolean;
  readonly recoveryPoint: Offset | undefined;
  readonly startOffset: Offset | undefined;
  readonly highWatermark: Offset | undefined;
  readonly cleanedOffset: Offset | undefined;
  /** Syncs the directory that the folder is in. */
  readonly syncParent: () => Promise<void>;
}

const REWRITE_CHUNK_BYTES = 1024 * 1024;

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
  const hasGaps = names.includes(GAPS_MARK) || (options.cleanedOffset ?? 0) > 0;
  const opening: Opening = {
    services,
    options,
    segments,
    snapshotOffsets,
    epochs,
    producers,
    truncated,
    hasGaps,
    isNew,
  };
  const last = segments.at(-1);
  const { recoveryPoint } = options;
  const clean =
    options.clean &&
    epochEntries !== undefined &&
    recoveryPoint !== undefined &&
    (last === undefined ||
      (recoveryPoint >= last.baseOffset && (last.sizeBytes === 0) === (recoveryPoint === last.baseOffset)));
  if (last === undefined) return emptyLog(opening);
  return clean && recoveryPoint !== undefined ? openClean(opening, last, recoveryPoint) : recover(opening);
}

interface Opening {
  readonly services: LogServices;
  readonly options: OpenLogOptions;
  readonly segments: Segment[];
  readonly snapshotOffsets: Set<Offset>;
  readonly epochs: LeaderEpochCache;
  readonly producers: ProducerState;
  /** This recovery or an earlier one cut the log, and the controller has not been told yet. */
  truncated: boolean;
  /** Compaction may have left gaps in it. */
  readonly hasGaps: boolean;
  /** The folder was made just now, with the empty file of the first segment. */
  readonly isNew: boolean;
}

/**
 * Notes on the disk, before anything is cut, that what is cut may have been acknowledged: a second crash before the
 * controller knows must not make the rest look like a whole log.
 */
async function markTruncated(opening: Opening): Promise<void> {
  if (opening.truncated) return;
  const { services, options } = opening;
  await services.writeFile(`${options.folder}/${TRUNCATION_MARK}`, Buffer.alloc(0));
  await services.platform.fileSystem.syncDirectory(options.folder);
  opening.truncated = true;
}

interface PreparedFolder {
  readonly names: readonly string[];
  readonly isNew: boolean;
}

/** Makes the folder or checks that it is the topic's; gives the names in it, without leftovers of a crash. */
async function prepareFolder(services: LogServices, options: OpenLogOptions): Promise<PreparedFolder> {
  const { fileSystem } = services.platform;
  const { folder } = options;
  const there = await fileSystem.stat(folder);
  if (there === undefined) return makeFolder(services, options);
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
  if (topicId === undefined) {
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
 * Makes the folder with what says whose it is and, as one sync of it then covers both names, the empty file of the first
 * segment: the first write has nothing more to make.
 */
async function makeFolder(services: LogServices, options: OpenLogOptions): Promise<PreparedFolder> {
  const { fileSystem } = services.platform;
  const { folder, topicId } = options;
  await fileSystem.makeDirectory(folder);
  const first = await services.files.acquire(
    `${folder}/${offsetFileName(options.startOffset ?? 0, LOG_SUFFIX)}`,
    'write',
  );
  first.release();
  await writeFileAtomically(fileSystem, `${folder}/${PARTITION_METADATA}`, formatPartitionMetadata(topicId));
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
  const segment = freshSegment(opening, startOffset);
  segment.named = opening.isNew;
  return loaded(opening, [segment], startOffset, undefined, -1);
}

function freshSegment(opening: Opening, baseOffset: Offset): Segment {
  const createdMs = opening.services.platform.clock.wallMs();
  return Segment.empty({ baseOffset, folder: opening.options.folder, createdMs, rollJitterMs: 0 });
}

async function openClean(opening: Opening, active: Segment, endOffset: Offset): Promise<LoadedLog> {
  const { services, options, segments, epochs } = opening;
  await loadTransactions(opening, segments.length, endOffset);
  // Kafka preallocates indexes; what lies behind the last batch of the log file cannot be after a clean stop.
  await loadIndexes(services, active, options.config.indexIntervalBytes);
  epochs.truncateFromEnd(endOffset);
  const version = epochs.version;
  const { producers, snapshotOffsets } = opening;
  const from = await loadSnapshot(services, options.folder, producers, {
    snapshotOffsets,
    firstOffset: segments[0]?.baseOffset ?? endOffset,
    offset: endOffset,
  });
  if (from < endOffset) await rebuild(opening, endOffset);
  epochs.truncateFromStart(logStart(options, segments, endOffset));
  return loaded(opening, segments, endOffset, undefined, version);
}

function logStart(options: OpenLogOptions, segments: readonly Segment[], endOffset: Offset): Offset {
  const base = segments[0]?.baseOffset ?? 0;
  return Math.min(Math.max(options.startOffset ?? 0, base), endOffset);
}

/** The aborted transactions of the segments before index `to`, in a log that ends at `endOffset`. */
async function loadTransactions(opening: Opening, to: number, endOffset: Offset): Promise<void> {
  const { services, options, segments, snapshotOffsets } = opening;
  for (const [index, segment] of segments.slice(0, to).entries()) {
    const content = await services.readFileIfThere(segment.path(TRANSACTION_INDEX_SUFFIX));
    if (content === undefined) continue;
    const end = segments[index + 1]?.baseOffset ?? endOffset;
    const transactions = TransactionIndex.parse(content, segment.baseOffset, end);
    const { indexIntervalBytes } = options.config;
    segment.transactions =
      transactions ??
      (await rebuildTransactions(services, options.folder, index, {
        segments,
        snapshotOffsets,
        indexIntervalBytes,
        contiguous: !opening.hasGaps,
      }));
  }
}

async function rebuild(opening: Opening, offset: Offset): Promise<void> {
  await rebuildProducers(opening.services, opening.options.folder, opening.producers, {
    segments: opening.segments,
    indexIntervalBytes: opening.options.config.indexIntervalBytes,
    snapshotOffsets: opening.snapshotOffsets,
    contiguous: !opening.hasGaps,
    offset,
  });
}

/**
 * Opens a log whose process died. Segments that end at or below the recovery point were synced with their indexes; all
 * others are read whole. What is not good is cut off at the first bad byte, in every case but one: damage below the
 * recovery point with good batches after it, which another replica can mend.
 */
async function recover(opening: Opening): Promise<LoadedLog> {
  const { services, options, segments, epochs, producers, snapshotOffsets } = opening;
  const recoveryPoint = options.recoveryPoint ?? 0;
  const first = Math.max(
    0,
    segments.findIndex((_, index) => (segments[index + 1]?.baseOffset ?? Infinity) > recoveryPoint),
  );
  const from = segments[first]?.baseOffset ?? 0;
  const startOffset = Math.max(options.startOffset ?? 0, segments[0]?.baseOffset ?? 0);
  await loadTransactions(opening, first, from);
  // They may be of a log that was truncated since, or ahead of what recovery keeps.
  const staleSnapshots = [...snapshotOffsets].filter((offset) => offset > from);
  for (const offset of staleSnapshots) snapshotOffsets.delete(offset);
  const notedEpochs = [...epochs.entries];
  epochs.truncateFromEnd(from);
  await rebuild(opening, from);
  const scanned = await recoverFrom(opening, first, recoveryPoint, notedEpochs);
  let { endOffset } = scanned;
  const truncatedDamage = opening.truncated;
  // What was deleted is not asked for, and nobody has it any more.
  const damaged = scanned.damaged.filter(({ toOffset }) => toOffset > startOffset);
  if (damaged.length > 0) await markTruncated(opening);
  epochs.truncateFromStart(startOffset);
  const dropped: Segment[] = [];
  if (endOffset < startOffset) {
    // What is left was deleted before the crash.
    dropped.unshift(...segments.splice(0));
    endOffset = startOffset;
    epochs.clear();
    producers.clear();
    segments.push(freshSegment(opening, startOffset));
  }
  const report: RecoveryReport = {
    scannedSegments: segments.length - first,
    scannedBytes: scanned.scannedBytes,
    truncatedBytes: scanned.truncatedBytes,
    zeroBytes: scanned.zeroBytes,
    lastEpoch: epochs.latestEpoch,
    endOffset,
    truncatedDamage,
    damaged: damaged.map(({ fromOffset, toOffset }) => ({ fromOffset, toOffset })),
  };
  const log = { ...loaded(opening, segments, endOffset, report, -1), damage: damaged };
  await afterRecovery(services, log, {
    dropped,
    staleSnapshots,
    firstScanned: first,
    syncFailed: options.syncFailed,
  });
  services.platform.logger.info({ log: options.folder, ...report }, 'Recovered a log after an unclean stop.');
  return log;
}

/** Reads the segments from the one at `first` on; cuts off what is not good, and what would follow a gap. */
async function recoverFrom(
  opening: Opening,
  first: number,
  recoveryPoint: Offset,
  notedEpochs: readonly EpochStart[],
): Promise<{
  readonly damaged: readonly Damage[];
  readonly scannedBytes: number;
  readonly truncatedBytes: number;
  readonly zeroBytes: number;
  readonly endOffset: Offset;
}> {
  const { services, options, segments, epochs, producers } = opening;
  const damaged: Damage[] = [];
  let scannedBytes = 0;
  let truncatedBytes = 0;
  let zeroBytes = 0;
  let endOffset = segments[first]?.baseOffset ?? 0;
  for (const [index, segment] of segments.entries()) {
    if (index < first) continue;
    const result = await recoverSegment(
      services,
      segment,
      { producers, epochs },
      {
        recoveryPoint,
        indexIntervalBytes: options.config.indexIntervalBytes,
        contiguous: !opening.hasGaps,
        segmentEnd: segments[index + 1]?.baseOffset ?? Infinity,
        notedEpochs,
      },
    );
    scannedBytes += result.fileBytes;
    damaged.push(...result.damaged);
    endOffset = result.nextOffset;
    const next = segments[index + 1];
    const { kind } = result.tail;
    // A segment was synced whole before the next one was begun: short of it, something is lost. What follows goes, too:
    // all of it is beyond the recovery point, and a leader epoch may have begun in the hole.
    const isShort = next !== undefined && !reaches(result, next.baseOffset, opening.hasGaps);
    if (kind === 'damage' || isShort || (next === undefined && endOffset < recoveryPoint)) await markTruncated(opening);
    // What follows goes first: a crash in between must not leave it behind a gap.
    if (isShort) truncatedBytes += await dropAfter(opening, index);
    if (kind !== 'whole') {
      const cutBytes = result.fileBytes - result.position;
      if (kind === 'zeros') zeroBytes += cutBytes;
      else truncatedBytes += cutBytes;
      await cutFile(services, segment, result.position);
    }
    segment.writtenBytes = segment.sizeBytes;
    if (isShort) break;
  }
  return { damaged, scannedBytes, truncatedBytes, zeroBytes, endOffset };
}

/** Removes the segments behind the one at `index`, the last first; gives how many bytes that were. */
async function dropAfter(opening: Opening, index: number): Promise<number> {
  const { services, options, segments, snapshotOffsets } = opening;
  const list = new SegmentList({ services, folder: options.folder, segments, snapshotOffsets, writtenEpochs: -1 });
  const dropped = segments.splice(index + 1);
  await list.unlink([...dropped].reverse());
  return dropped.reduce((sum, segment) => sum + segment.sizeBytes, 0);
}

/** Whether nothing is missing between a segment and the one that begins at `nextBase`. */
function reaches(segment: SegmentRecovery, nextBase: Offset, hasGaps: boolean): boolean {
  if (segment.nextOffset === nextBase) return true;
  return hasGaps && segment.nextOffset < nextBase && segment.tail.kind === 'whole';
}

/**
 * Removes what recovery dropped, writes what it rebuilt and syncs what it found good, so that a second crash finds no
 * trap: after a kill the batches that were read may be in the page cache alone, and from here on they count as durable.
 */
async function afterRecovery(
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
    await segments.writeIndexes(segments.at(index));
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
    await services.syncFile(segment.logPath, lease.file);
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
        const chunk = await readTwice(
          lease.file,
          position,
          Math.min(REWRITE_CHUNK_BYTES, segment.sizeBytes - position),
        );
        assert(chunk.length > 0, 'a file has as many bytes as its recovery read');
        await copy.write([chunk], position);
        position += chunk.length;
      }
      await services.syncFile(copyPath, copy);
    } finally {
      await copy.close();
    }
  } finally {
    lease.release();
  }
  services.files.forget(segment.logPath);
  await fileSystem.rename(copyPath, segment.logPath);
}

/** What two reads in a row agree on: one that went astray would be in the copy for good. */
async function readTwice(file: File, position: number, sizeBytes: number): Promise<Buffer> {
  let before: Buffer | undefined;
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(sizeBytes);
    const read = chunk.subarray(0, await file.read(chunk, position));
    if (before?.equals(read)) return read;
    before = read;
  }
}

async function cutFile(services: LogServices, segment: Segment, sizeBytes: number): Promise<void> {
  const lease = await services.files.acquire(segment.logPath, 'write');
  try {
    await lease.file.truncate(sizeBytes);
    await services.syncFile(segment.logPath, lease.file);
  } finally {
    lease.release();
  }
  segment.sizeBytes = sizeBytes;
  segment.writtenBytes = sizeBytes;
}

function loaded(
  opening: Opening,
  segments: readonly Segment[],
  endOffset: Offset,
  recovery: RecoveryReport | undefined,
  writtenEpochs: number,
): LoadedLog {
  const { services, options, snapshotOffsets, epochs, producers } = opening;
  return {
    topic: options.topic,
    partition: options.partition,
    topicId: options.topicId,
    folder: options.folder,
    segments: new SegmentList({ services, folder: options.folder, segments, snapshotOffsets, writtenEpochs }),
    epochs,
    producers,
    startOffset: logStart(options, segments, endOffset),
    endOffset,
    highWatermark: options.highWatermark ?? 0,
    cleanedOffset: Math.min(options.cleanedOffset ?? 0, endOffset),
    recovery,
    truncated: opening.truncated,
    hasGaps: opening.hasGaps,
    damage: [],
  };
}
