import t from 'tap';
import { LeaderCounter } from '../../scripts/chaos/leader-counter.js';
import { NetworkFaults } from '../../scripts/chaos/network-faults.js';
import type { ChaosNetwork, NetworkFaultKind } from '../../scripts/chaos/network/chaos-network.js';
import { CARDS, cardOf, chaosPlan, networkCardOf, networkCards, networkPlan } from '../../scripts/chaos/plan.js';
import { chaosFailures } from '../../scripts/chaos/verdict.js';
import type { ChaosResult } from '../../scripts/chaos/verdict.js';
import { ClusterWatch } from '../../scripts/cluster/cluster-watch.js';
import type { HistoryReport } from '../../src/simulation/checkers/check-history.js';
import type { Anomaly } from '../../src/simulation/checkers/history.js';
import { SeededRandom } from '../../src/simulation/random.js';

t.test('a seed fixes the plan, and each deal holds every kind of fault', (t) => {
  const take = (seed: number, count: number): string[] => {
    const plan = chaosPlan(new SeededRandom(seed));
    return Array.from({ length: count }, () => JSON.stringify(plan.next().value));
  };
  t.strictSame(take(1, 30), take(1, 30));
  t.notSame(take(1, 30), take(2, 30));
  const kinds = take(3, 10).map((text) => {
    const { fault, target } = JSON.parse(text) as { fault: string; target: string };
    return `${fault} ${target}`;
  });
  t.ok(['wipe any', 'kill all', 'pause leader', 'pause controller'].every((kind) => kinds.includes(kind)));
  t.ok(kinds.filter((kind) => kind.startsWith('kill')).length >= 6, 'mostly kills');
  t.end();
});

t.test('a seed fixes the plan of the network, and each deal holds every kind that the network can have', (t) => {
  const take = (seed: number, kinds: readonly NetworkFaultKind[]): string[] => {
    const plan = networkPlan(new SeededRandom(seed), kinds);
    return Array.from({ length: 12 }, () => JSON.stringify(plan.next().value));
  };
  const all: NetworkFaultKind[] = ['cut', 'oneWay', 'clog', 'latency', 'slow', 'reset'];
  t.strictSame(take(1, all), take(1, all));
  t.notSame(take(1, all), take(2, all));
  const kindsOf = (steps: readonly string[]): string[] => [
    ...new Set(steps.map((text) => (JSON.parse(text) as { kind: string }).kind)),
  ];
  t.strictSame(kindsOf(take(1, all)).sort(), [...all].sort());
  t.strictSame(kindsOf(take(1, ['cut', 'clog'])).sort(), ['clog', 'cut']);
  t.ok(networkPlan(new SeededRandom(1), []).next().done, 'a network without faults has no plan');
  t.end();
});

const HISTORY: HistoryReport = {
  valid: true,
  errors: new Map(),
  tolerated: new Map(),
  sent: 10_000,
  acknowledged: 10_000,
  read: 10_000,
};

const GOOD: ChaosResult = {
  seconds: 60,
  kills: 5,
  pauses: 1,
  wipes: 1,
  cards: new Map(),
  networkCards: new Map(),
  leaderChanges: 3,
  networkFaults: new Map([['cut', 1]]),
  networkKinds: ['cut'],
  history: new Map([[0, HISTORY]]),
  live: {
    sent: 10_000,
    acknowledged: 10_000,
    failed: 0,
    readBack: 10_000,
    lost: 0,
    duplicated: 0,
    outOfOrder: 0,
    altered: 0,
    unexpected: 0,
  },
  audits: new Map([[1, { records: 10_000, lost: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 }]]),
  differences: [],
  comparedReplicas: 18,
  expectedReplicas: 18,
  refused: 0,
  problems: [],
};

t.test('a run passes only with everything kept and enough having happened', (t) => {
  t.strictSame(chaosFailures(GOOD), []);
  const audit = { records: 1, lost: 0, duplicated: 0, outOfOrder: 0, unexpected: 0 };
  const skip: Anomaly = { name: 'poll-skip', partition: 'chaos-3', text: 'process 9 went past 1/2', operations: [1] };
  const bad: [Partial<ChaosResult>, ...RegExp[]][] = [
    [{ kills: 4 }, /4 kills: a run of 60 s needs 5/],
    [{ leaderChanges: 2 }, /2 leader changes/],
    [{ seconds: 61 }, /5 kills: a run of 61 s needs 6/, /3 leader changes/, /10000 acknowledged/],
    [{ seconds: 5, kills: 0 }, /0 kills: a run of 5 s needs 1/],
    [{ seconds: 5, leaderChanges: 0 }, /0 leader changes: a run of 5 s needs 1/],
    [
      { seconds: 120, kills: 10, leaderChanges: 6, networkFaults: new Map([['cut', 2]]) },
      /10000 acknowledged records: a run of 120 s needs 20000/,
    ],
    [{ live: { ...GOOD.live, lost: 1 } }, /1 records were lost/],
    [{ live: { ...GOOD.live, duplicated: 1 } }, /duplicated/],
    [{ live: { ...GOOD.live, outOfOrder: 1 } }, /out of order/],
    [{ live: { ...GOOD.live, altered: 1 } }, /altered/],
    [{ live: { ...GOOD.live, unexpected: 1 } }, /never sent/],
    [{ audits: new Map([[2, { ...audit, lost: 3 }]]) }, /3 records are missing on node 2/],
    [{ audits: new Map([[2, { ...audit, duplicated: 3 }]]) }, /twice on node 2/],
    [{ networkKinds: ['cut', 'clog'] }, /0 faults of the kind clog: a run of 60 s needs 1/],
    [
      { history: new Map([[3, { ...HISTORY, errors: new Map([['poll-skip', [skip]]]) }]]) },
      /poll-skip, 1 times in partition 3, first: process 9 went past 1\/2/,
    ],
    [{ differences: ['chaos-0 on node 3 has other bytes'] }, /other bytes/],
    [{ comparedReplicas: 17 }, /17 replicas were compared, not 18/],
    [{ problems: ['A record failed.'] }, /A record failed/],
  ];
  for (const [change, ...expected] of bad) {
    const failures = chaosFailures({ ...GOOD, ...change });
    t.match(failures, expected);
    t.equal(failures.length, expected.length);
  }
  t.end();
});

