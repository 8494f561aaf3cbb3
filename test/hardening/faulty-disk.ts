import { FileSystemError } from '../../src/platform/file-system.js';
import type { DirectoryLock, File, FileStat, FileSystem } from '../../src/platform/file-system.js';

/** A real disk that can be full, or refuse to sync, from one moment to the next. */
export class FaultyDisk implements FileSystem {
  readonly #disk: FileSystem;
  /** Below this folder nothing more fits: a write takes half of its bytes before it says so, as a real one does. */
  fullUnder: string | undefined;
  /** Below this folder the device fails to make anything durable. */
  brokenUnder: string | undefined;
  /** Writes that were refused. */
  refusals = 0;

  constructor(disk: FileSystem) {
    this.#disk = disk;
  }

  get maxOpenDescriptors(): number {
    return this.#disk.maxOpenDescriptors;
  }

  async open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    if (mode !== 'read' && this.isFull(path) && (await this.#disk.stat(path)) === undefined) throw this.noRoom(path);
    return new FaultyFile(await this.#disk.open(path, mode), path, this);
  }

  readFile(path: string): Promise<Buffer> {
    return this.#disk.readFile(path);
  }

  stat(path: string): Promise<FileStat | undefined> {
    return this.#disk.stat(path);
  }

  readDirectory(path: string): Promise<string[]> {
    return this.#disk.readDirectory(path);
  }

  async makeDirectory(path: string): Promise<boolean> {
    if (this.isFull(path) && (await this.#disk.stat(path)) === undefined) throw this.noRoom(path);
    return await this.#disk.makeDirectory(path);
  }

  rename(from: string, to: string): Promise<void> {
    return this.#disk.rename(from, to);
  }

  unlink(path: string): Promise<void> {
    return this.#disk.unlink(path);
  }

  removeTree(path: string): Promise<void> {
    return this.#disk.removeTree(path);
  }

  async syncDirectory(path: string): Promise<void> {
    this.checkDevice(path);
    await this.#disk.syncDirectory(path);
  }

  lockDirectory(path: string): Promise<DirectoryLock> {
    return this.#disk.lockDirectory(path);
  }

  freeBytes(path: string): Promise<number> {
    return this.isFull(path) ? Promise.resolve(0) : this.#disk.freeBytes(path);
  }

  isFull(path: string): boolean {
    return this.fullUnder !== undefined && path.startsWith(this.fullUnder);
  }

  noRoom(path: string): FileSystemError {
    this.refusals++;
    return new FileSystemError('full', path, `ENOSPC: no space left on device, ${path}`);
  }

  checkDevice(path: string): void {
    if (this.brokenUnder !== undefined && path.startsWith(this.brokenUnder))
      throw new FileSystemError('io', path, `EIO: i/o error, fdatasync ${path}`);
  }
}

class FaultyFile implements File {
  readonly #file: File;
  readonly #path: string;
  readonly #disk: FaultyDisk;

  constructor(file: File, path: string, disk: FaultyDisk) {
    this.#file = file;
    this.#path = path;
    this.#disk = disk;
  }

  read(buffer: Buffer, position: number): Promise<number> {
    return this.#file.read(buffer, position);
  }

  async write(buffers: readonly Uint8Array[], position: number): Promise<void> {
    if (this.#disk.isFull(this.#path)) {
      const bytes = Buffer.concat(buffers);
      await this.#file.write([bytes.subarray(0, Math.ceil(bytes.length / 2))], position);
      throw this.#disk.noRoom(this.#path);
    }
    await this.#file.write(buffers, position);
  }

  async sync(): Promise<void> {
    this.#disk.checkDevice(this.#path);
    await this.#file.sync();
  }

  truncate(sizeBytes: number): Promise<void> {
    return this.#file.truncate(sizeBytes);
  }

  sizeBytes(): Promise<number> {
    return this.#file.sizeBytes();
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
