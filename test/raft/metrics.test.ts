import t from 'tap';
import type { Raft, RaftStatus } from '../../src/raft/api.js';
import { raftMetrics } from '../../src/raft/metrics.js';
import { PromMetrics } from '../../src/platform/node/prom-metrics.js';

t.test('the quorum lag is what is committed and not applied', async (t) => {
  const metrics = await PromMetrics.open({ process: false });
  const state = { committedIndex: 7, appliedIndex: 4 };
  const raft: Partial<Raft> = { role: 'follower', term: 3, status: () => state as RaftStatus };
  raftMetrics(metrics, raft as Raft);
  t.match(await metrics.text(), /^varve_quorum_lag_entries 3$/m);
  state.appliedIndex = 7;
  t.match(await metrics.text(), /^varve_quorum_lag_entries 0$/m);
});
