import { assert } from '../common/assert.js';
import type { NodeId, Offset } from '../common/ids.js';

/**
 * A member that lacks records leaves once it has had no fetch stream, or a silent one, for so long: time to come back over a
 * network that stumbled. So does one that has not fetched at all from a new leader, and from whose node that hears nothing. One
 * that fetches, however slowly, has `replica.lag.time.max.ms`.
 */
const MAX_ABSENCE_MS = 3_000;

/**
 * How far one follower is, as its leader knows it.
 * Invariant: `durableOffset <= fetchOffset`; both are unknown (-1) before the first fetch of this leader epoch.
 */
export class FollowerProgress {
  readonly nodeId: NodeId;
  brokerEpoch = -1;
  fetchOffset: Offset = -1;
  durableOffset: Offset = -1;
  /** The log start that it has stored. */
  startOffset: Offset = -1;
  /** When it last had all that the leader had, judged by its durable offset; monotonic milliseconds. */
  #caughtUpMs: number;
  /** The leader's end when the current lap began: reaching it proves that the follower was caught up at its start. */
  #lapEndOffset: Offset;
  #lapStartMs: number;
  /** Like `#caughtUpMs`, and seen: not what a new leader supposes at first. */
  #seenCaughtUpMs = -Infinity;
  /** When its stream closed, or fell silent; undefined while it fetches. While it is awaited: see `awaited`. */
  #leftMs: number | undefined;
  #isAwaited = true;

  constructor(nodeId: NodeId, leaderEndOffset: Offset, nowMs: number) {
    this.nodeId = nodeId;
    this.#caughtUpMs = nowMs;
    this.#lapEndOffset = leaderEndOffset;
    this.#lapStartMs = nowMs;
  }

  update(
    fetchOffset: Offset,
    durableOffset: Offset,
    brokerEpoch: number,
    leaderEndOffset: Offset,
    nowMs: number,
  ): void {
    assert(durableOffset <= fetchOffset, 'a follower has fetched what it has synced');
    this.isBack();
    this.fetchOffset = fetchOffset;
    this.durableOffset = durableOffset;
    // What another incarnation had is no evidence for this one.
    if (brokerEpoch !== this.brokerEpoch) this.#seenCaughtUpMs = -Infinity;
    this.brokerEpoch = brokerEpoch;
    if (durableOffset >= leaderEndOffset) {
      this.#caughtUpMs = nowMs;
      this.#seenCaughtUpMs = nowMs;
      this.#lapEndOffset = leaderEndOffset;
      this.#lapStartMs = nowMs;
    } else if (durableOffset >= this.#lapEndOffset) {
      this.#caughtUpMs = this.#lapStartMs;
      this.#seenCaughtUpMs = this.#lapStartMs;
      this.#lapEndOffset = leaderEndOffset;
      this.#lapStartMs = nowMs;
    }
  }

  /** The leader's log has grown past a follower that had everything: its lag begins now. */
  leaderAppended(previousEndOffset: Offset, nowMs: number): void {
    if (this.durableOffset < previousEndOffset) return;
    this.#caughtUpMs = nowMs;
    this.#lapEndOffset = previousEndOffset;
    this.#lapStartMs = nowMs;
  }

  /** Milliseconds since it last had everything; 0 while it has. */
  lagMs(leaderEndOffset: Offset, nowMs: number): number {
    return this.durableOffset >= leaderEndOffset ? 0 : nowMs - this.#caughtUpMs;
  }

  /** Its stream closed, or is silent since then. Where it has another one already, its next fetch there tells. */
  left(sinceMs: number): void {
    this.#leftMs ??= sinceMs;
  }

  /** It is heard, of this partition or on a stream that has it. */
  isBack(): void {
    this.#leftMs = undefined;
    this.#isAwaited = false;
  }

  /** It has not asked for anything yet in this leader epoch. */
  get isAwaited(): boolean {
    return this.#isAwaited;
  }

  /** The last time that it was not away, as far as its leader can know, though it has not asked for anything yet. */
  awaited(sinceMs: number): void {
    if (this.#isAwaited) this.#leftMs = sinceMs;
  }

  /** Whether a member may stay one. */
  keepsUp(leaderEndOffset: Offset, nowMs: number, lagMaxMs: number): boolean {
    const lagMs = this.lagMs(leaderEndOffset, nowMs);
    const absentMs = this.#leftMs === undefined ? 0 : nowMs - this.#leftMs;
    return lagMs <= lagMaxMs && Math.min(lagMs, absentMs) <= MAX_ABSENCE_MS;
  }

  /** Whether it has been seen to be at most so far behind: it had everything that the leader had `lagMs` ago. */
  isSeenWithin(lagMs: number, nowMs: number): boolean {
    return nowMs - this.#seenCaughtUpMs <= lagMs;
  }
}
