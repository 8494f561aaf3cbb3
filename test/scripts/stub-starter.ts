import { ClusterProcesses } from '../../scripts/cluster/cluster-processes.js';

/** Starts a node, says where it is, and stays until a signal ends it. */
const cluster = await ClusterProcesses.start({
  nodeCount: 1,
  command: [process.execPath, 'dist/test/scripts/stub-node.js'],
});
const { pid, httpUrl } = cluster.node(1);
console.log(JSON.stringify([pid, httpUrl, cluster.directory]));
setInterval(() => {}, 60_000);
