import type { Mutant } from './mutant.js';

const FOUNDING = 'dist/test/raft/founding.test.js';
const TRACES = 'dist/test/raft/traces.test.js';
const FOUNDING_SEEDS = 'dist/test/simulation/founding.test.js';
const NODE = 'dist/test/raft/node.test.js';
const RANDOM = 'dist/test/raft/core-random-1.test.js';

const WIPED = 'a wiped voter forgets its vote; two wiped of three found a new, empty cluster';
const UNSAFE = 'disruptive or unsafe elections and voter changes';

/** Of two mends that hide each other: who is to stand first does not wait for the others to have written down its set. */
const FOUNDER_WAITS_FOR_NOBODY = {
  file: 'src/raft/core/state.ts',
  find: 'return !this.awaitsFounders || this.term > 0 || this.log.lastIndex > 0;',
  replace: 'return this.term >= 0;',
};

/** Of two mends that hide each other: no word of a node that belongs to a cluster counts. */
const KNOWS_OF_NO_CLUSTER = {
  file: 'src/raft/founding.ts',
  find: 'if (!state.blank && set?.voters.some((voter) => voter.nodeId === nodeId) !== true) return true;',
  replace:
    'if (!state.blank && nodeId < 0 && set?.voters.some((voter) => voter.nodeId === nodeId) !== true) return true;',
};

/**
 * Mends in the metadata quorum. That a blank replica does not vote is no mutant: its vote would come under a directory id
 * that is in no voter set, and nobody would count it. Nor is it that a wiped voter's new replica is added only once it has
 * caught up (replacement.ts): that spares a try, which the core refuses.
 */
