import { assert, defined } from '../../common/assert.js';
import type { ReplicaKey } from './voter-set.js';
import type { Snapshot } from './types.js';

/** Append messages under way to one replica: how many and how many bytes, oldest first. */
class Inflight {
  readonly #last: number[] = [];
  readonly #bytes: number[] = [];
  #head = 0;
  #totalBytes = 0;

  get count(): number {
    return this.#last.length - this.#head;
  }

  get bytes(): number {
    return this.#totalBytes;
  }

  add(lastIndex: number, bytes: number): void {
    this.#last.push(lastIndex);
    this.#bytes.push(bytes);
    this.#totalBytes += bytes;
  }

  freeTo(index: number): void {
    while (this.#head < this.#last.length && defined(this.#last[this.#head], 'head is within') <= index) {
      this.#totalBytes -= defined(this.#bytes[this.#head], 'both lists have one length');
      this.#head++;
    }
    // Amortized: the arrays never hold more than twice what is under way.
    if (this.#head * 2 >= this.#last.length) {
      this.#last.splice(0, this.#head);
      this.#bytes.splice(0, this.#head);
      this.#head = 0;
    }
  }

  clear(): void {
    this.freeTo(Number.MAX_SAFE_INTEGER);
  }
}

/**
 * `probe`: where the logs agree is unknown; one message at a time. `replicate`: it is known; messages are pipelined and
 * `next` runs ahead. `snapshot`: what the replica needs is compacted; a snapshot is on its way.
 */
export type ProgressState = 'probe' | 'replicate' | 'snapshot';

export interface SnapshotTransfer {
  readonly snapshot: Snapshot;
  nextChunk: number;
  lastSentMs: number;
  /** The chunk was sent again: an answer that goes back is believed (the replica was restarted). */
  resent: boolean;
}

/** How far one replica has come, as its leader knows it. Invariant: `0 <= match < next`. */
export class Progress {
  readonly key: ReplicaKey;
  isVoter: boolean;
  state: ProgressState = 'probe';
  match = 0;
  next: number;
  /** The commit index that it was last told. */
  sentCommit = 0;
  /** Its last answer in this term. */
  lastContactMs: number | undefined;
  /** The newest read sequence that it has confirmed. */
  readSequence = 0;
  probeSent = false;
  transfer: SnapshotTransfer | undefined;
  readonly inflight = new Inflight();

  constructor(key: ReplicaKey, isVoter: boolean, next: number) {
    this.key = key;
    this.isVoter = isVoter;
    this.next = next;
    this.check();
  }

  check(): void {
    assert(0 <= this.match && this.match < this.next, '0 <= match < next');
  }

  becomeProbe(): void {
    const { transfer } = this;
    this.#reset('probe');
    this.next = transfer === undefined ? this.match + 1 : Math.max(this.match, transfer.snapshot.index) + 1;
  }

  becomeReplicate(): void {
    this.#reset('replicate');
    this.next = this.match + 1;
  }

  becomeSnapshot(snapshot: Snapshot): void {
    this.#reset('snapshot');
    this.transfer = { snapshot, nextChunk: 0, lastSentMs: 0, resent: false };
  }

  #reset(state: ProgressState): void {
    this.state = state;
    this.probeSent = false;
    this.transfer = undefined;
    this.inflight.clear();
  }

  /** It has everything up to `index`. False when that was known. */
  advance(index: number): boolean {
    if (index >= this.next) this.next = index + 1;
    if (index <= this.match) return false;
    this.match = index;
    this.check();
    return true;
  }

  /**
   * It refused an append after `rejected` and says that the logs may agree at `hint`. False when the refusal is old
   * news: an answer to a message that newer ones have overtaken.
   */
  retreat(rejected: number, hint: number): boolean {
    if (this.state === 'replicate') {
      if (rejected <= this.match) return false;
      this.becomeProbe();
      return true;
    }
    if (this.state === 'snapshot' || this.next - 1 !== rejected) return false;
    this.next = Math.max(Math.min(rejected, hint + 1), this.match + 1);
    this.probeSent = false;
    this.check();
    return true;
  }
}
