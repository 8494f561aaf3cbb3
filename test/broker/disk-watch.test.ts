import t from 'tap';
import { DiskWatch } from '../../src/broker/disk-watch.js';
import { silentLogger } from '../../src/platform/observe.js';

const BEAT_MS = 200;

/** Two disks, looked at with each heartbeat; `work` is what the second one is at, and since when. */
class Watched {
  nowMs = 1_000_000;
  workMs: number | undefined;
  readonly watch = new DiskWatch({ oldestWorkMs: () => [undefined, this.workMs], logger: silentLogger });

  /** After so long, with a look at each beat, whether it hangs. */
  after(forMs: number): boolean {
    for (const endMs = this.nowMs + forMs; this.nowMs < endMs; this.nowMs += BEAT_MS) this.watch.look(this.nowMs);
    return this.watch.look(this.nowMs);
  }

  stall(forMs: number): boolean {
    this.workMs = this.nowMs;
    const hangs = this.after(forMs);
    this.workMs = undefined;
    return hangs;
  }

  /** Until it is trusted again. */
  trialMs(): number {
    const startMs = this.nowMs;
    while (this.after(BEAT_MS));
    return this.nowMs - startMs;
  }
}

t.test('stalls of seconds are none, whatever follows them', async (t) => {
  const disk = new Watched();
  for (let i = 0; i < 100; i++) t.notOk(disk.stall(2_800), `stall ${i}`);
});

t.test('a disk that hangs is on trial when it works again, for longer each time', async (t) => {
  const disk = new Watched();
  const trials: number[] = [];
  for (let i = 0; i < 5; i++) {
    t.ok(disk.stall(4_000));
    trials.push(Math.round(disk.trialMs() / 1_000));
  }
  t.same(trials, [10, 20, 40, 40, 40]);
  disk.after(700_000);
  t.ok(disk.stall(60_000), 'as long as it does');
  t.equal(Math.round(disk.trialMs() / 1_000), 10, 'what was long ago is forgiven');
});

t.test('a stall within the trial begins it anew', async (t) => {
  const disk = new Watched();
  disk.stall(4_000);
  disk.after(5_000);
  t.ok(disk.stall(4_000));
  t.equal(Math.round(disk.trialMs() / 1_000), 10);
});

t.test('a process that was held up does not take that for its disk', async (t) => {
  const disk = new Watched();
  disk.workMs = disk.nowMs;
  disk.nowMs += 30_000;
  // Timers that are due run before what arrived meanwhile, and there may be several.
  for (let i = 0; i < 3; i++) t.notOk(disk.watch.look(disk.nowMs));
  disk.workMs = disk.nowMs + 10;
  t.notOk(disk.after(2_000));
});