export const RAFT_MUTANTS: readonly Mutant[] = [
  {
    name: 'a part of the voters founds',
    hazard: WIPED,
    edits: [
      {
        file: 'src/raft/founding.ts',
        find: 'if (directoryId === undefined) return undefined;',
        replace: 'if (directoryId === undefined) continue;',
      },
    ],
    test: FOUNDING,
    dies: /a term has one leader at most|nobody may vote/,
    hunt: {
      scenario: FOUNDING_SEEDS,
      dies: /both lead term \d+|leads term \d+ without the entry at \d+|the entry at \d+ of term \d+ is another|there are 2 clusters/,
    },
  },
  {
    name: 'a founder waits for nobody to write down the set',
    hazard: WIPED,
    edits: [FOUNDER_WAITS_FOR_NOBODY],
    test: FOUNDING_SEEDS,
    dies: /both lead term \d+|the entry at \d+ of term \d+ is another|there are 2 clusters/,
    hunt: { scenario: FOUNDING_SEEDS },
  },
  {
    name: 'voters that are not blank found again',
    hazard: WIPED,
    edits: [
      FOUNDER_WAITS_FOR_NOBODY,
      {
        file: 'src/raft/founding.ts',
        find: 'if (answer === undefined || !answer.state.blank || !this.#agrees(answer.state)) return undefined;',
        replace: 'if (answer === undefined || !this.#agrees(answer.state)) return undefined;',
      },
      KNOWS_OF_NO_CLUSTER,
    ],
    test: FOUNDING,
    dies: /no new, empty cluster|both lead term \d+|leads term \d+ without the entry at \d+|there are 2 clusters/,
    hunt: {
      scenario: FOUNDING_SEEDS,
      // The last is the word of the node itself, which meets the second cluster.
      dies: /both lead term \d+|leads term \d+ without the entry at \d+|there are 2 clusters|Entry \d+ of the metadata log is committed here, and that of the leader/,
    },
  },
  {
    name: 'once blank, always blank',
    hazard: WIPED,
    edits: [
      FOUNDER_WAITS_FOR_NOBODY,
      {
        file: 'src/raft/founding.ts',
        find: 'if (this.#round >= answer.countsBefore) return undefined;',
        replace: 'if (this.#round < 0) return undefined;',
      },
    ],
    test: FOUNDING,
    dies: /a second cluster of nodes 2 and 3|both lead term \d+|the entry at \d+ of term \d+ is another|there are 2 clusters/,
    hunt: { scenario: FOUNDING_SEEDS },
  },
  {
    name: 'a voter that lost only its metadata log is blank',
    hazard: WIPED,
    edits: [
      {
        file: 'src/broker/node-opening.ts',
        find: 'mustExist: directory.hasQuorum,',
        replace: 'mustExist: directory.hasQuorum && config.nodeId < 0,',
      },
    ],
    test: 'dist/test/hardening/identity.test.js',
    dies: /a voter that lost only its metadata log is refused by name|knows of no vote in it|runs as the voter that it was/,
    hunt: { scenario: FOUNDING_SEEDS },
  },
  {
    name: 'the vote is not kept',
    hazard: WIPED,
    edits: [
      {
        file: 'src/raft/core/raft-core.ts',
        find: 'hardState: isEmpty ? saved : { term: s.term, vote: s.vote, commit: s.log.commit },',
        replace: 'hardState: isEmpty ? saved : { term: s.term, vote: undefined, commit: s.log.commit },',
      },
      {
        file: 'src/raft/core/raft-core.ts',
        find: "if (s.role === 'candidate' && hardState.term === s.term && hardState.vote === s.self) recordVote(s, s.self, true);",
        replace: "if (s.role === 'candidate' && hardState.term === s.term) recordVote(s, s.self, true);",
      },
    ],
    test: 'dist/test/raft/core-hazards.test.js',
    dies: /two votes in one term could elect two leaders/,
    hunt: {
      dies: /led term \d+, for which it voted for itself, and as \S+ .* in it/,
      plan: 'kill every 300 ms for 10 ms',
      plain: true,
      lookEveryMs: 1,
    },
  },
  {
    name: 'promises are sent before they are kept',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/state.ts',
        find: 'this.afterPersist.hold(message);',
        replace: 'this.outbox.push(message);',
      },
    ],
    test: RANDOM,
    dies: /InvariantViolation: (?:(?:election safety|leader completeness|log matching|state machine safety): .+|what was acknowledged)/,
    hunt: {
      dies: /led term \d+, for which it voted for itself|both lead term \d+|leads term \d+ without the entry at \d+|committed an entry of term \d+ at \d+, where/,
      // All lose power while entries are on their way to slow disks: what one had promised may be on none of a majority.
      plan: 'powerOffAll every 400 ms for 10 ms, alterConfigs every 20 ms for 20 ms, slowDisk every 100 ms for 300 ms',
      plain: true,
      lookEveryMs: 1,
    },
  },
  {
    name: 'votes for those who lack entries',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/election.ts',
        find: 'const upToDate = s.log.isUpToDate(m.lastIndex, m.lastTerm);',
        replace: 'const upToDate = m.lastIndex >= 0;',
      },
    ],
    test: RANDOM,
    dies: /leader completeness: a leader has every committed entry/,
    hunt: {
      dies: /leads term \d+ without the entry at \d+|committed an entry of term \d+ at \d+, where|Entry \d+ of the metadata log is committed/,
      plan: 'kill every 200 ms for 300 ms, partition every 300 ms for 400 ms, reassign every 300 ms for 300 ms',
    },
  },
  {
    name: 'entries of older terms are counted',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/leader.ts',
        find: 'if (index <= s.log.commit || s.log.term(index) !== s.term) return;',
        replace: 'if (index <= s.log.commit) return;',
      },
    ],
    test: 'dist/test/raft/core-hazards.test.js',
    dies: /not by counting an entry of an older term/,
    hunt: {
      dies: /raised its commit from \d+ to \d+, an entry of term \d+/,
      plan:
        'slowDisk every 200 ms for 1500 ms, kill every 300 ms for 100 ms, alterConfigs every 30 ms for 0 ms, ' +
        'pause every 500 ms for 300 ms',
      lookEveryMs: 1,
    },
  },
  {
    name: 'no pre-vote',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/election.ts',
        find: '    return;\n  }\n  startPreVote(s);\n',
        replace: '    return;\n  }\n  startElection(s, false);\n',
      },
    ],
    test: TRACES,
    dies: /pre-vote\.txt/,
    hunt: {
      dies: /has heard no other node for \d+ ms and/,
      plan: 'partition every 1500 ms for 2500 ms',
      seconds: 10,
    },
  },
  {
    name: 'no check-quorum',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/leader.ts',
        find: 'if (active < s.membership.current.majority) {',
        replace: 'if (active < 0) {',
      },
    ],
    test: TRACES,
    dies: /check-quorum\.txt/,
    hunt: {
      dies: /has heard no other node for \d+ ms and/,
      plan: 'partition every 1500 ms for 4000 ms',
      seconds: 14,
    },
  },
  {
    name: 'a leader whose disk hangs stays',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/leader.ts',
        find: 'if (s.diskHangs && s.membership.current.size > 1) {',
        replace: 'if (s.diskHangs && s.membership.current.size < 1) {',
      },
    ],
    test: NODE,
    dies: /another leads: not within/,
    hunt: { scenario: NODE },
  },
  {
    name: 'two voter changes at once',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/voter-change.ts',
        find: "  if (s.membership.currentIndex > s.log.commit) return { kind: 'changePending' };\n",
        replace: '',
      },
    ],
    test: TRACES,
    dies: /voters\.txt/,
    hunt: {
      dies: /changes the voters at \d+ before their last change is committed/,
      plan: 'exchangeVoter every 300 ms for 100 ms, clog every 500 ms for 400 ms',
      plain: true,
      lookEveryMs: 1,
      seconds: 5,
    },
  },
  {
    name: 'a voter change before the term has committed',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/voter-change.ts',
        find: "  if (s.log.commit < leadership.firstIndex) return { kind: 'termNotCommitted' };\n",
        replace: '',
      },
    ],
    test: TRACES,
    dies: /voters-new-term\.txt/,
    hunt: {
      dies: /changes the voters at \d+ before an entry of its term \d+ is committed/,
      plan: 'exchangeVoter every 300 ms for 100 ms, clog every 500 ms for 400 ms',
      plain: true,
      lookEveryMs: 1,
      seconds: 5,
    },
  },
  {
    name: 'who is on the way out does not stand',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/state.ts',
        find: 'return this.isVoter || this.membership.at(this.log.commit).has(this.self);',
        replace: 'return this.isVoter;',
      },
    ],
    test: 'dist/test/raft/removal.test.js',
    dies: /there is no leader, or not all follow it/,
    hunt: { scenario: 'dist/test/raft/hazards.test.js', dies: /the other one leads alone: not within/ },
  },
  {
    name: 'the founding set is not kept',
    hazard: WIPED,
    edits: [
      FOUNDER_WAITS_FOR_NOBODY,
      {
        file: 'src/raft/core/raft-core.ts',
        find: 'founding: s.foundingUnsaved ? s.founding : undefined,',
        replace: 'founding: undefined,',
      },
    ],
    test: TRACES,
    dies: /restart\.txt|both lead term \d+|leads term \d+ without the entry at \d+|there are 2 clusters|Entry \d+ of the metadata log is committed here/,
    hunt: { scenario: FOUNDING_SEEDS },
  },
  {
    name: 'who has not caught up becomes a voter',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/voter-change.ts',
        find: 'if (!isCaughtUp(s, replicaKey(voter))) return',
        replace: 'if (!isCaughtUp(s, replicaKey(voter)) && s.term < 0) return',
      },
    ],
    test: TRACES,
    dies: /voters\.txt|the two that are left of three commit on/,
    hunt: { scenario: 'dist/test/raft/hazards.test.js' },
  },
  {
    name: 'who is loyal to the leader refuses whom it hands over to',
    hazard: UNSAFE,
    edits: [
      {
        file: 'src/raft/core/raft-core.ts',
        find: 'if (s.isBlank || (s.isLoyal && !message.transfer)) return false;',
        replace: 'if (s.isBlank || s.isLoyal) return false;',
      },
    ],
    test: TRACES,
    dies: /transfer\.txt|leadership is handed over on request/,
    hunt: { scenario: NODE },
  },
  {
    name: 'answers to heartbeats wait for the disk',
    hazard: 'slow disks cost a live leader its quorum',
    edits: [
      {
        file: 'src/raft/core/follower.ts',
        find: 'if (s.diskHangs) s.sendAfterPersist',
        replace: 'if (s.nowMs >= 0) s.sendAfterPersist',
      },
    ],
    test: NODE,
    dies: /a slow disk makes/,
    hunt: { scenario: NODE },
  },
];
