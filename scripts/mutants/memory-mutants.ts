import type { Mutant } from './mutant.js';

const MEMORY = 'memory that is used again while somebody looks at it';
const FETCHING = 'dist/test/replication/fetching.test.js';
const BORROWED = 'dist/test/broker/borrowed-batches.test.js';

/** Mends against memory of the pool that has two owners at a time. */
export const MEMORY_MUTANTS: readonly Mutant[] = [
  {
    name: 'a batch that a codec is at work on is given up',
    hazard: MEMORY,
    edits: [
      {
        file: 'src/replication/partition-leader.ts',
        find: 'void this.#appendWithCodec(batches, acks, deadlineMs, done);\n      return false;',
        replace: 'void this.#appendWithCodec(batches, acks, deadlineMs, done);\n      return true;',
      },
    ],
    test: BORROWED,
    dies: /none is refused|what was stored is what was sent/,
    onRealProcesses: true,
  },
  {
    name: 'a batch that waits behind the first of its producer is given up',
    hazard: MEMORY,
    edits: [
      {
        file: 'src/broker/leader-api.ts',
        find: '() => void this.appendTo(leader, call, done))) return false;',
        replace: '() => void this.appendTo(leader, call, done))) return true;',
      },
    ],
    test: BORROWED,
    dies: /none is refused|what was stored is what was sent/,
    onRealProcesses: true,
  },
  {
    name: 'a batch that is on its way to its leader is given up',
    hazard: MEMORY,
    edits: [
      {
        file: 'src/broker/broker.ts',
        find: 'this.#forwarder.forward(found.forwardTo, call, done);\n    return false;',
        replace: 'this.#forwarder.forward(found.forwardTo, call, done);\n    return true;',
      },
    ],
    test: BORROWED,
    dies: /none is refused|what was stored is what was sent|in \d+ ms: the partition has its leader/,
    onRealProcesses: true,
  },
  {
    name: "a consumer is given the log's own bytes",
    hazard: MEMORY,
    edits: [
      {
        file: 'src/broker/use-cases/local-consume.ts',
        find: 'read: (offset, maxBytes, upTo) => leader.log.read(offset, maxBytes, upTo),',
        replace:
          'read: (offset, maxBytes, upTo) => leader.log.view(offset, maxBytes, upTo) ?? leader.log.read(offset, maxBytes, upTo),',
      },
    ],
    test: BORROWED,
    dies: /what a reader holds stays as it was/,
    onRealProcesses: true,
  },
  {
    name: 'a batch that a follower begins with is not kept for it',
    hazard: MEMORY,
    edits: [
      {
        file: 'src/replication/replica-fetcher.ts',
        find: 'this.#startWithin(fetching, Buffer.from(bytes), fetched.log_start_offset);',
        replace: 'this.#startWithin(fetching, bytes, fetched.log_start_offset);',
      },
    ],
    test: FETCHING,
    dies: /what a follower appends are batches/,
    hunt: { scenario: FETCHING },
  },
  {
    name: 'memory of others is taken into the pool',
    hazard: MEMORY,
    edits: [
      {
        file: 'src/platform/buffer-pool.ts',
        find: 'if (!(memory instanceof ArrayBuffer) || !this.#out.delete(memory)) return;',
        replace: 'if (!(memory instanceof ArrayBuffer)) return;',
      },
    ],
    test: 'dist/test/platform/buffer-pool.test.js',
    dies: /it is free already/,
    onRealProcesses: true,
  },
];
