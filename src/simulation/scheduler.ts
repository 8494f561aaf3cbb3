import { InvariantViolation, assert, defined } from '../common/assert.js';
import type { Timer } from '../platform/clock.js';
import { Digest } from './digest.js';

/** What an event is, for the trace and the digest. */
export type EventKind = 'start' | 'timer' | 'defer' | 'network' | 'disk' | 'work' | 'fault' | 'control';

const KIND_IDS: Readonly<Record<EventKind, number>> = {
  start: 1,
  timer: 2,
  defer: 3,
  network: 4,
  disk: 5,
  work: 6,
  fault: 7,
  control: 8,
};

/** Whom an event belongs to: a process may be dead (the event is dropped) or paused (it waits). */
export interface EventOwner {
  readonly id: number;
  /** Who comes first of those that have something to do at the same time: the lower. Above 0. */
  readonly rank: number;
  deliver(event: SimulatedEvent): void;
}

/**
 * One callback at one time. At the same time the world comes first (what has no owner: arrivals, disks, faults), then
 * the owners by rank, and of one owner the one that was scheduled first.
 */
export class SimulatedEvent implements Timer {
  readonly kind: EventKind;
  readonly owner: EventOwner | undefined;
  readonly rank: number;
  atMs: number;
  sequence: number;
  #callback: (() => void) | undefined;

  constructor(atMs: number, sequence: number, kind: EventKind, owner: EventOwner | undefined, callback: () => void) {
    this.atMs = atMs;
    this.sequence = sequence;
    this.kind = kind;
    this.owner = owner;
    this.rank = owner?.rank ?? 0;
    this.#callback = callback;
  }

  /** Whether this one runs before `other`, which has the same time. */
  precedes(other: SimulatedEvent): boolean {
    return this.rank === other.rank ? this.sequence < other.sequence : this.rank < other.rank;
  }

  get cancelled(): boolean {
    return this.#callback === undefined;
  }

  cancel(): void {
    this.#callback = undefined;
  }

  /** Runs the callback, once. */
  run(): void {
    const callback = this.#callback;
    this.#callback = undefined;
    callback?.();
  }
}

/**
 * The one queue of everything that will happen. Time stands still while an event runs and jumps to the next event's
 * time afterwards; it never goes back.
 */
export class Scheduler {
  readonly digest = new Digest();
  #heap: SimulatedEvent[] = [];
  /** The events' times, place by place: comparing them reads nothing else. */
  #times = new Float64Array(1024);
  #sequence = 0;
  #nowMs = 0;
  #executed = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Events that ran so far. */
  get executed(): number {
    return this.#executed;
  }

  schedule(delayMs: number, kind: EventKind, owner: EventOwner | undefined, callback: () => void): SimulatedEvent {
    // No assertion: its message would be written for every event.
    if (!(delayMs >= 0 && Number.isFinite(delayMs))) {
      throw new InvariantViolation(`an event lies ahead, not ${delayMs} ms from now`);
    }
    const event = new SimulatedEvent(this.#nowMs + delayMs, this.#sequence++, kind, owner, callback);
    this.#push(event);
    return event;
  }

  /** Puts an event that was held back (its process was paused) into the queue again, as its owner's last one of this moment. */
  requeue(event: SimulatedEvent): void {
    event.atMs = this.#nowMs;
    event.sequence = this.#sequence++;
    this.#push(event);
  }

  /** The time of the next event that was not cancelled; undefined when there is none. */
  peekMs(): number | undefined {
    let next = this.#heap[0];
    while (next?.cancelled) {
      this.#pop();
      next = this.#heap[0];
    }
    return next?.atMs;
  }

  /** Runs the next event. False when there is none. */
  runNext(): boolean {
    if (this.peekMs() === undefined) return false;
    const event = this.#pop();
    assert(event.atMs >= this.#nowMs, 'time never goes back');
    this.#nowMs = event.atMs;
    this.#executed++;
    this.digest.mixTime(event.atMs);
    this.digest.mix(KIND_IDS[event.kind] * 65_536 + (event.owner?.id ?? 0));
    if (event.owner === undefined) event.run();
    else event.owner.deliver(event);
    return true;
  }

  /** Moves time on to `timeMs`, when nothing is due before it. */
  advanceTo(timeMs: number): void {
    const next = this.peekMs();
    assert(next === undefined || next >= timeMs, 'no event is skipped');
    if (timeMs > this.#nowMs) this.#nowMs = timeMs;
  }

  #push(event: SimulatedEvent): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(event);
    if (index === this.#times.length) {
      const grown = new Float64Array(index * 2);
      grown.set(this.#times);
      this.#times = grown;
    }
    const times = this.#times;
    const { atMs } = event;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parentMs = times[parentIndex] ?? 0;
      if (parentMs < atMs) break;
      const parent = defined(heap[parentIndex], 'a heap node has a parent');
      if (parentMs === atMs && parent.precedes(event)) break;
      heap[index] = parent;
      times[index] = parentMs;
      index = parentIndex;
    }
    heap[index] = event;
    times[index] = atMs;
  }

  #pop(): SimulatedEvent {
    const heap = this.#heap;
    const top = defined(heap[0], 'an event is popped from a queue that has one');
    const last = defined(heap.pop(), 'an event is popped from a queue that has one');
    if (heap.length > 0) sink(heap, this.#times, last);
    return top;
  }
}

/** Puts `event` at the top or below it, where the heap's order wants it: by time, then as events of one time precede each other. */
function sink(heap: SimulatedEvent[], times: Float64Array, event: SimulatedEvent): void {
  const { length } = heap;
  const { atMs } = event;
  let index = 0;
  for (;;) {
    let childIndex = index * 2 + 1;
    if (childIndex >= length) break;
    let childMs = times[childIndex] ?? 0;
    let child = defined(heap[childIndex], 'the left child is below the length');
    const right = heap[childIndex + 1];
    if (right !== undefined) {
      const rightMs = times[childIndex + 1] ?? 0;
      if (rightMs < childMs || (rightMs === childMs && right.precedes(child))) {
        child = right;
        childMs = rightMs;
        childIndex++;
      }
    }
    if (atMs < childMs || (atMs === childMs && event.precedes(child))) break;
    heap[index] = child;
    times[index] = childMs;
    index = childIndex;
  }
  heap[index] = event;
  times[index] = atMs;
}
