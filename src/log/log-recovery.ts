import type { Offset } from '../common/ids.js';
import type { Damage } from './damage.js';
import type { EpochStart } from './leader-epoch-cache.js';
import type { LogServices } from './log-services.js';
import type { LoadedLog } from './log-state.js';
import type { RecoveryReport } from './recovery-report.js';
import { SegmentList } from './segment-list.js';
import type { SegmentRecovery } from './segment-recovery.js';
import { recoverSegment } from './segment-recovery.js';
import type { Segment } from './segment.js';
import {
  markDamaged,
  markTruncated,
  freshSegment,
  loadTransactions,
  rebuild,
  loaded,
  loadProducersAtStart,
  type Opening,
} from './log-opening.js';
import { loadSnapshot } from './producer-replay.js';
import { makeDurable } from './recovery-sync.js';

/**
 * Opens a log whose process died. Segments that end at or below the recovery point were synced with their indexes; all
 * others are read whole. What is not good is cut off at the first bad byte, in every case but one: damage below the
 * recovery point with good batches or another segment after it, which another replica can mend.
 */
export async function recover(opening: Opening): Promise<LoadedLog> {
  const { services, options, segments, epochs, snapshotOffsets } = opening;
  const recoveryPoint = options.recoveryPoint ?? 0;
  // Without the checkpoint the batches alone tell the epochs: what is not looked at would pass for deleted, and a follower
  // that departs there would not find out.
  const known = opening.hasEpochs ? recoveryPoint : 0;
  const first = await firstToScan(opening, Math.min(known, opening.damagedFrom ?? Infinity));
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
  const firstDamaged = damaged[0];
  if (firstDamaged !== undefined) {
    await markTruncated(opening);
    await markDamaged(opening, firstDamaged.fromOffset);
  }
  epochs.truncateFromStart(startOffset);
  const dropped: Segment[] = [];
  if (endOffset < startOffset) {
    // What is left was deleted before the crash.
    dropped.unshift(...segments.splice(0));
    endOffset = startOffset;
    epochs.clear();
    if (staleSnapshots.includes(startOffset)) snapshotOffsets.add(startOffset);
    await loadProducersAtStart(opening, startOffset);
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
  const log = {
    ...loaded(opening, segments, endOffset, report, -1),
    damage: damaged,
    damagedFrom: firstDamaged && opening.damagedFrom,
  };
  await makeDurable(services, log, {
    dropped,
    staleSnapshots: staleSnapshots.filter((offset) => !snapshotOffsets.has(offset)),
    firstScanned: first,
    syncFailed: options.syncFailed,
  });
  if (firstDamaged === undefined && opening.damagedFrom !== undefined) await log.segments.unlinkDamageMark();
  services.platform.logger.info({ log: options.folder, ...report }, 'Recovered a log after an unclean stop.');
  return log;
}

/**
 * Index of the segment that `offset` is in, or of the last one before it whose producers a snapshot tells. What
 * has to be replayed for them is looked at as well: damage that a replay steps over would leave a producer's batches
 * unknown, and nobody told that this replica lacks them.
 */
async function firstToScan(opening: Opening, offset: Offset): Promise<number> {
  const { services, options, segments, producers, snapshotOffsets } = opening;
  const firstOffset = segments[0]?.baseOffset ?? 0;
  let first = segments.findIndex((_, index) => (segments[index + 1]?.baseOffset ?? Infinity) > offset);
  for (; first > 0; first--) {
    const base = segments[first]?.baseOffset ?? firstOffset;
    const at = { snapshotOffsets, firstOffset, offset: base };
    if ((await loadSnapshot(services, options.folder, producers, at)) === base) break;
  }
  return Math.max(first, 0);
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
  let hiddenEpochs: readonly EpochStart[] = [];
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
        hiddenEpochs,
      },
    );
    scannedBytes += result.fileBytes;
    damaged.push(...result.damaged);
    endOffset = result.nextOffset;
    hiddenEpochs = result.hiddenEpochs;
    const next = segments[index + 1];
    const { kind } = result.tail;
    // A segment was synced whole before the next one was begun: short of it, something is lost. It reaches beyond the
    // recovery point, or would have been stepped over, and a leader epoch may have begun in the hole: what follows goes, too.
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
  // With no batch behind them they hold all the same: what is noted below the recovery point was synced. Beyond the end of what
  // was found, where the disk lost what it had said to be synced, they are gone with that: other epochs may begin there.
  for (const noted of hiddenEpochs) if (noted.startOffset < endOffset) epochs.assign(noted.epoch, noted.startOffset);
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

async function cutFile(services: LogServices, segment: Segment, sizeBytes: number): Promise<void> {
  const lease = await services.files.acquire(segment.logPath, 'write');
  try {
    await lease.file.truncate(sizeBytes);
    await services.syncLargeFile(segment.logPath, lease.file);
  } finally {
    lease.release();
  }
  segment.sizeBytes = sizeBytes;
  segment.writtenBytes = sizeBytes;
}
