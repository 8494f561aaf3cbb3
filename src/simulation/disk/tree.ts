import { assert, defined } from '../../common/assert.js';
import { FileSystemError } from '../../platform/file-system.js';
import type { SeededRandom } from '../random.js';
import { FileContent } from './file-content.js';
import type { UnsyncedFate } from './file-content.js';
import type { StoreContent } from './store-content.js';

export class FileNode {
  readonly kind = 'file';
  readonly content = new FileContent();
  modifiedMs: number;
  /** False once its last name is gone: it lives on while it is open, and takes no room in the accounts. */
  linked = true;
  #syncing = false;
  readonly #waitingSyncs: Array<() => void> = [];

  constructor(modifiedMs: number) {
    this.modifiedMs = modifiedMs;
  }

  /** Runs `start` when no other sync of the file is in flight; it must end in `nextSync`. */
  startSync(start: () => void): void {
    if (this.#syncing) {
      this.#waitingSyncs.push(start);
      return;
    }
    this.#syncing = true;
    start();
  }

  nextSync(): void {
    this.#syncing = false;
    const next = this.#waitingSyncs.shift();
    if (next !== undefined) this.startSync(next);
  }
}

export class DirectoryNode {
  readonly kind = 'directory';
  /** What lookups see. */
  entries = new Map<string, TreeNode>();
  /** What the platter holds. */
  durableEntries = new Map<string, TreeNode>();
  modifiedMs: number;
  /** A key-value store that lives in this folder. */
  store: StoreContent | undefined;

  constructor(modifiedMs: number) {
    this.modifiedMs = modifiedMs;
  }
}

export type TreeNode = FileNode | DirectoryNode;

/** A name given, taken or moved. A move is one operation with two changes: no crash shows both names or neither. */
interface NameOperation {
  readonly changes: ReadonlyArray<{
    readonly directory: DirectoryNode;
    readonly name: string;
    readonly node: TreeNode | undefined;
  }>;
}

/** What a loss of power does to what was not synced. */
export interface PowerLoss {
  /** The probability of each change of a name to survive. */
  readonly nameSurvives: number;
  readonly namesInOrder: boolean;
  /** What becomes of a file's unsynced bytes. */
  readonly fateOf: () => UnsyncedFate;
}

/**
 * Names and what they lead to. A change of a name is seen at once, and durable once its folder was synced: syncing a
 * file does not sync its name, as POSIX has it.
 */
export class Tree {
  #root = new DirectoryNode(0);
  #pending: NameOperation[] = [];

  lookup(path: string): TreeNode | undefined {
    let node: TreeNode = this.#root;
    for (const name of namesOf(path)) {
      if (node.kind !== 'directory') return undefined;
      const child: TreeNode | undefined = node.entries.get(name);
      if (child === undefined) return undefined;
      node = child;
    }
    return node;
  }

  /** The folder at `path`; a FileSystemError `missing` when there is none. */
  directory(path: string): DirectoryNode {
    const node = this.lookup(path);
    if (node?.kind !== 'directory') throw new FileSystemError('missing', path, `no folder ${path}`);
    return node;
  }

  /** The folder that holds the last name of `path`, and that name. */
  parent(path: string): { readonly directory: DirectoryNode; readonly name: string } {
    const names = namesOf(path);
    const name = names.pop();
    if (name === undefined) throw new FileSystemError('denied', path, 'the root folder has no name');
    const directory = this.lookup(names.join('/'));
    if (directory?.kind !== 'directory') throw new FileSystemError('missing', path, `no folder for ${path}`);
    return { directory, name };
  }

  makeFile(path: string, nowMs: number): FileNode {
    const { directory, name } = this.parent(path);
    const node = new FileNode(nowMs);
    this.#apply({ changes: [{ directory, name, node }] }, nowMs);
    return node;
  }

  /** True where one was missing. */
  makeDirectories(path: string, nowMs: number): boolean {
    let directory = this.#root;
    let isMade = false;
    for (const name of namesOf(path)) {
      let child = directory.entries.get(name);
      if (child?.kind === 'file') throw new FileSystemError('exists', path, `${name} in ${path} is a file`);
      if (child === undefined) {
        child = new DirectoryNode(nowMs);
        this.#apply({ changes: [{ directory, name, node: child }] }, nowMs);
        isMade = true;
      }
      directory = child;
    }
    return isMade;
  }

