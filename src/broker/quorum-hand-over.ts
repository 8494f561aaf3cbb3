import type { Clock } from '../platform/clock.js';
import type { Raft } from '../raft/api.js';

const TRANSFER_TIMEOUT_MS = 1_000;

/** A node that leads the quorum and stops hands that over, if somebody takes it soon. */
export async function handOverQuorum(raft: Raft, clock: Clock): Promise<void> {
  if (raft.role !== 'leader') return;
  await new Promise<void>((resolve) => {
    const timer = clock.after(TRANSFER_TIMEOUT_MS, resolve);
    const done = (): void => {
      timer.cancel();
      resolve();
    };
    raft.transferLeadership().then(done, done);
  });
}
