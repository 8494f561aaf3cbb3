import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { append, pair } from './leader-follower-pair.js';
import { settle } from './manual-clock.js';
import { MemoryLog } from './memory-log.js';

/** A log that takes nothing while its disk is full. */
class FullLog extends MemoryLog {
  hasRoom = false;
  refusals = 0;

  override appendAsFollower(bytes: Buffer): void {
    if (!this.hasRoom) {
      this.refusals += 1;
      throw new VarveError('KAFKA_STORAGE_ERROR', 'The disk is full.');
    }
    super.appendAsFollower(bytes);
  }
}

// SEED=12 SECONDS=4 FAULTS=fullDisk, at that time: it took the refused append for a failed disk, and fetched no more.
t.test('a follower whose disk was full fetches on once there is room', async (t) => {
  const followerLog = new FullLog();
  const p = pair({ followerLog });
  append(p.leader, 'a');
  p.fetcher.add(p.replica, 1);
  await settle();
  t.same(followerLog.tags, []);
  await p.clock.advance(1_000);
  t.ok(followerLog.refusals > 1, 'it asks again and again meanwhile');
  t.ok(followerLog.refusals < 30, 'but not without a pause');
  followerLog.hasRoom = true;
  await p.clock.advance(1_000);
  t.same(followerLog.tags, ['a']);
  append(p.leader, 'b');
  await settle();
  t.same(followerLog.tags, ['a', 'b'], 'and follows');
});
