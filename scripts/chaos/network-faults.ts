import type { ClusterWatch } from '../cluster/cluster-watch.js';
import { CLIENTS } from './network/chaos-network.js';
import type { ChaosNetwork, Host, NetworkFault, NetworkFaultKind } from './network/chaos-network.js';
import { networkCardOf } from './plan.js';
import type { NetworkStep } from './plan.js';

export interface NetworkFaultsOptions {
  readonly network: ChaosNetwork;
  readonly nodeIds: readonly number[];
  readonly watch: ClusterWatch;
  readonly say: (text: string) => void;
}

const TIMEOUT_MS = 60_000;

/** Strikes the network, one step after the other, beside what happens to the processes. */
export class NetworkFaults {
  readonly #options: NetworkFaultsOptions;
  readonly #counts = new Map<NetworkFaultKind, number>();
  readonly #cards = new Map<string, number>();
  readonly #stop = new AbortController();
  #calm: Promise<unknown> = Promise.resolve();

  constructor(options: NetworkFaultsOptions) {
    this.#options = options;
  }

  get counts(): ReadonlyMap<NetworkFaultKind, number> {
    return this.#counts;
  }

  /** By `networkCardOf`. */
  get cards(): ReadonlyMap<string, number> {
    return this.#cards;
  }

  /** Until `stop`, or until the network cannot be struck, which rejects; then it is whole. */
  async run(plan: Iterable<NetworkStep>): Promise<void> {
    const { network, say } = this.#options;
    try {
      for (const step of plan) {
        await this.#calm;
        const fault = await this.#fault(step);
        if (this.#stop.signal.aborted) break;
        say(`  network: ${describe(fault, step)}`);
        this.#counts.set(step.kind, (this.#counts.get(step.kind) ?? 0) + 1);
        const card = networkCardOf(step);
        this.#cards.set(card, (this.#cards.get(card) ?? 0) + 1);
        network.strike(fault);
        if (step.kind !== 'reset') await this.#pause(step.forMs);
        network.heal();
        await this.#pause(step.restMs);
      }
    } finally {
      network.heal();
    }
  }

  /** Lets the network be whole, after the fault that it has now, while `work` goes on. */
  async inCalm<T>(work: () => Promise<T>): Promise<T> {
    const working = work();
    this.#calm = working.catch(() => {});
    return await working;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #fault(step: NetworkStep): Promise<NetworkFault> {
    const { kind, latencyMs, bytesPerSecond } = step;
    const first = await this.#target(step);
    const others = [...this.#options.nodeIds, CLIENTS].filter((host) => host !== first);
    const second = others[step.other % others.length] ?? CLIENTS;
    const [from, to] = step.isBackward && kind === 'oneWay' ? [second, first] : [first, second];
    return { kind, from, to, latencyMs, bytesPerSecond };
  }

  async #target(step: NetworkStep): Promise<Host> {
    const { watch, nodeIds } = this.#options;
    const any = nodeIds[step.pick % nodeIds.length] ?? CLIENTS;
    switch (step.target) {
      case 'clients':
        return CLIENTS;
      case 'any':
        return any;
      // Nobody may know just now; the plan goes on with another one.
      case 'leader':
        return await watch.leaderOf(step.pick, TIMEOUT_MS).catch(() => any);
      case 'controller':
        return await watch.controller(TIMEOUT_MS).catch(() => any);
    }
  }

  #pause(ms: number): Promise<void> {
    const { signal } = this.#stop;
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

function describe(fault: NetworkFault, step: NetworkStep): string {
  const name = (host: Host): string => (host === CLIENTS ? 'the clients' : `node ${host}`);
  const [from, to] = [name(fault.from), name(fault.to)];
  switch (fault.kind) {
    case 'cut':
      return `${from} and ${to} are cut off from each other for ${step.forMs} ms`;
    case 'oneWay':
      return `nothing gets from ${from} to ${to} for ${step.forMs} ms`;
    case 'clog':
      return `everything from and to ${from} stands still for ${step.forMs} ms`;
    case 'latency':
      return `${fault.latencyMs} ms between ${from} and ${to} for ${step.forMs} ms`;
    case 'slow':
      return `${fault.bytesPerSecond} bytes/s between ${from} and ${to} for ${step.forMs} ms`;
    case 'reset':
      return `the connections between ${from} and ${to} break`;
  }
}
