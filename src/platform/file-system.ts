/**
 * Files as the log needs them. A failed call rejects with a FileSystemError. Nothing is durable before `sync` of the
 * file and, for a name that was made, moved or removed, `syncDirectory` of its folder.
 */
export interface FileSystem {
  /** Files and connections that the process may have open at once; Infinity where that is not known. */
  readonly maxOpenDescriptors: number;
  /** `read`: must exist. `write`: read and write, made when absent. `createNew`: fails with `exists`. */
  open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File>;
  readFile(path: string): Promise<Buffer>;
  /** Undefined when there is nothing at `path`. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Names in a folder, sorted by code unit. */
  readDirectory(path: string): Promise<string[]>;
  /** Makes the folder and its parents; false when it is there already. */
  makeDirectory(path: string): Promise<boolean>;
  rename(from: string, to: string): Promise<void>;
  /** Removes one file; no error when it is gone already. */
  unlink(path: string): Promise<void>;
  /** Removes a folder and all within; no error when it is gone already. */
  removeTree(path: string): Promise<void>;
  /** fsync of the folder, of which a failure is `io` and final, as that of `File.sync`; but the folder may fail to open before it. */
  syncDirectory(path: string): Promise<void>;
  /** Takes the folder for this process until released or the process ends; rejects with `locked` when another holds it. */
  lockDirectory(path: string): Promise<DirectoryLock>;
  freeBytes(path: string): Promise<number>;
  /**
   * A hint, absent where the system takes none: nobody will read these bytes of the file at `path` soon. Those that are
   * synced leave the system's cache. Never fails, also where there is no such file any more.
   */
  dropCached?(path: string, position: number, sizeBytes: number): void;
}

export interface FileStat {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly isDirectory: boolean;
}

export interface DirectoryLock {
  release(): Promise<void>;
}

export interface File {
  /** Fills `buffer` from `position`; resolves to the bytes read, fewer only at the end of the file. */
  read(buffer: Buffer, position: number): Promise<number>;
  /** Writes all of `buffers`, one after the other, from `position`. On rejection any part of them may be in the file. */
  write(buffers: readonly Uint8Array[], position: number): Promise<void>;
  /** fdatasync. After a rejection the file's unsynced bytes are in an unknown state for good: never retry. */
  sync(): Promise<void>;
  /** Cuts or extends (with zeros) to `sizeBytes`. */
  truncate(sizeBytes: number): Promise<void>;
  sizeBytes(): Promise<number>;
  close(): Promise<void>;
}

export type FileSystemErrorKind = 'missing' | 'exists' | 'full' | 'locked' | 'denied' | 'tooManyFiles' | 'io';

/** `full`: no room or over quota; `io`: the device failed. */
export class FileSystemError extends Error {
  override readonly name = 'FileSystemError';
  readonly kind: FileSystemErrorKind;
  readonly path: string;

  constructor(kind: FileSystemErrorKind, path: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.kind = kind;
    this.path = path;
  }
}

/** One that never agrees with itself is no disk to go on with. */
const MAX_UNLIKE_READS = 100;

/** What two runs of `read` in a row agree on, for what would be kept for good if a read went astray. Rejects with `io`. */
export async function readTwice(path: string, read: () => Promise<Buffer>): Promise<Buffer> {
  let before: Buffer | undefined;
  for (let reads = 0; reads < MAX_UNLIKE_READS; reads++) {
    const bytes = await read();
    if (before?.equals(bytes) === true) return bytes;
    before = bytes;
  }
  throw new FileSystemError('io', path, `${path} is read differently each time: the disk fails, replace it.`);
}

/**
 * Replaces a small file so that a crash leaves the old or the new content, whole: temporary file, sync, rename, sync of
 * the folder.
 */
export async function writeFileAtomically(fileSystem: FileSystem, path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.tmp`;
  try {
    await writeNewFile(fileSystem, temporary, content);
  } catch (error) {
    if (!(error instanceof FileSystemError && error.kind === 'exists')) throw error;
    // A crash left it.
    await fileSystem.unlink(temporary);
    await writeNewFile(fileSystem, temporary, content);
  }
  await fileSystem.rename(temporary, path);
  await fileSystem.syncDirectory(path.slice(0, Math.max(1, path.lastIndexOf('/'))));
}

/**
 * Writes and syncs a small file that is not there: after a crash it may be, with any part of its content. Its name is durable
 * once the folder is synced. Rejects with `exists` where there is one.
 */
export async function writeNewFile(fileSystem: FileSystem, path: string, content: Uint8Array): Promise<void> {
  const file = await fileSystem.open(path, 'createNew');
  try {
    await file.write([content], 0);
    await file.sync();
  } finally {
    await file.close();
  }
}
