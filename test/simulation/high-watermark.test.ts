import t from 'tap';
import { makeBatch } from '../log/support.js';
import { CONTEXT, onStage } from './stage.js';

const TOPIC = 'orders';

t.test('what fewer than min.insync.replicas have counts for nobody: who leads next may lack it', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [leader = 0, other = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader, other], { 'min.insync.replicas': '2' });
    await stage.send(TOPIC, 3);
    cluster.host(other).kill();
    await stage.until('one is in sync', () => stage.replica(leader, TOPIC)?.leader?.isr.length === 1);
    // With acks=1 the leader takes it, and no reader may see it.
    const call = { context: CONTEXT, topic: TOPIC, partition: 0, acks: 1 as const, timeoutMs: 10_000 };
    const stored = await new Promise((resolve) => {
      stage
        .node(leader)
        .api.produce({ ...call, batches: makeBatch() }, ({ error }) => resolve(error?.code ?? 'stored'));
    });
    stage.expect('it is', stored, 'stored');
    await stage.sleep(10);
    cluster.host(leader).kill();
    cluster.start(other);
    await stage.until('the eligible one leads', () => stage.replica(other, TOPIC)?.leader !== undefined);
    cluster.start(leader);
    await stage.until('both are in sync', () => stage.partition(TOPIC).isr.length === 2);
  });
  t.pass('it was seen by nobody');
});
