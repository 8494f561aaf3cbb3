import type { NodeAttachment, NodePorts } from '../../cluster/attachment.js';

/**
 * `cut`: nothing gets through between two hosts; both sides see silence. `oneWay`: the same in one direction. `clog`: one
 * host's whole network stands still. `latency`, `slow`: between two hosts, in both directions. `reset`: all connections
 * between two hosts break at once.
 */
export type NetworkFaultKind = (typeof NETWORK_FAULT_KINDS)[number];
export const NETWORK_FAULT_KINDS = ['cut', 'oneWay', 'clog', 'latency', 'slow', 'reset'] as const;

/** A node id, or `CLIENTS`. */
export type Host = number;
export const CLIENTS: Host = 0;

export interface NetworkFault {
  readonly kind: NetworkFaultKind;
  readonly from: Host;
  /** Not used by `clog`. */
  readonly to: Host;
  readonly latencyMs: number;
  readonly bytesPerSecond: number;
}

/** What is between the nodes, and between clients and nodes, and can fail. */
export interface ChaosNetwork {
  /** The faults that it can make. */
  readonly kinds: readonly NetworkFaultKind[];
  attach(nodes: readonly NodePorts[]): Promise<ReadonlyMap<number, NodeAttachment>>;
  nodeStarts(nodeId: number): void;
  /** To be said before the process ends. */
  nodeEnds(nodeId: number): void;
  strike(fault: NetworkFault): void;
  /** Ends every fault. */
  heal(): void;
  close(): void;
}
