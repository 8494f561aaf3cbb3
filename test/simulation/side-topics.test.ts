import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import { KeyedWorkload } from '../../src/simulation/cluster/keyed-workload.js';
import { UncleanWorkload } from '../../src/simulation/cluster/unclean-workload.js';
import { Simulation } from '../../src/simulation/simulation.js';
import { loadWorkerTasks } from '../../src/simulation/worker-tasks.js';

// SEED=1899000122 SECONDS=3, at that time: what was sent after the end of the log had been asked for was missed in it.
t.test('nothing is sent once a writer was told to stop', async (t) => {
  const runTask = await loadWorkerTasks();
  for (const Kind of [KeyedWorkload, UncleanWorkload]) {
    const simulation = new Simulation({ seed: 1, runTask });
    await simulation.run(
      async ({ clock }) => {
        const random = simulation.random.split('topic');
        const workload = new Kind({ bootstrap: ['nowhere:9094'], topic: 'topic', random });
        simulation.host('writer').start((platform) => workload.produce(platform));
        // Between two bursts.
        await sleep(clock, 1);
        workload.stop();
        t.ok(workload.settled);
        for (let ms = 0; ms < 500; ms++) {
          await sleep(clock, 1);
          if (!workload.settled) break;
        }
        t.ok(workload.settled, Kind.name);
      },
      { limitMs: 60_000 },
    );
  }
});
