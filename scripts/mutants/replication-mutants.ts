import type { Mutant } from './mutant.js';

const HAZARDS = 'dist/test/replication/hazards.test.js';
const LEADER = 'dist/test/replication/partition-leader.test.js';
const FETCHING = 'dist/test/replication/fetching.test.js';
const NODE = 'dist/test/broker/hazards.test.js';
const DAMAGE = 'dist/test/simulation/damage.test.js';
const HIGH_WATERMARK = 'dist/test/simulation/high-watermark.test.js';
const PLACEMENT = 'dist/test/simulation/placement.test.js';
const LATE_WORDS = 'dist/test/simulation/late-words.test.js';
const TRUNCATED_READERS = 'dist/test/simulation/truncated-readers.test.js';

const TRUNCATION = 'truncating to the high watermark loses acked data';
const DIVERGENCE = 'divergence after two quick fail-overs';
const BLIND = 'clients blind to truncation';
const REBOOTED = 'a rebooted or emptied broker re-added to the ISR by a late request';
const RESTART = 'a leader restarts within its lease and writes other records at the same offsets in the same epoch';
const DAMAGED = 'what is damaged is mended with the same batch alone, and given up only where nobody has it';
const ACKNOWLEDGED = 'acknowledged means on the disk of every member of the ISR, and of enough of them';

/** The invariant of the high watermark. */
const ISR_HAS_SYNCED =
  /the high watermark of \S+ is \d+ on its leader \S+ of epoch \d+, but node \d of its ISR has synced \d+/;

