import type { Mutant } from './mutant.js';

const HAZARDS = 'dist/test/replication/hazards.test.js';
const FETCHING = 'dist/test/replication/fetching.test.js';
const NODE = 'dist/test/broker/hazards.test.js';
const MENDED = 'dist/test/log/mended-epochs.test.js';
const PRODUCER_ORDER = 'dist/test/simulation/producer-order.test.js';
const RETRY = 'a retry goes to another node after a fail-over';

/** Mends by which a producer's records keep their order and are stored once, in the client, the broker and the log. */
export const PRODUCER_MUTANTS: readonly Mutant[] = [
  {
    name: 'a duplicate is acknowledged at once',
    hazard: RETRY,
    edits: [
      {
        file: 'src/replication/waiting-produces.ts',
        find: 'if (nextOffset <= reached && queue.size === 0) {',
        replace: 'if ((nextOffset <= reached && queue.size === 0) || outcome.duplicateOf !== undefined) {',
      },
    ],
    test: HAZARDS,
    dies: /the other replica may not have the original/,
    hunt: {
      dies: /was acknowledged, but the high watermark is \d+/,
      plan: 'reset every 40 ms for 0 ms, slowDisk every 300 ms for 400 ms, clog every 300 ms for 300 ms',
    },
  },
  {
    name: 'followers keep no producer state',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/append.ts',
        find: 'const aborted = replayBatch(state.producers, batches, at);',
        replace: 'const aborted = at < 0 ? replayBatch(state.producers, batches, at) : undefined;',
      },
    ],
    test: HAZARDS,
    dies: /- followed/,
    hunt: { dies: /not within 60000 ms: every send is answered|duplicate: \d+/ },
  },
  {
    name: 'a mended batch before the last of its producer is forgotten',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/producer-replay.ts',
        find: 'if (isControl(batchAttributes(buffer, at))) return;\n  const [firstOffset, lastOffset]',
        replace: 'if (isControl(batchAttributes(buffer, at)) || at >= 0) return;\n  const [firstOffset, lastOffset]',
      },
    ],
    test: MENDED,
    dies: /what was mended is known for a duplicate/,
    hunt: { scenario: MENDED },
  },
  {
    name: 'recovery rebuilds no producer state',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/segment-recovery.ts',
        find: 'const aborted = replayBatch(producers, chunk, at);',
        replace: 'const aborted = at < 0 ? replayBatch(producers, chunk, at) : undefined;',
      },
    ],
    test: HAZARDS,
    dies: /- recovered/,
    hunt: { dies: /not within 60000 ms: (?:records are acknowledged again|every send is answered)|duplicate: \d+/ },
  },
  {
    name: 'an unknown id starts anywhere',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/producer-state.ts',
        find: 'if (batch.baseSequence === 0 || logStartOffset > 0) return;',
        replace: 'if (batch.baseSequence >= 0 || logStartOffset > 0) return;',
      },
    ],
    test: HAZARDS,
    dies: /an id without state starts at sequence 0|the later one: "stored at 0"/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'forwarder sends on after a failure',
    hazard: RETRY,
    edits: [
      {
        file: 'src/broker/producer-order.ts',
        find: 'earliest.turnedBackTo = sequence;\n    return true;',
        replace: 'return false;',
      },
    ],
    test: NODE,
    dies: /turned back|a producer's batches stand at|the later one/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'later batches overtake one without a leader',
    hazard: RETRY,
    edits: [
      {
        file: 'src/broker/broker.ts',
        find: 'leaderApi.order.answered(call, failure);',
        replace: '',
      },
    ],
    test: NODE,
    dies: /what found no leader comes first|a producer's batches stand at/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'leader takes later batches first',
    hazard: RETRY,
    edits: [
      {
        file: 'src/broker/leader-api.ts',
        find: 'if (order.mustWait(call, leader.log)) {',
        replace: 'if (order.mustWait(call, leader.log) && leader.leaderEpoch < 0) {',
      },
    ],
    test: NODE,
    dies: /turned back: what was refused comes first|a producer's batches stand at|the later one/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'client sends on after a failure',
    hazard: RETRY,
    edits: [
      {
        file: 'src/client/producer/partition-queue.ts',
        find: 'if (this.inFlight.length > 0) return undefined;',
        replace: '',
      },
      {
        file: 'src/client/producer/partition-queue.ts',
        find: 'return this.inFlight.length < (isFirst || isRetrying ? 1 : maxInFlight) ? head : undefined;',
        replace:
          'return this.inFlight.length < (isFirst || isRetrying ? maxInFlight : maxInFlight) ? head : undefined;',
      },
    ],
    test: 'dist/test/client/partition-queue.test.js',
    dies: /the first and third are still in flight|each is settled/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'who starts over knows no producers',
    hazard: RETRY,
    edits: [
      {
        file: 'src/replication/fetch-session.ts',
        find: 'const producers = leader.log.producersBelowStart();',
        replace: 'const producers = undefined;',
      },
    ],
    test: FETCHING,
    dies: /hears of the producers before it|the second batch, again: "stored at 2"/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'client goes on in the same epoch after a batch that was refused for good',
    hazard: RETRY,
    edits: [
      {
        file: 'src/client/producer/sender.ts',
        find: 'const mayRetry = error.retriable || (isSequenceError && queue.identity !== undefined);',
        replace: 'const mayRetry = error.retriable;',
      },
    ],
    test: 'dist/test/client/producer.test.js',
    dies: /a batch that is refused for good fails alone|what became of each/,
    hunt: { scenario: PRODUCER_ORDER },
  },
  {
    name: 'an earlier instance of a producer writes on',
    hazard: 'a delayed message joins a later transaction',
    edits: [
      {
        file: 'src/log/producer-state.ts',
        find: 'if (batch.epoch < epoch) {',
        replace: 'if (batch.epoch < 0) {',
      },
    ],
    test: 'dist/test/log/producers.test.js',
    dies: /one producer writes each batch once, in order|the earlier instance: "stored at 1"/,
    hunt: { scenario: PRODUCER_ORDER },
  },
];
