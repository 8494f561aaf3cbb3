import type { Offset } from '../common/ids.js';
import { batchAttributes, batchLastOffset, batchProducerId, isControl, isTransactional } from './batch-header.js';
import { RecordCursor } from './record-cursor.js';

export interface AbortedRange {
  readonly producerId: number;
  readonly firstOffset: Offset;
}

/** The type in a control record's key (ControlRecordType.java): bytes 0 and 1 are a version, 2 and 3 the type. */
const ABORT_MARKER = 0;
const CONTROL_KEY_BYTES = 4;

/**
 * Tells which batches of one read a consumer under read_committed must not see (Fetcher.java): those of an aborted
 * transaction, from its first offset to its abort marker, and control batches, which no consumer sees. Batches are
 * given in the order of their offsets.
 */
export class AbortedBatchFilter {
  readonly #ranges: readonly AbortedRange[];
  #next = 0;
  readonly #open = new Set<number>();
  readonly #cursor = new RecordCursor();

  /** `aborted`: those that overlap what is read, as the leader lists them; empty under read_uncommitted. */
  constructor(aborted: readonly AbortedRange[]) {
    this.#ranges = aborted.length < 2 ? aborted : [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** Whether the records of the batch at `position` are for the consumer. */
  isVisible(buffer: Buffer, position: number): boolean {
    const attributes = batchAttributes(buffer, position);
    const control = isControl(attributes);
    if (this.#ranges.length === 0) return !control;
    const lastOffset = batchLastOffset(buffer, position);
    for (let range = this.#ranges[this.#next]; range !== undefined && range.firstOffset <= lastOffset;) {
      this.#open.add(range.producerId);
      this.#next += 1;
      range = this.#ranges[this.#next];
    }
    const producerId = batchProducerId(buffer, position);
    if (control) {
      if (this.#isAbortMarker(buffer, position)) this.#open.delete(producerId);
      return false;
    }
    return !(isTransactional(attributes) && this.#open.has(producerId));
  }

  #isAbortMarker(buffer: Buffer, position: number): boolean {
    const cursor = this.#cursor.open(buffer, position);
    if (!cursor.next()) return false;
    const key = cursor.key();
    return key !== null && key.length >= CONTROL_KEY_BYTES && key.readInt16BE(2) === ABORT_MARKER;
  }
}
