/** A process of its own that takes the lock of a folder, says so to its parent and holds it until it is killed. */
import { defined } from '../../src/common/assert.js';
import { NodeFileSystem } from '../../src/platform/node/file-system.js';

const folder = defined(process.argv[2], 'the folder is named');
/** Whoever drops it may lose it to the collector, and the lock with it. */
export const lock = await new NodeFileSystem().lockDirectory(folder);
// The channel to the parent keeps the process only while somebody listens.
process.on('message', () => {});
process.send?.('locked');
