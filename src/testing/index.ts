export { TestCluster, startCluster } from './cluster.js';
export type { StartClusterOptions, TestNode } from './cluster.js';
export { SimulatedTestCluster, simulateCluster } from './simulate.js';
export type { SimulateClusterOptions } from './simulate.js';
export { FAULT_KINDS, HARMLESS_KINDS } from '../simulation/fault-plan.js';
export type { FaultKind } from '../simulation/fault-plan.js';
export { SimulationFailure } from '../simulation/simulation.js';
