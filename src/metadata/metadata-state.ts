import { assert } from '../common/assert.js';
import { MetadataImage } from './image.js';
import { changesBetween } from './image-changes.js';
import type { ImageChanges } from './image-changes.js';
import { decodeMetadataBatch } from './record-codec.js';
import { replayBatch } from './replay.js';
import { imageFromSnapshot, snapshotOf } from './snapshot.js';
import type { AppliedEntry, StateMachine } from '../raft/api.js';

export interface MetadataStateOptions {
  /** This node leads the quorum from `term` on, and `image` holds an entry of that term. */
  readonly onLeader: (term: number) => void;
  readonly onFollower: () => void;
}

export type ImageListener = (image: MetadataImage, changes: ImageChanges) => void;

/**
 * The metadata image of one node, fed by the quorum's log. What it throws on what was committed (a newer release wrote it, or
 * it does not fit the image, a bug) ends the node's part in the quorum: the image stands still before it, and is not what
 * the log makes any more.
 */
export class MetadataState implements StateMachine {
  readonly #options: MetadataStateOptions;
  readonly #listeners = new Set<ImageListener>();
  #image = MetadataImage.EMPTY;
  #failed = false;

  constructor(options: MetadataStateOptions) {
    this.#options = options;
  }

  get image(): MetadataImage {
    return this.#image;
  }

  /** Calls `listener` after each run of applied batches, with what changed since its last call. Returns the way to stop. */
  onImage(listener: ImageListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  apply(entries: readonly AppliedEntry[]): void {
    this.#change(() => {
      let image = this.#image;
      for (const { index, payload } of entries) image = replayBatch(image, decodeMetadataBatch(payload), index);
      return image;
    });
  }

  takeSnapshot(): Iterable<Uint8Array> {
    assert(!this.#failed, 'an image that lacks what was committed never takes the place of the log');
    return snapshotOf(this.#image);
  }

  restoreSnapshot(chunks: readonly Uint8Array[], index: number): void {
    this.#change(() => imageFromSnapshot(chunks, index));
  }

  onLeader(term: number): void {
    assert(!this.#failed, 'nothing is decided on an image that lacks what was committed');
    this.#options.onLeader(term);
  }

  onFollower(): void {
    this.#options.onFollower();
  }

  #change(next: () => MetadataImage): void {
    assert(!this.#failed, 'an image that lacks what was committed changes no more');
    const before = this.#image;
    try {
      this.#image = next();
    } catch (error) {
      this.#failed = true;
      throw error;
    }
    if (this.#listeners.size === 0) return;
    const changes = changesBetween(before, this.#image);
    for (const listener of this.#listeners) listener(this.#image, changes);
  }
}
