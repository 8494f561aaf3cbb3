import { assert } from '../../common/assert.js';
import type { SeededRandom } from '../random.js';

/** What a disk writes whole or not at all. */
export const SECTOR_BYTES = 512;

/**
 * What becomes of a file's unsynced bytes when the power goes. `lost`: none reached the disk. `kept`: all did.
 * `prefix`: what was appended is there up to some byte. `subset`: some sectors, in no order, the others hold what they
 * held before (zeros where there was nothing). `zeroed`: the new size reached the disk, the appended bytes did not.
 */
export type UnsyncedFate = 'lost' | 'kept' | 'prefix' | 'subset' | 'zeroed';

export const UNSYNCED_FATES: readonly UnsyncedFate[] = ['lost', 'kept', 'prefix', 'subset', 'zeroed'];

const EMPTY = Buffer.alloc(0);

/** Content of sectors before they were overwritten; shorter than a sector where the file ended within it. */
type PreImages = Map<number, Buffer>;

/**
 * The bytes of one file: what reads see (the page cache) and, as pre-images of what was written since, what is on the
 * platter. Invariant: with every pre-image put back and cut to `durableSize`, it is what the last sync made durable.
 */
export class FileContent {
  #bytes: Buffer = EMPTY;
  #sizeBytes = 0;
  #durableSizeBytes = 0;
  /** Written after the sync in flight began, or since the last one when none is. */
  #dirty: PreImages = new Map();
  /** Of what the sync in flight will make durable. */
  #syncing: PreImages | undefined;
  #syncingSizeBytes = 0;
  #syncFailed = false;

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get durableSizeBytes(): number {
    return this.#durableSizeBytes;
  }

  /** Bytes that a sync has to write, about. */
  get unsyncedBytes(): number {
    return Math.max(0, this.#sizeBytes - this.#durableSizeBytes) + this.#dirty.size * SECTOR_BYTES;
  }

  /** Copies what there is into `buffer`; gives the number of bytes. */
  read(buffer: Buffer, position: number): number {
    if (position >= this.#sizeBytes) return 0;
    return this.#bytes.copy(buffer, 0, position, Math.min(this.#sizeBytes, position + buffer.length));
  }

  write(data: Uint8Array, position: number): void {
    if (data.length === 0) return;
    const end = position + data.length;
    this.#preserve(position, end);
    this.#reserve(end);
    this.#bytes.set(data, position);
    if (end > this.#sizeBytes) this.#sizeBytes = end;
  }

  truncate(sizeBytes: number): void {
    if (sizeBytes < this.#sizeBytes) {
      this.#preserve(sizeBytes, this.#sizeBytes);
      this.#bytes.fill(0, sizeBytes, this.#sizeBytes);
    } else {
      this.#reserve(sizeBytes);
    }
    this.#sizeBytes = sizeBytes;
  }

  /** Everything written so far is to become durable when `endSync('done')` is called. One sync at a time. */
  beginSync(): void {
    assert(this.#syncing === undefined, 'syncs of one file follow each other');
    this.#syncing = this.#dirty;
    this.#syncingSizeBytes = this.#sizeBytes;
    this.#dirty = new Map();
  }

  /**
   * After a failed sync the kernel takes the pages for clean although they never reached the disk: no later sync of the
   * file makes anything durable, whatever it answers. An interrupted one (its process died) has not done its work, and
   * a later one does it.
   */
  endSync(outcome: 'done' | 'failed' | 'interrupted'): void {
    const syncing = this.#syncing;
    assert(syncing !== undefined, 'a sync ends that began');
    this.#syncing = undefined;
    if (outcome === 'done' && !this.#syncFailed) {
      this.#durableSizeBytes = this.#syncingSizeBytes;
      return;
    }
    if (outcome === 'failed') this.#syncFailed = true;
    for (const [sector, image] of syncing) this.#dirty.set(sector, image);
  }

  /** Inverts one bit of what is stored, as a failing disk does. */
  flipBit(position: number, bit: number): void {
    assert(position < this.#sizeBytes, 'a bit that exists is flipped');
    this.#bytes[position] = (this.#bytes[position] ?? 0) ^ (1 << (bit & 7));
  }

  /** The power is gone: only what is on the platter remains, and of what was unsynced what `fate` says. */
  losePower(fate: UnsyncedFate, random: SeededRandom): void {
    const current = this.#bytes;
    const currentSize = this.#sizeBytes;
    const durableSize = this.#durableSizeBytes;
    let size = currentSize;
    if (fate === 'lost') size = durableSize;
    else if (currentSize < durableSize) size = fate === 'kept' || random.chance(0.5) ? currentSize : durableSize;
    else if (fate === 'prefix') size = random.integer(durableSize, currentSize);
    const bytes = Buffer.alloc(size);
    current.copy(bytes, 0, 0, Math.min(size, currentSize));
    if (size > durableSize && (fate === 'subset' || fate === 'zeroed')) {
      for (let start = durableSize; start < size; start = (Math.floor(start / SECTOR_BYTES) + 1) * SECTOR_BYTES) {
        const end = Math.min(size, (Math.floor(start / SECTOR_BYTES) + 1) * SECTOR_BYTES);
        if (fate === 'zeroed' || random.chance(0.5)) bytes.fill(0, start, end);
      }
    }
    // Newer pre-images first: where both exist, the older one is what the platter holds.
    const layers = this.#syncing === undefined ? [this.#dirty] : [this.#dirty, this.#syncing];
    for (const layer of layers) {
      for (const [sector, image] of layer) {
        const start = sector * SECTOR_BYTES;
        const beyondBoth = start >= Math.min(currentSize, size);
        const kept = fate === 'kept' || (fate !== 'lost' && !beyondBoth && random.chance(0.5));
        if (!kept) image.copy(bytes, start, 0, Math.max(0, Math.min(image.length, size - start)));
      }
    }
    this.#bytes = bytes;
    this.#sizeBytes = size;
    this.#durableSizeBytes = size;
    this.#dirty = new Map();
    this.#syncing = undefined;
    this.#syncFailed = false;
  }

  /** Remembers the sectors that overlap start .. end as far as a sync has, or is about to have, made them durable. */
  #preserve(start: number, end: number): void {
    const guarded =
      this.#syncing === undefined ? this.#durableSizeBytes : Math.max(this.#durableSizeBytes, this.#syncingSizeBytes);
    const limit = Math.min(end, guarded, this.#sizeBytes);
    for (let sector = Math.floor(start / SECTOR_BYTES); sector * SECTOR_BYTES < limit; sector++) {
      if (this.#dirty.has(sector)) continue;
      const from = sector * SECTOR_BYTES;
      const to = Math.min(from + SECTOR_BYTES, guarded, this.#sizeBytes);
      this.#dirty.set(sector, Buffer.from(this.#bytes.subarray(from, to)));
    }
  }

  #reserve(sizeBytes: number): void {
    if (sizeBytes <= this.#bytes.length) return;
    const grown = Buffer.alloc(Math.max(sizeBytes, this.#bytes.length * 2, 4096));
    this.#bytes.copy(grown, 0, 0, this.#sizeBytes);
    this.#bytes = grown;
  }
}
