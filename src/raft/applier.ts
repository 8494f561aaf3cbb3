import { assert } from '../common/assert.js';
import type { AppliedEntry, RaftConfig, StateMachine } from './api.js';
import { entryBytes } from './core/raft-log.js';
import type { Entry, Snapshot, SnapshotSource } from './core/types.js';
import type { VoterSet } from './core/voter-set.js';

/** Feeds the state machine in log order, and knows when its state should take the log's place. */
export class Applier {
  readonly #stateMachine: StateMachine;
  readonly #config: RaftConfig;
  #appliedIndex = 0;
  #bytesSinceSnapshot = 0;

  constructor(stateMachine: StateMachine, config: RaftConfig) {
    this.#stateMachine = stateMachine;
    this.#config = config;
  }

  get appliedIndex(): number {
    return this.#appliedIndex;
  }

  get wantsSnapshot(): boolean {
    return this.#bytesSinceSnapshot >= this.#config.snapshotIntervalBytes;
  }

  apply(entries: readonly Entry[]): void {
    const payloads: AppliedEntry[] = [];
    for (const entry of entries) {
      assert(entry.index === this.#appliedIndex + 1, 'entries are applied in order, each once');
      this.#appliedIndex = entry.index;
      this.#bytesSinceSnapshot += entryBytes(entry);
      if (entry.type === 'normal') payloads.push(entry);
    }
    if (payloads.length > 0) this.#stateMachine.apply(payloads);
  }

  restore(snapshot: Snapshot): void {
    assert(snapshot.index >= this.#appliedIndex, 'a snapshot never takes the state back');
    this.#stateMachine.restoreSnapshot(snapshot.chunks, snapshot.index);
    this.#appliedIndex = snapshot.index;
    this.#bytesSinceSnapshot = 0;
  }

  takeSnapshot(term: number, voters: VoterSet): SnapshotSource {
    this.#bytesSinceSnapshot = 0;
    const chunks = chunksOf(this.#stateMachine.takeSnapshot(), this.#config.snapshotChunkBytes);
    return { index: this.#appliedIndex, term, voters, chunks };
  }
}

/** `pieces` cut to `maxBytes`; one empty chunk where there is nothing. */
export function* chunksOf(pieces: Iterable<Uint8Array>, maxBytes: number): Generator<Uint8Array, void, undefined> {
  let isEmpty = true;
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += maxBytes) {
      isEmpty = false;
      yield piece.subarray(at, at + maxBytes);
    }
  }
  if (isEmpty) yield new Uint8Array(0);
}