t.test('a long run passes only with every card of both decks', (t) => {
  const plays = (names: readonly string[]): ReadonlyMap<string, number> => new Map(names.map((name) => [name, 1]));
  const long: ChaosResult = {
    ...GOOD,
    seconds: 180,
    kills: 50,
    leaderChanges: 50,
    live: { ...GOOD.live, acknowledged: 1_000_000 },
    networkKinds: ['cut', 'reset'],
    networkFaults: new Map([
      ['cut', 9],
      ['reset', 9],
    ]),
    cards: plays(CARDS),
    networkCards: plays(networkCards(['cut', 'reset'])),
  };
  t.strictSame(chaosFailures(long), []);
  for (const card of CARDS) {
    const cards = plays(CARDS.filter((other) => other !== card));
    t.strictSame(chaosFailures({ ...long, cards }), [`In 180 s there was no ${card}.`]);
    t.strictSame(chaosFailures({ ...long, cards, seconds: 179 }), [], 'a short one may miss it');
  }
  t.strictSame(chaosFailures({ ...long, networkCards: plays(['cut leader', 'reset controller', 'reset leader']) }), [
    'In 180 s there was no cut controller, no cut clients.',
  ]);
  t.strictSame(chaosFailures({ ...long, networkFaults: undefined, networkKinds: [], networkCards: new Map() }), []);
  t.end();
});

t.test('the names of the cards are those of the steps', (t) => {
  const plan = chaosPlan(new SeededRandom(1));
  t.strictSame(new Set(Array.from({ length: 10 }, () => cardOf(plan.next().value))), new Set(CARDS));
  t.ok(['kill all', 'wipe any', 'kill leadingController'].every((card) => CARDS.includes(card)));
  const network = networkPlan(new SeededRandom(1), ['cut', 'oneWay']);
  const steps = Array.from({ length: 6 }, () => network.next().value);
  const names = steps.map((step) => (step === undefined ? '' : networkCardOf(step)));
  t.strictSame(new Set(names), new Set(networkCards(['cut', 'oneWay'])));
  t.end();
});

t.test('changes of leaders are counted over times without one and without an answer', async (t) => {
  const partition = { partition: 0, leaderEpoch: 1, replicas: [1, 2], isr: [1] };
  const leaders = [1, 1, -1, 2, undefined, 2, 1];
  const done = new Promise<void>((resolve) => {
    const counter: LeaderCounter = new LeaderCounter(() => {
      if (leaders.length === 0) {
        counter.stop();
        t.equal(counter.changes, 2);
        resolve();
        return Promise.resolve([]);
      }
      const leader = leaders.shift();
      return leader === undefined
        ? Promise.reject(new Error('no node answers'))
        : Promise.resolve([{ ...partition, leader }]);
    });
    counter.start();
  });
  await done;
});

t.test('a network that cannot be struck is healed, and says why', async (t) => {
  const calls: string[] = [];
  const nothing = (): void => {};
  const network: ChaosNetwork = {
    kinds: ['cut'],
    attach: () => Promise.resolve(new Map()),
    nodeStarts: nothing,
    nodeEnds: nothing,
    strike: () => {
      calls.push('strike');
      throw new Error('no rights');
    },
    heal: () => void calls.push('heal'),
    close: nothing,
  };
  const nobody = (): Promise<never> => Promise.reject(new Error('no node answers'));
  const watch = new ClusterWatch({ describeTopics: nobody, describeCluster: nobody, describeQuorum: nobody }, 'chaos');
  const faults = new NetworkFaults({ network, nodeIds: [1, 2, 3], watch, say: nothing });
  // Its only card strikes any node: nobody is asked who leads.
  await t.rejects(faults.run(networkPlan(new SeededRandom(1), ['slow'])), /no rights/);
  t.strictSame(calls, ['strike', 'heal']);
});
