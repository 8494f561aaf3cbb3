import { assert } from '../common/assert.js';
import type { File, FileSystem } from '../platform/file-system.js';

/** One user's hold on an open file; it stays open until released. */
export interface FileLease {
  readonly file: File;
  release(): void;
}

class OpenFile {
  users = 0;
  forgotten = false;
  constructor(
    readonly file: File,
    readonly writable: boolean,
  ) {}
}

/**
 * The open files of a log directory, at most `maxOpenFiles` of them beside those in use: the one used longest ago is
 * closed first.
 */
export class OpenFiles {
  readonly #fileSystem: FileSystem;
  readonly #maxOpenFiles: number;
  /** By path, the one used last at the end. */
  readonly #files = new Map<string, OpenFile>();
  readonly #opening = new Map<string, Promise<File>>();

  constructor(options: { fileSystem: FileSystem; maxOpenFiles: number }) {
    this.#fileSystem = options.fileSystem;
    this.#maxOpenFiles = options.maxOpenFiles;
  }

  get count(): number {
    return this.#files.size;
  }

  /** `read`: must exist. `write`: made when absent. Rejects with a FileSystemError. */
  async acquire(path: string, mode: 'read' | 'write'): Promise<FileLease> {
    for (;;) {
      const known = this.#files.get(path);
      if (known !== undefined) {
        if (known.writable || mode === 'read') {
          this.#files.delete(path);
          this.#files.set(path, known);
          known.users++;
          return this.#lease(known);
        }
        this.forget(path);
      }
      const underway = this.#opening.get(path);
      if (underway === undefined) {
        const opening = this.#fileSystem.open(path, mode);
        this.#opening.set(path, opening);
        return this.#lease(await this.#opened(path, mode, opening));
      }
      // Its failure is its caller's; this one tries for itself.
      await underway.catch(() => undefined);
    }
  }

  /** Lets go of the file at `path`, closed once nobody uses it: before it is removed or renamed. */
  forget(path: string): void {
    this.#opening.delete(path);
    const known = this.#files.get(path);
    if (known === undefined) return;
    this.#files.delete(path);
    known.forgotten = true;
    if (known.users === 0) void known.file.close().catch(() => undefined);
  }

  /** Closes all. Nobody may use one any more. */
  async closeAll(): Promise<void> {
    const files = [...this.#files.values()];
    this.#files.clear();
    for (const known of files) {
      known.forgotten = true;
      if (known.users === 0) await known.file.close();
    }
  }

  /** Held by its opener. Nobody else gets it when the path was forgotten meanwhile: it may lead to another file now. */
  async #opened(path: string, mode: 'read' | 'write', opening: Promise<File>): Promise<OpenFile> {
    const isCurrent = (): boolean => this.#opening.get(path) === opening;
    try {
      const opened = new OpenFile(await opening, mode === 'write');
      opened.users = 1;
      opened.forgotten = !isCurrent();
      if (!opened.forgotten) this.#files.set(path, opened);
      this.#evict();
      return opened;
    } finally {
      if (isCurrent()) this.#opening.delete(path);
    }
  }

  /** A hold that is counted in `users` already. */
  #lease(opened: OpenFile): FileLease {
    let held = true;
    return {
      file: opened.file,
      release: () => {
        assert(held, 'a file is released once');
        held = false;
        opened.users--;
        if (opened.users === 0 && opened.forgotten) void opened.file.close().catch(() => undefined);
      },
    };
  }

  #evict(): void {
    if (this.#files.size <= this.#maxOpenFiles) return;
    for (const [path, candidate] of this.#files) {
      if (candidate.users > 0) continue;
      this.forget(path);
      if (this.#files.size <= this.#maxOpenFiles) return;
    }
  }
}
