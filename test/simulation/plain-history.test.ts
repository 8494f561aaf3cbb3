import t from 'tap';
import { SendError } from '../../src/client/producer/send-error.js';
import { VarveError } from '../../src/common/errors.js';
import { checkHistory } from '../../src/simulation/checkers/check-history.js';
import type { CheckOptions } from '../../src/simulation/checkers/check-history.js';
import { ClientHistory } from '../../src/simulation/checkers/client-history.js';
import type { RecordTag } from '../../src/simulation/checkers/client-history.js';
import { NO_OFFSET, UNKNOWN } from '../../src/simulation/checkers/history-columns.js';
import { SeededRandom } from '../../src/simulation/random.js';

const TOPIC = 'orders';

type Stored = RecordTag & { readonly offset: number };

/** A run of one partition as clients tell of it, before it is written down; a fault changes a word of it. */
interface Told {
  readonly sends: Array<{ producer: number; outcome: 'ok' | 'failed' | 'unknown'; offset: number; partition: number }>;
  /** By reader, in the order of reading. */
  readonly reads: Stored[][];
  readonly bounds: Array<{ asker: number; start: number; end: number; askedAfter: number }>;
  deletedBelow: number;
}

/** A run in which all is well: sends of two producers, some refused, some without an answer, stored or not. */
function goodRun(random: SeededRandom): Told {
  const told: Told = { sends: [], reads: [], bounds: [], deletedBelow: 0 };
  const numbers = [0, 0];
  const stored: Stored[] = [];
  const sends = random.integer(1, 40);
  for (let i = 0; i < sends; i++) {
    const producer = random.below(2);
    const number = numbers[producer] ?? 0;
    numbers[producer] = number + 1;
    const outcome = random.chance(0.1) ? 'failed' : random.chance(0.15) ? 'unknown' : 'ok';
    const isStored = outcome === 'ok' || (outcome === 'unknown' && random.chance(0.5));
    // One that is not acknowledged may not be known to have gone to this partition at all.
    const partition = outcome !== 'ok' && random.chance(0.3) ? UNKNOWN : 0;
    const isTold = outcome === 'ok' && random.chance(0.9);
    told.sends.push({ producer, outcome, offset: isTold ? stored.length : NO_OFFSET, partition });
    if (isStored) stored.push({ producer, number, offset: stored.length });
    if (random.chance(0.2)) told.bounds.push({ asker: random.below(2), start: 0, end: stored.length, askedAfter: i });
  }
  const readers = random.integer(1, 3);
  told.deletedBelow = random.below(stored.length + 1);
  // The first of them reads everything, as the last reader of a run does; others begin where the log then starts.
  for (let i = 0; i < readers; i++) told.reads.push(stored.slice(i === 0 ? 0 : random.integer(0, told.deletedBelow)));
  const { length } = told.sends;
  told.bounds.push({ asker: 0, start: told.deletedBelow, end: stored.length, askedAfter: length - 1 });
  return told;
}

function historyOf(told: Told): ClientHistory {
  let nowMs = 0;
  const history = new ClientHistory(TOPIC, 1, 2, () => nowMs);
  const askers = [history.newAsker(), history.newAsker()];
  const numbers = [0, 0];
  told.sends.forEach(({ producer, outcome, offset, partition }, index) => {
    nowMs = index;
    history.sent(producer, partition);
    const number = numbers[producer] ?? 0;
    numbers[producer] = number + 1;
    if (outcome === 'ok') history.acknowledged(producer, number, partition, offset);
    if (outcome === 'failed') {
      history.notAcknowledged(producer, number, new SendError(new VarveError('INVALID_TIMESTAMP'), false));
    }
    for (const { asker, start, end, askedAfter } of told.bounds) {
      if (askedAfter === index) askers[asker]?.told(0, nowMs, start, end);
    }
  });
  for (const own of told.reads) {
    const reader = history.newReader();
    for (const { producer, number, offset } of own) {
      reader.poll();
      reader.read(0, offset, { producer, number });
    }
  }
  return history;
}

/** What both judge by. */
function optionsOf({ deletedBelow }: Told): CheckOptions {
  return { consumers: 'assign', readToEnd: true, deletedBelow: new Map([[`${TOPIC}-0`, deletedBelow]]) };
}

function pick<T>(random: SeededRandom, from: readonly T[]): T | undefined {
  return from.length === 0 ? undefined : random.pick(from);
}

