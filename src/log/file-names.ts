import type { Offset } from '../common/ids.js';

/** The files of a segment, named by its base offset, and the suffixes that the cleaner's swap uses. */
export const LOG_SUFFIX = '.log';
export const INDEX_SUFFIX = '.index';
export const TIME_INDEX_SUFFIX = '.timeindex';
export const TRANSACTION_INDEX_SUFFIX = '.txnindex';
export const SNAPSHOT_SUFFIX = '.snapshot';
export const DELETED_SUFFIX = '.deleted';
export const CLEANED_SUFFIX = '.cleaned';
export const SWAP_SUFFIX = '.swap';

export const LEADER_EPOCH_CHECKPOINT = 'leader-epoch-checkpoint';
export const PARTITION_METADATA = 'partition.metadata';
/** An empty file in a log directory: one of its syncs failed, so that its page cache may hold what its disk does not. */
export const SYNC_FAILED_MARK = 'sync-failed';
/** An empty file: a recovery cut the log, and the controller has not been told yet. */
export const TRUNCATION_MARK = 'recovery-truncated';
/**
 * Holds the first offset of damage that a recovery (or a truncation) stepped over, until no such damage is left: whatever
 * the next stop is, the next start recovers the log from there on, since no snapshot behind it tells of the producers that
 * the damage hides.
 */
export const DAMAGE_MARK = 'recovery-damaged';
/**
 * An empty file: offsets may be missing between the log's batches, since compaction took them here, or at the leader that
 * they were copied from. It is there before the first gap is; without it a gap is damage.
 */
export const GAPS_MARK = 'may-have-gaps';

/** Folder of a log whose deletion has begun: `<topic>-<partition>.<unique>-delete`, as Kafka names it. */
export const DELETED_FOLDER_SUFFIX = '-delete';
/** Of one name in the file systems that matter. */
const MAX_NAME_BYTES = 255;

/** Name of the folder while it is deleted; a long topic's name is cut to what the file system takes (as Kafka's LocalLog does). */
export function deletedFolderName(topic: string, partition: number, unique: string): string {
  const suffix = `-${partition}.${unique}${DELETED_FOLDER_SUFFIX}`;
  return topic.slice(0, MAX_NAME_BYTES - suffix.length) + suffix;
}

/** Whether `name` is what `deletedFolderName` makes of the log. */
export function isDeletedFolderOf(name: string, topic: string, partition: number): boolean {
  const unique = /\.([^.]+)-delete$/.exec(name)?.[1];
  return unique !== undefined && name === deletedFolderName(topic, partition, unique);
}

/** `offset` in 20 digits, so that names sort as offsets do. */
export function offsetFileName(offset: Offset, suffix: string): string {
  return String(offset).padStart(20, '0') + suffix;
}

/** The offset in a name of 20 digits and `suffix`; undefined for any other name. */
export function offsetOfFileName(name: string, suffix: string): Offset | undefined {
  if (name.length !== 20 + suffix.length || !name.endsWith(suffix)) return undefined;
  const digits = name.slice(0, 20);
  if (!/^[0-9]{20}$/.test(digits)) return undefined;
  const offset = Number(digits);
  return Number.isSafeInteger(offset) ? offset : undefined;
}

/** Splits `<topic>-<partition>`; undefined for a name that is none. */
export function parsePartitionFolder(name: string): { topic: string; partition: number } | undefined {
  const match = /^(.+)-(0|[1-9][0-9]{0,9})$/.exec(name);
  const topic = match?.[1];
  const digits = match?.[2];
  if (topic === undefined || digits === undefined || name.endsWith(DELETED_FOLDER_SUFFIX)) return undefined;
  const partition = Number(digits);
  return partition <= 0x7fff_ffff ? { topic, partition } : undefined;
}