  unlink(path: string, nowMs: number): void {
    const { directory, name } = this.parent(path);
    if (!directory.entries.has(name)) return;
    this.#apply({ changes: [{ directory, name, node: undefined }] }, nowMs);
  }

  rename(from: string, to: string, nowMs: number): void {
    const source = this.parent(from);
    const target = this.parent(to);
    const node = source.directory.entries.get(source.name);
    if (node === undefined) throw new FileSystemError('missing', from, `no such file ${from}`);
    const replaced = target.directory.entries.get(target.name);
    if (replaced === node) return;
    if (replaced !== undefined && replaced.kind !== node.kind) {
      throw new FileSystemError('exists', to, `${to} exists and is a ${replaced.kind}`);
    }
    if (replaced?.kind === 'directory' && replaced.entries.size > 0) {
      throw new FileSystemError('exists', to, `the folder ${to} is not empty`);
    }
    const changes = [
      { directory: target.directory, name: target.name, node },
      { directory: source.directory, name: source.name, node: undefined },
    ];
    this.#apply({ changes }, nowMs);
  }

  /** Operations on names so far that a sync of `directory`, begun now, makes durable. */
  unsyncedNames(directory: DirectoryNode): ReadonlySet<unknown> {
    return new Set(this.#pending.filter((operation) => touches(operation, directory)));
  }

  /** Makes the given operations durable. */
  commitNames(operations: ReadonlySet<unknown>): void {
    const rest: NameOperation[] = [];
    for (const operation of this.#pending) {
      if (operations.has(operation)) makeDurable(operation);
      else rest.push(operation);
    }
    this.#pending = rest;
  }

  /** All files, depth first in the order of their making, with their paths. */
  *files(): Iterable<readonly [path: string, node: TreeNode]> {
    yield* walk('', this.#root);
  }

  /**
   * The power is gone. Unsynced names of one folder reach the platter in their order, if `namesInOrder`: where one is lost,
   * so are those after it. Different folders know nothing of each other.
   */
  losePower(random: SeededRandom, how: PowerLoss): void {
    const { nameSurvives, namesInOrder, fateOf } = how;
    const cut = new Set<DirectoryNode>();
    for (const operation of this.#pending) {
      const dropped = operation.changes.some(({ directory }) => cut.has(directory)) || !random.chance(nameSurvives);
      if (!dropped) makeDurable(operation);
      else if (namesInOrder) for (const { directory } of operation.changes) cut.add(directory);
    }
    this.#pending = [];
    const restore = (directory: DirectoryNode): void => {
      directory.entries = new Map(directory.durableEntries);
      directory.store?.losePower(random);
      for (const node of directory.entries.values()) {
        if (node.kind === 'directory') restore(node);
        else node.content.losePower(fateOf(), random);
      }
    };
    restore(this.#root);
  }

  /** What has the name `path`, and all in it, is gone from the platter, too. */
  lose(path: string): void {
    const { directory, name } = this.parent(path);
    const concerns = (operation: NameOperation): boolean =>
      operation.changes.some((change) => change.directory === directory && change.name === name);
    this.#pending = this.#pending.filter((operation) => !concerns(operation));
    directory.entries.delete(name);
    directory.durableEntries.delete(name);
  }

  /** An empty disk. */
  wipe(): void {
    this.#root = new DirectoryNode(0);
    this.#pending = [];
  }

  #apply(operation: NameOperation, nowMs: number): void {
    for (const { directory, name, node } of operation.changes) {
      if (node === undefined) directory.entries.delete(name);
      else directory.entries.set(name, node);
      directory.modifiedMs = nowMs;
    }
    this.#pending.push(operation);
  }
}

export function namesOf(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  assert(!names.includes('..'), `${path} is a plain path`);
  return names;
}

function touches(operation: NameOperation, directory: DirectoryNode): boolean {
  return operation.changes.some((change) => change.directory === directory);
}

function makeDurable(operation: NameOperation): void {
  for (const { directory, name, node } of operation.changes) {
    if (node === undefined) directory.durableEntries.delete(name);
    else directory.durableEntries.set(name, node);
  }
}

function* walk(path: string, directory: DirectoryNode): Iterable<readonly [path: string, node: TreeNode]> {
  for (const name of [...directory.entries.keys()]) {
    const node = defined(directory.entries.get(name), 'a walked folder is not changed meanwhile');
    yield [`${path}/${name}`, node];
    if (node.kind === 'directory') yield* walk(`${path}/${name}`, node);
  }
}
