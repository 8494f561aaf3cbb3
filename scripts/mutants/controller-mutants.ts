import type { Mutant } from './mutant.js';

const HAZARDS = 'dist/test/controller/hazards.test.js';
const DAMAGE = 'dist/test/simulation/damage.test.js';
const PLACEMENT = 'dist/test/simulation/placement.test.js';
const LATE_WORDS = 'dist/test/simulation/late-words.test.js';
const DISK_FAULTS = 'dist/test/log/disk-faults.test.js';
/** The real controller and brokers that are no more than how much of each partition they hold, over seeds. */
const MODEL = 'dist/test/controller/model.test.js';

const REBOOTED = 'a rebooted or emptied broker re-added to the ISR by a late request';
const LAST_STANDING = 'the last replica standing crashes uncleanly and is re-elected';
const DAMAGED_TAIL = 'a tail that was acknowledged is damaged while its node is down, and looks like a torn write';
const RESTART = 'a leader restarts within its lease and writes other records at the same offsets in the same epoch';
const OLD_IMAGE = 'a new controller elects from an image that lacks an ISR change committed by the old one';
const SNAPSHOT = 'a snapshot of the metadata that no node can read';
const BUSY = 'a false election because the event loop was busy';

/**
 * Mends in the controller, and in what it is told. That of replicas which were all cut the one with the greatest (epoch,
 * end) leads, and not the one with the greatest end, is no mutant. If one ends later and in an earlier epoch, it was never in
 * the later epoch; being a member it has all that was acknowledged, so nothing of the later epoch was; and what was
 * acknowledged before lies below where that epoch begins, which both still have. Whichever leads, nothing more is lost. (A
 * unit test holds the rule: test/controller/hazards.test.ts.)
 */
