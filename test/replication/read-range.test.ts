import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import { varve } from '../../src/protocol/replication.js';
import { batchBaseOffset, batchSizeBytes } from '../../src/record/batch-header.js';
import { READ_ANY_RANGE, READ_COMMITTED_RANGE, serveReadRange } from '../../src/replication/read-range.js';
import type { Replica } from '../../src/replication/replica.js';
import type { OffsetRange } from '../../src/replication/replica-log.js';
import { batch, MemoryLog } from './memory-log.js';

const TOPIC_ID = 'AAAAAAAAAAAAAAAAAAAAAQ';
const { ReadRangeRequest, ReadRangeResponse } = varve.internal;

/** Ten batches of one offset each, from 10 on; those at 13 and 14 are damaged. */
class HalfGoodLog extends MemoryLog {
  override readonly damagedRanges: readonly OffsetRange[] = [{ fromOffset: 13, toOffset: 15 }];

  override read(offset: number, maxBytes: number, upToOffset: number): Buffer[] {
    if (offset === 13 || offset === 14) throw new VarveError('CORRUPT_MESSAGE');
    const found = super.read(offset, maxBytes, offset < 13 ? Math.min(13, upToOffset) : upToOffset);
    return [Buffer.concat(found)];
  }
}

/** A replica on node 3, which is not in sync. */
function setUp() {
  const log = new HalfGoodLog();
  log.startOffset = 10;
  log.savedStartOffset = 10;
  log.endOffset = 10;
  for (let index = 0; index < 10; index++) log.appendAsLeader(batch('x'), 2);
  const assignment = { leader: 1, leaderEpoch: 4, isr: [1], replicas: [1, 2, 3] };
  const known = { topic: 'orders', partition: 0, log, assignment, highWatermark: 12, cutting: false, stopped: false };
  const dropped: number[] = [];
  const dropUnderWay = (): void => void dropped.push(log.endOffset);
  const replica = { ...known, dropUnderWay } as unknown as Replica;
  const ask = async (version: number, from: number, to: number, maxBytes = 1_000): Promise<unknown> => {
    const request = ReadRangeRequest.encode({
      version,
      replica_id: 1,
      topic_id: uuidToBytes(TOPIC_ID),
      current_leader_epoch: 4,
      from_offset: from,
      to_offset: to,
      max_bytes: maxBytes,
    }).finish();
    const bytes = await serveReadRange(3, () => replica, Buffer.from(request));
    const answer = ReadRangeResponse.decode(bytes);
    const batches = Buffer.from(answer.record_batches);
    const offsets: number[] = [];
    for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) offsets.push(batchBaseOffset(batches, at));
    return { version: answer.version, offsets, end: answer.end_offset };
  };
  return { log, replica, ask, dropped };
}

t.test('who is not in sync says what it has of a range, and what it has not', async (t) => {
  const { ask, dropped, replica } = setUp();
  const version = READ_ANY_RANGE;
  t.same(await ask(version, 11, 13), { version, offsets: [11, 12], end: 13 });
  t.same(await ask(version, 5, 12), { version, offsets: [10, 11], end: 12 }, 'from its start on');
  t.same(await ask(version, 5, 8), { version, offsets: [], end: 8 }, 'all of it deleted');
  t.same(await ask(version, 12, 17), { version, offsets: [12, 15, 16], end: 17 }, 'what is damaged here as well');
  t.same(await ask(version, 13, 15), { version, offsets: [], end: 15 });
  t.same(await ask(version, 18, 25), { version, offsets: [18, 19], end: 25 }, 'to its end');
  t.same(await ask(version, 30, 31), { version, offsets: [], end: 31 });
  t.same(await ask(version, 15, 19, 130), { version, offsets: [15, 16], end: 17 }, 'what fits an answer');
  t.equal(dropped.length, 8, 'and that is what it has: what is under way to it from its leader is dropped');
  Object.assign(replica.assignment, { leader: 2 });
  await ask(version, 11, 13);
  t.equal(dropped.length, 8, 'as long as that is who asks');
});

t.test('it does not say so of a log that is being changed, nor as a member of the ISR', async (t) => {
  const { ask, log, replica } = setUp();
  await t.rejects(ask(READ_COMMITTED_RANGE, 11, 12), { code: 'NOT_LEADER_OR_FOLLOWER' });
  await t.rejects(ask(3, 11, 12), { code: 'UNSUPPORTED_VERSION' });
  Object.assign(replica, { cutting: true });
  await t.rejects(ask(READ_ANY_RANGE, 30, 31), { code: 'REPLICA_NOT_AVAILABLE' });
  Object.assign(replica, { cutting: false, stopped: true });
  await t.rejects(ask(READ_ANY_RANGE, 30, 31), { code: 'REPLICA_NOT_AVAILABLE' });
  Object.assign(replica, { stopped: false });
  log.savedStartOffset = 9;
  await t.rejects(ask(READ_ANY_RANGE, 5, 8), { code: 'REPLICA_NOT_AVAILABLE' }, 'a crash would bring it back');
  log.savedStartOffset = 10;
  Object.assign(replica.assignment, { leaderEpoch: 5 });
  await t.rejects(ask(READ_ANY_RANGE, 11, 13), { code: 'FENCED_LEADER_EPOCH' });
});

t.test('damage that is met only now is no answer yet', async (t) => {
  const { ask, log } = setUp();
  Object.assign(log, { damagedRanges: [] });
  await t.rejects(ask(READ_ANY_RANGE, 12, 17), { code: 'CORRUPT_MESSAGE' });
});
