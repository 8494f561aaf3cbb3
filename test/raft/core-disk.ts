import { assert } from '../../src/common/assert.js';
import type { Uuid } from '../../src/common/ids.js';
import type { Restored } from '../../src/raft/core/state.js';
import type { Entry, HardState, Persist, Snapshot } from '../../src/raft/core/types.js';
import type { VoterSet } from '../../src/raft/core/voter-set.js';

/** What a replica's core would find after a crash: only what was persisted whole. */
export class CoreDisk {
  hardState: HardState = { term: 0, vote: undefined, commit: 0 };
  founding: VoterSet | undefined;
  snapshot: Snapshot | undefined;
  baseIndex = 0;
  baseTerm = 0;
  entries: Entry[] = [];
  clusterId: Uuid | undefined;
  truncations = 0;

  get lastIndex(): number {
    return this.baseIndex + this.entries.length;
  }

  write(persist: Persist): void {
    this.clusterId ??= persist.clusterId;
    if (persist.founding !== undefined) this.founding = persist.founding;
    if (persist.snapshot !== undefined) {
      this.snapshot = persist.snapshot;
      this.baseIndex = persist.snapshot.index;
      this.baseTerm = persist.snapshot.term;
      this.entries = [];
    }
    const first = persist.entries[0];
    if (first !== undefined) {
      assert(first.index <= this.lastIndex + 1 && first.index > this.baseIndex, 'no gap is ever written');
      if (first.index <= this.lastIndex) {
        this.truncations++;
        this.entries.length = first.index - this.baseIndex - 1;
      }
      for (const entry of persist.entries) this.entries.push(entry);
    }
    this.hardState = persist.hardState;
  }

  compact(snapshot: Snapshot, keep: number): void {
    this.snapshot = snapshot;
    const base = Math.max(this.baseIndex, snapshot.index - keep);
    if (base === this.baseIndex) return;
    this.baseTerm = (this.entries[base - this.baseIndex - 1] as Entry).term;
    this.entries = this.entries.slice(base - this.baseIndex);
    this.baseIndex = base;
  }

  restored(): Restored {
    return {
      hardState: this.hardState,
      founding: this.founding,
      snapshot: this.snapshot,
      baseIndex: this.baseIndex,
      baseTerm: this.baseTerm,
      entries: this.entries,
      clusterId: this.clusterId,
      applied: this.snapshot?.index ?? 0,
    };
  }
}