export const CONTROLLER_MUTANTS: readonly Mutant[] = [
  {
    name: 'each piece of a snapshot is a batch',
    hazard: SNAPSHOT,
    edits: [
      {
        file: 'src/metadata/snapshot.ts',
        find: 'const records = whole.length === 0 ? [] : decodeMetadataBatch(whole);',
        // Without the error of the decoder, which would pass for one of the program.
        replace: `const records = chunks.flatMap((chunk) => {
          try {
            return whole.length < 0 ? [] : decodeMetadataBatch(chunk);
          } catch {
            throw new Error('a piece of a snapshot is no batch');
          }
        });`,
      },
    ],
    test: MODEL,
    dies: /a piece of a snapshot is no batch/,
    hunt: {
      scenario: PLACEMENT,
      dies: /a piece of a snapshot is no batch|not within 10000 ms: it has read the snapshot/,
    },
  },
  {
    name: 'ISR members of any incarnation',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/alter-partition.ts',
        find: 'const isCurrent = draft.image.broker(node)?.brokerEpoch === broker_epoch;',
        replace: 'const isCurrent = draft.image.broker(node) !== undefined || broker_epoch === -1;',
      },
    ],
    test: HAZARDS,
    dies: /a rebooted broker is not re-added to the ISR by a late request|node \d of its ISR has synced/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'a new directory is taken for the old',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/registration.ts',
        find: 'const directoryGone = !draft.isHosted(state, nodeId);',
        replace: 'const directoryGone = !draft.isHosted(state, nodeId) && state.replicas.length === 0;',
      },
    ],
    test: HAZARDS,
    dies: /an emptied broker \(new directory id\) loses its place|not within \d+ ms: it is in sync again/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'no eligible leader replicas',
    hazard: LAST_STANDING,
    edits: [
      {
        file: 'src/controller/partition-change.ts',
        find: 'const members = new Set([...before.elr, ...before.isr]);',
        replace: 'const members = new Set<NodeId>();',
      },
    ],
    test: MODEL,
    dies: /the last whole replica never leaves|a leader lacks \d+ acknowledged records/,
    hunt: { dies: /the last whole replica never leaves/ },
  },
  {
    name: 'a replaced reassignment drops what is in sync',
    hazard: LAST_STANDING,
    edits: [
      {
        file: 'src/controller/reassignment.ts',
        find: 'original.includes(node) || state.isr.includes(node) || state.elr.includes(node);',
        replace: 'original.includes(node);',
      },
    ],
    test: MODEL,
    dies: /the last whole replica never leaves/,
    hunt: { scenario: PLACEMENT },
  },
  {
    name: 'eligible for ever',
    hazard: LAST_STANDING,
    edits: [
      {
        file: 'src/controller/partition-change.ts',
        find: 'if (state.leader === NO_NODE || state.isr.length < draft.minInsyncReplicas(topic, state)) return state;',
        replace:
          'if (state.leader === NO_NODE || state.isr.length <= draft.minInsyncReplicas(topic, state)) return state;',
      },
    ],
    test: HAZARDS,
    dies: /synced topic: the last replica standing crashes uncleanly and is elected again/,
    hunt: {
      dies: /leads \S+ in epoch \d+ with its log's end at \d+, but the high watermark was|of its ISR has synced \d+/,
      plan: 'kill every 150 ms for 500 ms',
      lookEveryMs: 1,
    },
  },
  {
    name: 'relaxed topics keep their place',
    hazard: LAST_STANDING,
    edits: [
      {
        file: 'src/controller/registration.ts',
        find: 'const losesPlace = !wasClean && draft.isRelaxed(topic.name);',
        replace: 'const losesPlace = wasClean && existing === undefined && draft.isRelaxed(topic.name);',
      },
    ],
    test: HAZARDS,
    dies: /relaxed topic: an unclean restart costs the place|a leader lacks \d+ acknowledged records: relaxed/,
    hunt: { scenario: PLACEMENT, dies: /leads orders-0 in epoch \d with its log's end at/ },
  },
  {
    name: 'a recovery that cut leaves no mark',
    hazard: DAMAGED_TAIL,
    edits: [
      {
        file: 'src/controller/registration.ts',
        find: 'const marked = mark && isMember && !lost;',
        replace: 'const marked = mark && isMember && lost;',
      },
    ],
    test: HAZARDS,
    dies: /a recovery that cut acknowledged records: whole members are preferred|leads orders-0 in epoch \d with its log's end at/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'a cut replica leads while others are away',
    hazard: DAMAGED_TAIL,
    edits: [
      {
        file: 'src/controller/leader-election.ts',
        find: 'if (longest !== undefined && members.every(rules.isAvailable)) return',
        replace: 'if (longest !== undefined) return',
      },
    ],
    test: HAZARDS,
    dies: /a recovery that cut acknowledged records: whole members are preferred|leads orders-0 in epoch \d with its log's end at/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'a cut tail is not reported',
    hazard: DAMAGED_TAIL,
    edits: [
      {
        file: 'src/log/log-recovery.ts',
        find: "if (kind === 'damage' || isShort ||",
        replace: 'if (isShort ||',
      },
    ],
    test: DISK_FAULTS,
    dies: /above it cut and reported|leads orders-0 in epoch \d with its log's end at/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'a damaged leader cuts what a replica that is away has',
    hazard: DAMAGED_TAIL,
    edits: [
      {
        file: 'src/controller/truncation-report.ts',
        find: 'if (others.length === 0) {',
        replace: 'if (others.length >= 0) {',
      },
      {
        file: 'src/controller/truncation-report.ts',
        find: 'cannotLead ? leader === nodeId && others.length === 0 : !others.includes(leader);',
        replace: '!others.includes(leader);',
      },
    ],
    test: HAZARDS,
    dies: /a leader with damage waits for a whole replica that is away|leads orders-0 in epoch \d+ with its log's end at/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'damage below the recovery point is cut',
    hazard: DAMAGED_TAIL,
    edits: [
      {
        file: 'src/log/segment-recovery.ts',
        find: 'if (next !== undefined && next.baseOffset <= this.#options.recoveryPoint) {',
        replace: 'if (next !== undefined && next.baseOffset <= -this.#options.recoveryPoint) {',
      },
    ],
    test: DISK_FAULTS,
    dies: /recovery: damage below the recovery point is fenced off|leads orders-0 in epoch \d with its log's end at/,
    hunt: { scenario: DAMAGE },
  },
  {
    // The leader's own look alone is missed by nobody: who loses data says so, by its registration or its report, before
    // it fetches.
    name: 'a member that lost data stays',
    hazard: DAMAGED_TAIL,
    edits: [
      {
        file: 'src/controller/truncation-report.ts',
        find: '    isr: state.isr.filter((node) => node !== nodeId),\n',
        replace: '    isr: state.isr,\n',
      },
      {
        file: 'src/replication/partition-leader.ts',
        find: '      if (this.#hasLost(nodeId)) return false;\n',
        replace: '',
      },
    ],
    test: 'dist/test/replication/partition-leader.test.js',
    dies: /a member whose durable offset falls below the high watermark is removed at once|node \d of its ISR has synced/,
    hunt: { scenario: DAMAGE },
  },
  {
    name: 'a new incarnation goes on leading',
    hazard: RESTART,
    edits: [
      {
        file: 'src/controller/registration.ts',
        find: '    isr: state.isr.filter((node) => node !== nodeId),\n',
        replace: '    isr: state.isr,\n',
      },
      {
        file: 'src/controller/registration.ts',
        find: '      fenced: true,\n      inControlledShutdown: false,\n',
        replace: '      fenced: false,\n      inControlledShutdown: false,\n',
      },
    ],
    test: HAZARDS,
    dies: /the registration of a new incarnation ends the old one and gives new leader epochs/,
    hunt: { dies: /both led \S+ in epoch \d+|of its ISR has synced \d+/ },
  },
  {
    name: 'proposals outlive the office',
    hazard: OLD_IMAGE,
    edits: [
      {
        file: 'src/controller/controller.ts',
        find: '    this.#active = true;\n    this.#image = image;\n',
        replace:
          '    this.#active = true;\n    this.#image = this.#image.offset > image.offset ? this.#image : image;\n',
      },
      {
        file: 'src/controller/controller.ts',
        find: '    this.#active = false;\n    this.#image = MetadataImage.EMPTY;\n',
        replace: '    this.#active = false;\n',
      },
    ],
    test: HAZARDS,
    dies: /proposals of a controller that loses office are dropped|what was decided is what the log makes/,
    hunt: { scenario: PLACEMENT, dies: /a topic that never was: "\w+", not "made"/ },
  },
  {
    name: 'a leader decides before it has applied its term',
    hazard: OLD_IMAGE,
    edits: [
      {
        file: 'src/raft/raft-node.ts',
        find: 'if (this.#decidingTerm === undefined && start !== undefined && this.#applier.appliedIndex >= start) {',
        replace: 'if (this.#decidingTerm === undefined && start !== undefined) {',
      },
    ],
    test: 'dist/test/raft/hazards.test.js',
    dies: /it decides on all that was acknowledged/,
    // What is decided so is refused by those who know better: seeds show that in progress that is lost.
    hunt: { dies: /InvariantViolation: .+|not within 60000 ms: every replica is in sync/ },
  },
  {
    name: 'leases judged before the input',
    hazard: BUSY,
    edits: [
      {
        file: 'src/broker/controller-service.ts',
        find: '      this.#options.platform.clock.defer(() => {\n        this.#controller.tick(this.#now());\n        this.#schedule();\n      });\n',
        replace: '      this.#controller.tick(this.#now());\n      this.#schedule();\n',
      },
    ],
    test: 'dist/test/simulation/busy-controller.test.js',
    dies: /seed \d+: nobody (?:who beat )?is fenced/,
    hunt: { scenario: 'dist/test/simulation/busy-controller.test.js' },
  },
  {
    name: 'the leader judged before the input',
    hazard: BUSY,
    edits: [{ file: 'src/raft/raft-node.ts', find: 'clock.defer(() => this.#tick());', replace: 'this.#tick();' }],
    test: 'dist/test/raft/hazards.test.js',
    dies: /it never doubted its leader/,
    hunt: { scenario: 'dist/test/simulation/busy-follower.test.js' },
  },
  {
    name: 'heartbeats of an old incarnation count',
    hazard: RESTART,
    edits: [
      {
        file: 'src/controller/controller.ts',
        find: 'if (!broker || broker.brokerEpoch !== brokerEpoch) {\n      const response',
        replace: 'if (!broker || broker.brokerEpoch < brokerEpoch) {\n      const response',
      },
    ],
    test: HAZARDS,
    dies: /the registration of a new incarnation ends the old one and gives new leader epochs|it is fenced/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'a replica that leaves a partition ends no leader epoch',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/partition-change.ts',
        find: 'return before.replicas.some((node) => !after.replicas.includes(node));',
        replace:
          'return before.replicas.some((node) => !after.replicas.includes(node) && !before.replicas.includes(node));',
      },
    ],
    test: 'dist/test/controller/reassignment.test.js',
    dies: /a replica that leaves ends the leader epoch|node \d of its ISR has synced \d+/,
    hunt: { scenario: PLACEMENT },
  },
  {
    name: 'proposals of any partition epoch',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/alter-partition.ts',
        find: "  if (partitionEpoch < state.partitionEpoch) return 'INVALID_UPDATE_VERSION';\n",
        replace: '',
      },
    ],
    test: LATE_WORDS,
    dies: /the late proposal: "NONE", not "INVALID_UPDATE_VERSION"|node \d of its ISR has synced \d+/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    name: 'a refused proposal may be granted later',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/alter-partition.ts',
        find: "    draft.emit({ kind: 'partitionChange', topicId: topic.id, partition, isr: before.isr });\n",
        replace: '',
      },
    ],
    test: LATE_WORDS,
    dies: /the copy of it: "NONE", not "INVALID_UPDATE_VERSION"|node \d of its ISR has synced \d+/,
    hunt: { scenario: LATE_WORDS },
  },
  {
    // Each election raises the partition's epoch, too: a leader that is told of that one asks in vain again.
    name: 'proposals of any leader epoch',
    hazard: REBOOTED,
    edits: [
      {
        file: 'src/controller/alter-partition.ts',
        find: "  if (leaderEpoch < state.leaderEpoch) return 'FENCED_LEADER_EPOCH';\n",
        replace: '',
      },
    ],
    test: LATE_WORDS,
    dies: /the late proposal: "\w+", not "FENCED_LEADER_EPOCH"/,
    hunt: { scenario: LATE_WORDS },
  },
];
