import type { DirectoryLock, File, FileStat, FileSystem } from '../../platform/file-system.js';
import { FileSystemError } from '../../platform/file-system.js';
import type { SimulatedProcess } from '../process.js';
import type { SimulatedDisk } from './disk.js';
import type { DirectoryNode, FileNode } from './tree.js';

/** The files that one process sees. Results and effects come with the disk's latency, each an event of its own. */
export class SimulatedFileSystem implements FileSystem {
  readonly maxOpenDescriptors = Infinity;
  readonly #disk: SimulatedDisk;
  readonly #process: SimulatedProcess;

  constructor(disk: SimulatedDisk, process: SimulatedProcess) {
    this.#disk = disk;
    this.#process = process;
  }

  open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    return this.#run(path, () => {
      const found = this.#disk.tree.lookup(path);
      if (found?.kind === 'directory') throw new FileSystemError('denied', path, `${path} is a folder`);
      if (found !== undefined && mode === 'createNew') throw new FileSystemError('exists', path, `${path} exists`);
      if (found === undefined && mode === 'read') throw missing(path);
      const node = found ?? this.#disk.tree.makeFile(path, this.#disk.nowMs());
      return new SimulatedFile({ disk: this.#disk, process: this.#process, node, path, writable: mode !== 'read' });
    });
  }

  readFile(path: string): Promise<Buffer> {
    return this.#run(path, () => {
      const node = this.#disk.tree.lookup(path);
      if (node?.kind !== 'file') throw missing(path);
      const bytes = Buffer.alloc(node.content.sizeBytes);
      readContent(this.#disk, node, path, bytes, 0);
      return bytes;
    });
  }

  stat(path: string): Promise<FileStat | undefined> {
    return this.#run(path, () => {
      const node = this.#disk.tree.lookup(path);
      if (node === undefined) return undefined;
      const isDirectory = node.kind === 'directory';
      return { sizeBytes: isDirectory ? 0 : node.content.sizeBytes, modifiedMs: node.modifiedMs, isDirectory };
    });
  }

  readDirectory(path: string): Promise<string[]> {
    return this.#run(path, () => [...this.#disk.tree.directory(path).entries.keys()].sort());
  }

  makeDirectory(path: string): Promise<boolean> {
    return this.#run(path, () => this.#disk.tree.makeDirectories(path, this.#disk.nowMs()), true);
  }

  rename(from: string, to: string): Promise<void> {
    return this.#run(
      from,
      () => {
        const replaced = this.#disk.tree.lookup(to);
        this.#disk.tree.rename(from, to, this.#disk.nowMs());
        if (replaced?.kind === 'file') this.#disk.release(replaced);
      },
      true,
    );
  }

  unlink(path: string): Promise<void> {
    return this.#run(
      path,
      () => {
        const node = this.#disk.tree.lookup(path);
        if (node === undefined) return;
        if (node.kind === 'directory') throw new FileSystemError('denied', path, `${path} is a folder`);
        this.#disk.tree.unlink(path, this.#disk.nowMs());
        this.#disk.release(node);
      },
      true,
    );
  }

  removeTree(path: string): Promise<void> {
    const remove = (mayStop: () => boolean): void => {
      if (this.#disk.tree.lookup(path) !== undefined) removeRecursively(this.#disk, path, mayStop);
    };
    return this.#disk.perform({
      path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(),
      effect: () => remove(() => false),
      abandon: (random) => remove(() => random.chance(0.3)),
    });
  }

  syncDirectory(path: string): Promise<void> {
    const disk = this.#disk;
    const node = disk.tree.lookup(path);
    const operations = node?.kind === 'directory' ? disk.tree.unsyncedNames(node) : undefined;
    return disk.perform({
      path,
      process: this.#process,
      delayMs: disk.syncDelayMs(path, 0),
      effect: () => {
        if (operations === undefined) throw missing(path);
        if (disk.syncFails()) throw disk.failure('io', path, `the sync of ${path} failed`);
        disk.tree.commitNames(operations);
      },
    });
  }

  lockDirectory(path: string): Promise<DirectoryLock> {
    const { locks } = this.#disk;
    return this.#run(path, () => {
      const node: DirectoryNode = this.#disk.tree.directory(path);
      if (locks.has(node)) throw new FileSystemError('locked', path, `${path} is in use by another process`);
      locks.set(node, this.#process);
      const removeEnding = this.#process.onEnd(() => locks.delete(node));
      const release = (): void => {
        removeEnding();
        if (locks.get(node) === this.#process) locks.delete(node);
      };
      return { release: () => this.#run(path, release) };
    });
  }

  freeBytes(path: string): Promise<number> {
    return this.#run(path, () => Math.min(Number.MAX_SAFE_INTEGER, this.#disk.capacityBytes - this.#disk.usedBytes));
  }

  /** `mayHappen`: when the process dies before the answer, the effect may have come about. */
  #run<T>(path: string, effect: () => T, mayHappen = false): Promise<T> {
    const delayMs = this.#disk.operationDelayMs();
    if (!mayHappen) return this.#disk.perform({ path, process: this.#process, delayMs, effect });
    const abandon = (random: { chance(p: number): boolean }): void => {
      if (!random.chance(0.5)) return;
      try {
        effect();
      } catch (error) {
        // Nobody is left to be told of a refused operation.
        if (!(error instanceof FileSystemError)) throw error;
      }
    };
    return this.#disk.perform({ path, process: this.#process, delayMs, effect, abandon });
  }
}

