import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { assert } from '../../common/assert.js';
import { FileSystemError } from '../file-system.js';
import type { DirectoryLock, File, FileStat, FileSystem } from '../file-system.js';
import { lockDirectory } from './directory-lock.js';
import { errorCode, fileSystemError } from './file-system-error.js';
import { PageCache } from './page-cache.js';

const { O_CREAT, O_DIRECTORY, O_EXCL, O_RDONLY, O_RDWR } = fs.constants;

const OPEN_FLAGS = { read: O_RDONLY, write: O_RDWR | O_CREAT, createNew: O_RDWR | O_CREAT | O_EXCL } as const;
const FILE_MODE = 0o644;

/** `ulimit -n`, which Linux tells; elsewhere Node raises it to the highest that is allowed as it starts. */
function openFileLimit(): number {
  try {
    const limit = /^Max open files +(\d+)/m.exec(fs.readFileSync('/proc/self/limits', 'latin1'))?.[1];
    return limit === undefined ? Infinity : Number(limit);
  } catch {
    return Infinity;
  }
}

/** The machine's files, by node:fs. */
export class NodeFileSystem implements FileSystem {
  readonly maxOpenDescriptors = openFileLimit();
  readonly #pageCache = new PageCache();

  async open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    return new NodeFile(await openDescriptor(path, OPEN_FLAGS[mode]), path);
  }

  async readFile(path: string): Promise<Buffer> {
    return attempt('read', path, fsp.readFile(path));
  }

  // By callbacks, here and in `unlink`: what is missing is no exception to a log that is made anew, and the errors of
  // node:fs/promises, each with a trace of its own, cost 50 us.
  stat(path: string): Promise<FileStat | undefined> {
    return new Promise((resolve, reject) => {
      fs.stat(path, (error, stat) => {
        if (!error) resolve({ sizeBytes: stat.size, modifiedMs: stat.mtimeMs, isDirectory: stat.isDirectory() });
        else if (errorCode(error) === 'ENOENT') resolve(undefined);
        else reject(fileSystemError('look at', path, error));
      });
    });
  }

  async readDirectory(path: string): Promise<string[]> {
    const names = await attempt('list', path, fsp.readdir(path));
    return names.sort();
  }

  async makeDirectory(path: string): Promise<boolean> {
    const firstMade = await attempt('make the folder', path, fsp.mkdir(path, { recursive: true }));
    return firstMade !== undefined;
  }

  async rename(from: string, to: string): Promise<void> {
    await attempt(`rename to ${to} the file`, from, fsp.rename(from, to));
  }

  unlink(path: string): Promise<void> {
    return new Promise((resolve, reject) => {
      fs.unlink(path, (error) => {
        if (error && errorCode(error) !== 'ENOENT') reject(fileSystemError('remove', path, error));
        else resolve();
      });
    });
  }

  async removeTree(path: string): Promise<void> {
    await attempt('remove', path, fsp.rm(path, { recursive: true, force: true }));
  }

  async syncDirectory(path: string): Promise<void> {
    const descriptor = await openDescriptor(path, O_RDONLY | O_DIRECTORY);
    try {
      await new Promise<void>((resolve, reject) => {
        fs.fsync(descriptor, (error) => {
          if (error) reject(failedFolderSync(path, error));
          else resolve();
        });
      });
    } finally {
      await closeDescriptor(descriptor, path);
    }
  }

  lockDirectory(path: string): Promise<DirectoryLock> {
    return lockDirectory(path);
  }

  async freeBytes(path: string): Promise<number> {
    const stat = await attempt('look at', path, fsp.statfs(path));
    return stat.bavail * stat.bsize;
  }

  dropCached(path: string, position: number, sizeBytes: number): void {
    this.#pageCache.drop(path, position, sizeBytes);
  }
}

/**
 * A file by its raw descriptor and the callback API, which is somewhat cheaper a call than a FileHandle and is closed by
 * nobody but us.
 */
class NodeFile implements File {
  readonly #descriptor: number;
  readonly #path: string;
  #closed = false;

  constructor(descriptor: number, path: string) {
    this.#descriptor = descriptor;
    this.#path = path;
  }

