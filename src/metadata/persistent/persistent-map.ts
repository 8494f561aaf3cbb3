import { defined } from '../../common/assert.js';

/**
 * An immutable map with structural sharing: a hash array mapped trie (Bagwell 2001). `set` and `delete` copy the path to
 * one leaf, O(log32 n); `diff` skips what two versions share, so that its cost follows the changes and not the size.
 * The form depends on the contents alone, never on how they came to be: equal maps iterate in the same order.
 */
export class PersistentMap<K extends string | number, V extends object | string | number> {
  readonly #root: Node<K, V> | undefined;
  readonly size: number;

  private constructor(root: Node<K, V> | undefined, size: number) {
    this.#root = root;
    this.size = size;
  }

  static empty<K extends string | number, V extends object | string | number>(): PersistentMap<K, V> {
    return new PersistentMap<K, V>(undefined, 0);
  }

  get(key: K): V | undefined {
    return this.#root && lookUp(this.#root, hashOf(key), key)?.value;
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  set(key: K, value: V): PersistentMap<K, V> {
    const leaf: Leaf<K, V> = { kind: LEAF, hash: hashOf(key), key, value };
    const root = this.#root ? insert(this.#root, 0, leaf) : leaf;
    if (root === this.#root) return this;
    return new PersistentMap(root, this.size + (this.has(key) ? 0 : 1));
  }

  delete(key: K): PersistentMap<K, V> {
    if (!this.#root) return this;
    const root = remove(this.#root, 0, hashOf(key), key);
    return root === this.#root ? this : new PersistentMap(root, this.size - 1);
  }

  forEach(visit: (value: V, key: K) => void): void {
    if (this.#root) visitLeaves(this.#root, (leaf) => visit(leaf.value, leaf.key));
  }

  /** All keys in ascending order. */
  sortedKeys(): K[] {
    const keys: K[] = [];
    this.forEach((_, key) => keys.push(key));
    return keys.sort((a, b) => (a < b ? -1 : 1));
  }

  /** All values in ascending order of their keys. */
  sortedValues(): V[] {
    return this.sortedKeys().map((key) => defined(this.get(key), 'a key of the map has a value'));
  }

  /** Visits each key whose value is not the same object in `after`: undefined before (added) or after (removed). */
  diff(after: PersistentMap<K, V>, visit: (key: K, before: V | undefined, after: V | undefined) => void): void {
    diffNodes(this.#root, after.#root, visit);
  }
}

const LEAF = 0;
const COLLISION = 1;
const BRANCH = 2;

interface Leaf<K, V> {
  readonly kind: typeof LEAF;
  readonly hash: number;
  readonly key: K;
  readonly value: V;
}

/** Leaves whose hashes are equal, in ascending order of their keys. */
interface Collision<K, V> {
  readonly kind: typeof COLLISION;
  readonly hash: number;
  readonly leaves: readonly Leaf<K, V>[];
}

/** One child for each bit of `bitmap`, in the order of the bits. At least two leaves are below it. */
interface Branch<K, V> {
  readonly kind: typeof BRANCH;
  readonly bitmap: number;
  readonly children: readonly Node<K, V>[];
}

type Node<K, V> = Leaf<K, V> | Collision<K, V> | Branch<K, V>;

const BITS = 5;
const MASK = 31;

function hashOf(key: string | number): number {
  let hash = 0x811c9dc5;
  if (typeof key === 'number') hash = Math.imul(key ^ 0x9e3779b9, 0x85ebca6b);
  else for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

function bitOf(hash: number, shift: number): number {
  return 1 << ((hash >>> shift) & MASK);
}

function countBits(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function childAt<K, V>(branch: Branch<K, V>, bit: number): Node<K, V> | undefined {
  if ((branch.bitmap & bit) === 0) return undefined;
  return branch.children[countBits(branch.bitmap & (bit - 1))];
}

function lookUp<K, V>(root: Node<K, V>, hash: number, key: K): Leaf<K, V> | undefined {
  let node: Node<K, V> | undefined = root;
  for (let shift = 0; node?.kind === BRANCH; shift += BITS) node = childAt(node, bitOf(hash, shift));
  if (node?.kind === LEAF) return node.key === key ? node : undefined;
  return node?.leaves.find((leaf) => leaf.key === key);
}

function insert<K, V>(node: Node<K, V>, shift: number, leaf: Leaf<K, V>): Node<K, V> {
  if (node.kind === LEAF) {
    if (node.key === leaf.key) return node.value === leaf.value ? node : leaf;
    if (node.hash === leaf.hash) return collision([node, leaf]);
    return join(shift, node, leaf);
  }
  if (node.kind === COLLISION) {
    if (node.hash !== leaf.hash) return join(shift, node, leaf);
    const same = node.leaves.find((one) => one.key === leaf.key);
    if (same?.value === leaf.value) return node;
    return collision([...node.leaves.filter((one) => one !== same), leaf]);
  }
  const bit = bitOf(leaf.hash, shift);
  const at = countBits(node.bitmap & (bit - 1));
  const child = childAt(node, bit);
  const changed = child ? insert(child, shift + BITS, leaf) : leaf;
  if (changed === child) return node;
  const children = node.children.slice();
  children.splice(at, child ? 1 : 0, changed);
  return { kind: BRANCH, bitmap: node.bitmap | bit, children };
}

function collision<K, V>(leaves: readonly Leaf<K, V>[]): Collision<K, V> {
  const sorted = leaves.slice().sort((a, b) => (a.key < b.key ? -1 : 1));
  return { kind: COLLISION, hash: defined(sorted[0], 'a collision has leaves').hash, leaves: sorted };
}

/** The smallest branch at `shift` that holds two nodes with different hashes. */
function join<K, V>(shift: number, a: Leaf<K, V> | Collision<K, V>, b: Leaf<K, V>): Branch<K, V> {
  const bitA = bitOf(a.hash, shift);
  const bitB = bitOf(b.hash, shift);
  if (bitA === bitB) return { kind: BRANCH, bitmap: bitA, children: [join(shift + BITS, a, b)] };
  // Unsigned: bit 31 is the greatest.
  const children = bitA >>> 0 < bitB >>> 0 ? [a, b] : [b, a];
  return { kind: BRANCH, bitmap: bitA | bitB, children };
}

function remove<K, V>(node: Node<K, V>, shift: number, hash: number, key: K): Node<K, V> | undefined {
  if (node.kind === LEAF) return node.key === key ? undefined : node;
  if (node.kind === COLLISION) {
    const leaves = node.leaves.filter((leaf) => leaf.key !== key);
    if (leaves.length === node.leaves.length) return node;
    return leaves.length === 1 ? leaves[0] : collision(leaves);
  }
  const bit = bitOf(hash, shift);
  const child = childAt(node, bit);
  if (!child) return node;
  const changed = remove(child, shift + BITS, hash, key);
  if (changed === child) return node;
  const at = countBits(node.bitmap & (bit - 1));
  const children = node.children.slice();
  if (changed) children.splice(at, 1, changed);
  else children.splice(at, 1);
  const only = children.length === 1 ? children[0] : undefined;
  // A lone leaf moves up: the form depends on the contents alone.
  if (only && only.kind !== BRANCH) return only;
  return children.length === 0
    ? undefined
    : { kind: BRANCH, bitmap: changed ? node.bitmap : node.bitmap & ~bit, children };
}

function visitLeaves<K, V>(node: Node<K, V>, visit: (leaf: Leaf<K, V>) => void): void {
  if (node.kind === LEAF) visit(node);
  else if (node.kind === COLLISION) node.leaves.forEach(visit);
  else for (const child of node.children) visitLeaves(child, visit);
}

function diffNodes<K, V>(
  before: Node<K, V> | undefined,
  after: Node<K, V> | undefined,
  visit: (key: K, before: V | undefined, after: V | undefined) => void,
): void {
  if (before === after) return;
  if (before?.kind === BRANCH && after?.kind === BRANCH) {
    let bits = before.bitmap | after.bitmap;
    while (bits !== 0) {
      const bit = bits & -bits;
      diffNodes(childAt(before, bit), childAt(after, bit), visit);
      bits ^= bit;
    }
    return;
  }
  // One side is a leaf, a collision or nothing: few leaves are in both.
  const old = new Map<K, V>();
  if (before) visitLeaves(before, (leaf) => old.set(leaf.key, leaf.value));
  if (after) {
    visitLeaves(after, (leaf) => {
      const value = old.get(leaf.key);
      old.delete(leaf.key);
      if (value !== leaf.value) visit(leaf.key, value, leaf.value);
    });
  }
  for (const [key, value] of old) visit(key, value, undefined);
}