interface FileOptions {
  readonly disk: SimulatedDisk;
  readonly process: SimulatedProcess;
  readonly node: FileNode;
  readonly path: string;
  readonly writable: boolean;
}

class SimulatedFile implements File {
  readonly #disk: SimulatedDisk;
  readonly #process: SimulatedProcess;
  readonly #node: FileNode;
  readonly #path: string;
  readonly #writable: boolean;
  #closed = false;

  constructor(options: FileOptions) {
    this.#disk = options.disk;
    this.#process = options.process;
    this.#node = options.node;
    this.#path = options.path;
    this.#writable = options.writable;
  }

  read(buffer: Buffer, position: number): Promise<number> {
    return this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(buffer.length),
      effect: () => {
        this.#mustBeOpen();
        return readContent(this.#disk, this.#node, this.#path, buffer, position);
      },
    });
  }

  write(buffers: readonly Uint8Array[], position: number): Promise<void> {
    let length = 0;
    for (const buffer of buffers) length += buffer.length;
    return this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(length),
      effect: () => {
        this.#mustBeOpen();
        if (!this.#writable) throw new FileSystemError('denied', this.#path, `${this.#path} is open for reading`);
        this.#put(buffers, position, length);
      },
      abandon: (random) => {
        try {
          this.#put(buffers, position, random.integer(0, length));
        } catch (error) {
          if (!(error instanceof FileSystemError)) throw error;
        }
      },
    });
  }

  sync(): Promise<void> {
    const disk = this.#disk;
    const node = this.#node;
    const { content } = node;
    return new Promise<void>((resolve, reject) => {
      const end = (outcome: 'done' | 'failed' | 'interrupted'): void => {
        content.endSync(outcome);
        node.nextSync();
      };
      node.startSync(() => {
        if (!this.#process.alive) return node.nextSync();
        const delayMs = disk.syncDelayMs(this.#path, content.unsyncedBytes);
        content.beginSync();
        const done = disk.perform({
          path: this.#path,
          process: this.#process,
          delayMs,
          effect: () => {
            const failed = disk.syncFails();
            end(failed ? 'failed' : 'done');
            if (failed) throw disk.failure('io', this.#path, `the sync of ${this.#path} failed`);
          },
          abandon: (random) => end(random.chance(0.5) ? 'done' : 'interrupted'),
        });
        done.then(resolve, reject);
      });
    });
  }

  truncate(sizeBytes: number): Promise<void> {
    const effect = (): void => {
      this.#mustBeOpen();
      if (this.#node.linked) this.#disk.resize(this.#path, this.#node.content.sizeBytes, sizeBytes);
      this.#node.content.truncate(sizeBytes);
      this.#node.modifiedMs = this.#disk.nowMs();
    };
    return this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(),
      effect,
    });
  }

  sizeBytes(): Promise<number> {
    return this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(),
      effect: () => this.#node.content.sizeBytes,
    });
  }

  close(): Promise<void> {
    return this.#disk.perform({
      path: this.#path,
      process: this.#process,
      delayMs: this.#disk.operationDelayMs(),
      effect: () => {
        this.#closed = true;
      },
    });
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new FileSystemError('io', this.#path, `${this.#path} is closed`);
  }

  /** Writes the first `length` bytes of `buffers`; on a full disk as much as there is room for, and throws. */
  #put(buffers: readonly Uint8Array[], position: number, length: number): void {
    const { content } = this.#node;
    const size = content.sizeBytes;
    const room = this.#disk.capacityBytes - this.#disk.usedBytes;
    const fitting = Math.min(length, Math.max(0, size + room - position));
    let at = position;
    let left = fitting;
    for (const buffer of buffers) {
      const part = left >= buffer.length ? buffer : buffer.subarray(0, left);
      content.write(part, at);
      this.#disk.digest(part);
      at += part.length;
      left -= part.length;
    }
    if (this.#node.linked) this.#disk.usedBytes += content.sizeBytes - size;
    this.#node.modifiedMs = this.#disk.nowMs();
    if (fitting < length) throw this.#disk.failure('full', this.#path, `no space left for ${this.#path}`);
  }
}

function missing(path: string): FileSystemError {
  return new FileSystemError('missing', path, `no such file or folder: ${path}`);
}

/** Reads with the disk's read faults. */
function readContent(disk: SimulatedDisk, node: FileNode, path: string, buffer: Buffer, position: number): number {
  const { readFailureRate } = disk.behaviour;
  if (readFailureRate > 0 && disk.random.chance(readFailureRate)) {
    throw disk.failure('io', path, `reading ${path} failed`);
  }
  const length = node.content.read(buffer, position);
  if (length > 0 && disk.readsAstray()) {
    // The head landed on another track: as many bytes, of somewhere else.
    const elsewhere = disk.random.below(node.content.sizeBytes);
    node.content.read(buffer.subarray(0, length), elsewhere);
  }
  return length;
}

/** Removes what is at `path`, leaves first. `mayStop` is asked before each: a process may die half-way. */
function removeRecursively(disk: SimulatedDisk, path: string, mayStop: () => boolean): boolean {
  const node = disk.tree.lookup(path);
  if (node === undefined) return true;
  if (node.kind === 'directory') {
    for (const name of [...node.entries.keys()].sort()) {
      if (!removeRecursively(disk, `${path}/${name}`, mayStop)) return false;
    }
  }
  if (mayStop()) return false;
  disk.tree.unlink(path, disk.nowMs());
  if (node.kind === 'file') disk.release(node);
  return true;
}
