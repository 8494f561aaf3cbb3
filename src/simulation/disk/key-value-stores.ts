import { FileSystemError } from '../../platform/file-system.js';
import type { KeyValueRange, KeyValueStore, KeyValueStores, KeyValueWrite } from '../../platform/key-value-store.js';
import type { SimulatedProcess } from '../process.js';
import type { SimulatedDisk } from './disk.js';
import { StoreContent } from './store-content.js';
import type { DirectoryNode } from './tree.js';

/** The key-value stores that one process sees, kept on its host's disk in the folders that they are opened in. */
export class SimulatedKeyValueStores implements KeyValueStores {
  readonly #disk: SimulatedDisk;
  readonly #process: SimulatedProcess;

  constructor(disk: SimulatedDisk, process: SimulatedProcess) {
    this.#disk = disk;
    this.#process = process;
  }

  open(path: string): Promise<KeyValueStore> {
    const disk = this.#disk;
    const process = this.#process;
    return disk.perform({
      path,
      process,
      delayMs: disk.syncDelayMs(path, 0),
      effect: () => {
        disk.tree.makeDirectories(path, disk.nowMs());
        const directory = disk.tree.directory(path);
        if (disk.locks.has(directory)) throw new FileSystemError('locked', path, `the store ${path} is open elsewhere`);
        disk.locks.set(directory, process);
        const content = directory.store ?? new StoreContent();
        directory.store = content;
        return new SimulatedKeyValueStore({ disk, process, directory, content, path });
      },
    });
  }
}

interface StoreOptions {
  readonly disk: SimulatedDisk;
  readonly process: SimulatedProcess;
  readonly directory: DirectoryNode;
  readonly content: StoreContent;
  readonly path: string;
}

/** Batches are applied one after the other, in the order in which they were asked for, as LevelDB's writer does. */
class SimulatedKeyValueStore implements KeyValueStore {
  readonly #disk: SimulatedDisk;
  readonly #process: SimulatedProcess;
  readonly #directory: DirectoryNode;
  readonly #content: StoreContent;
  readonly #path: string;
  readonly #removeEnding: () => void;
  #closed = false;
  /** A failed journal write leaves the store refusing every later write, as LevelDB does until it is opened anew. */
  #broken: FileSystemError | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: StoreOptions) {
    this.#disk = options.disk;
    this.#process = options.process;
    this.#directory = options.directory;
    this.#content = options.content;
    this.#path = options.path;
    this.#removeEnding = this.#process.onEnd(() => this.#disk.locks.delete(this.#directory));
  }

  get(key: Buffer): Promise<Buffer | undefined> {
    return this.#read(() => {
      const value = this.#content.get(key);
      return value === undefined ? undefined : Buffer.from(value);
    });
  }

  entries(range: KeyValueRange): Promise<Array<readonly [key: Buffer, value: Buffer]>> {
    return this.#read(() => this.#content.entries(range));
  }

  write(writes: readonly KeyValueWrite[], options: { readonly sync: boolean }): Promise<void> {
    const result = this.#last.then(() => this.#writeNow(writes, options.sync));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(),
      effect: () => {
        if (this.#closed) return;
        this.#closed = true;
        this.#removeEnding();
        this.#disk.locks.delete(this.#directory);
      },
    });
  }

  #writeNow(writes: readonly KeyValueWrite[], sync: boolean): Promise<void> {
    let bytes = 0;
    for (const write of writes) bytes += write.key.length + (write.type === 'put' ? write.value.length : 0);
    const disk = this.#disk;
    return disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: sync ? disk.syncDelayMs(this.#path, bytes) : disk.operationDelayMs(bytes),
      effect: () => {
        this.#mustBeOpen();
        if (this.#broken !== undefined) throw this.#broken;
        if (disk.usedBytes + bytes > disk.capacityBytes) {
          this.#broken = disk.failure('full', this.#path, `no space left for the store ${this.#path}`);
          throw this.#broken;
        }
        this.#content.apply(writes, disk.behaviour.journalBytes);
        for (const write of writes) disk.digest(write.type === 'put' ? write.value : write.key);
        if (!sync) return;
        if (disk.syncFails()) {
          this.#broken = disk.failure('io', this.#path, `the sync of the store ${this.#path} failed`);
          throw this.#broken;
        }
        this.#content.markSynced();
      },
      abandon: (random) => {
        if (random.chance(0.5)) this.#content.apply(writes);
      },
    });
  }

  #read<T>(effect: () => T): Promise<T> {
    return this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(),
      effect: () => {
        this.#mustBeOpen();
        return effect();
      },
    });
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new FileSystemError('io', this.#path, `the store ${this.#path} is closed`);
  }
}
