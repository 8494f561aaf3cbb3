import type { LeaderEpoch, Offset } from '../common/ids.js';

/** Offsets `fromOffset` .. `toOffset`-1 whose bytes on disk are damaged: never served, to be fetched from a good replica. */
export interface DamagedRange {
  readonly fromOffset: Offset;
  readonly toOffset: Offset;
}

/** What opening a log after an unclean stop did. */
export interface RecoveryReport {
  /** Segments whose every batch was read and checked. */
  readonly scannedSegments: number;
  readonly scannedBytes: number;
  /** Bytes cut off the end, a tail of zeros not counted. */
  readonly truncatedBytes: number;
  /** Preallocated or zeroed bytes cut off the end. */
  readonly zeroBytes: number;
  /** Where the log ends now. */
  readonly lastEpoch: LeaderEpoch;
  readonly endOffset: Offset;
  /**
   * True: what was cut, now or by a recovery that the controller has not heard of, may have been acknowledged, and the
   * replica must say so when it registers. False: nothing was cut, or only a last batch that the end of the file cuts
   * short, which was never synced.
   */
  readonly truncatedDamage: boolean;
  /** Damage below the recovery point with good batches after it; kept in the file and fenced off. */
  readonly damaged: readonly DamagedRange[];
}
