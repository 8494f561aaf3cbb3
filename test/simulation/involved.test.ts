import t from 'tap';
import { involvedIn, lastOfInvolved, nameInvolved } from '../../src/simulation/involved.js';
import type { TraceLine } from '../../src/simulation/observe.js';
import { Simulation, SimulationFailure } from '../../src/simulation/simulation.js';

function line(who: string, text: string): TraceLine {
  return { timeMs: 0, who, level: 'info', text };
}

const TRACE = [
  line('plan', 'kill every 400 ms'),
  line('n1#1', 'It has registered.'),
  line('n2#1', 'It leads. topic=orders partition=0'),
  line('n2#1', 'It leads. topic=orders partition=1'),
  line('fault', 'kill.0: n3 is killed for 30 ms'),
  line('n3#2', 'The log of /data/orders-0 was recovered.'),
  line('n3#2', 'It has registered.'),
  line('p1#1', 'Not acknowledged.'),
];

/** The lines that are shown of the trace, by their number. */
function shown(failure: string, count = 50): number[] {
  return lastOfInvolved(TRACE, involvedIn(failure, TRACE), count).map((each) => TRACE.indexOf(each));
}

t.test('who speaks for a host that a failure names, and who speaks of its partition, is involved', (t) => {
  t.same(shown('the high watermark of orders-0 fell on n2#1'), [0, 2, 4, 5], 'the other partition is left out');
  t.same(shown('n2#1 and n1#1 both lead term 2'), [0, 1, 2, 3, 4]);
  t.same(shown('node 3 broke an invariant'), [0, 4, 5, 6]);
  t.same(shown('nodes 3 and 1 were both elected'), [0, 1, 4, 5, 6]);
  t.same([...involvedIn('3 from 0 on node 1 and 0 on node 2', TRACE).hosts], ['n1', 'n2']);
  t.same(shown('client p1 completed 7 operations'), [0, 4, 7]);
  t.end();
});

t.test('where nobody is named all are', (t) => {
  t.same(shown('not within 60000 ms: every send is answered'), [0, 1, 2, 3, 4, 5, 6, 7]);
  t.same(shown('not within 60000 ms: every send is answered', 2), [6, 7]);
  t.same(shown('node 3 broke an invariant', 2), [5, 6]);
  t.equal(nameInvolved(involvedIn('nobody', TRACE)), 'everybody');
  t.equal(nameInvolved(involvedIn('orders-1 of node 2', TRACE)), 'n2, orders-1 and the faults');
  t.end();
});

t.test('the report of a failure is made of them', async (t) => {
  const simulation = new Simulation({ seed: 3 });
  const failure = await simulation
    .run(
      async () => {
        simulation.say('n1#1', 'One.');
        simulation.say('n2#1', 'Two.');
        simulation.say('fault', 'kill.0: n2 is killed');
        throw new Error('node 2 has lost orders-7');
      },
      { limitMs: 1_000 },
    )
    .catch((error: unknown) => error);
  if (!(failure instanceof SimulationFailure)) throw failure;
  const [message, heading, ...lines] = failure.report().split('\n');
  t.match(message, /^seed 3, at 0\.\d+ ms: .*node 2 has lost orders-7$/);
  t.equal(heading, 'the last of n2, orders-7 and the faults:');
  t.match(lines.join('\n'), /^ +0\.\d+ n2#1 +info +Two\.\n +0\.\d+ fault +info +kill\.0: n2 is killed/);
});
