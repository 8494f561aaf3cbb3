import { VarveError } from '../common/errors.js';
import type { Offset } from '../common/ids.js';
import {
  batchAttributes,
  batchProducerEpoch,
  batchProducerId,
  batchSizeBytes,
  isControl,
  NO_PRODUCER_ID,
} from '../record/batch-header.js';
import { readEndMarker } from './end-marker.js';
import { producerBatch } from './producer-replay.js';
import type { ProducerBatch, ProducerState } from './producer-state.js';

/**
 * Asks the producer state whether batches may be appended. Undefined: they may. All of them are in the log already:
 * their offsets. Otherwise it throws what ProducerState.check does, or DUPLICATE_SEQUENCE_NUMBER when some are there.
 */
export function admit(
  batches: Buffer,
  producers: ProducerState,
  logStartOffset: Offset,
): { firstOffset: Offset; lastOffset: Offset } | undefined {
  let duplicateOf: { firstOffset: Offset; lastOffset: Offset } | undefined;
  let earlier: Map<number, ProducerBatch> | undefined;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    const producerId = batchProducerId(batches, at);
    if (producerId === NO_PRODUCER_ID) continue;
    if (isControl(batchAttributes(batches, at))) {
      const marker = readEndMarker(batches, at);
      if (marker !== undefined) producers.checkMarker(producerId, batchProducerEpoch(batches, at), marker);
      continue;
    }
    const batch = producerBatch(batches, at);
    const duplicate = producers.findDuplicate(batch);
    if (duplicate !== undefined && (at === 0 || duplicateOf !== undefined)) {
      duplicateOf = {
        firstOffset: duplicateOf?.firstOffset ?? duplicate.firstOffset,
        lastOffset: duplicate.lastOffset,
      };
      continue;
    }
    if (duplicateOf !== undefined) {
      throw new VarveError(
        'DUPLICATE_SEQUENCE_NUMBER',
        `Some batches of the append are in the log already; send the one that begins with sequence ${batch.baseSequence} alone.`,
      );
    }
    producers.check(batch, logStartOffset, earlier?.get(producerId));
    if (at + batchSizeBytes(batches, at) < batches.length) (earlier ??= new Map()).set(producerId, batch);
  }
  return duplicateOf;
}
