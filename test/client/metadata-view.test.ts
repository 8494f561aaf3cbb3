import t from 'tap';
import { MetadataView } from '../../src/client/metadata-view.js';
import { varve } from '../../src/protocol/varve.js';

function answer(clusterId: string, offset: number): varve.v1.MetadataResponse {
  const brokers = [{ node_id: 1, host: 'n1', port: 9094 }];
  return varve.v1.MetadataResponse.create({ cluster_id: clusterId, metadata_offset: offset, brokers, topics: [] });
}

// SEED=71050 SECONDS=6 NODES=5, at that time: a producer took the cluster without a name for its own, and ignored the one
// that the node then joined for ever.
t.test('a node that does not know its cluster yet teaches a client nothing', async (t) => {
  const view = new MetadataView();
  t.ok(view.apply(answer('', 0)), 'it is no other cluster either');
  t.equal(view.clusterId, undefined);
  t.equal(view.nodes.size, 0);
  t.ok(view.apply(answer('c1', 5)));
  t.equal(view.nodes.size, 1);
  t.ok(view.apply(answer('', 9)));
  t.equal(view.clusterId, 'c1');
  t.notOk(view.apply(answer('c2', 10)));
});
