/** Between a value's producer and its number there, and what fills it up behind them. */
const SEPARATOR = '.';
const FILLER = ' ';
/** A value is read as one number: its producer's times this, and its own. */
const NUMBERS = 2 ** 32;
const ZERO = 48;
const SEPARATOR_BYTE = 46;

/** In place of a tag: no producer of the workload wrote the value. */
export const FOREIGN = -1;

/** The value of a producer's record, `sizeBytes` long at least. */
export function taggedValue(producer: number, number: number, sizeBytes: number): string {
  return `${producer}${SEPARATOR}${number}`.padEnd(sizeBytes, FILLER);
}

/** Which record a value is of, as one number, or `FOREIGN`. The batch's CRC vouches for what fills the value up. */
export function tagOf(value: Buffer | null): number {
  if (value === null) return FOREIGN;
  let tag = FOREIGN;
  let number = 0;
  for (let i = 0; i < value.length; i++) {
    const byte = value[i] ?? 0;
    if (byte >= ZERO && byte < ZERO + 10) {
      number = number * 10 + byte - ZERO;
    } else if (byte === SEPARATOR_BYTE && tag === FOREIGN) {
      tag = number * NUMBERS;
      number = 0;
    } else break;
  }
  return tag === FOREIGN ? FOREIGN : tag + number;
}

/** Whose record a tag is of, and its number there. */
export function parseTag(tag: number): { readonly producer: number; readonly number: number } {
  return { producer: Math.floor(tag / NUMBERS), number: tag % NUMBERS };
}
