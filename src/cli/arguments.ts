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

/** `orders:3`: one partition. */
export function topicPartition(text: string): { readonly topic: string; readonly partition: number } {
  const colon = text.lastIndexOf(':');
  if (colon < 1) throw new InvalidArgumentError('It must be topic:partition.');
  return { topic: text.slice(0, colon), partition: integerFrom(0)(text.slice(colon + 1)) };
}

/** `orders:3=1,2,5`: where the replicas of one partition shall be, the preferred leader first. */
export function partitionReplicas(text: string): {
  readonly topic: string;
  readonly partition: number;
  readonly replicas: readonly number[];
} {
  const equals = text.lastIndexOf('=');
  if (equals < 0) throw new InvalidArgumentError('It must be topic:partition=node.id,node.id...');
  const replicas = text
    .slice(equals + 1)
    .split(',')
    .map((node) => integerFrom(0)(node.trim()));
  return { ...topicPartition(text.slice(0, equals)), replicas };
}

/** Collects what `parse` makes of each of an argument's values. */
export function each<T>(parse: (text: string) => T): (text: string, before: readonly T[] | undefined) => T[] {
  return (text, before) => [...(before ?? []), parse(text)];
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', 0: '\0', '\\': '\\' };

/** Makes `\t`, `\n`, `\r`, `\0` and `\\` what they stand for: shells make it hard to type the characters. */
export function escaped(text: string): string {
  return text.replace(/\\([tnr0\\])/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
}
