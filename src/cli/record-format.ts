import { bytesForJson } from './byte-text.js';

/** A record as the client hands it on. */
export interface FormattedRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly timestamp: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: ReadonlyArray<{ readonly key: string; readonly value: Buffer | null }>;
}

type Part = string | ((record: FormattedRecord) => Buffer | string);

const EMPTY = Buffer.alloc(0);

/** What `%x` stands for, in kcat's letters. */
const FIELDS: Readonly<Record<string, Part>> = {
  '%': '%',
  t: (record) => record.topic,
  p: (record) => String(record.partition),
  o: (record) => String(record.offset),
  T: (record) => String(record.timestamp),
  k: (record) => record.key ?? EMPTY,
  v: (record) => record.value ?? EMPTY,
  K: (record) => String(record.key?.length ?? -1),
  V: (record) => String(record.value?.length ?? -1),
  h: (record) => record.headers.map(({ key, value }) => `${key}=${value?.toString() ?? 'NULL'}`).join(','),
};
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', 0: '\0', '\\': '\\' };

/** A function that adds a record's bytes to `out`, made of a template such as `%p:%o %k=%v\n`. Throws on a wrong `%x`. */
export function templateFormat(template: string): (record: FormattedRecord, out: Buffer[]) => void {
  const parts: Part[] = [];
  for (const [, percent, escape, text] of template.matchAll(/%([^])|\\([^])|([^%\\]+|[%\\]$)/g)) {
    if (percent !== undefined) {
      const field = Object.hasOwn(FIELDS, percent) ? FIELDS[percent] : undefined;
      if (field === undefined) throw new RangeError(`'%${percent}' is not known, only ${Object.keys(FIELDS).map((x) => `%${x}`).join(' ')} are.`); // prettier-ignore
      parts.push(field);
    } else {
      parts.push(escape === undefined ? (text ?? '') : (ESCAPES[escape] ?? `\\${escape}`));
    }
  }
  const made = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  return (record, out) => {
    for (const part of made) {
      const piece = typeof part === 'function' ? part(record) : part;
      out.push(typeof piece === 'string' ? Buffer.from(piece) : piece);
    }
  };
}

const NEWLINE = Buffer.from('\n');

/** The value and a line's end; a tombstone is an empty line. */
export function valueFormat(record: FormattedRecord, out: Buffer[]): void {
  if (record.value !== null) out.push(record.value);
  out.push(NEWLINE);
}

/** One JSON object a line. */
export function jsonFormat(record: FormattedRecord, out: Buffer[]): void {
  const { topic, partition, timestamp } = record;
  const fields = {
    topic,
    partition,
    offset: Number(record.offset),
    timestamp,
    ...bytesForJson('key', record.key),
    ...bytesForJson('value', record.value),
    headers: record.headers.map((header) => ({ key: header.key, ...bytesForJson('value', header.value) })),
  };
  out.push(Buffer.from(`${JSON.stringify(fields)}\n`));
}
