import type { ClusterProcesses } from '../cluster/cluster-processes.js';
import type { ClusterWatch, WatchedPartition } from '../cluster/cluster-watch.js';
import type { NodeProcess } from '../cluster/node-process.js';
import type { SilenceMeter } from '../workload/silence-meter.js';
import type { ChaosNetwork } from './network/chaos-network.js';
import { cardOf } from './plan.js';
import type { ChaosStep } from './plan.js';
import type { ChaosResult } from './verdict.js';

export interface ProcessFaultsOptions {
  readonly cluster: ClusterProcesses;
  readonly network: ChaosNetwork | undefined;
  /** Keeps faults away from the network while something waits for the cluster to be whole. */
  readonly inCalm: <T>(work: () => Promise<T>) => Promise<T>;
  readonly watch: ClusterWatch;
  readonly silence: SilenceMeter;
  readonly say: (text: string) => void;
  /** Asks for the preferred leaders. */
  readonly electPreferred: () => Promise<unknown>;
}

const TIMEOUT_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Kills, pauses and wipes, one step after the other. */
export class ProcessFaults {
  readonly #options: ProcessFaultsOptions;
  #kills = 0;
  #pauses = 0;
  #wipes = 0;
  readonly #cards = new Map<string, number>();

  constructor(options: ProcessFaultsOptions) {
    this.#options = options;
  }

  get counts(): Pick<ChaosResult, 'kills' | 'pauses' | 'wipes' | 'cards'> {
    return { kills: this.#kills, pauses: this.#pauses, wipes: this.#wipes, cards: this.#cards };
  }

  /** One step of the plan, from the fault to the time when all nodes that it hit serve again. */
  async apply(step: ChaosStep): Promise<void> {
    const { watch, silence, say, network, cluster, inCalm } = this.#options;
    const nodes = await this.#targets(step);
    const names = nodes.map((node) => node.nodeId).join(', ');
    const label = `${step.fault} of ${step.target === 'all' ? 'all nodes' : `node ${names}`} (${step.target})`;
    if (step.fault === 'wipe') await inCalm(() => watch.allIsWhole(cluster.nodes.length, TIMEOUT_MS));
    silence.next(label);
    if (step.fault === 'pause') {
      this.#pauses += 1;
      for (const node of nodes) node.pause();
      await pause(step.downMs);
      for (const node of nodes) node.resume();
    } else {
      this.#kills += nodes.length;
      for (const { nodeId } of nodes) network?.nodeEnds(nodeId);
      await Promise.all(nodes.map((node) => node.kill()));
      await pause(step.downMs);
      if (step.fault === 'wipe') {
        this.#wipes += nodes.length;
        for (const { nodeId } of nodes) cluster.wipe(nodeId);
      }
      for (const node of nodes) {
        node.start();
        network?.nodeStarts(node.nodeId);
      }
    }
    await Promise.all(nodes.map((node) => node.ready(TIMEOUT_MS)));
    this.#cards.set(cardOf(step), (this.#cards.get(cardOf(step)) ?? 0) + 1);
    const { worstPartitionMs } = silence.current();
    say(`${label}, ${step.downMs} ms: silent for ${worstPartitionMs.toFixed(0)} ms at the worst partition`);
  }

  async #targets(step: ChaosStep): Promise<readonly NodeProcess[]> {
    const { cluster, watch } = this.#options;
    switch (step.target) {
      case 'all':
        return cluster.nodes;
      case 'any':
        return cluster.nodes.filter((_, index) => index === step.node % cluster.nodes.length);
      case 'leader':
        return [cluster.node(await watch.leaderOf(step.partition, TIMEOUT_MS))];
      case 'controller':
        return [cluster.node(await watch.controller(TIMEOUT_MS))];
      case 'leadingController':
        return [cluster.node(await this.#leadingController())];
    }
  }

  /** The controller, made leader of something by asking for the preferred leaders where it leads nothing. */
  async #leadingController(): Promise<number> {
    const { watch, electPreferred, inCalm } = this.#options;
    const controller = await watch.controller(TIMEOUT_MS);
    const leads = (partitions: readonly WatchedPartition[]): boolean =>
      partitions.some(({ leader }) => leader === controller);
    const partitions = await inCalm(() => watch.everyIsrFull(TIMEOUT_MS));
    if (!leads(partitions)) await electPreferred().catch(() => []);
    return controller;
  }
}
