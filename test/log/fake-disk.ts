import { FileSystemError } from '../../src/platform/file-system.js';
import type { DirectoryLock, File, FileStat, FileSystem, FileSystemErrorKind } from '../../src/platform/file-system.js';

/** A small seeded generator (mulberry32). */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * bound);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  bytes(length: number): Buffer {
    return Buffer.from(Array.from({ length }, () => this.below(256)));
  }
}

/** One file's bytes: as the page cache has them, and as the device does. */
class Inode {
  content: Buffer = Buffer.alloc(0);
  durable: Buffer = Buffer.alloc(0);
}

const FOLDER = Symbol('folder');
type Entry = Inode | typeof FOLDER;

export type DiskCall = 'open' | 'read' | 'write' | 'sync' | 'truncate' | 'syncDirectory' | 'rename' | 'unlink';

/**
 * A disk in memory that tells the page cache from the device: what was not synced, bytes or names, may be lost, kept or
 * torn in a crash. Calls take effect when the test lets them: at once, or one by one with `runOne`.
 */
export class FakeDisk implements FileSystem {
  /** Calls wait for `runOne` instead of running at once. */
  manual = false;
  maxOpenDescriptors = Infinity;
  capacityBytes = Infinity;
  /** Asked before each call; a kind makes it fail. */
  fault: ((call: DiskCall, path: string) => FileSystemErrorKind | undefined) | undefined;
  readonly calls: Array<readonly [DiskCall, string]> = [];
  readonly waiting: Array<() => void> = [];
  /** What was said to be of no use in the cache any more: `path from-to`. */
  readonly dropped: string[] = [];
  #names = new Map<string, Entry>();
  #durableNames = new Map<string, Entry>();
  /** Counts crashes: handles of before are dead and never answer. */
  #life = 0;

  count(call: DiskCall, part = ''): number {
    return this.calls.filter(([each, path]) => each === call && path.includes(part)).length;
  }

  /** The disk as one process has it: after a crash nothing that the process still does has any effect. */
  mount(): FileSystem {
    const life = this.#life;
    const alive = <T>(call: () => Promise<T>): Promise<T> =>
      life === this.#life ? call() : new Promise<T>(() => undefined);
    const guarded = (file: File): File => ({
      read: (buffer, position) => alive(() => file.read(buffer, position)),
      write: (buffers, position) => alive(() => file.write(buffers, position)),
      sync: () => alive(() => file.sync()),
      truncate: (sizeBytes) => alive(() => file.truncate(sizeBytes)),
      sizeBytes: () => alive(() => file.sizeBytes()),
      close: () => alive(() => file.close()),
    });
    return {
      maxOpenDescriptors: this.maxOpenDescriptors,
      open: (path, mode) => alive(async () => guarded(await this.open(path, mode))),
      readFile: (path) => alive(() => this.readFile(path)),
      stat: (path) => alive(() => this.stat(path)),
      readDirectory: (path) => alive(() => this.readDirectory(path)),
      makeDirectory: (path) => alive(() => this.makeDirectory(path)),
      rename: (from, to) => alive(() => this.rename(from, to)),
      unlink: (path) => alive(() => this.unlink(path)),
      removeTree: (path) => alive(() => this.removeTree(path)),
      syncDirectory: (path) => alive(() => this.syncDirectory(path)),
      lockDirectory: () => alive(() => this.lockDirectory()),
      freeBytes: () => alive(() => this.freeBytes()),
    };
  }

  runOne(random: Seeded): boolean {
    const [next] = this.waiting.splice(random.below(Math.max(1, this.waiting.length)), 1);
    next?.();
    return next !== undefined;
  }