  async read(buffer: Buffer, position: number): Promise<number> {
    let filled = 0;
    // A read may stop short of the end of the file (signals, network file systems): only 0 means the end.
    while (filled < buffer.length) {
      const count = await this.#readOnce(buffer, filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  async write(buffers: readonly Uint8Array[], position: number): Promise<void> {
    const only = buffers[0];
    if (buffers.length === 1 && only !== undefined) await this.#writeRest(only, 0, position);
    else if (buffers.length > 1) await this.#writeMany(buffers, position);
  }

  sync(): Promise<void> {
    this.#assertOpen();
    return new Promise((resolve, reject) => {
      fs.fdatasync(this.#descriptor, (error) => {
        if (error) reject(fileSystemError('sync', this.#path, error));
        else resolve();
      });
    });
  }

  truncate(sizeBytes: number): Promise<void> {
    this.#assertOpen();
    return new Promise((resolve, reject) => {
      fs.ftruncate(this.#descriptor, sizeBytes, (error) => {
        if (error) reject(fileSystemError('truncate', this.#path, error));
        else resolve();
      });
    });
  }

  sizeBytes(): Promise<number> {
    this.#assertOpen();
    return new Promise((resolve, reject) => {
      fs.fstat(this.#descriptor, (error, stat) => {
        if (error) reject(fileSystemError('look at', this.#path, error));
        else resolve(stat.size);
      });
    });
  }

  close(): Promise<void> {
    this.#assertOpen();
    this.#closed = true;
    return closeDescriptor(this.#descriptor, this.#path);
  }

  /** A descriptor that was closed may already be another file's: using it would write into that one. */
  #assertOpen(): void {
    assert(!this.#closed, `${this.#path} is used while it is open`);
  }

  #readOnce(buffer: Buffer, start: number, position: number): Promise<number> {
    this.#assertOpen();
    return new Promise((resolve, reject) => {
      fs.read(this.#descriptor, buffer, start, buffer.length - start, position, (error, count) => {
        if (error) reject(fileSystemError('read', this.#path, error));
        else resolve(count);
      });
    });
  }

  #writeMany(buffers: readonly Uint8Array[], position: number): Promise<void> {
    this.#assertOpen();
    return new Promise((resolve, reject) => {
      fs.writev(this.#descriptor, buffers, position, (error, written) => {
        if (error) reject(fileSystemError('write', this.#path, error));
        else this.#writeRemainder(buffers, written, position).then(resolve, reject);
      });
    });
  }

  /** Goes on after a write that stopped short: a full disk then shows as an error and not as silence. */
  async #writeRemainder(buffers: readonly Uint8Array[], written: number, position: number): Promise<void> {
    let start = 0;
    for (const buffer of buffers) {
      const done = Math.min(Math.max(written - start, 0), buffer.length);
      if (done < buffer.length) await this.#writeRest(buffer, done, position + start);
      start += buffer.length;
    }
  }

  async #writeRest(buffer: Uint8Array, from: number, position: number): Promise<void> {
    let done = from;
    while (done < buffer.length) done += await this.#writeOnce(buffer, done, position + done);
  }

  #writeOnce(buffer: Uint8Array, start: number, position: number): Promise<number> {
    this.#assertOpen();
    return new Promise((resolve, reject) => {
      fs.write(this.#descriptor, buffer, start, buffer.length - start, position, (error, count) => {
        if (error) reject(fileSystemError('write', this.#path, error));
        else resolve(count);
      });
    });
  }
}

/**
 * Whatever the failure is called, also ENOSPC: it is no want of room that passes. The kernel may have dropped the names, and a
 * second try would succeed and store nothing.
 */
function failedFolderSync(path: string, cause: unknown): FileSystemError {
  return new FileSystemError('io', path, fileSystemError('sync', path, cause).message, { cause });
}

function openDescriptor(path: string, flags: number): Promise<number> {
  return new Promise((resolve, reject) => {
    fs.open(path, flags, FILE_MODE, (error, descriptor) => {
      if (error) reject(fileSystemError('open', path, error));
      else resolve(descriptor);
    });
  });
}

function closeDescriptor(descriptor: number, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    fs.close(descriptor, (error) => {
      if (error) reject(fileSystemError('close', path, error));
      else resolve();
    });
  });
}

async function attempt<T>(action: string, path: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw fileSystemError(action, path, error);
  }
}
