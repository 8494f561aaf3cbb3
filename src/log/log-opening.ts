import type { Offset, Uuid } from '../common/ids.js';
import { writeFileAtomically } from '../platform/file-system.js';
import { formatDamageMark } from './checkpoint-files.js';
import { DAMAGE_MARK, TRANSACTION_INDEX_SUFFIX, TRUNCATION_MARK } from './file-names.js';
import type { LeaderEpochCache } from './leader-epoch-cache.js';
import type { LogConfig } from './log-config.js';
import type { LogServices } from './log-services.js';
import type { LoadedLog } from './log-state.js';
import { loadSnapshot, rebuildProducers, rebuildTransactions } from './producer-replay.js';
import type { ProducerState } from './producer-state.js';
import type { RecoveryReport } from './recovery-report.js';
import { SegmentList } from './segment-list.js';
import { Segment } from './segment.js';
import { TransactionIndex } from './transaction-index.js';

export interface OpenLogOptions {
  readonly topic: string;
  readonly partition: number;
  readonly topicId: Uuid;
  readonly folder: string;
  readonly config: LogConfig;
  /** The directory was closed cleanly, and the log's end is its recovery point. */
  readonly clean: boolean;
  /** It was begun before, and failed half-way: what is in the folder may not be synced. */
  readonly isRetry: boolean;
  /** A sync failed in this directory: the page cache may show what the disk does not hold and no sync will store. */
  readonly syncFailed: boolean;
  readonly recoveryPoint: Offset | undefined;
  readonly startOffset: Offset | undefined;
  readonly highWatermark: Offset | undefined;
  readonly cleanedOffset: Offset | undefined;
  /** Syncs the directory that the folder is in. */
  readonly syncParent: () => Promise<void>;
}

/** What is known of a log while it is opened; a recovery changes it step by step. */
export interface Opening {
  readonly services: LogServices;
  readonly options: OpenLogOptions;
  readonly segments: Segment[];
  readonly snapshotOffsets: Set<Offset>;
  readonly epochs: LeaderEpochCache;
  readonly producers: ProducerState;
  /** This recovery or an earlier one cut the log, and the controller has not been told yet. */
  truncated: boolean;
  /** Where damage begins that an earlier recovery stepped over, by the mark that it left. */
  damagedFrom: Offset | undefined;
  /** Compaction may have left gaps in it. */
  readonly hasGaps: boolean;
  /** The folder was made just now, with the empty file of the first segment. */
  readonly isNew: boolean;
  /** The checkpoint of the leader epochs could be read. */
  readonly hasEpochs: boolean;
}

/**
 * Notes on the disk, before anything is cut, that what is cut may have been acknowledged: a second crash before the
 * controller knows must not make the rest look like a whole log.
 */
export async function markTruncated(opening: Opening): Promise<void> {
  if (opening.truncated) return;
  const { services, options } = opening;
  await services.writeFile(`${options.folder}/${TRUNCATION_MARK}`, Buffer.alloc(0));
  await services.platform.fileSystem.syncDirectory(options.folder);
  opening.truncated = true;
}

/** Notes on the disk that the log has damage from `fromOffset` on, for as long as it has. */
export async function markDamaged(opening: Opening, fromOffset: Offset): Promise<void> {
  if (opening.damagedFrom !== undefined && opening.damagedFrom <= fromOffset) return;
  const { services, options } = opening;
  const path = `${options.folder}/${DAMAGE_MARK}`;
  await writeFileAtomically(services.platform.fileSystem, path, formatDamageMark(fromOffset));
  opening.damagedFrom = fromOffset;
}

/** The empty segment that a log without any begins with. */
export function freshSegment(opening: Opening, baseOffset: Offset): Segment {
  const createdMs = opening.services.platform.clock.wallMs();
  return Segment.empty({ baseOffset, folder: opening.options.folder, createdMs, rollJitterMs: 0 });
}

/** The checkpoint's start, within what the segments hold. */
export function logStart(options: OpenLogOptions, segments: readonly Segment[], endOffset: Offset): Offset {
  const base = segments[0]?.baseOffset ?? 0;
  return Math.min(Math.max(options.startOffset ?? 0, base), endOffset);
}

/** The aborted transactions of the segments before index `to`, in a log that ends at `endOffset`. */
export async function loadTransactions(opening: Opening, to: number, endOffset: Offset): Promise<void> {
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

/** Rebuilds the state of producers as of `offset`. */
export async function rebuild(opening: Opening, offset: Offset): Promise<void> {
  await rebuildProducers(opening.services, opening.options.folder, opening.producers, {
    segments: opening.segments,
    indexIntervalBytes: opening.options.config.indexIntervalBytes,
    snapshotOffsets: opening.snapshotOffsets,
    contiguous: !opening.hasGaps,
    offset,
  });
}

/** The producers of a log of which no batch is left: a truncation to its start stores them before it removes the batches. */
export async function loadProducersAtStart(opening: Opening, startOffset: Offset): Promise<void> {
  const { services, options, producers, snapshotOffsets } = opening;
  const at = { snapshotOffsets, firstOffset: startOffset, offset: startOffset };
  // One that lacks what damage hid would have a producer's next batch refused.
  if ((opening.damagedFrom ?? Infinity) < startOffset) producers.clear();
  else await loadSnapshot(services, options.folder, producers, at);
}

/** What opening found, as the log begins with it. */
export function loaded(
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
    damagedFrom: opening.damagedFrom,
    hasGaps: opening.hasGaps,
    damage: [],
  };
}
