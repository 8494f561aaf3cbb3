import { assert, defined } from '../../common/assert.js';
import type { KeyValueRange, KeyValueWrite } from '../../platform/key-value-store.js';
import type { SeededRandom } from '../random.js';

/** How to take one batch back: the keys that it touched with their values before it (undefined: there was none). */
type Undo = ReadonlyArray<readonly [key: Buffer, value: Buffer | undefined]>;

/**
 * The content of a key-value store as LevelDB keeps it: batches reach its journal in order and whole. A synced batch
 * makes those before it in its journal durable too; a crash of the power loses some of the last unsynced ones. What went
 * to the journal before the present one waits for no sync: it is durable once its table is written, which is at the latest
 * when the next journal begins.
 */
export class StoreContent {
  /** Sorted by unsigned bytes. */
  #keys: Buffer[] = [];
  /** Values by the Latin-1 text of their keys, which is unique and keeps the bytes. */
  readonly #values = new Map<string, Buffer>();
  #unsynced: Undo[] = [];
  /** Unsynced batches of the journal before; a key that a durable batch has written since is not in them. */
  #former: Undo[] = [];
  #journalBytes = 0;

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

  /** Applies a batch, not yet durable, to a new journal if the present one holds `journalBytes` or more. */
  apply(writes: readonly KeyValueWrite[], journalBytes = Number.POSITIVE_INFINITY): void {
    if (this.#journalBytes >= journalBytes) {
      this.#former = this.#unsynced;
      this.#unsynced = [];
      this.#journalBytes = 0;
    }
    const undo: Array<readonly [key: Buffer, value: Buffer | undefined]> = [];
    for (const write of writes) {
      const key = Buffer.from(write.key);
      undo.push([key, this.get(key)]);
      this.#journalBytes += key.length + (write.type === 'put' ? write.value.length : 0);
      this.#set(key, write.type === 'put' ? Buffer.from(write.value) : undefined);
    }
    this.#unsynced.push(undo);
  }

  /** All batches of the present journal are on the platter. */
  markSynced(): void {
    this.#settle(this.#unsynced);
    this.#unsynced = [];
  }

  /** What these batches wrote lasts, whatever becomes of the journal before. */
  #settle(batches: readonly Undo[]): void {
    if (this.#former.length === 0) return;
    const names = new Set(batches.flatMap((undo) => undo.map(([key]) => key.toString('latin1'))));
    this.#former = this.#former.map((undo) => undo.filter(([key]) => !names.has(key.toString('latin1'))));
  }

  /** Some of the unsynced batches reached the journal: the first ones, each whole. */
  losePower(random: SeededRandom): void {
    this.#takeBack(this.#unsynced.splice(random.integer(0, this.#unsynced.length)));
    this.#settle(this.#unsynced);
    if (this.#former.length > 0) this.#takeBack(this.#former.splice(random.integer(0, this.#former.length)));
    this.#former = [];
    this.#unsynced = [];
    this.#journalBytes = 0;
  }

  #takeBack(batches: readonly Undo[]): void {
    for (const undo of [...batches].reverse()) for (const [key, value] of [...undo].reverse()) this.#set(key, value);
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
