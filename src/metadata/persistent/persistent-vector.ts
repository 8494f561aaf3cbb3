import { assert, defined } from '../../common/assert.js';

/**
 * An immutable array with structural sharing: a tree of 32-wide nodes. `set` copies one path, O(log32 n); `diff` skips
 * what two versions share. It grows at its end only.
 */
export class PersistentVector<T extends object> {
  readonly #root: Node<T>;
  /** Bits of the index above the root's own five; 0: the root is a leaf. */
  readonly #shift: number;
  readonly length: number;

  private constructor(root: Node<T>, shift: number, length: number) {
    this.#root = root;
    this.#shift = shift;
    this.length = length;
  }

  static empty<T extends object>(): PersistentVector<T> {
    return new PersistentVector<T>({ items: [] }, 0, 0);
  }

  get(index: number): T | undefined {
    if (index < 0 || index >= this.length) return undefined;
    let node = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= BITS) node = childOf(node, (index >>> shift) & MASK);
    return itemsOf(node)[index & MASK];
  }

  /** Replaces the element at `index`, or appends when `index` is the length. */
  set(index: number, value: T): PersistentVector<T> {
    assert(index >= 0 && index <= this.length, `0 <= index ${index} <= length ${this.length}`);
    let root = this.#root;
    let shift = this.#shift;
    if (index === 1 << (shift + BITS)) {
      root = { children: [root] };
      shift += BITS;
    }
    return new PersistentVector(replaced(root, shift, index, value), shift, Math.max(this.length, index + 1));
  }

  forEach(visit: (value: T, index: number) => void): void {
    visitNode(this.#root, this.#shift, 0, visit);
  }

  /** Visits each index whose element is not the same object in `after`. */
  diff(after: PersistentVector<T>, visit: (index: number, before: T | undefined, after: T | undefined) => void): void {
    if (this.#shift === after.#shift) {
      diffNodes(this.#root, after.#root, this.#shift, 0, visit);
      return;
    }
    const length = Math.max(this.length, after.length);
    for (let index = 0; index < length; index++) {
      const [a, b] = [this.get(index), after.get(index)];
      if (a !== b) visit(index, a, b);
    }
  }
}

const BITS = 5;
const MASK = 31;

type Node<T> = { readonly items: readonly T[] } | { readonly children: readonly Node<T>[] };

function itemsOf<T>(node: Node<T>): readonly T[] {
  assert('items' in node, 'a node at shift 0 is a leaf');
  return node.items;
}

function childOf<T>(node: Node<T>, at: number): Node<T> {
  assert('children' in node, 'a node above shift 0 is inner');
  return defined(node.children[at], 'an index below the length has a path');
}

function replaced<T>(node: Node<T> | undefined, shift: number, index: number, value: T): Node<T> {
  if (shift === 0) {
    const items = node ? itemsOf(node).slice() : [];
    items[index & MASK] = value;
    return { items };
  }
  const children = node && 'children' in node ? node.children.slice() : [];
  const at = (index >>> shift) & MASK;
  children[at] = replaced(children[at], shift - BITS, index, value);
  return { children };
}

function visitNode<T>(node: Node<T>, shift: number, base: number, visit: (value: T, index: number) => void): void {
  if ('items' in node) {
    for (let i = 0; i < node.items.length; i++) visit(defined(node.items[i], 'a leaf is dense'), base + i);
    return;
  }
  node.children.forEach((child, i) => visitNode(child, shift - BITS, base + i * 2 ** shift, visit));
}

function diffNodes<T>(
  before: Node<T> | undefined,
  after: Node<T> | undefined,
  shift: number,
  base: number,
  visit: (index: number, before: T | undefined, after: T | undefined) => void,
): void {
  if (before === after) return;
  if (shift > 0) {
    const a = before && 'children' in before ? before.children : [];
    const b = after && 'children' in after ? after.children : [];
    for (let i = 0; i < Math.max(a.length, b.length); i++)
      diffNodes(a[i], b[i], shift - BITS, base + i * 2 ** shift, visit);
    return;
  }
  const a = before ? itemsOf(before) : [];
  const b = after ? itemsOf(after) : [];
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (a[i] !== b[i]) visit(base + i, a[i], b[i]);
}
