import { CommandError } from './command-error.js';

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/**
 * The lines of a stream of bytes, without their ends (`\n` or `\r\n`), as slices where a line lies in one chunk. Throws
 * a CommandError for a line beyond `maxBytes`.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of chunks) {
    const lines: Buffer[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const part = chunk.subarray(start, end);
      lines.push(withoutReturn(restBytes === 0 ? part : Buffer.concat([...rest, part])));
      if (restBytes > 0) rest = [];
      restBytes = 0;
      start = end + 1;
    }
    if (start < chunk.length) {
      rest.push(chunk.subarray(start));
      restBytes += chunk.length - start;
    }
    if (restBytes > maxBytes) {
      throw new CommandError(`A line is longer than ${maxBytes} bytes.`, 'Is the input text? A record is one line.');
    }
    if (lines.length > 0) yield lines;
  }
  if (restBytes > 0) yield [withoutReturn(Buffer.concat(rest))];
}

function withoutReturn(line: Buffer): Buffer {
  return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
}
