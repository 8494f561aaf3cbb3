import type { NodeId } from '../../common/ids.js';
import { sleep } from '../../platform/clock.js';
import type { Clock } from '../../platform/clock.js';
import type { SimulatedCluster } from './simulated-cluster.js';

const STEP_MS = 20;
/** A node that has not stopped in order by then is killed, as a service manager does it. */
const STOP_LIMIT_MS = 10_000;
/** The next node is not stopped before this one serves again, or this time has passed. */
const READY_LIMIT_MS = 5_000;

/** Stops and starts one node after the other, in order. */
export class RollingRestart {
  readonly #cluster: SimulatedCluster;
  readonly #clock: Clock;
  readonly #ended: () => boolean;

  constructor(cluster: SimulatedCluster, clock: Clock, ended: () => boolean) {
    this.#cluster = cluster;
    this.#clock = clock;
    this.#ended = ended;
  }

  /** Gives the nodes that it restarted; those that faults had taken down are passed over. */
  async run(downMs: number): Promise<NodeId[]> {
    const restarted: NodeId[] = [];
    for (const nodeId of this.#cluster.nodeIds) {
      if (this.#ended()) break;
      const host = this.#cluster.host(nodeId);
      const { incarnation } = host;
      if (this.#cluster.node(nodeId) === undefined) continue;
      this.#cluster.stopInOrder(nodeId);
      const stopped = await this.#within(STOP_LIMIT_MS, () => !host.running || host.incarnation !== incarnation);
      if (!stopped && host.running && host.incarnation === incarnation) host.kill();
      await sleep(this.#clock, downMs);
      // A fault may have its own plans with this host: it is started again by whoever comes first.
      if (!host.running && host.powered) this.#cluster.start(nodeId);
      restarted.push(nodeId);
      await this.#within(READY_LIMIT_MS, () => this.#cluster.node(nodeId)?.health.notReadyBecause() === undefined);
    }
    return restarted;
  }

  async #within(limitMs: number, holds: () => boolean): Promise<boolean> {
    const untilMs = this.#clock.monotonicMs() + limitMs;
    while (!holds()) {
      if (this.#clock.monotonicMs() > untilMs) return false;
      await sleep(this.#clock, STEP_MS);
    }
    return true;
  }
}
