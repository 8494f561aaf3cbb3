import { InvalidArgumentError } from 'commander';
import { parseOverride } from './properties.js';

/** Parsers of command line values, as commander calls them. Each throws InvalidArgumentError, a usage error. */

export function integerFrom(least: number, most = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`It must be a whole number ${range}.`);
    }
    return value;
  };
}

/** Collects `key=value` options that may be given several times. */
export function keyValue(text: string, before: ReadonlyMap<string, string> | undefined): Map<string, string> {
  try {
    return new Map(before).set(...parseOverride(text));
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

export function collect(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

export function collectInteger(least: number): (text: string, before: readonly number[] | undefined) => number[] {
  const parse = integerFrom(least);
  return (text, before) => [...(before ?? []), ...text.split(',').map((part) => parse(part.trim()))];
}

/** `1:2:3,2:3:1`, as Kafka's tools take it: the replicas of partition 0, of partition 1, and so on. */
export function replicaAssignment(text: string): number[][] {
  const parse = integerFrom(0);
  return text.split(',').map((partition) => partition.split(':').map((node) => parse(node.trim())));
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', 0: '\0', '\\': '\\' };

/** Makes `\t`, `\n`, `\r`, `\0` and `\\` what they stand for: shells make it hard to type the characters. */
export function escaped(text: string): string {
  return text.replace(/\\([tnr0\\])/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
