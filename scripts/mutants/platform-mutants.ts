import type { Mutant } from './mutant.js';

const SYNC = 'an acknowledgement before the bytes are on stable storage';

/** Mends in `platform/node`, in whose place the simulation has its own, and of what only it does: each dies by a test without. */
export const PLATFORM_MUTANTS: readonly Mutant[] = [
  {
    name: 'the real clock defers nothing',
    hazard: 'a false election because the event loop was busy',
    edits: [
      {
        file: 'src/platform/node/clock.ts',
        find: '    setImmediate(() => setImmediate(callback));\n',
        replace: '    callback();\n',
      },
    ],
    test: 'dist/test/platform/defer.test.js',
    dies: /what had arrived is delivered before the judgement/,
    onRealProcesses: true,
  },
  {
    name: 'a message lends its memory while some of its batches are unanswered',
    hazard: 'records that change on their way',
    edits: [
      {
        file: 'src/client/producer/node-stream.ts',
        find: 'if (message.unansweredCount === 0 && message.buffer !== undefined)',
        replace: 'if (message.unansweredCount >= 0 && message.buffer !== undefined)',
      },
    ],
    test: 'dist/test/client/node-stream.test.js',
    dies: /one of its batches is not answered/,
    onRealProcesses: true,
  },
  {
    name: 'all clients of a node share a connection',
    hazard: 'heartbeats and votes wait behind record batches',
    edits: [
      {
        file: 'src/platform/node/grpc-client.ts',
        find: "      'grpc.use_local_subchannel_pool': 1,\n",
        replace: '',
      },
    ],
    test: 'dist/test/platform/transport.test.js',
    dies: /clients of different channels do not/,
    onRealProcesses: true,
  },
  {
    name: 'two processes use one directory',
    hazard: 'a second process writes the logs of a first one that lives',
    edits: [
      {
        file: 'src/platform/node/directory-lock.ts',
        find: '  const folder = join(path, LOCK_FOLDER);\n',
        replace: '  const folder = join(path, `${LOCK_FOLDER}-${process.pid}`);\n',
      },
    ],
    test: 'dist/test/platform/file-system.test.js',
    dies: /the lock of a process that was killed is free at once/,
    onRealProcesses: true,
  },
  {
    name: 'the real sync of a file does nothing',
    hazard: SYNC,
    edits: [
      {
        file: 'src/platform/node/file-system.ts',
        find: 'fs.fdatasync(this.#descriptor, (error) => {',
        replace: 'fs.fstat(this.#descriptor, (error) => {',
      },
    ],
    test: 'dist/test/platform/file-system.test.js',
    dies: /what the system was asked for/,
    onRealProcesses: true,
  },
  {
    name: 'the real sync of a folder does nothing',
    hazard: SYNC,
    edits: [
      {
        file: 'src/platform/node/file-system.ts',
        find: 'fs.fsync(descriptor, (error) => {',
        replace: 'fs.fstat(descriptor, (error) => {',
      },
    ],
    test: 'dist/test/platform/file-system.test.js',
    dies: /what the system was asked for/,
    onRealProcesses: true,
  },
];
