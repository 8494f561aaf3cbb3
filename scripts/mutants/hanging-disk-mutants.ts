import type { Mutant } from './mutant.js';

const SCENARIO = 'dist/test/simulation/hanging-disk.test.js';
const WATCH = 'dist/test/broker/disk-watch.test.js';
const RELIEF = 'dist/test/controller/hanging-disks.test.js';

const HOLDS_UP = 'a broker whose disk hangs holds up all that it leads and follows';
const FLAPPING = 'a stall that all disks have now and then moves leaders to and fro';
const UNLED = 'a partition that nobody else can lead has no leader, for a disk that may work again';

/**
 * What tells that a disk hangs, and what is done about it. That whose disk works again is at once elected where nobody leads is
 * no mutant: as a last resort it was elected there before.
 */
export const HANGING_DISK_MUTANTS: readonly Mutant[] = [
  {
    name: 'whose disk hangs is not relieved',
    hazard: HOLDS_UP,
    edits: [
      {
        file: 'src/controller/heartbeat.ts',
        find: 'relieve(draft, nodeId, request.disk_hangs === true);',
        replace: 'relieve(draft, nodeId, false);',
      },
    ],
    test: RELIEF,
    dies: /whose disk hangs leaves the in-sync sets that do without it|the longest wait is/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'the disk of the quorum is not watched',
    hazard: HOLDS_UP,
    edits: [
      {
        file: 'src/broker/node.ts',
        find: '[...this.#logs.oldestWorkMs, this.#raft.persistingSinceMs]',
        replace: 'this.#logs.oldestWorkMs',
      },
    ],
    test: SCENARIO,
    dies: /another one leads after \d+ ms/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'syncs beside those of appends are not watched',
    hazard: HOLDS_UP,
    edits: [
      {
        file: 'src/log/log-services.ts',
        find: 'this.#syncs.oldestMs ?? Infinity',
        replace: 'Infinity',
      },
    ],
    test: SCENARIO,
    dies: /not within \d+ ms: its disk is known to hang/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'a stall of half a second passes for a hang',
    hazard: FLAPPING,
    edits: [
      {
        file: 'src/broker/disk-watch.ts',
        find: 'const HANGS_AFTER_MS = 3_000;',
        replace: 'const HANGS_AFTER_MS = 500;',
      },
    ],
    test: WATCH,
    dies: /stalls of seconds are none|a slow disk/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'a process that was held up takes that for its disk',
    hazard: FLAPPING,
    edits: [
      {
        file: 'src/broker/disk-watch.ts',
        find: 'if (this.#suspect !== undefined && nowMs - this.#suspect.seenMs >= SEEN_AGAIN_MS)',
        replace: 'if (this.#suspect !== undefined && nowMs - this.#suspect.seenMs >= Math.min(0, SEEN_AGAIN_MS))',
      },
    ],
    test: WATCH,
    dies: /a process that was held up does not take that for its disk|whoever was held up is in sync/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'a disk that works again is trusted at once',
    hazard: FLAPPING,
    edits: [
      {
        file: 'src/broker/disk-watch.ts',
        find: 'nowMs - this.#lastHungMs >= this.#trialMs)',
        replace: 'nowMs > this.#lastHungMs)',
      },
    ],
    test: WATCH,
    dies: /on trial when it works again|it is in sync after/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'each trial of a disk is as short as the first',
    hazard: FLAPPING,
    edits: [
      {
        file: 'src/broker/disk-watch.ts',
        find: 'nowMs - this.#trustedMs < FORGIVEN_AFTER_MS;',
        replace: 'nowMs - this.#trustedMs > FORGIVEN_AFTER_MS;',
      },
    ],
    test: WATCH,
    dies: /for longer each time|a trial of 20000 ms/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'whose disk works again stays relieved',
    hazard: HOLDS_UP,
    edits: [
      {
        file: 'src/controller/hanging-disks.ts',
        find: '    if (!isRelieved) return;',
        replace: '    if (!isRelieved || nodeId >= 0) return;',
      },
    ],
    test: RELIEF,
    dies: /whose disk hangs leaves the in-sync sets|it is in sync again/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'whose disk hangs leaves partitions that nothing is gained for',
    hazard: UNLED,
    edits: [
      {
        file: 'src/controller/hanging-disks.ts',
        find: 'rest.length >= draft.minInsyncReplicas(topic.name, state));',
        replace: 'rest.length >= Math.min(0, draft.minInsyncReplicas(topic.name, state)));',
      },
    ],
    test: RELIEF,
    dies: /nothing could be acknowledged without it|seed \d: both/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'all brokers whose disks hang are relieved at once',
    hazard: FLAPPING,
    edits: [
      {
        file: 'src/controller/hanging-disks.ts',
        find: 'return 2 * away <= live.length;',
        replace: 'return away <= live.length;',
      },
    ],
    test: RELIEF,
    dies: /no more than half of the brokers are relieved at once|are on trial at once/,
    hunt: { scenario: SCENARIO },
  },
  {
    name: 'whose disk is on trial leads nothing, whoever else is gone',
    hazard: UNLED,
    edits: [
      {
        file: 'src/controller/hanging-disks.ts',
        find: 'if (isRelieved) electAsLastResort(draft, nodeId, brokerEpoch);',
        replace: 'if (isRelieved && brokerEpoch < 0) electAsLastResort(draft, nodeId, brokerEpoch);',
      },
    ],
    test: RELIEF,
    dies: /it leads what has no leader otherwise|not within 5000 ms: it leads/,
    hunt: { scenario: SCENARIO },
  },
];
