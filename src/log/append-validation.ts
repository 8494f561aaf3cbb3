import { VarveError } from '../common/errors.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { batchBaseOffset, batchLeaderEpoch, batchNextOffset, checkCrc } from '../record/batch-header.js';
import { batchAt, INCOMPLETE, INVALID } from './batch-scan.js';

/**
 * Checks what a leader sent for storing: whole batches with good CRCs, at growing offsets from `endOffset` on and with
 * epochs that do not fall. Gaps are a compacted leader's.
 * @throws VarveError CORRUPT_MESSAGE
 */
export function checkReplicated(batches: Buffer, endOffset: Offset, latestEpoch: LeaderEpoch): void {
  let expected = endOffset;
  let epoch = latestEpoch;
  for (let at = 0; at < batches.length;) {
    const sizeBytes = batchAt(batches, at, batches.length);
    if (sizeBytes === INCOMPLETE || sizeBytes === INVALID || !checkCrc(batches, at)) {
      throw new VarveError('CORRUPT_MESSAGE', `The batch for offset ${expected} from the leader is damaged.`);
    }
    const baseOffset = batchBaseOffset(batches, at);
    if (baseOffset < expected || batchLeaderEpoch(batches, at) < epoch) {
      throw new VarveError(
        'CORRUPT_MESSAGE',
        `The leader sent a batch at offset ${baseOffset} of epoch ${batchLeaderEpoch(batches, at)}, but the log ends at ${expected} in epoch ${epoch}.`,
      );
    }
    expected = batchNextOffset(batches, at);
    epoch = batchLeaderEpoch(batches, at);
    at += sizeBytes;
  }
}