  bytesOf(path: string): Buffer {
    return Buffer.from(this.#file(path).content);
  }

  exists(path: string): boolean {
    return this.#names.has(path);
  }

  /** Of the files whose path begins so, in order. */
  paths(prefix: string): string[] {
    const files = [...this.#names].filter(([path, entry]) => entry !== FOLDER && path.startsWith(prefix));
    return files.map(([path]) => path).sort();
  }

  put(path: string, content: Uint8Array): void {
    this.#addFolders(path.slice(0, path.lastIndexOf('/')));
    const inode = new Inode();
    inode.content = Buffer.from(content);
    inode.durable = Buffer.from(content);
    this.#names.set(path, inode);
    this.#durableNames.set(path, inode);
  }

  flipBit(path: string, at: number, bit = 0): void {
    const inode = this.#file(path);
    for (const bytes of [inode.content, inode.durable]) {
      if (at < bytes.length) bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
    }
  }

  /** What a write that went astray leaves: open handles see it, too. */
  overwrite(path: string, at: number, bytes: Uint8Array): void {
    const { content, durable } = this.#file(path);
    for (const copy of [content, durable]) copy.set(bytes.subarray(0, Math.max(0, copy.length - at)), at);
  }

  /** Power loss: every unsynced name and byte is lost, kept or torn, as `random` says; calls under way never end. */
  crash(random: Seeded, how: 'loseAll' | 'keepAll' | 'mix' = 'mix'): void {
    this.#life++;
    this.waiting.length = 0;
    const keep = (): boolean => how === 'keepAll' || (how === 'mix' && random.chance(50));
    const names = new Map<string, Entry>();
    for (const path of new Set([...this.#names.keys(), ...this.#durableNames.keys()])) {
      const entry = keep() ? this.#names.get(path) : this.#durableNames.get(path);
      if (entry !== undefined) names.set(path, entry);
    }
    for (const inode of new Set(names.values())) {
      if (inode === FOLDER) continue;
      if (!keep()) inode.content = how === 'mix' ? tear(inode, random) : Buffer.from(inode.durable);
      inode.durable = Buffer.from(inode.content);
    }
    // A file is not left without its folders.
    for (const path of [...names.keys()]) {
      for (let up = path.lastIndexOf('/'); up > 0; up = path.lastIndexOf('/', up - 1)) {
        if (!names.has(path.slice(0, up))) names.delete(path);
      }
    }
    this.#names = names;
    this.#durableNames = new Map(names);
  }

  async open(path: string, mode: 'read' | 'write' | 'createNew'): Promise<File> {
    return this.#call('open', path, () => {
      const known = this.#names.get(path);
      if (known === FOLDER) throw new FileSystemError('io', path, `${path} is a folder`);
      if (known !== undefined && mode === 'createNew') throw new FileSystemError('exists', path, `${path} exists`);
      if (known === undefined && mode === 'read') throw new FileSystemError('missing', path, `${path} is missing`);
      const inode = known ?? new Inode();
      if (known === undefined) {
        this.#checkFolder(path);
        this.#names.set(path, inode);
      }
      return this.#handle(path, inode);
    });
  }

  async readFile(path: string): Promise<Buffer> {
    return this.#call('read', path, () => Buffer.from(this.#file(path).content));
  }

  async stat(path: string): Promise<FileStat | undefined> {
    const entry = this.#names.get(path);
    if (entry === undefined) return undefined;
    const isDirectory = entry === FOLDER;
    return { sizeBytes: isDirectory ? 0 : entry.content.length, modifiedMs: 0, isDirectory };
  }

  async readDirectory(path: string): Promise<string[]> {
    if (this.#names.get(path) !== FOLDER) throw new FileSystemError('missing', path, `${path} is missing`);
    const prefix = `${path}/`;
    const inside = [...this.#names.keys()].filter((name) => name.startsWith(prefix));
    return inside
      .map((name) => name.slice(prefix.length))
      .filter((name) => !name.includes('/'))
      .sort();
  }

  async makeDirectory(path: string): Promise<boolean> {
    const isMade = !this.#names.has(path);
    this.#addFolders(path);
    return isMade;
  }

  async rename(from: string, to: string): Promise<void> {
    return this.#call('rename', from, () => {
      const name = to.slice(to.lastIndexOf('/') + 1);
      if (Buffer.byteLength(name) > 255) throw new FileSystemError('io', to, `the name ${name} is too long`);
      for (const [path, entry] of [...this.#names]) {
        if (path !== from && !path.startsWith(`${from}/`)) continue;
        this.#names.delete(path);
        this.#names.set(to + path.slice(from.length), entry);
      }
    });
  }

  async unlink(path: string): Promise<void> {
    return this.#call('unlink', path, () => void this.#names.delete(path));
  }

  async removeTree(path: string): Promise<void> {
    for (const name of [...this.#names.keys()]) {
      if (name === path || name.startsWith(`${path}/`)) this.#names.delete(name);
    }
  }

  async syncDirectory(path: string): Promise<void> {
    return this.#call('syncDirectory', path, () => {
      const prefix = path === '/' ? '/' : `${path}/`;
      const direct = (name: string): boolean => name.startsWith(prefix) && !name.slice(prefix.length).includes('/');
      for (const name of [...this.#durableNames.keys()]) {
        if (direct(name) && !this.#names.has(name)) this.#durableNames.delete(name);
      }
      for (const [name, entry] of this.#names) if (direct(name)) this.#durableNames.set(name, entry);
    });
  }

  async lockDirectory(): Promise<DirectoryLock> {
    return { release: async () => undefined };
  }

  async freeBytes(): Promise<number> {
    return this.capacityBytes - this.usedBytes;
  }

  dropCached(path: string, position: number, sizeBytes: number): void {
    this.dropped.push(`${path} ${position}-${position + sizeBytes}`);
  }

  #handle(path: string, inode: Inode): File {
    return {
      read: (buffer, position) =>
        this.#call('read', path, () => {
          const part = inode.content.subarray(position, position + buffer.length);
          buffer.set(part);
          return part.length;
        }),
      write: (buffers, position) =>
        this.#call('write', path, () => {
          const data = Buffer.concat(buffers);
          const room = Math.max(0, this.capacityBytes - this.usedBytes);
          const grown = Math.max(0, position + data.length - inode.content.length);
          const fitting = grown > room ? data.subarray(0, Math.max(0, data.length - (grown - room))) : data;
          if (position + fitting.length > inode.content.length) resize(inode, position + fitting.length);
          fitting.copy(inode.content, position);
          if (fitting.length < data.length) throw new FileSystemError('full', path, 'the disk is full');
        }),
      sync: () => this.#call('sync', path, () => void (inode.durable = Buffer.from(inode.content))),
      truncate: (sizeBytes) => this.#call('truncate', path, () => resize(inode, sizeBytes)),
      sizeBytes: async () => inode.content.length,
      close: async () => undefined,
    };
  }

