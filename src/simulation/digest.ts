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

  /** Mixes length, first and last bytes and a sample between: enough to tell payloads apart, cheap for large ones. */
  mixBytes(bytes: Uint8Array): void {
    const length = bytes.length;
    this.mix(length);
    const step = length <= 64 ? 1 : Math.floor(length / 64);
    for (let i = 0; i < length; i += step) this.mix(bytes[i] ?? 0);
    if (length > 0) this.mix(bytes[length - 1] ?? 0);
  }

  /** 16 hexadecimal digits. */
  value(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#high) + hex(this.#low);
  }
}
