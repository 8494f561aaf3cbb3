import { Level } from 'level';
import { FileSystemError } from '../file-system.js';
import type { KeyValueRange, KeyValueStore, KeyValueStores, KeyValueWrite } from '../key-value-store.js';
import { errorCode, fileSystemError } from './file-system-error.js';
import { checkTables } from './level-tables.js';

type Database = Level<Buffer, Buffer>;

/** LevelDB stores, one a folder. */
export class LevelStores implements KeyValueStores {
  async open(path: string): Promise<KeyValueStore> {
    return new LevelStore(await openLevel(path), path);
  }
}

/** Opens or makes a LevelDB; it holds an fcntl lock on the folder that ends with the process. */
export async function openLevel(path: string): Promise<Database> {
  await checkTables(path);
  // Uncompressed: the values are small or checksummed records, and tables can be checked without a decompressor.
  const database: Database = new Level(path, { keyEncoding: 'buffer', valueEncoding: 'buffer', compression: false });
  try {
    await database.open();
    return database;
  } catch (error) {
    throw levelError('open the store', path, error);
  }
}

interface PendingWrite {
  readonly writes: readonly KeyValueWrite[];
  readonly sync: boolean;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

class LevelStore implements KeyValueStore {
  readonly #database: Database;
  readonly #path: string;
  #pending: PendingWrite[] = [];
  #writing = false;
  /** Of the first write that failed: what it left is known once the store is opened again, and until then no more follows. */
  #failure: FileSystemError | undefined;

  constructor(database: Database, path: string) {
    this.#database = database;
    this.#path = path;
  }

  async get(key: Buffer): Promise<Buffer | undefined> {
    try {
      return await this.#database.get(key);
    } catch (error) {
      throw levelError('read', this.#path, error);
    }
  }

  async entries(range: KeyValueRange): Promise<Array<readonly [key: Buffer, value: Buffer]>> {
    try {
      const { from, to, reverse = false, limit = -1 } = range;
      const bounds = { ...(from === undefined ? {} : { gte: from }), ...(to === undefined ? {} : { lt: to }) };
      return await this.#database.iterator({ ...bounds, reverse, limit }).all();
    } catch (error) {
      throw levelError('read', this.#path, error);
    }
  }

  /**
   * Writes are applied in the order of the calls: two batches given to LevelDB at once would race on Node's thread
   * pool. Those that come while one is under way go together as the next, so that they share its sync.
   */
  write(writes: readonly KeyValueWrite[], options: { readonly sync: boolean }): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ writes, sync: options.sync, resolve, reject });
      if (!this.#writing) void this.#writePending();
    });
  }

  async #writePending(): Promise<void> {
    this.#writing = true;
    while (this.#pending.length > 0) {
      const group = this.#pending;
      this.#pending = [];
      try {
        if (this.#failure !== undefined) throw this.#failure;
        const sync = group.some((pending) => pending.sync);
        await this.#database.batch(
          group.flatMap((pending) => pending.writes.map(levelWrite)),
          { sync },
        );
        for (const pending of group) pending.resolve();
      } catch (error) {
        this.#failure ??= levelError('write', this.#path, error);
        for (const pending of group) pending.reject(this.#failure);
      }
    }
    this.#writing = false;
  }

  async close(): Promise<void> {
    try {
      await this.#database.close();
    } catch (error) {
      throw levelError('close', this.#path, error);
    }
  }
}

type LevelWrite = { type: 'put'; key: Buffer; value: Buffer } | { type: 'del'; key: Buffer };

function levelWrite(write: KeyValueWrite): LevelWrite {
  if (write.type === 'del') return { type: 'del', key: write.key };
  const { key, value } = write;
  return { type: 'put', key, value: Buffer.from(value.buffer, value.byteOffset, value.byteLength) };
}

/** LevelDB reports what the operating system said as text alone. */
function levelError(action: string, path: string, error: unknown): FileSystemError {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (errorCode(cause) === 'LEVEL_LOCKED') {
    return new FileSystemError('locked', path, `${path} is in use by another process: stop that one first`, { cause });
  }
  if (/no space left|quota exceeded/i.test(message)) {
    return new FileSystemError('full', path, `cannot ${action} ${path}: the disk is full (${message})`, { cause });
  }
  if (/permission denied/i.test(message)) {
    return new FileSystemError('denied', path, `cannot ${action} ${path}: ${message}`, { cause });
  }
  if (/too many open files/i.test(message)) {
    return new FileSystemError('tooManyFiles', path, `cannot ${action} ${path}: ${message}`, { cause });
  }
  return fileSystemError(action, path, cause);
}
