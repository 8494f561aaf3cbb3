import t from 'tap';
import { Consumer } from '../../src/client/consumer/consumer.js';
import { onStage } from './stage.js';

const TOPIC = 'orders';
/** The host that the scenario runs on, and its clients. */
const CLIENT = 'scenario';
const PARTITIONS = [{ topic: TOPIC, partition: 0 }];

/** So long no node that knows the new leader can be reached: each takes up one attempt of a call, and the former leader is left. */
const AWAY_MS = 10_000;

// SEED=90127 SECONDS=60, at that time: a leader whose disk hung was deposed without hearing of it. When another node died, a
// client turned to it, and was told an older end than before.
t.test('a deposed leader does not tell a client of an older end than the client knows', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { network } = stage.simulation;
    const [former = 0, latter = 0] = stage.others;
    await stage.makeTopic(TOPIC, [former, latter], { 'min.insync.replicas': '1' });
    await stage.send(TOPIC, 3);
    const consumer = new Consumer({ bootstrap: stage.cluster.bootstrap, platform: stage.platform });
    const end = async (): Promise<number> => Number((await consumer.endOffsets(PARTITIONS))[0]?.offset);
    stage.expect('the end', await end(), 3);
    const others = stage.cluster.nodeIds.filter((id) => id !== former);
    for (const id of others) network.cutBoth(stage.name(former), stage.name(id));
    await stage.until('the other replica leads', () => stage.replica(latter, TOPIC)?.leader !== undefined);
    await stage.send(TOPIC, 5);
    stage.expect('the new end', await end(), 8);
    stage.expect('the former leader has not heard of it', stage.replica(former, TOPIC)?.leader?.leaderEpoch, 0);
    for (const id of others) network.cutBoth(CLIENT, stage.name(id));
    const away = stage.sleep(AWAY_MS).then(() => {
      for (const id of others) network.heal(CLIENT, stage.name(id));
      for (const id of others) network.heal(stage.name(id), CLIENT);
    });
    const [again] = await Promise.all([end(), away]);
    stage.expect('the end does not go back', again, 8);
    stage.expect('nor has it now: another node was asked', stage.replica(former, TOPIC)?.leader?.leaderEpoch, 0);
    await consumer.close();
    network.healAll();
    await stage.serving();
  });
  t.pass('it did not');
});
