/** Fixed-size entries in one buffer that doubles as it fills: what the three index files share. */
export class GrowingEntries {
  readonly #entryBytes: number;
  #buffer: Buffer;
  #count: number;

  /** Takes over `content`, whose length is a whole number of entries. */
  constructor(entryBytes: number, content: Buffer = Buffer.alloc(0)) {
    this.#entryBytes = entryBytes;
    this.#buffer = content;
    this.#count = Math.floor(content.length / entryBytes);
  }

  get count(): number {
    return this.#count;
  }

  get sizeBytes(): number {
    return this.#count * this.#entryBytes;
  }

  /** What the entries take, and the room for more. */
  get memoryBytes(): number {
    return this.#buffer.buffer.byteLength;
  }

  /** The entries, for reading in place; void after the next `add` or `shrink`. */
  get buffer(): Buffer {
    return this.#buffer;
  }

  /** Makes room for one entry and gives the position to write it at, in `buffer`. */
  add(): number {
    const position = this.sizeBytes;
    if (position + this.#entryBytes > this.#buffer.length) {
      const grown = Buffer.alloc(Math.max(this.#buffer.length * 2, this.#entryBytes * 16));
      this.#buffer.copy(grown, 0, 0, position);
      this.#buffer = grown;
    }
    this.#count++;
    return position;
  }

  /** Forgets all entries from index `count` on. */
  cut(count: number): void {
    if (count < this.#count) this.#count = count;
  }

  /** Gives back memory that has no entry: what it grew ahead, or was read behind the last one. */
  shrink(): void {
    if (this.memoryBytes === this.sizeBytes) return;
    const exact = Buffer.allocUnsafeSlow(this.sizeBytes);
    this.#buffer.copy(exact, 0, 0, this.sizeBytes);
    this.#buffer = exact;
  }

  /** The bytes of the file, a copy: writing it may outlive a change. */
  content(): Buffer {
    return Buffer.from(this.#buffer.subarray(0, this.sizeBytes));
  }
}
