/** Payloads up to so long are mixed whole; of longer ones as many bytes, spread over them. */
const SAMPLE_BYTES = 64;
const WORDS = SAMPLE_BYTES / 4;

/**
 * A running 64-bit hash over everything that happens in a run: two runs with the same digest did the same things at the
 * same times. Two 32-bit lanes, each a multiply and a shift a value: it is fed for every event.
 */
export class Digest {
  #low = 0x9e3779b9;
  #high = 0x85ebca6b;

  /** Mixes an integer's low 32 bits. */
  mix(value: number): void {
    const low = Math.imul(this.#low ^ value, 0xcc9e2d51);
    const high = Math.imul(this.#high ^ (low >>> 13) ^ value, 0x1b873593);
    this.#low = low ^ (high >>> 16);
    this.#high = high ^ (low >>> 15);
  }

  /** Mixes a time, to the nanosecond. */
  mixTime(timeMs: number): void {
    const nanos = Math.round(timeMs * 1e6);
    this.mix(nanos | 0);
    this.mix((nanos / 0x1_0000_0000) | 0);
  }

  mixText(text: string): void {
    this.mix(text.length);
    for (let i = 0; i < text.length; i++) this.mix(text.charCodeAt(i));
  }

  /** Mixes length, last bytes and words spread over the rest: enough to tell payloads apart, cheap for large ones. */
  mixBytes(bytes: Uint8Array): void {
    const { length } = bytes;
    this.mix(length);
    const step = length <= SAMPLE_BYTES ? 4 : Math.floor(length / WORDS);
    const last = length - 4;
    for (let i = 0; i < last; i += step) this.mix(wordAt(bytes, i));
    if (last >= 0) this.mix(wordAt(bytes, last));
    else for (let i = 0; i < length; i++) this.mix(bytes[i] ?? 0);
  }

  /** 16 hexadecimal digits. */
  value(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#high) + hex(this.#low);
  }
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
}
