import type { LogServices } from './log-services.js';
import { SWAP_SUFFIX } from './file-names.js';

/**
 * Finishes a swap of compacted segments that a crash interrupted: files `*.swap` in `names` take the place of the
 * segments that they were made from. Gives the names in the folder afterwards.
 */
export async function finishSwaps(services: LogServices, folder: string, names: string[]): Promise<string[]> {
  const swaps = names.filter((name) => name.endsWith(SWAP_SUFFIX));
  if (swaps.length === 0) return names;
  for (const name of swaps) await services.platform.fileSystem.unlink(`${folder}/${name}`);
  return names.filter((name) => !swaps.includes(name));
}
