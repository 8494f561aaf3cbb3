import type { SeededRandom } from '../random.js';
import { isSwept } from './sweeper.js';

/** A round of the scrub reads the whole log, which grows with the run: so many rounds are made in one at most. */
const MAX_SCRUB_ROUNDS = 30;
/** The log of a long run holds about so much of it (`sweeper.ts`). */
const SCRUB_INTERVAL_OF_LONG_RUNS_MS = 20_000;
/** The active segment is not deleted: one that is never rolled would hold all that a long run writes. */
const MAX_SEGMENT_OF_LONG_RUNS_BYTES = 1024 * 1024;

/**
 * The configuration of a seed's nodes: small segments, snapshots and intervals in most of them, so that what takes days
 * on a real cluster (rolling, retention, snapshots of the metadata, the scrub) happens within seconds. `safetyMs`: how
 * long faults may strike.
 */
export function drawSettings(random: SeededRandom, safetyMs: number): Readonly<Record<string, string>> {
  const leastScrubMs = Math.min(safetyMs / MAX_SCRUB_ROUNDS, SCRUB_INTERVAL_OF_LONG_RUNS_MS);
  const maxSegmentBytes = isSwept(safetyMs) ? MAX_SEGMENT_OF_LONG_RUNS_BYTES : Number.POSITIVE_INFINITY;
  return {
    'log.segment.bytes': String(Math.min(random.pick([16_384, 65_536, 1_073_741_824]), maxSegmentBytes)),
    'log.index.interval.bytes': random.pick(['256', '4096']),
    'log.retention.check.interval.ms': random.pick(['500', '2000', '300000']),
    'log.flush.offset.checkpoint.interval.ms': random.pick(['500', '2000', '10000']),
    'log.scrub.interval.ms': String(Math.max(random.pick([500, 5_000, 604_800_000]), Math.round(leastScrubMs))),
    'log.cleaner.backoff.ms': random.pick(['200', '1000', '15000']),
    'metadata.log.max.record.bytes.between.snapshots': random.pick(['1000', '4000', '20971520']),
    'metadata.log.snapshot.trailing.entries': random.pick(['0', '5', '1000']),
    'replica.lag.time.max.ms': random.pick(['1000', '5000', '30000']),
  };
}
