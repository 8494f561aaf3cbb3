import { VarveError } from '../common/errors.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import { unknownBrokerConfig } from '../metadata/configs/parse.js';
import { CommandError } from './command-error.js';
import { parseProperties } from './properties.js';

/**
 * A node's settings: those of the file, with `overrides` over them. Rejects with a CommandError when the file cannot be
 * read, is not of the form key=value, or has a key that there is not; values are checked by whoever takes them.
 */
export async function readNodeConfig(
  readFile: (path: string) => Promise<string>,
  path: string,
  overrides: ConfigTexts,
): Promise<Map<string, string>> {
  let text: string;
  try {
    text = await readFile(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`The settings ${path} cannot be read: ${reason}`, 'Name a file of key=value lines.');
  }
  try {
    const { values, lines } = parseProperties(text);
    for (const [key, value] of values) {
      const problem = unknownBrokerConfig(key, value);
      if (problem !== undefined) throw new CommandError(`${path}, line ${lines.get(key)}: ${problem}`);
    }
    return new Map([...values, ...overrides]);
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    throw new CommandError(`${path}: ${error.message}`, undefined, { cause: error });
  }
}
