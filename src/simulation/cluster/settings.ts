import type { SeededRandom } from '../random.js';

/**
 * The configuration of a seed's nodes: small segments, snapshots and intervals in most of them, so that what takes days
 * on a real cluster (rolling, retention, snapshots of the metadata, the scrub) happens within seconds.
 */
export function drawSettings(random: SeededRandom): Readonly<Record<string, string>> {
  return {
    'log.segment.bytes': random.pick(['16384', '65536', '1073741824']),
    'log.index.interval.bytes': random.pick(['256', '4096']),
    'log.retention.check.interval.ms': random.pick(['500', '2000', '300000']),
    'log.flush.offset.checkpoint.interval.ms': random.pick(['500', '2000', '10000']),
    'log.scrub.interval.ms': random.pick(['500', '5000', '604800000']),
    'log.cleaner.backoff.ms': random.pick(['200', '1000', '15000']),
    'metadata.log.max.record.bytes.between.snapshots': random.pick(['1000', '4000', '20971520']),
    'metadata.log.snapshot.trailing.entries': random.pick(['0', '5', '1000']),
    'replica.lag.time.max.ms': random.pick(['1000', '5000', '30000']),
  };
}
