import t from 'tap';
import type { ConsumeOptions, PartitionChunk, ReadPosition } from '../../src/broker/broker-api.js';
import { RemoteConsume } from '../../src/broker/forwarding/consume-forwarder.js';
import { encodeChunk } from '../../src/broker/forwarding/wire.js';
import { LocalConsume, failure } from '../../src/broker/use-cases/local-consume.js';
import { VarveError } from '../../src/common/errors.js';
import { varve } from '../../src/protocol/varve.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import { leaderOptions } from '../replication/leader-options.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { MemoryLog, batch } from '../replication/memory-log.js';
import { streamPair } from '../replication/stream-pair.js';
import { context } from './local-cluster.js';
import { localPosition } from './local-positions.js';

// An error in mid-stream says where reading goes on, which is where it stopped, not where it began.

const OPTIONS: ConsumeOptions = { context, isolation: 'readUncommitted', maxChunkBytes: 1_000 };

const summary = ({ error, nextOffset }: PartitionChunk): string => `${error?.code ?? 'read'}, next ${nextOffset}`;

t.test('a partition that is led here no more', async (t) => {
  const clock = new ManualClock();
  const log = new MemoryLog();
  const leader = new PartitionLeader(leaderOptions({ log, clock, replicas: [1], isr: [1], minInsyncReplicas: 1 }));
  for (let left = 3; left > 0; left--) leader.append(batch('x'), 'leader', 1_000, () => {});
  await settle();
  t.equal(leader.highWatermark, 3);
  const told: string[] = [];
  const local = new LocalConsume(OPTIONS, { onChunk: (chunk) => told.push(summary(chunk)) > 0 });
  const { position } = localPosition(leader, { offset: 1 });
  local.set(position, leader);
  await settle();
  leader.close(new VarveError('NOT_LEADER_OR_FOLLOWER'));
  await settle();
  t.match(told.at(-2), 'read, next 3');
  t.equal(told.at(-1), 'NOT_LEADER_OR_FOLLOWER, next 3');
});

function remote(): {
  readonly consume: RemoteConsume;
  readonly told: string[];
  readonly read: (nextOffset: number) => Promise<void>;
  readonly breakOff: () => Promise<void>;
} {
  const pair = streamPair();
  const told: string[] = [];
  const sink = { onChunk: (chunk: PartitionChunk) => told.push(summary(chunk)) > 0 };
  const consume = new RemoteConsume(2, pair.client, OPTIONS, sink, () => {});
  const position: ReadPosition = {
    topic: 't',
    partition: 0,
    offset: 1,
    positionId: 4,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    topicId: undefined,
  };
  consume.set(position);
  const read = async (nextOffset: number): Promise<void> => {
    const partitions = [encodeChunk({ ...failure(position, undefined), nextOffset })];
    pair.server.send(varve.v1.ConsumeResponse.encode({ partitions }).finish());
    await settle();
  };
  const breakOff = async (): Promise<void> => {
    pair.server.cancel();
    await settle();
  };
  return { consume, told, read, breakOff };
}

t.test('a partition that the other node leads no more', async (t) => {
  const { consume, told, read } = remote();
  await read(5);
  consume.leadersChanged(() => 3);
  t.same(told, ['read, next 5', 'NOT_LEADER_OR_FOLLOWER, next 5']);
});

t.test('a partition of another node, the connection to which breaks', async (t) => {
  const { told, read, breakOff } = remote();
  await read(5);
  await read(9);
  await breakOff();
  t.same(told, ['read, next 5', 'read, next 9', 'NETWORK_EXCEPTION, next 9']);
});
