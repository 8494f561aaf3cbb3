import { assert } from '../common/assert.js';
import type { SeededRandom } from './random.js';
import type { Scheduler, EventKind, EventOwner, SimulatedEvent } from './scheduler.js';

/**
 * One life of a program on a host, from its start to its end. Callbacks of a process that has ended never run: its
 * timers, its disk completions and its messages die with it, and promises that wait for them never settle.
 */
export class SimulatedProcess implements EventOwner {
  readonly id: number;
  /** Drawn: which of two processes that are ready at the same time the machine lets run first. */
  readonly rank: number;
  /** The name of the host that it runs on. */
  readonly hostName: string;
  /** Counts the lives of the host's program, from 1. */
  readonly incarnation: number;
  readonly #scheduler: Scheduler;
  readonly #order: SeededRandom;
  readonly #endings = new Set<() => void>();
  #alive = true;
  #paused = false;
  #waiting: SimulatedEvent[] = [];

  constructor(options: {
    id: number;
    hostName: string;
    incarnation: number;
    scheduler: Scheduler;
    /** Draws the order of work that is ready together. */
    order: SeededRandom;
  }) {
    this.id = options.id;
    this.#order = options.order;
    this.rank = 1 + this.#order.uint32();
    this.hostName = options.hostName;
    this.incarnation = options.incarnation;
    this.#scheduler = options.scheduler;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Alive and not paused: what arrives for it may be handed to it at once. */
  get running(): boolean {
    return this.#alive && !this.#paused;
  }

  get paused(): boolean {
    return this.#paused;
  }

  schedule(delayMs: number, kind: EventKind, callback: () => void): SimulatedEvent {
    return this.#scheduler.schedule(delayMs, kind, this, callback);
  }

  deliver(event: SimulatedEvent): void {
    if (!this.#alive) return;
    if (this.#paused) this.#waiting.push(event);
    else event.run();
  }

  /** Runs `callback` in this process now, or when it is resumed, or never when it has ended. */
  enter(kind: EventKind, callback: () => void): void {
    if (!this.#alive) return;
    if (this.#paused) this.schedule(0, kind, callback);
    else callback();
  }

  /** SIGSTOP: nothing of it runs; the kernel goes on taking its connections and its data. */
  pause(): void {
    this.#paused = true;
  }

  /**
   * SIGCONT. What came due meanwhile runs in the order of a real event loop that was held up: expired timers before the
   * input that arrived. Code that judges a peer by a timer must survive that (`Clock.defer`). Of the input, the kernel
   * names ready sockets and finished operations of disks in any order: it is drawn. A connection's own input stays in
   * its order (each turn takes the oldest), and nothing that arrived before a `defer` comes after it.
   */
  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const event of waiting) if (event.kind === 'timer' && !event.cancelled) this.#scheduler.requeue(event);
    let ready: SimulatedEvent[] = [];
    for (const event of waiting) {
      if (event.kind === 'timer' || event.cancelled) continue;
      if (event.kind === 'defer') {
        this.#requeueInAnyOrder(ready);
        ready = [];
        this.#scheduler.requeue(event);
      } else ready.push(event);
    }
    this.#requeueInAnyOrder(ready);
  }

  #requeueInAnyOrder(ready: SimulatedEvent[]): void {
    this.#order.shuffle(ready);
    for (const event of ready) this.#scheduler.requeue(event);
  }

  /**
   * Registers what the operating system does when the process ends (close its sockets, drop its locks). Gives back a
   * function that takes it off the list.
   */
  onEnd(ending: () => void): () => void {
    assert(this.#alive, 'only a living process acquires anything');
    this.#endings.add(ending);
    return () => this.#endings.delete(ending);
  }

  /** Ends it between two instructions, as SIGKILL does. */
  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#waiting = [];
    for (const ending of this.#endings) ending();
    this.#endings.clear();
  }
}
