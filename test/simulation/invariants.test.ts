import t from 'tap';
import type { VarveNode } from '../../src/broker/node.js';
import { MetadataImage } from '../../src/metadata/image.js';
import type { Entry } from '../../src/raft/core/types.js';
import { replicaKey } from '../../src/raft/core/voter-set.js';
import { ClusterInvariants } from '../../src/simulation/cluster/invariants.js';
import { IsolationInvariants } from '../../src/simulation/cluster/isolation-invariants.js';
import { QuorumInvariants } from '../../src/simulation/cluster/quorum-invariants.js';
import type { QuorumView } from '../../src/simulation/cluster/quorum-invariants.js';
import type { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';

interface FakeReplica {
  leads?: number;
  highWatermark?: number;
  durableOffset: number;
  /** Where the log ends; as far as it is durable when not given. */
  endOffset?: number;
  epochStartOffset?: number;
  /** The newest leader epoch that it knows of. */
  knows?: number;
  /** What the leader heard from its followers. */
  heard?: ReadonlyMap<number, { brokerEpoch: number; durableOffset: number }>;
}

interface FakeNode {
  nodeId: number;
  incarnation?: number;
  term?: number;
  image?: MetadataImage;
  replica?: FakeReplica;
  /** Of the topic id, leader epochs and where each starts. */
  log?: { topicId?: string; epochs?: readonly (readonly [epoch: number, startOffset: number])[]; startOffset?: number };
}

const IMAGE = MetadataImage.EMPTY.with({ offset: 5 });

/** A log whose entries have these terms, from index 1 on; `x2` is another entry of term 2 than `2`, `v2` a voter set. */
function logOf(terms: readonly (number | string)[], commit: number): QuorumView['log'] {
  const entries: Entry[] = terms.map((text, at) => ({
    index: at + 1,
    term: Number(String(text).replace(/[xv]/, '')),
    type: String(text).startsWith('v') ? 'voters' : 'normal',
    payload: Buffer.from(String(text)),
  }));
  return {
    baseIndex: 0,
    lastIndex: entries.length,
    commit,
    term: (index) => (index === 0 ? 0 : entries[index - 1]?.term),
    entry: (index) => entries[index - 1] as Entry,
  };
}

function replica(nodeId: number, terms: readonly (number | string)[], commit = 0, leads?: number): QuorumView {
  const role = leads === undefined ? 'follower' : 'leader';
  const directoryId = `d${nodeId}`;
  const vote = leads === undefined ? undefined : replicaKey({ nodeId, directoryId });
  return { nodeId, life: `n${nodeId}#1`, role, term: leads ?? 0, vote, directoryId, log: logOf(terms, commit) };
}

function judge(...views: QuorumView[]): void {
  const invariants = new QuorumInvariants();
  for (const view of views) invariants.check(view);
}

function logViewOf({ topicId = 'id', epochs = [], startOffset = 0 }: NonNullable<FakeNode['log']>): object {
  const entries = epochs.map(([epoch, start]) => ({ epoch, startOffset: start }));
  return { topic: 'orders', topicId, partition: 0, startOffset, endOffset: 9, epochs: entries };
}

/** A cluster as far as the invariants look at it: one partition, all of whose replicas are in sync. */
function clusterOf(...fakes: FakeNode[]): SimulatedCluster {
  const nodes = fakes.map(({ nodeId, term, image, replica, log }) => {
    const view = replica && {
      topic: 'orders',
      topicId: 'id',
      partition: 0,
      highWatermark: replica.highWatermark ?? 0,
      assignment: { isr: [1, 2, 3], replicas: [1, 2, 3], leaderEpoch: replica.knows ?? replica.leads ?? 0 },
      log: { durableOffset: replica.durableOffset },
      leader:
        replica.leads === undefined
          ? undefined
          : {
              leaderEpoch: replica.leads,
              highWatermark: replica.highWatermark ?? 0,
              closed: undefined,
              epochStartOffset: replica.epochStartOffset ?? 0,
              followerState: (id: number) => replica.heard?.get(id),
              log: { endOffset: replica.endOffset ?? replica.durableOffset },
            },
    };
    return {
      nodeId,
      raft: {
        role: term === undefined ? 'follower' : 'leader',
        term,
        vote: replicaKey({ nodeId, directoryId: `d${nodeId}` }),
        directoryId: `d${nodeId}`,
        log: logOf([], 0),
      },
      image: image ?? IMAGE,
      brokerEpoch: 7,
      logs: { logs: log === undefined ? [] : [logViewOf(log)] },
      replicas: { replicas: () => (view === undefined ? [] : [view]), replica: () => view },
    } as unknown as VarveNode;
  });
  return {
    simulation: { nowMs: 0, network: { link: () => ({ cut: false }) } },
    nodeIds: nodes.map(({ nodeId }) => nodeId),
    runningNodes: nodes,
    node: (nodeId: number) => nodes.find((node) => node.nodeId === nodeId),
    host: (nodeId: number) => ({
      name: `n${nodeId}`,
      incarnation: fakes.find((fake) => fake.nodeId === nodeId)?.incarnation ?? 1,
    }),
  } as unknown as SimulatedCluster;
}

/** An image that has one partition, the first of `orders`. */
function imageOf(
  offset: number,
  state: { leader?: number; leaderEpoch?: number; isr?: readonly number[] },
  configs: readonly (readonly [name: string, value: string])[] = [],
): MetadataImage {
  const partition = { leader: 1, leaderEpoch: 0, isr: [1, 2, 3], replicas: [1, 2, 3], ...state };
  const read = {
    offset,
    partition: () => partition,
    forEachPartition: (visit: (topic: object, index: number, state: object) => void) =>
      visit({ id: 'id', name: 'orders' }, 0, partition),
    dynamicConfigs: () => new Map(configs),
  };
  return read as unknown as MetadataImage;
}

/** Looks at one cluster after the other, as at one that changes. */
function look(clusters: readonly SimulatedCluster[], mayLose: (nodeId: number) => boolean = () => false): void {
  let current = clusters[0];
  const cluster = {
    get runningNodes() {
      return current?.runningNodes ?? [];
    },
    node: (nodeId: number) => current?.node(nodeId),
    host: (nodeId: number) => current?.host(nodeId),
    simulation: { nowMs: 0, network: { link: () => ({ cut: false }) } },
    get nodeIds() {
      return current?.nodeIds ?? [];
    },
  } as unknown as SimulatedCluster;
  const invariants = new ClusterInvariants({ cluster, mayLose });
  for (current of clusters) invariants.check();
}

t.test('a high watermark above what a member of the ISR has synced', async (t) => {
  const leader = (highWatermark: number): FakeNode => ({
    nodeId: 1,
    replica: { leads: 3, highWatermark, durableOffset: 9 },
  });
  const follower: FakeNode = { nodeId: 2, replica: { durableOffset: 7 } };
  look([clusterOf(leader(7), follower)]);
  t.throws(() => look([clusterOf(leader(8), follower)]), /node 2 of its ISR has synced 7/);
  look([clusterOf(leader(8), follower)], (nodeId) => nodeId === 2);
  t.throws(() => look([clusterOf(leader(10), { nodeId: 2 })]), /node 1 of its ISR/, 'the leader counts, too');
});

// Four of a thousand seeds, at that time (commit 3016007), were blamed for what was none.
t.test('a member that was placed anew in a later epoch is none of the leader that has not heard so', async (t) => {
  const leader: FakeNode = { nodeId: 1, replica: { leads: 3, highWatermark: 8, durableOffset: 9 } };
  const placed = (leaderEpoch: number, addingReplicas: readonly number[]): FakeNode => {
    const state = { leader: 1, leaderEpoch, isr: [1, 2, 3], addingReplicas, replicas: [], directories: [] };
    const image = Object.assign(IMAGE.with({ offset: 9 }), { partition: () => state });
    return { nodeId: 2, image, replica: { durableOffset: 0 } };
  };
  t.doesNotThrow(() => look([clusterOf(leader, placed(4, [2]))]));
  t.throws(() => look([clusterOf(leader, placed(4, [3]))]), /node 2 of its ISR has synced 0/, 'it never left');
  t.throws(() => look([clusterOf(leader, placed(3, [2]))]), /node 2 of its ISR has synced 0/, 'in the same epoch');
});

// SEED=1327745360 NODES=5 SECONDS=3 without damage, at that time: a leader that was held up, and a member that was wiped.
t.test('nor is one that came back with another directory', async (t) => {
  const knowing = (offset: number, leaderEpoch: number, directory: string): MetadataImage => {
    const directories = ['a', directory, 'c'];
    const state = { leader: 1, leaderEpoch, isr: [1, 2, 3], replicas: [1, 2, 3], addingReplicas: [], directories };
    return Object.assign(IMAGE.with({ offset }), { partition: () => state });
  };
  const seen = (leaderEpoch: number, directory: string): void => {
    const leader: FakeNode = {
      nodeId: 1,
      image: knowing(8, 3, 'b'),
      replica: { leads: 3, highWatermark: 8, durableOffset: 9 },
    };
    const member: FakeNode = { nodeId: 2, image: knowing(9, leaderEpoch, directory), replica: { durableOffset: 0 } };
    look([clusterOf(leader, member)]);
  };
  t.doesNotThrow(() => seen(4, 'another'));
  t.throws(() => seen(4, 'b'), /node 2 of its ISR has synced 0/, 'it has lost what it had');
  t.throws(() => seen(3, 'another'), /node 2 of its ISR has synced 0/, 'in the same epoch it is to leave first');
});

t.test('what is acknowledged is below the high watermark of who has led since it was sent', async (t) => {
  const elected = { leader: 1, leaderEpoch: 3, isr: [1, 2, 3] };
  const image = { offset: 9, partition: () => elected } as unknown as MetadataImage;
  const told = (offset: number, sentMs: number, leads = 3): void => {
    const leader: FakeNode = { nodeId: 1, image, replica: { leads, highWatermark: 7, durableOffset: 9 } };
    const invariants = new ClusterInvariants({ cluster: clusterOf(leader), mayLose: () => false });
    invariants.acknowledged('orders', 0, offset, sentMs);
  };
  told(6, 5);
  t.throws(
    () => told(7, 5),
    /orders-0 at 7 was acknowledged, but the high watermark is 7 on its leader n1#1 of epoch 3/,
  );
  t.doesNotThrow(() => told(7, 0), 'another may have led when it was sent');
  t.doesNotThrow(() => told(7, 5, 2), 'it was deposed and has not heard');
});

t.test('two leaders of one epoch, at once or one after the other', async (t) => {
  const leader = (nodeId: number, leads: number, incarnation = 1): FakeNode => ({
    nodeId,
    incarnation,
    replica: { leads, durableOffset: 0 },
  });
  look([clusterOf(leader(1, 3), leader(2, 4))]);
  t.throws(() => look([clusterOf(leader(1, 3), leader(2, 3))]), /both led orders-0 in epoch 3/);
  t.throws(() => look([clusterOf(leader(1, 3)), clusterOf(leader(2, 3))]), /both led/);
  t.throws(
    () => look([clusterOf(leader(1, 3)), clusterOf(leader(1, 3, 2))]),
    /n1#2 and n1#1/,
    'another life of a node',
  );
});

t.test('two leaders of one term of the quorum', async (t) => {
  look([clusterOf({ nodeId: 1, term: 2 }), clusterOf({ nodeId: 2, term: 3 })]);
  t.throws(() => look([clusterOf({ nodeId: 1, term: 2 }), clusterOf({ nodeId: 2, term: 2 })]), /both lead term 2/);
});

t.test('metadata images that differ at one offset', async (t) => {
  const other = IMAGE.with({ nextProducerId: 1_000 });
  look([clusterOf({ nodeId: 1, image: IMAGE }, { nodeId: 2, image: other.with({ offset: 6 }) })]);
  t.throws(() => look([clusterOf({ nodeId: 1, image: IMAGE }, { nodeId: 2, image: other })]), /image of node 2 at 5/);
});

t.test('a leader that lacks what was below the high watermark of an earlier one', async (t) => {
  const leader = (nodeId: number, leads: number, highWatermark: number, more: Partial<FakeReplica> = {}): FakeNode => ({
    nodeId,
    replica: { leads, highWatermark, durableOffset: 9, ...more },
  });
  look([clusterOf(leader(1, 3, 7)), clusterOf(leader(2, 4, 7))]);
  look([clusterOf(leader(1, 3, 7)), clusterOf(leader(2, 4, 2, { epochStartOffset: 8 }))]);
  t.throws(() => look([clusterOf(leader(1, 3, 7)), clusterOf(leader(2, 4, 2, { endOffset: 6 }))]), /log's end at 6/);
  t.throws(
    () => look([clusterOf(leader(1, 3, 7)), clusterOf(leader(2, 4, 6))]),
    /tells clients that orders-0 ends at 6/,
  );
  t.throws(() => look([clusterOf(leader(1, 3, 7)), clusterOf(leader(1, 3, 6))]), /fell from 7 to 6/);
});

t.test('an ISR with a member that is no replica', async (t) => {
  t.doesNotThrow(() => look([clusterOf({ nodeId: 1, image: imageOf(9, { isr: [1, 2] }) })]));
  t.throws(
    () => look([clusterOf({ nodeId: 1, image: imageOf(9, { isr: [1, 4] }) })]),
    /the ISR 1, 4 of orders-0 is not within 1, 2, 3/,
  );
});

t.test('two leaders that the metadata elects in one epoch', async (t) => {
  const elected = (offset: number, leader: number, leaderEpoch: number): SimulatedCluster =>
    clusterOf({ nodeId: 1, image: imageOf(offset, { leader, leaderEpoch }) });
  t.doesNotThrow(() => look([elected(9, 1, 3), elected(10, 2, 4), elected(11, -1, 4), elected(12, 2, 4)]));
  t.throws(() => look([elected(9, 1, 3), elected(10, 2, 3)]), /nodes 2 and 1 were both elected in epoch 3 of orders-0/);
});

t.test('a log of the topic that had the name before', async (t) => {
  const holder = (topicId: string): SimulatedCluster =>
    clusterOf({ nodeId: 2, replica: { durableOffset: 0 }, log: { topicId } });
  t.doesNotThrow(() => look([holder('id')]));
  t.throws(() => look([holder('old')]), /node 2 holds the log of topic id old for orders-0, whose id is id/);
});

t.test('replicas whose batches below the high watermark are of other leader epochs', async (t) => {
  type Epochs = NonNullable<NonNullable<FakeNode['log']>['epochs']>;
  const holds = (nodeId: number, epochs: Epochs, highWatermark = 7, startOffset = 0): FakeNode => ({
    nodeId,
    replica: { durableOffset: 9, highWatermark },
    log: { epochs, startOffset },
  });
  const leader = holds(1, [[2, 0], [4, 5]]); // prettier-ignore
  const differ = (other: FakeNode, image?: MetadataImage): void =>
    look([clusterOf(leader, image === undefined ? other : { ...other, image })]);
  t.doesNotThrow(() => differ(holds(2, [[2, 0], [4, 5], [5, 8]]))); // prettier-ignore
  t.doesNotThrow(() => differ(holds(2, [[2, 0], [3, 5]], 5)), 'its own tail is to be cut'); // prettier-ignore
  t.doesNotThrow(() => differ(holds(2, [[4, 6]], 7, 6)), 'what was deleted is not asked for');
  const late = holds(2, [[2, 0], [3, 5]]); // prettier-ignore
  t.throws(
    () => differ(late),
    /orders-0 \(id\) has from 0 to 7, .* 2 from 0, 4 from 5 on node 1 and 2 from 0, 3 from 5 on node 2/,
  );
  t.throws(() => differ(holds(2, [[2, 0]])), /2 from 0 on node 2/); // prettier-ignore
  t.doesNotThrow(() => look([clusterOf(leader, late)], (nodeId) => nodeId === 2), 'a disk that lies');
  const compacted = imageOf(9, {}, [['cleanup.policy', 'compact']]);
  t.doesNotThrow(() => look([clusterOf({ ...leader, image: compacted }, late)]), 'whoever knows less comes last');
});

t.test('Raft: what may not be seen of logs and offices', async (t) => {
  judge(replica(1, [1, 1, 2], 3, 2), replica(2, [1, 1, 2], 2), replica(3, [1, 1]));
  judge(replica(1, [1, 1, 2], 3, 2), replica(2, [1, 1, 2, 3], 4, 3));
  judge(replica(1, [1, 2], 1), replica(2, [1, 3], 2));
  t.throws(() => judge(replica(1, [1], 1, 2), replica(2, [1], 1, 2)), /n2#1 and n1#1 both lead term 2/);
  t.throws(() => judge(replica(1, [1, 2]), replica(2, [1, 'x2'])), /the entry at 2 of term 2 is another on n2#1/);
  t.throws(() => judge(replica(1, [1, 1, 3]), replica(2, [1, 2, 3])), /follows term 2 on n2#1 and term 1 on n1#1/);
  t.throws(() => judge(replica(1, [1, 2], 2), replica(2, [1, 3], 2)), /n2#1 committed an entry of term 3 at 2/);
  t.throws(() => judge(replica(1, [1, 2], 2), replica(2, [1], 1, 3)), /n2#1 leads term 3 without the entry at 2/);
});

t.test('a leader that forgot its vote is found', (t) => {
  const led = replica(1, [1], 1, 3);
  const restarted = { ...replica(1, [1], 1), term: 3, life: 'n1#2' };
  t.throws(() => judge(led, restarted), /node 1 led term 3, .* as n1#2 knows of no vote/);
  const other = replicaKey({ nodeId: 2, directoryId: 'd2' });
  t.throws(() => judge(led, { ...restarted, vote: other }), /n1#2 voted for node 2/);
  t.doesNotThrow(() => judge(led, { ...restarted, vote: led.vote }));
  t.doesNotThrow(() => judge(led, { ...restarted, term: 4 }), 'another term');
  t.doesNotThrow(() => judge(led, { ...restarted, directoryId: 'new' }), 'a wiped disk keeps no promise');
  t.end();
});

t.test('a leader that commits by counting entries of older terms is found', (t) => {
  const first = replica(1, [1, 2, 2, 4], 1, 4);
  t.throws(() => judge(first, replica(1, [1, 2, 2, 4], 3, 4)), /raised its commit from 1 to 3, an entry of term 2/);
  t.doesNotThrow(() => judge(first, replica(1, [1, 2, 2, 4], 4, 4)));
  t.doesNotThrow(() => judge(replica(1, [1, 2, 2], 1), replica(1, [1, 2, 2], 3)), 'a follower is told');
  t.end();
});

t.test('a leader that changes the voters too early is found', (t) => {
  const early = replica(1, [1, 2, 3, 'v3'], 2, 3);
  t.throws(() => judge(early), /n1#1 changes the voters at 4 before an entry of its term 3 is committed/);
  t.doesNotThrow(() => judge(replica(1, [1, 2, 3, 'v3'], 3, 3)));
  t.throws(() => judge(replica(1, [1, 1, 'v1', 1, 'v1'], 2, 1)), /changes the voters at 5 before their last change/);
  t.doesNotThrow(() => judge(replica(1, [1, 1, 'v1', 1, 'v1'], 3, 1)));
  t.doesNotThrow(() => judge(replica(1, ['v1', 1], 0, 1)), 'the founding set');
  t.end();
});

t.test("a member that joined below the start of its leader's epoch is found", async (t) => {
  const joins = (before: number[], durableOffset: number): void => {
    const state = { leader: 1, leaderEpoch: 3, isr: before };
    const read = { offset: 6, partition: () => state, forEachPartition: () => {}, dynamicConfigs: () => new Map() };
    const image = read as unknown as MetadataImage;
    const leader = { leads: 3, highWatermark: 2, epochStartOffset: 8, durableOffset: 9 };
    const follower: FakeNode = { nodeId: 2, replica: { durableOffset, knows: 3 } };
    const cluster = clusterOf({ nodeId: 1, image, replica: leader }, follower);
    const invariants = new ClusterInvariants({ cluster, mayLose: () => false });
    invariants.check();
    state.isr = [1, 2];
    invariants.check();
  };
  joins([1], 8);
  joins([1, 2], 7);
  t.throws(() => joins([1], 7), /node 2 joined the ISR of orders-0 with 7 synced, below 8, where epoch 3/);
});

t.test('a leader that takes the word of a follower of an older epoch is found', async (t) => {
  const leader = (brokerEpoch: number): FakeNode => ({
    nodeId: 1,
    replica: { leads: 3, durableOffset: 9, heard: new Map([[2, { brokerEpoch, durableOffset: 4 }]]) },
  });
  const follower = (knows: number): FakeNode => ({ nodeId: 2, replica: { durableOffset: 4, knows } });
  look([clusterOf(leader(7), follower(3))]);
  look([clusterOf(leader(6), follower(2))]);
  t.throws(() => look([clusterOf(leader(7), follower(2))]), /takes the word of node 2, which knows of epoch 2 alone/);
});

t.test('a node that hears nobody and raises its term, or leads on, is found', async (t) => {
  const node = { nodeId: 1, raft: { term: 3, role: 'follower', status: () => ({ voters: [1, 2, 3] }) } };
  const links = new Map<string, { cut: boolean; cuts: number }>();
  const link = (from: string, to: string): { cut: boolean; cuts: number } => {
    const known = links.get(`${from} ${to}`) ?? { cut: to === 'n1', cuts: 1 };
    links.set(`${from} ${to}`, known);
    return known;
  };
  const simulation = { nowMs: 0, network: { link } };
  const cluster = {
    simulation,
    nodeIds: [1, 2, 3],
    node: (nodeId: number) => (nodeId === 1 ? node : undefined),
    host: (nodeId: number) => ({ name: `n${nodeId}`, incarnation: 1, paused: false }),
  } as unknown as SimulatedCluster;
  const after = (...steps: Array<readonly [ms: number, term: number, role: string]>): (() => void) => {
    const invariants = new IsolationInvariants(cluster);
    return () => {
      for (const [nowMs, term, role] of [[0, 3, 'leader'] as const, ...steps]) {
        simulation.nowMs = nowMs;
        Object.assign(node.raft, { term, role });
        invariants.check();
      }
    };
  };
  t.doesNotThrow(after([900, 4, 'candidate'], [1_100, 4, 'candidate'], [9_000, 4, 'candidate']), 'it was on its way');
  t.throws(
    after([1_100, 3, 'follower'], [2_000, 4, 'candidate']),
    /n1#1 has heard no other node for 2000 ms and raised/,
  );
  t.throws(after([1_100, 3, 'leader'], [4_000, 3, 'leader']), /for 4000 ms and leads term 3 still/);
  const heard = after([1_100, 3, 'leader'], [4_000, 3, 'leader']);
  link('n2', 'n1').cut = false;
  t.doesNotThrow(heard, 'node 2 is heard');
});
