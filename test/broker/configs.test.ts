import t from 'tap';
import { varve } from '../../src/protocol/varve.js';
import { LocalCluster, context, until } from './local-cluster.js';

const v1 = varve.v1;

async function setDefault(cluster: LocalCluster, name: string, value: string): Promise<void> {
  const request = v1.AlterConfigsRequest.encode({
    alterations: [{ resource: { type: 1, name: '' }, changes: [{ name, operation: 0, value }] }],
  }).finish();
  const answer = await cluster.node(1).api.admin('/varve.v1.Admin/AlterConfigs', request, context);
  const error = v1.AlterConfigsResponse.decode(answer).results[0]?.error;
  if (error) throw new Error(error.message ?? '');
}

t.test("a log has its topic's configuration, also after a restart and for a topic made later", async (t) => {
  const cluster = await LocalCluster.start(1, { 'log.flush.interval.messages': '7' });
  t.teardown(() => cluster.close());
  const configOf = (topic: string): unknown =>
    [...cluster.node(1).logs.logs].find((log) => log.topic === topic)?.config;
  await cluster.createTopic('first', 1, { 'retention.ms': '12345' });
  await until('the log is open', () => configOf('first') !== undefined);
  t.match(configOf('first'), { retentionMs: 12345, flushMessages: 7 }, 'the file founded the cluster with 7');

  await setDefault(cluster, 'log.segment.bytes', '1000000');
  await cluster.createTopic('second', 1);
  await until('the log is open', () => configOf('second') !== undefined);
  t.match(configOf('second'), { segmentBytes: 1_000_000 });

  await cluster.stopNode(1);
  await cluster.startNode(1);
  await cluster.ready();
  t.match(configOf('first'), { retentionMs: 12345, flushMessages: 7, segmentBytes: 1_000_000 });
});
