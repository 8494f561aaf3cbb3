import { defined } from '../../common/assert.js';
import type { Anomaly, Operation } from './history.js';
import type { PartitionView } from './version-order.js';

type EdgeKind = 'ww' | 'wr';

/** Dependencies between operations: an edge from `a` to `b` says that `a` happened before `b`, and why. */
class DependencyGraph {
  readonly #edges = new Map<number, Map<number, EdgeKind>>();

  /** Keeps the first reason that is given for an edge. */
  add(from: number, to: number, kind: EdgeKind): void {
    if (from === to) return;
    const edges = this.#edges.get(from) ?? new Map<number, EdgeKind>();
    if (!edges.has(to)) edges.set(to, kind);
    this.#edges.set(from, edges);
  }

  get nodes(): number[] {
    return [...this.#edges.keys()];
  }

  edgesOf(node: number): ReadonlyMap<number, EdgeKind> {
    return this.#edges.get(node) ?? new Map<number, EdgeKind>();
  }

  /** A shortest cycle in each strongly connected component of more than one node. */
  cycles(): number[][] {
    return this.#components()
      .filter((component) => component.length > 1)
      .map((component) => this.#shortestCycle(new Set(component)));
  }

  /** Tarjan's algorithm, with a stack of its own: histories are longer than the call stack is deep. */
  #components(): number[][] {
    const components: number[][] = [];
    const index = new Map<number, number>();
    const low = new Map<number, number>();
    const onStack = new Set<number>();
    const stack: number[] = [];
    const frames: Array<{ readonly node: number; readonly next: Iterator<number> }> = [];
    const lowOf = (node: number): number => defined(low.get(node), 'a visited node has a low link');
    const enter = (node: number): void => {
      index.set(node, index.size);
      low.set(node, index.size - 1);
      stack.push(node);
      onStack.add(node);
      frames.push({ node, next: this.edgesOf(node).keys() });
    };
    for (const root of this.nodes) {
      if (index.has(root)) continue;
      enter(root);
      for (let frame = frames[frames.length - 1]; frame !== undefined; frame = frames[frames.length - 1]) {
        const { node, next } = frame;
        const { done, value: target } = next.next();
        if (done !== true) {
          const seen = index.get(target);
          if (seen === undefined) enter(target);
          else if (onStack.has(target)) low.set(node, Math.min(lowOf(node), seen));
          continue;
        }
        frames.pop();
        const parent = frames[frames.length - 1]?.node;
        if (parent !== undefined) low.set(parent, Math.min(lowOf(parent), lowOf(node)));
        if (lowOf(node) !== index.get(node)) continue;
        const component: number[] = [];
        let member: number | undefined;
        do {
          member = defined(stack.pop(), 'the root of a component is on the stack');
          onStack.delete(member);
          component.push(member);
        } while (member !== node);
        components.push(component);
      }
    }
    return components;
  }

  #shortestCycle(component: ReadonlySet<number>): number[] {
    let best: number[] | undefined;
    for (const start of component) {
      const cycle = this.#cycleFrom(start, component);
      if (cycle !== undefined && (best === undefined || cycle.length < best.length)) best = cycle;
      if (best?.length === 2) break;
    }
    return defined(best, 'a component of several nodes has a cycle');
  }

  #cycleFrom(start: number, component: ReadonlySet<number>): number[] | undefined {
    const cameFrom = new Map<number, number>();
    const queue = [start];
    for (const node of queue) {
      for (const target of this.edgesOf(node).keys()) {
        if (target === start) {
          const path = [node];
          for (let at = node; at !== start;) {
            at = defined(cameFrom.get(at), 'a reached node was come to from somewhere');
            path.unshift(at);
          }
          return path;
        }
        if (!component.has(target) || cameFrom.has(target)) continue;
        cameFrom.set(target, node);
        queue.push(target);
      }
    }
    return undefined;
  }
}

/**
 * Cycles among committed transactions. `G0`: of writes alone, by the order in which they stand in the logs. `G1c`:
 * of what was read from whom alone. Kafka does not isolate writes of open transactions from each other, so that a
 * mixture of both is no finding; a reader of committed records must still never be part of a circle.
 */
export function cycles(views: ReadonlyMap<string, PartitionView>, history: readonly Operation[]): Anomaly[] {
  if (!history.some(({ transactional }) => transactional === true)) return [];
  const committed = (operation: number): boolean =>
    history[operation]?.transactional === true && history[operation]?.outcome === 'ok';
  const writes = new DependencyGraph();
  const reads = new DependencyGraph();
  for (const view of views.values()) {
    let previous: number | undefined;
    for (const offset of view.offsets) {
      const writer = view.values.get(view.valueAt(offset))?.writer?.operation;
      if (writer === undefined || !committed(writer)) continue;
      if (previous !== undefined) writes.add(previous, writer, 'ww');
      previous = writer;
    }
    for (const { writer: by, readers } of view.values.values()) {
      const writer = by?.operation;
      if (writer === undefined || !committed(writer)) continue;
      for (const reader of readers) if (committed(reader)) reads.add(writer, reader, 'wr');
    }
  }
  return [...describe('G0', writes), ...describe('G1c', reads)];
}

function describe(name: 'G0' | 'G1c', graph: DependencyGraph): Anomaly[] {
  return graph.cycles().map((cycle) => {
    const steps = cycle.map((node, i) => {
      const next = cycle[(i + 1) % cycle.length] ?? node;
      return `#${node} -${graph.edgesOf(node).get(next) ?? ''}-> #${next}`;
    });
    return { name, partition: undefined, text: `a circle of transactions: ${steps.join(', ')}`, operations: cycle };
  });
}
