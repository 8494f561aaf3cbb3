import { VarveError } from '../common/errors.js';

/** A properties file as it was written: `java.util.Properties` syntax, the last of two equal keys wins. */
export interface Properties {
  /** In the order of the first appearance of each key. */
  readonly values: ReadonlyMap<string, string>;
  /** The 1-based line that each value came from, for messages. */
  readonly lines: ReadonlyMap<string, number>;
}

interface LogicalLine {
  readonly text: string;
  readonly number: number;
}

/**
 * Parses Kafka's `key=value` files by the rules of `java.util.Properties.load`: `=`, `:` or white space between key and
 * value, `#` and `!` comments, `\` at the end of a line to go on in the next, and the escapes `\t \n \r \f \uXXXX`.
 * Two differences: the text is UTF-8, and white space at the end of a value is cut off (Kafka's own value parsers trim).
 * Throws INVALID_CONFIG on a broken `\u` escape.
 */
export function parseProperties(text: string): Properties {
  const values = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const line of logicalLines(text)) {
    const keyEnd = endOfKey(line.text);
    const key = unescape(line.text.slice(0, keyEnd), line.number);
    const value = unescape(line.text.slice(startOfValue(line.text, keyEnd)).trimEnd(), line.number);
    values.set(key, value);
    lines.set(key, line.number);
  }
  return { values, lines };
}

/**
 * Parses one `key=value` of the command line. No escapes here: the shell has had its turn. Throws INVALID_CONFIG when
 * there is no `=` or no key.
 */
export function parseOverride(text: string): readonly [key: string, value: string] {
  const equals = text.indexOf('=');
  const key = text.slice(0, Math.max(0, equals)).trim();
  if (key === '') {
    throw new VarveError('INVALID_CONFIG', `'${text}' is not of the form key=value, as in num.partitions=6.`);
  }
  return [key, text.slice(equals + 1).trim()];
}

/** Joins continued lines and drops comments and blanks. A comment is never continued. */
function logicalLines(text: string): LogicalLine[] {
  const natural = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const logical: LogicalLine[] = [];
  let open: { text: string; number: number } | undefined;
  for (const [index, raw] of natural.entries()) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (open === undefined && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const continued = endsWithOddBackslashes(line);
    const part = continued ? line.slice(0, -1) : line;
    open = open === undefined ? { text: part, number: index + 1 } : { ...open, text: open.text + part };
    if (continued) continue;
    logical.push(open);
    open = undefined;
  }
  if (open !== undefined) logical.push(open);
  return logical;
}

function endsWithOddBackslashes(line: string): boolean {
  let count = 0;
  while (count < line.length && line[line.length - 1 - count] === '\\') count += 1;
  return count % 2 === 1;
}

/** The first separator that no backslash escapes. */
function endOfKey(line: string): number {
  let index = 0;
  while (index < line.length) {
    const char = line.charAt(index);
    if (char === '\\') index += 1;
    else if (char === '=' || char === ':' || isBlank(char)) return index;
    index += 1;
  }
  return line.length;
}

/** Skips white space, at most one `=` or `:`, and white space again. */
function startOfValue(line: string, keyEnd: number): number {
  let index = keyEnd;
  while (isBlank(line.charAt(index))) index += 1;
  if (line.charAt(index) === '=' || line.charAt(index) === ':') index += 1;
  while (isBlank(line.charAt(index))) index += 1;
  return index;
}

function isBlank(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\f';
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

function unescape(text: string, lineNumber: number): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(u[0-9a-fA-F]{4}|[^]|$)/g, (_, escape: string) => {
    if (escape.length === 5) return String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    if (escape === 'u') {
      throw new VarveError('INVALID_CONFIG', `Line ${lineNumber}: \\u must be followed by four hexadecimal digits.`);
    }
    return ESCAPES[escape] ?? escape;
  });
}
