import t from 'tap';
import { BLIND_MS } from '../../src/simulation/cluster/side-topics.js';
import { UncleanWorkload } from '../../src/simulation/cluster/unclean-workload.js';
import { onStage } from './stage.js';
import type { Stage } from './stage.js';
import { CONTEXT } from './stage.js';

const TOPIC = 'unclean';

/** What a reader is told that asks `nodeId` for what follows `offset`, by the epochs that it knows (KIP-320). */
async function told(
  stage: Stage,
  nodeId: number,
  position: { readonly offset: number; readonly current: number; readonly last: number; readonly topicId?: string },
): Promise<unknown> {
  const { offset, current: currentLeaderEpoch, last: lastFetchedEpoch, topicId } = position;
  const at = { topic: TOPIC, partition: 0, positionId: 1, topicId };
  const positions = [{ ...at, offset, currentLeaderEpoch, lastFetchedEpoch }];
  const call = {
    context: CONTEXT,
    positions,
    isolation: 'readUncommitted' as const,
    maxBytes: 1_000,
    maxWaitMs: 0,
    minBytes: 1,
  };
  const [chunk] = await stage.node(nodeId).api.fetch(call);
  return chunk?.error?.code ?? chunk?.divergingEpoch ?? chunk?.batches.length;
}

/** The former leader, alone in the ISR, has three records that the latter lacks, and may be succeeded by it all the same. */
async function isToBeTakenBack(
  stage: Stage,
  begin = (): void => {},
): Promise<readonly [former: number, latter: number]> {
  const [former = 0, latter = 0] = stage.others;
  await stage.makeTopic(TOPIC, [former, latter], {
    'unclean.leader.election.enable': 'true',
    'min.insync.replicas': '1',
  });
  begin();
  await stage.send(TOPIC, 1);
  stage.cluster.host(latter).kill();
  await stage.until('the ISR is the leader alone', () => stage.partition(TOPIC).isr.length === 1);
  await stage.send(TOPIC, 3);
  return [former, latter];
}

/** The same before a reader's eyes. */
async function isReadAndToBeTakenBack(stage: Stage) {
  const { cluster, simulation } = stage;
  const random = simulation.random.split('reader');
  const workload = new UncleanWorkload({ bootstrap: cluster.bootstrap, topic: TOPIC, random });
  const [former, latter] = await isToBeTakenBack(stage, () => {
    simulation.host('reader').start((platform) => workload.read(platform));
  });
  return { workload, former, latter };
}

// A client of its own writing has nothing but these answers to tell by; the project's checks what it is told once more.
t.test('a reader of what an unclean election took back is told, whichever epoch it names', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const [former, latter] = await isToBeTakenBack(stage);
    const before = stage.partition(TOPIC).leaderEpoch;
    const read = { offset: 4, last: before };
    stage.expect('there is no more to read yet', await told(stage, former, { ...read, current: before }), 0);
    cluster.host(former).kill();
    cluster.start(latter);
    await stage.until('the other replica leads', () => stage.replica(latter, TOPIC)?.leader !== undefined);
    await stage.send(TOPIC, 5);
    const now = stage.partition(TOPIC).leaderEpoch;
    stage.expect(
      'its leader leads no more',
      await told(stage, latter, { ...read, current: before }),
      'FENCED_LEADER_EPOCH',
    );
    stage.expect('where the log departed', await told(stage, latter, { ...read, current: now }), {
      leaderEpoch: before,
      endOffset: 1,
    });
    cluster.start(former);
    await stage.serving();
  });
  t.pass('it was told');
});

// SEED=1899700274 SECONDS=3, at that time: the checker waited for a record behind the cut, and there was none to come.
t.test('a reader that was told of a cut holds what the log holds, though nothing is written behind it', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster } = stage;
    const { workload, former, latter } = await isReadAndToBeTakenBack(stage);
    const end = await workload.contents(stage.platform);
    stage.expect('the log before', end.end, 4);
    await stage.until('the reader has all of it', () => workload.compare(end)?.length === 0);
    cluster.host(former).kill();
    cluster.start(latter);
    await stage.until('the other replica leads', () => stage.replica(latter, TOPIC)?.leader !== undefined);
    const cut = await workload.contents(stage.platform);
    stage.expect('the log after', cut.end, 1);
    await stage.until('the reader stands at the cut', () => workload.compare(cut)?.length === 0);
    stage.expect('it went back', workload.timesBack, 1);
    cluster.start(former);
    await stage.serving();
  });
  t.pass('it does');
});

// SEED=2373484639 SECONDS=3 NODES=4 without damage, at that time: the checker took such a reader for a blind one.
t.test('a reader all of whose connections died with the power of all hosts hears of a cut in time', async (t) => {
  let waitedMs = 0;
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const { cluster, simulation, controllerId } = stage;
    const { workload, former, latter } = await isReadAndToBeTakenBack(stage);
    const end = await workload.contents(stage.platform);
    await stage.until('the reader has all of it', () => workload.compare(end)?.length === 0);
    for (const nodeId of [former, controllerId]) cluster.host(nodeId).powerOff();
    for (const nodeId of [latter, controllerId]) cluster.start(nodeId);
    await stage.until('the other replica leads', () => stage.replica(latter, TOPIC)?.leader !== undefined);
    const fromMs = simulation.nowMs;
    const cut = await workload.contents(stage.platform);
    stage.expect('the log after', cut.end, 1);
    const wait = { withinMs: BLIND_MS - (simulation.nowMs - fromMs) };
    await stage.until('the reader holds what the log holds', () => workload.compare(cut)?.length === 0, wait);
    waitedMs = simulation.nowMs - fromMs;
    cluster.start(former);
    await stage.serving();
  });
  t.ok(waitedMs > 9_000, `it took ${waitedMs} ms`);
});

t.test('a reader of a topic that was deleted is not given records of the next one of its name (KIP-516)', async (t) => {
  await onStage({ seed: 1, nodes: 3 }, async (stage) => {
    const [leader = 0] = stage.others;
    await stage.makeTopic(TOPIC, [leader], {});
    await stage.send(TOPIC, 3);
    const read = { offset: 3, current: stage.partition(TOPIC).leaderEpoch, last: 0, topicId: stage.topicId(TOPIC) };
    stage.expect('there is no more to read yet', await told(stage, leader, read), 0);
    await stage.admin.deleteTopic(TOPIC);
    await stage.makeTopic(TOPIC, [leader], {});
    await stage.send(TOPIC, 5);
    stage.expect('it was deleted', await told(stage, leader, read), 'UNKNOWN_TOPIC_ID');
    const now = { ...read, topicId: stage.topicId(TOPIC) };
    stage.expect('what a reader of the next one gets', typeof (await told(stage, leader, now)), 'number');
  });
  t.pass('it was told');
});
