import t from 'tap';
import type { VarveNode } from '../../src/broker/node.js';
import { VarveError } from '../../src/common/errors.js';
import { compareReplicas, laggingReplicas, unreadableReplicas } from '../../src/simulation/cluster/replica-check.js';
import type { SimulatedCluster } from '../../src/simulation/cluster/simulated-cluster.js';
import { makeBatch } from '../log/support.js';

const ORDERS = { topic: 'orders', partitions: 1, replicas: 3 };

interface FakeReplica {
  /** A letter for each batch, of one record each; `?` cannot be read. */
  readonly batches: string;
  readonly startOffset?: number;
  readonly highWatermark?: number;
  readonly damaged?: boolean;
  /** The log of a topic of that name that was deleted before stands beside it, and comes first. */
  readonly withOld?: boolean;
}

/** Nodes 1, 2 and so on, each with such a replica, or without one. */
function clusterOf(...fakes: readonly (FakeReplica | undefined)[]): SimulatedCluster {
  const runningNodes = fakes.map((fake, index) => nodeOf(index + 1, fake) as unknown as VarveNode);
  return { runningNodes, simulation: { reached: () => {} } } as unknown as SimulatedCluster;
}

function nodeOf(nodeId: number, fake: FakeReplica | undefined): object {
  if (fake === undefined) return { nodeId, logs: { logs: [] }, replicas: { replica: () => undefined } };
  const { batches, startOffset = 0, highWatermark = batches.length, damaged = false, withOld = false } = fake;
  const read = async (offset: number, _maxBytes: number, limit: number): Promise<Buffer[]> => {
    if (offset >= limit) return [];
    if (batches[offset] === '?') throw new VarveError('CORRUPT_MESSAGE');
    return [makeBatch({ baseOffset: offset, fill: batches.charCodeAt(offset) })];
  };
  const name = { topic: 'orders', partition: 0 };
  const log = {
    ...name,
    topicId: 'new',
    startOffset,
    endOffset: batches.length,
    damagedRanges: damaged ? [{ fromOffset: 0, toOffset: 1 }] : [],
    read,
  };
  const old = { ...log, topicId: 'old', read: async () => [] };
  return {
    nodeId,
    logs: { logs: withOld ? [old, log] : [log] },
    replicas: { replica: () => ({ ...name, topicId: 'new', highWatermark }) },
  };
}

t.test('replicas that are equal below the lowest high watermark pass', async (t) => {
  const compare = (...fakes: FakeReplica[]): Promise<string[]> => compareReplicas(clusterOf(...fakes), ORDERS);
  t.same(await compare({ batches: 'abc' }, { batches: 'abc' }, { batches: 'abc' }), []);
  t.same(await compare({ batches: 'abc' }, { batches: 'abx' }, { batches: 'abc', highWatermark: 2 }), []);
  const shorter = clusterOf({ batches: 'abc' }, { batches: '?bc', startOffset: 1 }, { batches: 'abc' });
  t.same(await compareReplicas(shorter, { ...ORDERS, deletedBelow: () => 1 }), [], 'records were deleted');
  t.match(await compareReplicas(shorter, ORDERS), [
    'orders-0: node 2 starts at 1, though records were deleted below 0 alone',
  ]);
  t.same(await compare({ batches: 'abc' }, { batches: 'abc', withOld: true }, { batches: 'abc' }), []);
});

t.test('a replica with another batch, or without one, is found', async (t) => {
  const good = { batches: 'abc' };
  t.same(await compareReplicas(clusterOf(good, { batches: 'axc' }, good), ORDERS), [
    'orders-0: node 2 has another batch at 1 than node 1',
  ]);
  const lagging = (...fakes: (FakeReplica | undefined)[]): string[] => laggingReplicas(clusterOf(...fakes), ORDERS);
  t.same(lagging(good, good, { batches: '' }), ['orders-0 of node 3'], 'whose nothing would be compared');
  t.same(lagging(good, undefined, good), ['orders-0 has 2 of 3 replicas']);
  t.same(lagging(good, good, good), []);
});

t.test('too few replicas to compare are a failure, and none are, too', async (t) => {
  const good = { batches: 'abc' };
  t.same(await compareReplicas(clusterOf(good, undefined, good), ORDERS), [
    'orders-0: 2 of 3 replicas could be compared: 1, 3',
  ]);
  t.same(await compareReplicas(clusterOf(undefined, undefined, undefined), ORDERS), [
    'orders-0: 0 of 3 replicas could be compared: none',
  ]);
});

t.test('damaged replicas are named', async (t) => {
  const good = { batches: 'abc' };
  const unreadable = (...fakes: FakeReplica[]): Promise<string[]> =>
    unreadableReplicas(clusterOf(...fakes), 'orders', 1);
  t.same(await unreadable(good, good, good), []);
  t.same(await unreadable(good, { batches: 'a?c' }, { ...good, damaged: true }), [
    'orders-0 of node 2',
    'orders-0 of node 3',
  ]);
});
