import t from 'tap';
import type { ConsumeOptions, ConsumeSession, ReadPosition } from '../../src/broker/broker-api.js';
import { RoutedConsume } from '../../src/broker/forwarding/routed-consume.js';
import { VarveError } from '../../src/common/errors.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import { leaderOptions } from '../replication/leader-options.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { MemoryLog } from '../replication/memory-log.js';
import { streamPair } from '../replication/stream-pair.js';
import { context } from './local-cluster.js';

const position = (positionId: number): ReadPosition => ({
  topic: 't',
  partition: 0,
  offset: 0,
  positionId,
  currentLeaderEpoch: -1,
  lastFetchedEpoch: -1,
  topicId: undefined,
});

const OPTIONS: ConsumeOptions = { context, isolation: 'readUncommitted', maxChunkBytes: 1_000 };

t.test('the refusal of an old position does not forget where the new one is read', async (t) => {
  const options = leaderOptions({ log: new MemoryLog(), clock: new ManualClock(), replicas: [1], isr: [1] });
  const leader = new PartitionLeader(options);
  const calls: string[] = [];
  const local: ConsumeSession = {
    set: ({ positionId }) => calls.push(`set ${positionId}`),
    remove: (topic, partition) => calls.push(`remove ${topic}-${partition}`),
    resume: () => {},
    close: () => {},
  };
  let hasLeader = false;
  const told: string[] = [];
  const session = new RoutedConsume(
    OPTIONS,
    { onChunk: ({ positionId, error }) => told.push(`${positionId}: ${error?.code}`) > 0 },
    {
      find: () => {
        if (!hasLeader) throw new VarveError('LEADER_NOT_AVAILABLE');
        return { leader };
      },
      openLocal: () => local,
      open: () => undefined,
      onClose: () => {},
    },
  );
  session.set(position(1));
  hasLeader = true;
  session.set(position(2));
  await settle();
  t.same(told, ['1: LEADER_NOT_AVAILABLE']);
  session.remove('t', 0);
  t.same(calls, ['set 2', 'remove t-0']);
});

t.test('a new position takes the place of the old one on the stream to its node', async (t) => {
  const calls: string[] = [];
  const streams: RpcStream[] = [];
  const nothing: ConsumeSession = { set: () => {}, remove: () => {}, resume: () => {}, close: () => {} };
  const session = new RoutedConsume(
    OPTIONS,
    { onChunk: () => true },
    {
      find: () => ({ forwardTo: 2 }),
      openLocal: () => nothing,
      open: () => {
        const { client, server } = streamPair();
        server.onMessage((message) => {
          for (const { remove, position_id } of varve.v1.ConsumeRequest.decode(message).positions) {
            calls.push(remove === true ? 'remove' : `set ${position_id}`);
          }
        });
        streams.push(client);
        return client;
      },
      onClose: () => {},
    },
  );
  for (let positionId = 1; positionId <= 3; positionId++) session.set(position(positionId));
  await settle();
  t.equal(streams.length, 1);
  t.same(calls, ['set 1', 'set 2', 'set 3']);
  session.close();
});