/** Mends in the replicas, their logs, and the node around them. */
export const REPLICATION_MUTANTS: readonly Mutant[] = [
  {
    name: 'follower cuts to its high watermark',
    hazard: TRUNCATION,
    edits: [
      {
        file: 'src/replication/replica.ts',
        find: '    this.#fetcher = this.#options.fetcherOf(assignment.leader);',
        replace:
          '    void this.log.truncateTo(this.#highWatermark);\n    this.#fetcher = this.#options.fetcherOf(assignment.leader);',
      },
    ],
    test: HAZARDS,
    dies: /nothing acknowledged is cut/,
    hunt: { dies: /nothing is appended while the log is truncated|node \d of its ISR has synced \d+/ },
  },
  {
    name: "a follower keeps a last record of the next leader's epoch",
    hazard: DIVERGENCE,
    edits: [
      {
        file: 'src/replication/divergence.ts',
        find: 'return own === NO_EPOCH || own >= lastFetchedEpoch ? undefined',
        replace: 'return own === NO_EPOCH || own >= NO_EPOCH ? undefined',
      },
    ],
    test: FETCHING,
    dies: /it is of the epoch that wrote it/,
    hunt: { scenario: FETCHING },
  },
  {
    name: "a follower keeps its own producers below its leader's start",
    hazard: DIVERGENCE,
    edits: [
      {
        file: 'src/replication/fetch-session.ts',
        find: 'startOffset > 0 && (diverging?.endOffset ?? Infinity) <= startOffset;',
        replace: 'startOffset < 0;',
      },
    ],
    test: FETCHING,
    dies: /a retry of what is in no log would pass for stored/,
    hunt: { scenario: FETCHING },
  },
  {
    name: 'no diverging epoch',
    hazard: DIVERGENCE,
    edits: [
      {
        file: 'src/replication/divergence.ts',
        find: 'if (lastFetchedEpoch === NO_EPOCH) return undefined;',
        replace: 'if (lastFetchedEpoch === NO_EPOCH || fetchOffset <= log.endOffset) return undefined;',
      },
    ],
    test: FETCHING,
    dies: /both hold the same/,
    hunt: {
      dies: /has another batch at \d+ than|has no batch at \d+ than|has batches at [\d, ]+ that node|has from \d+ to \d+, below/,
      plan: 'kill every 300 ms for 300 ms, clog every 150 ms for 200 ms, slowDisk every 300 ms for 300 ms',
    },
  },
  {
    name: 'stale leader epoch of a follower taken',
    hazard: BLIND,
    edits: [
      {
        file: 'src/replication/fetch-session.ts',
        find: 'if (asked === current) return;',
        replace: 'if (asked <= current) return;',
      },
    ],
    test: FETCHING,
    dies: /a stale or a future leader epoch is refused|takes the word of node \d/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'stale leader epoch of a client taken',
    hazard: BLIND,
    edits: [
      {
        file: 'src/broker/partition-lookup.ts',
        find: 'if (asked < 0 || asked === leader.leaderEpoch) return;',
        replace: 'if (asked <= leader.leaderEpoch) return;',
      },
    ],
    test: NODE,
    dies: /a client with an old leader epoch is told|its leader leads no more/,
    hunt: { scenario: TRUNCATED_READERS },
  },
  {
    name: 'truncation not told to readers',
    hazard: BLIND,
    edits: [
      {
        file: 'src/broker/use-cases/local-fetch.ts',
        find: 'const diverging = divergence(leader.log, position.lastFetchedEpoch, position.offset);',
        replace: 'const diverging = divergence(leader.log, -1, position.offset);',
      },
    ],
    test: NODE,
    dies: /a reader beyond a truncation is told|where the log departed/,
    hunt: { scenario: TRUNCATED_READERS },
  },
  {
    name: 'high watermark without the followers',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: 'if (durable < least) least = durable;',
        replace: 'if (durable < least && nodeId === this.#nodeId) least = durable;',
      },
    ],
    test: LEADER,
    dies: /acks=all waits until every ISR member/,
    hunt: { dies: ISR_HAS_SYNCED },
  },
  {
    name: 'fetched counts as synced',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: 'return this.#followers.get(nodeId)?.durableOffset ?? -1;',
        replace: 'return this.#followers.get(nodeId)?.fetchOffset ?? -1;',
      },
    ],
    test: LEADER,
    dies: /node 3 has fetched, but not synced/,
    hunt: { dies: ISR_HAS_SYNCED },
  },
  {
    name: 'high watermark below min.insync.replicas',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: 'if (this.#closed !== undefined || this.isUnderMinIsr) return;',
        replace: 'if (this.#closed !== undefined) return;',
      },
    ],
    test: LEADER,
    dies: /but nothing becomes visible|leads orders-0 in epoch \d with its log's end at/,
    hunt: { scenario: HIGH_WATERMARK },
  },
  {
    name: 'additions in flight do not count',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/in-sync-replicas.ts',
        find: 'this.#maximal = [...this.#committed, ...isr.filter((id) => !this.#committed.includes(id))];',
        replace: 'this.#maximal = this.#committed;',
      },
    ],
    test: LEADER,
    dies: /the addition of node 3 is in flight/,
    hunt: {
      dies: ISR_HAS_SYNCED,
      plan: 'kill every 250 ms for 150 ms, clog every 100 ms for 200 ms, slowDisk every 100 ms for 500 ms',
      lookEveryMs: 1,
    },
  },
  {
    name: 'removals count before they are committed',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/in-sync-replicas.ts',
        find: 'this.#maximal = [...this.#committed, ...isr.filter((id) => !this.#committed.includes(id))];',
        replace: 'this.#maximal = isr;',
      },
    ],
    test: LEADER,
    dies: /the removal of node 2 is in flight/,
    hunt: {
      dies: ISR_HAS_SYNCED,
      plan: 'pause every 400 ms for 1500 ms, clog every 200 ms for 300 ms',
      seconds: 10,
      lookEveryMs: 1,
    },
  },
  {
    name: 'roles before the own registration',
    hazard: RESTART,
    edits: [{ file: 'src/broker/replica-assigner.ts', find: '    if (!this.#live) return;\n', replace: '' }],
    test: NODE,
    dies: /an epoch in which it may have written is not led again/,
    hunt: { dies: /both led \S+ in epoch \d+/ },
  },
  {
    name: 'a log by its name alone',
    hazard: 'a topic is deleted and made again while a replica is down',
    edits: [
      {
        file: 'src/broker/log-manager.ts',
        find: 'return isThere && log.topicId === topicId && !directory.offline;',
        replace: 'return isThere && log.topicId.length === topicId.length && !directory.offline;',
      },
    ],
    test: NODE,
    dies: /a topic that was deleted and made again while its replica was down/,
    hunt: {
      // Every fetch names the topic's id (KIP-516): what is lost is progress.
      dies: /not within 60000 ms: every replica is in sync|holds the log of topic id \S+ for/,
      plan: 'recreateTopic every 300 ms for 200 ms, kill every 500 ms for 600 ms',
    },
  },
  {
    // The leader alone asks in vain: the controller refuses what is of another incarnation.
    name: 'leader and controller ask for no incarnation',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/alter-partition.ts',
        find: 'const isCurrent = draft.image.broker(node)?.brokerEpoch === broker_epoch;',
        replace: 'const isCurrent = draft.image.broker(node) !== undefined || broker_epoch === -1;',
      },
      {
        file: 'src/replication/partition-leader.ts',
        find: 'this.#hooks.isEligible(nodeId, follower.brokerEpoch)',
        replace: 'nodeId !== this.#nodeId',
      },
    ],
    test: LEADER,
    dies: /fenced, or another incarnation \(KIP-903\)|node \d of its ISR has synced/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'an eligible replica that lost its log stays eligible',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: 'this.#elr.filter((id) => !this.#marked.includes(id) && this.#hasLost(id))',
        replace: 'this.#elr.filter((id) => this.#marked.includes(id) && id < 0)',
      },
    ],
    test: LEADER,
    dies: /it may be elected the next moment, and its folder is gone/,
    hunt: { scenario: LEADER },
  },
  {
    name: 'a follower joins below the epoch',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: '      follower.durableOffset >= this.epochStartOffset &&\n',
        replace: '',
      },
    ],
    test: LEADER,
    dies: /synced below where the epoch starts/,
    hunt: {
      dies: /joined the ISR of \S+ with \d+ synced, below \d+, where epoch \d+/,
      plan: 'kill every 300 ms for 200 ms, clog every 200 ms for 300 ms, slowDisk every 300 ms for 500 ms',
      lookEveryMs: 1,
    },
  },
  {
    name: 'proposals name the incarnations of their sending',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/replication/isr-changes.ts',
        find: 'this.#options.send(changes.map((change) => change.message))',
        replace: 'this.#options.send(changes.map((change) => this.#encode(change)))',
      },
      {
        file: 'src/replication/isr-changes.ts',
        find: 'broker_epoch: change.leader.brokerEpochOf(node_id) ?? this.#options.brokerEpochOf(node_id),',
        replace: 'broker_epoch: this.#options.brokerEpochOf(node_id),',
      },
    ],
    test: 'dist/test/replication/isr-changes.test.js',
    dies: /a proposal sent again names the incarnations that were seen in sync|node \d of its ISR has synced/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'a proposal without an answer is given up',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/isr-changes.ts',
        find: '      // No answer: the change may have been made.',
        replace:
          '      for (const { leader, proposal } of changes) leader.refused(proposal);\n      // No answer: the change may have been made.',
      },
    ],
    test: 'dist/test/replication/isr-changes.test.js',
    dies: /sent 1 times|node \d of its ISR has synced/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'a log that is whole again is cut',
    hazard: ACKNOWLEDGED,
    edits: [
      {
        file: 'src/replication/damage-repair.ts',
        find: "    if (!log.isWithdrawn(range.fromOffset)) return 'settled';\n",
        replace: '',
      },
    ],
    test: 'dist/test/replication/damage-repair.test.js',
    dies: /what is no longer damaged when the controller answers is not cut|node \d of its ISR has synced/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'a batch of any leader epoch mends',
    hazard: DAMAGED,
    edits: [
      {
        file: 'src/replication/range-survey.ts',
        find: 'return isWithin && batchLeaderEpoch(batch, 0) === log.epochAt(Math.max(baseOffset, log.startOffset));',
        replace: 'return isWithin && batchLeaderEpoch(batch, 0) >= Math.min(0, log.startOffset);',
      },
    ],
    test: 'dist/test/replication/damage-repair.test.js',
    dies: /a batch of another leader epoch is another batch|nobody has it:/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'given up before every replica has answered',
    hazard: DAMAGED,
    edits: [
      {
        file: 'src/replication/range-survey.ts',
        find: '    } catch (error) {\n      isComplete = false;\n',
        replace: '    } catch (error) {\n',
      },
    ],
    test: 'dist/test/replication/damage-repair.test.js',
    dies: /node 3 may have it|the second has told what it has:/,
    hunt: { scenario: DAMAGE },
  },
  {
    // Whoever joins has no mark any more: that a mark ends and that a follower joins is one and the same.
    name: 'a mark ends below the high watermark, with the joining of its replica',
    hazard: 'a tail that was acknowledged is damaged while its node is down, and looks like a torn write',
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: '      follower.durableOffset >= this.#highWatermark &&\n',
        replace: '',
      },
      {
        file: 'src/replication/partition-leader.ts',
        find: 'wanted.includes(id) && this.#durableOf(id) >= this.#highWatermark);',
        replace: 'wanted.includes(id));',
      },
    ],
    test: LEADER,
    dies: /the mark of a cut replica ends when its durable offset is at the high watermark/,
    hunt: {
      dies: ISR_HAS_SYNCED,
      plan: 'kill every 300 ms for 200 ms, clog every 200 ms for 300 ms, slowDisk every 300 ms for 500 ms',
      lookEveryMs: 1,
    },
  },
  {
    name: 'what a follower no longer takes stays in the window',
    hazard: 'a partition whose follower is held back holds up all others of its stream',
    edits: [
      {
        file: 'src/replication/replica-fetcher.ts',
        find: '    this.#removed.push({ ...fetching });\n',
        replace: '',
      },
    ],
    test: 'dist/test/replication/shared-window.test.js',
    dies: /a partition that waits for its share of a throttle takes nothing of the others/,
    // Nothing is lost by it but progress.
    hunt: { scenario: PLACEMENT, dies: /not within 2000 ms: what the other one is sent is stored/ },
  },
  {
    name: 'fetches of a former incarnation are served',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/replication/fetch-session.ts',
        find: 'if (this.#brokerEpoch >= registered) return;',
        replace: 'if (this.#brokerEpoch >= Math.min(registered, -1)) return;',
      },
    ],
    test: LATE_WORDS,
    dies: /the fetch of the former incarnation: "\w+", not "STALE_BROKER_EPOCH"/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'a reader of a topic by its name alone',
    hazard: 'a topic is deleted and made again while a replica is down',
    edits: [
      {
        file: 'src/broker/partition-lookup.ts',
        find: 'if (asked === undefined || asked === leader.topicId) return;',
        replace: 'if (asked === undefined || asked.length === leader.topicId.length) return;',
      },
    ],
    test: TRUNCATED_READERS,
    dies: /it was deleted: \S+, not "UNKNOWN_TOPIC_ID"/,
    hunt: { scenario: TRUNCATED_READERS },
  },
];
