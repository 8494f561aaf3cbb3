import type { NodeId, Offset } from '../common/ids.js';
import type { FollowerProgress } from './follower-progress.js';

/** A follower that is never further behind than this is about to join the ISR: the high watermark waits for it. */
const JOIN_LAG_MS = 200;
/** For so long at most, and then not again for a while. */
const JOIN_WAIT_MS = 500;
const JOIN_RETRY_MS = 10_000;

/**
 * The follower, at most one, that the high watermark waits for: it does not pass what this one has synced, so that it can
 * join. Under a steady load it would else be late each time by what it takes longer than the members do, and never join.
 */
export class JoiningFollower {
  #current: { readonly nodeId: NodeId; readonly untilMs: number } | undefined;
  #nextMs = -Infinity;

  get nodeId(): NodeId | undefined {
    return this.#current?.nodeId;
  }

  /** Waits from now on for a follower that `mayJoin`, if it will soon be at the high watermark and no other is waited for. */
  consider(follower: FollowerProgress, highWatermark: Offset, mayJoin: () => boolean, nowMs: number): void {
    if (this.#current !== undefined || nowMs < this.#nextMs) return;
    if (follower.durableOffset >= highWatermark || !follower.isSeenWithin(JOIN_LAG_MS, nowMs)) return;
    if (mayJoin()) this.#current = { nodeId: follower.nodeId, untilMs: nowMs + JOIN_WAIT_MS };
  }

  /**
   * True when it is waited for no longer: it is a member, or as good as one; or it did not come, and holds up the others no
   * longer.
   */
  endsNow(isMember: boolean, mayJoin: () => boolean, nowMs: number): boolean {
    if (this.#current === undefined) return false;
    if (!isMember && mayJoin() && nowMs < this.#current.untilMs) return false;
    this.#current = undefined;
    if (!isMember) this.#nextMs = nowMs + JOIN_RETRY_MS;
    return true;
  }
}
