import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Conditions } from './conditions.js';
import { Flow } from './flow.js';
import { reset } from './reset.js';

const HOST = '127.0.0.1';
const PROBE_MS = 20;

export interface PathOptions {
  /** Where the connecting side finds it. */
  readonly port: number;
  /** Where it leads to. */
  readonly targetPort: number;
  readonly there: Conditions;
  readonly back: Conditions;
}

/**
 * The way from one host to one port of another. It refuses, as the port itself would, while nothing listens there; a
 * proxy that took the connection and then dropped it would hide from everyone that a process is dead.
 */
export class Path {
  readonly #options: PathOptions;
  readonly #connections = new Set<Connection>();
  readonly #stopWatching: readonly (() => void)[];
  #server: Server | undefined;
  #targetListens = false;
  #isLooking = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: PathOptions) {
    this.#options = options;
    this.#stopWatching = [options.there, options.back].map((each) => each.watch(() => this.#adjust()));
  }

  /** The target starts: looks for it until it listens. */
  targetStarts(): void {
    if (this.#isLooking || this.#targetListens) return;
    this.#isLooking = true;
    this.#look();
  }

  /** The target is about to die, or was found dead. */
  targetEnds(): void {
    this.#isLooking = false;
    clearTimeout(this.#timer);
    this.#targetListens = false;
    this.#adjust();
  }

  /** Both ends of every connection learn at once that it is broken. */
  reset(): number {
    const count = this.#connections.size;
    for (const connection of this.#connections) connection.reset();
    return count;
  }

  close(): void {
    for (const stop of this.#stopWatching) stop();
    this.targetEnds();
    this.#server?.close();
    this.#server = undefined;
    this.reset();
  }

  #look(): void {
    const probe = connect({ host: HOST, port: this.#options.targetPort });
    probe.once('connect', () => {
      probe.destroy();
      if (!this.#isLooking) return;
      this.#isLooking = false;
      this.#targetListens = true;
      this.#adjust();
    });
    probe.once('error', () => {
      if (this.#isLooking) this.#timer = setTimeout(() => this.#look(), PROBE_MS);
    });
  }

  /** Behind a cut even a dead process does not refuse: nobody answers. */
  #adjust(): void {
    const { there, back, port } = this.#options;
    const listens = this.#targetListens || there.now.held || back.now.held;
    if (listens && this.#server === undefined) {
      const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, (near) =>
        this.#accept(near),
      );
      // The port that was just closed may not be free yet.
      server.on('error', () => {
        if (this.#server !== server) return;
        this.#server = undefined;
        setTimeout(() => this.#adjust(), PROBE_MS);
      });
      server.listen(port, HOST);
      this.#server = server;
    } else if (!listens && this.#server !== undefined) {
      this.#server.close();
      this.#server = undefined;
    }
  }

  #accept(near: Socket): void {
    const connection = new Connection(near, this.#options, {
      closed: () => this.#connections.delete(connection),
      refused: () => {
        if (!this.#targetListens) return;
        this.targetEnds();
        this.targetStarts();
      },
    });
    this.#connections.add(connection);
    connection.dial();
  }
}

interface ConnectionEvents {
  readonly closed: () => void;
  readonly refused: () => void;
}

/** One connection over a path: the side that was taken (near) and the side that goes on to the target (far). */
class Connection {
  readonly #near: Socket;
  readonly #options: PathOptions;
  readonly #events: ConnectionEvents;
  #far: Socket | undefined;
  #flows: readonly Flow[] = [];
  #stopWaiting: readonly (() => void)[] = [];

  constructor(near: Socket, options: PathOptions, events: ConnectionEvents) {
    this.#near = near;
    this.#options = options;
    this.#events = events;
    near.on('error', () => {});
    near.once('close', () => this.#ended());
  }

  /** Goes on to the target once the way is free in both directions, as a connection's first packets have to. */
  dial(): void {
    const { there, back, targetPort } = this.#options;
    this.#stopWaiting.forEach((stop) => stop());
    this.#stopWaiting = [];
    if (there.now.held || back.now.held) {
      this.#stopWaiting = [there, back].map((each) => each.watch(() => this.dial()));
      return;
    }
    const far = connect({ host: HOST, port: targetPort, allowHalfOpen: true, noDelay: true });
    this.#far = far;
    let connected = false;
    far.on('error', () => {
      if (connected) return;
      reset(this.#near);
      this.#events.refused();
    });
    far.once('close', () => this.#ended());
    far.once('connect', () => {
      connected = true;
      if (this.#near.destroyed) reset(far);
      else this.#flows = [new Flow(this.#near, far, there), new Flow(far, this.#near, back)];
    });
  }

  reset(): void {
    for (const flow of this.#flows) flow.drop();
    this.#stopWaiting.forEach((stop) => stop());
    reset(this.#near);
    if (this.#far !== undefined) reset(this.#far);
  }

  #ended(): void {
    const { destroyed } = this.#near;
    if (destroyed && this.#far === undefined) this.#stopWaiting.forEach((stop) => stop());
    if (destroyed && this.#far?.destroyed !== false) this.#events.closed();
  }
}
