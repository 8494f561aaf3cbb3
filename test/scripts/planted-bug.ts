import { SimulatedFileSystem } from '../../src/simulation/disk/file-system.js';

/**
 * Loaded before the command for simulations (`node --import`): syncs of segments do nothing. So a loss of power breaks a promise,
 * and no other fault does.
 */
const prototype: Pick<SimulatedFileSystem, 'open'> = SimulatedFileSystem.prototype;
const { open } = prototype;
prototype.open = async function (this: SimulatedFileSystem, path, mode) {
  const file = await open.call(this, path, mode);
  if (path.endsWith('.log')) file.sync = () => Promise.resolve();
  return file;
};