  #call<T>(call: DiskCall, path: string, effect: () => T): Promise<T> {
    const life = this.#life;
    return new Promise<T>((resolve, reject) => {
      const run = (): void => {
        if (life !== this.#life) return;
        this.calls.push([call, path]);
        const kind = this.fault?.(call, path);
        if (kind !== undefined) {
          reject(new FileSystemError(kind, path, `${call} of ${path}: ${kind}`));
          return;
        }
        try {
          resolve(effect());
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      if (this.manual) this.waiting.push(run);
      else queueMicrotask(run);
    });
  }

  #file(path: string): Inode {
    const entry = this.#names.get(path);
    if (entry === undefined || entry === FOLDER) throw new FileSystemError('missing', path, `${path} is missing`);
    return entry;
  }

  #checkFolder(path: string): void {
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (this.#names.get(folder) !== FOLDER) throw new FileSystemError('missing', path, `${folder} is missing`);
  }

  #addFolders(path: string): void {
    for (let end = path.indexOf('/', 1); ; end = path.indexOf('/', end + 1)) {
      const folder = end < 0 ? path : path.slice(0, end);
      if (!this.#names.has(folder)) this.#names.set(folder, FOLDER);
      if (end < 0) return;
    }
  }

  get usedBytes(): number {
    let used = 0;
    for (const entry of this.#names.values()) if (entry !== FOLDER) used += entry.content.length;
    return used;
  }
}

function resize(inode: Inode, sizeBytes: number): void {
  const grown = Buffer.alloc(sizeBytes);
  inode.content.copy(grown, 0, 0, Math.min(sizeBytes, inode.content.length));
  inode.content = grown;
}

/** What a crash leaves of unsynced growth: a part of it, some of that as zeros. Synced bytes stay. */
function tear(inode: Inode, random: Seeded): Buffer {
  const { content, durable } = inode;
  if (content.length <= durable.length) return Buffer.from(random.chance(50) ? content : durable);
  const end = durable.length + random.below(content.length - durable.length + 1);
  const torn = Buffer.from(content.subarray(0, end));
  if (random.chance(30)) {
    const from = durable.length + random.below(end - durable.length + 1);
    torn.fill(0, from);
  }
  return torn;
}
