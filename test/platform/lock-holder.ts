/** A process of its own that takes the lock of a folder, says so to its parent and holds it until it is killed. */
import { defined } from '../../src/common/assert.js';
import { NodeFileSystem } from '../../src/platform/node/file-system.js';

const folder = defined(process.argv[2], 'the folder is named');
await new NodeFileSystem().lockDirectory(folder);
process.send?.('locked');
