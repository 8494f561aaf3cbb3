export { TestCluster, startCluster } from './cluster.js';
export type { StartClusterOptions, TestNode } from './cluster.js';
