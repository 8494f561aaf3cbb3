import t from 'tap';
import type { ConsumeOptions, ConsumeSession, ReadPosition } from '../../src/broker/broker-api.js';
import { RoutedConsume } from '../../src/broker/forwarding/routed-consume.js';
import { VarveError } from '../../src/common/errors.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import { leaderOptions } from '../replication/leader-options.js';
import { ManualClock, settle } from '../replication/manual-clock.js';
import { MemoryLog } from '../replication/memory-log.js';
import { context } from './local-cluster.js';

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
  const position = (positionId: number): ReadPosition => ({
    topic: 't',
    partition: 0,
    offset: 0,
    positionId,
    currentLeaderEpoch: -1,
    lastFetchedEpoch: -1,
    topicId: undefined,
  });
  session.set(position(1));
  hasLeader = true;
  session.set(position(2));
  await settle();
  t.same(told, ['1: LEADER_NOT_AVAILABLE']);
  session.remove('t', 0);
  t.same(calls, ['set 2', 'remove t-0']);
});
