import t from 'tap';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, listOffset } from '../../src/broker/use-cases/list-offsets.js';
import { PartitionLeader } from '../../src/replication/partition-leader.js';
import { leaderOptions } from '../replication/leader-options.js';
import { ManualClock } from '../replication/manual-clock.js';
import { MemoryLog, batch } from '../replication/memory-log.js';

t.test('the epoch of an offset is that of the record there, not that of the leader', async (t) => {
  const log = new MemoryLog();
  log.appendAsLeader(batch('a'), 2);
  log.appendAsLeader(batch('b'), 4);
  const clock = new ManualClock();
  const leader = new PartitionLeader(
    leaderOptions({ log, clock, leaderEpoch: 9, replicas: [1], isr: [1], minInsyncReplicas: 1 }),
  );
  const ask = (timestampMs: number) =>
    listOffset(leader, { topic: 't', partition: 0, timestampMs, currentLeaderEpoch: -1 }, false);
  t.match(await ask(EARLIEST_TIMESTAMP), { offset: 0, leaderEpoch: 2 });
  t.match(await ask(LATEST_TIMESTAMP), { offset: 2, leaderEpoch: 9 }, 'the end is where the leader goes on');
  log.deleteRecordsBefore(1);
  t.match(await ask(EARLIEST_TIMESTAMP), { offset: 1, leaderEpoch: 4 });
  t.match(await ask(Number.MAX_SAFE_INTEGER), { offset: -1, leaderEpoch: -1 }, 'nothing was found');
});
