import t from 'tap';
import { replayCommand } from '../../scripts/simulation/replay-command.js';

t.test('the command that runs a seed again names all that decides the run', async (t) => {
  const faults = 'kill,pause';
  t.equal(
    replayCommand({ seed: 7, seconds: 3, nodes: 3, faults }),
    'make sim SEED=7 SECONDS=3 FAULTS=kill,pause',
    'and leaves out what is the default',
  );
  t.equal(
    replayCommand({
      seed: 7,
      seconds: 0.5,
      nodes: 5,
      faults,
      plan: 'kill every 400 ms for 100 ms',
      thin: true,
      plain: true,
    }),
    'make sim SEED=7 SECONDS=0.5 NODES=5 PLAN="kill every 400 ms for 100 ms" THIN=1 PLAIN=1',
  );
});