/** What may be told wrongly; some of it is no anomaly. */
const FAULTS: Readonly<Record<string, (told: Told, random: SeededRandom) => void>> = {
  'a record is not read': ({ reads }, random) => {
    const own = random.pick(reads);
    if (own.length > 0) own.splice(random.below(own.length), 1);
  },
  'a record is read by nobody': ({ reads }, random) => {
    const one = pick(random, reads[0] ?? []);
    for (const own of reads) {
      const at = own.findIndex(({ offset }) => offset === one?.offset);
      if (at >= 0) own.splice(at, 1);
    }
  },
  'a record is read twice': ({ reads }, random) => {
    const own = random.pick(reads);
    const one = pick(random, own);
    if (one !== undefined) own.splice(random.below(own.length + 1), 0, { ...one });
  },
  'a record is read elsewhere': ({ reads }, random) => {
    const own = random.pick(reads);
    const at = random.below(own.length + 1);
    const one = own[at];
    if (one !== undefined) own[at] = { ...one, offset: one.offset + random.integer(1, 3) };
  },
  'another record is read': ({ reads }, random) => {
    const own = random.pick(reads);
    const at = random.below(own.length + 1);
    const one = own[at];
    const other = pick(random, own);
    if (one !== undefined && other !== undefined) own[at] = { ...other, offset: one.offset };
  },
  'two records are read in the other order': ({ reads }, random) => {
    const own = random.pick(reads);
    const at = random.below(own.length + 1);
    const [one, next] = [own[at], own[at + 1]];
    if (one !== undefined && next !== undefined) own.splice(at, 2, next, one);
  },
  'two records changed places': ({ reads }, random) => {
    const at = random.below((reads[0] ?? []).length + 1);
    for (const own of reads) {
      const [i, j] = [at, at + 1].map((offset) => own.findIndex((one) => one.offset === offset));
      const [one, next] = [own[i ?? -1], own[j ?? -1]];
      if (one === undefined || next === undefined) continue;
      own.splice(i ?? 0, 2, { ...next, offset: one.offset }, { ...one, offset: next.offset });
    }
  },
  'what nobody sent is read': ({ reads }, random) => {
    const own = random.pick(reads);
    own.push({ producer: random.below(3), number: 1_000, offset: own.length });
  },
  'a send is told another place': ({ sends }, random) => {
    const one = random.pick(sends);
    one.offset += random.integer(1, 3);
  },
  'a send is said to have failed': ({ sends }, random) => {
    random.pick(sends).outcome = 'failed';
  },
  'a send is said to be stored': ({ sends }, random) => {
    random.pick(sends).outcome = 'ok';
  },
  'a send went to another partition': ({ sends }, random) => {
    random.pick(sends).partition = 1;
  },
  'a bound is wrong': ({ bounds }, random) => {
    const one = random.pick(bounds);
    if (random.chance(0.5)) one.end += random.integer(-2, 2);
    else one.start += random.integer(0, 2);
  },
  'nothing was deleted': (told) => {
    told.deletedBelow = 0;
  },
};

t.test('a good run is plain, and its report is the one that the checker gives', (t) => {
  const random = new SeededRandom(1);
  for (let i = 0; i < 500; i++) {
    const told = goodRun(random);
    const [history, options] = [historyOf(told), optionsOf(told)];
    const plain = history.judgeAtSight(0, options);
    if (plain === undefined) return t.fail(`run ${i} is not plain: ${JSON.stringify(told)}`);
    t.strictSame(plain, checkHistory(history.operations(0), options));
    t.strictSame(plain, history.judge(0, options));
  }
  return t.end();
});

for (const [name, spoil] of Object.entries(FAULTS)) {
  t.test(`where ${name}, no anomaly is overlooked`, (t) => {
    const random = new SeededRandom(2);
    let wrong = 0;
    for (let i = 0; i < 400; i++) {
      const told = goodRun(random);
      spoil(told, random);
      const [history, options] = [historyOf(told), optionsOf(told)];
      const full = checkHistory(history.operations(0), options);
      const plain = history.judgeAtSight(0, options);
      const sees = full.errors.size > 0 || full.tolerated.size > 0;
      if (sees) wrong++;
      if (plain !== undefined && sees) t.fail(`run ${i} is not plain: ${[...full.errors.keys()].join(', ')}`);
      if (plain !== undefined) t.strictSame(plain, full);
      t.strictSame(history.judge(0, options), full);
    }
    if (name !== 'a send went to another partition') t.ok(wrong > 20, `${wrong} runs had an anomaly`);
    t.end();
  });
}
