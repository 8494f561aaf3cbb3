import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface TextLine {
  /** `path:line`, the path below the folder, lines counted from 1. */
  readonly key: string;
  readonly value: Buffer;
}

const MAX_LINE_BYTES = 64 * 1024;
/** As git does: a file with a zero byte near its start is no text. */
const SNIFFED_BYTES = 8 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** The lines of all text files below `folder`, in the order of their paths, starting over when they end. */
export function* endlessTextLines(folder: string): Generator<TextLine, never, undefined> {
  for (;;) {
    let any = false;
    for (const line of textLines(folder)) {
      any = true;
      yield line;
    }
    if (!any) throw new Error(`There is no line of text below ${folder}.`);
  }
}

/** The lines of all text files below `folder`, once; each cut at 64 KiB. Links are not followed. */
export function* textLines(folder: string): Generator<TextLine, void, undefined> {
  for (const path of filesBelow(folder, '')) {
    const content = readFileSync(join(folder, path));
    if (content.subarray(0, SNIFFED_BYTES).includes(0)) continue;
    yield* linesOf(path, content);
  }
}

function* linesOf(path: string, content: Buffer): Generator<TextLine, void, undefined> {
  let number = 1;
  for (let start = 0; start < content.length; number++) {
    const found = content.indexOf(LINE_FEED, start);
    const next = found < 0 ? content.length : found;
    const end = next > start && content[next - 1] === CARRIAGE_RETURN ? next - 1 : next;
    yield { key: `${path}:${number}`, value: content.subarray(start, Math.min(end, start + MAX_LINE_BYTES)) };
    start = next + 1;
  }
}

function* filesBelow(root: string, folder: string): Generator<string, void, undefined> {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if (entry.isFile()) yield path;
  }
}
