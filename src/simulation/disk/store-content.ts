import { assert, defined } from '../../common/assert.js';
import type { KeyValueRange, KeyValueWrite } from '../../platform/key-value-store.js';
import type { SeededRandom } from '../random.js';

/** How to take one batch back: the keys that it touched with their values before it (undefined: there was none). */
type Undo = ReadonlyArray<readonly [key: Buffer, value: Buffer | undefined]>;

/**
 * The content of a key-value store as LevelDB keeps it: batches reach its journal in order and whole. A synced batch
 * makes those before it durable too; a crash of the power loses some of the last unsynced ones.
 */
export class StoreContent {
  /** Sorted by unsigned bytes. */
  #keys: Buffer[] = [];
  /** Values by the Latin-1 text of their keys, which is unique and keeps the bytes. */
  readonly #values = new Map<string, Buffer>();
  #unsynced: Undo[] = [];

  get(key: Buffer): Buffer | undefined {
    return this.#values.get(key.toString('latin1'));
  }

  entries(range: KeyValueRange): Array<readonly [key: Buffer, value: Buffer]> {
    const from = range.from === undefined ? 0 : this.#position(range.from);
    const to = range.to === undefined ? this.#keys.length : this.#position(range.to);
    const limit = range.limit ?? Number.POSITIVE_INFINITY;
    const found: Array<readonly [key: Buffer, value: Buffer]> = [];
    const count = Math.max(0, to - from);
    for (let i = 0; i < count && found.length < limit; i++) {
      const key = defined(this.#keys[range.reverse === true ? to - 1 - i : from + i], 'positions lie in the keys');
      const value = defined(this.get(key), 'a listed key has a value');
      found.push([Buffer.from(key), Buffer.from(value)]);
    }
    return found;
  }

  /** Applies a batch, not yet durable. */
  apply(writes: readonly KeyValueWrite[]): void {
    const undo: Array<readonly [key: Buffer, value: Buffer | undefined]> = [];
    for (const write of writes) {
      const key = Buffer.from(write.key);
      undo.push([key, this.get(key)]);
      this.#set(key, write.type === 'put' ? Buffer.from(write.value) : undefined);
    }
    this.#unsynced.push(undo);
  }

  /** All applied batches are on the platter. */
  markSynced(): void {
    this.#unsynced = [];
  }

  /** Some of the unsynced batches reached the journal: the first ones, each whole. */
  losePower(random: SeededRandom): void {
    const kept = random.integer(0, this.#unsynced.length);
    for (const undo of this.#unsynced.splice(kept).reverse()) {
      for (const [key, value] of [...undo].reverse()) this.#set(key, value);
    }
    this.#unsynced = [];
  }

  /** Inverts a bit of a value, as a failing disk does; false when the store is empty. */
  flipBit(random: SeededRandom): boolean {
    const filled = this.#keys.filter((key) => (this.get(key)?.length ?? 0) > 0);
    if (filled.length === 0) return false;
    const value = defined(this.get(random.pick(filled)), 'a listed key has a value');
    const position = random.below(value.length);
    value[position] = (value[position] ?? 0) ^ (1 << random.below(8));
    return true;
  }

  #set(key: Buffer, value: Buffer | undefined): void {
    const name = key.toString('latin1');
    const present = this.#values.has(name);
    if (value === undefined) {
      if (!present) return;
      this.#values.delete(name);
      this.#keys.splice(this.#position(key), 1);
      return;
    }
    if (!present) this.#keys.splice(this.#position(key), 0, key);
    this.#values.set(name, value);
    assert(this.#keys.length === this.#values.size, 'every key has one value');
  }

  /** Index of the first key that is not below `key`. */
  #position(key: Buffer): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const candidate = defined(this.#keys[middle], 'the middle lies between low and high');
      if (Buffer.compare(candidate, key) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
