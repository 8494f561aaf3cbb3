import type { Mutant } from './mutant.js';

const POWER = 'dist/test/simulation/cluster-power-1.test.js';
const LOG_LIVES = 'dist/test/simulation/log.test.js';
const LOG_MODEL = 'dist/test/log/model.test.js';
const RAFT_NODE = 'dist/test/raft/node.test.js';
const SYNC = 'an acknowledgement before the bytes are on stable storage';

/** Syncs that an acknowledgement depends on. */
export const SYNC_MUTANTS: readonly Mutant[] = [
  {
    name: 'appends are not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-writer.ts',
        find: 'if (sync) await this.#services.syncFile(segment.logPath, lease.file);',
        replace: '',
      },
    ],
    test: POWER,
    dies: /lost-write.*/,
  },
  {
    name: "a new log file's folder is not synced",
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-writer.ts',
        find: '        await this.#services.platform.fileSystem.syncDirectory(segment.folder);\n',
        replace: '',
      },
    ],
    test: POWER,
    dies: /lost-write.*/,
  },
  {
    name: "a new partition's folder is not synced",
    hazard: SYNC,
    edits: [{ file: 'src/log/log-opener.ts', find: '    await options.syncParent();\n', replace: '' }],
    test: POWER,
    dies: /lost-write.*/,
  },
  {
    name: 'small files are not synced',
    hazard: SYNC,
    edits: [{ file: 'src/platform/file-system.ts', find: '    await file.sync();\n', replace: '' }],
    test: POWER,
    dies: /lost-write.*/,
  },
  {
    name: "small files' folders are not synced",
    hazard: SYNC,
    edits: [
      {
        file: 'src/platform/file-system.ts',
        find: "  await fileSystem.syncDirectory(path.slice(0, Math.max(1, path.lastIndexOf('/'))));\n",
        replace: '',
      },
    ],
    test: POWER,
    dies: /lost-write.*/,
  },
  {
    name: 'recovery does not sync what it found',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-opener.ts',
        find: '    await syncSegment(services, segments.at(index));\n',
        replace: '    if (index < 0) await syncSegment(services, segments.at(index));\n',
      },
    ],
    test: LOG_LIVES,
    dies: /was durable, \d+ is left|a batch at \d+ is followed by one at \d+/,
  },
  {
    name: 'a truncation is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/truncation.ts',
        find: '    await state.services.syncFile(segment.logPath, lease.file);\n',
        replace: '',
      },
    ],
    test: LOG_MODEL,
    dies: /the end is a boundary of batches/,
  },
  {
    name: 'the Raft store is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/raft-storage.ts',
        find: 'await this.#store.write(writes, { sync: true });',
        replace: 'await this.#store.write(writes, { sync: false });',
      },
    ],
    test: RAFT_NODE,
    dies: /not ok.*/,
  },
  {
    name: 'the Raft store and quorum-state are not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/raft-storage.ts',
        find: 'await this.#store.write(writes, { sync: true });',
        replace: 'await this.#store.write(writes, { sync: false });',
      },
      { file: 'src/raft/storage/quorum-state.ts', find: '    await this.#file.sync();\n', replace: '' },
    ],
    test: RAFT_NODE,
    dies: /not ok.*/,
  },
  {
    name: 'quorum-state is made without a sync',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/quorum-state.ts',
        find: '    await fileSystem.syncDirectory(directory);\n',
        replace: '    void directory;\n',
      },
    ],
    test: RAFT_NODE,
    dies: /not ok.*/,
  },
  {
    name: "the Raft folder's parents are not synced",
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/raft-storage.ts',
        find: '  for (const parent of parents) await fileSystem.syncDirectory(parent);\n',
        replace: '',
      },
    ],
    test: RAFT_NODE,
    dies: /not ok.*/,
  },
  {
    name: 'snapshot pieces are not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/raft-storage.ts',
        find: "{ type: 'put', key, value: records.encodeChunk(key, data) }], { sync: true });",
        replace: "{ type: 'put', key, value: records.encodeChunk(key, data) }], { sync: false });",
      },
    ],
    test: 'dist/test/raft/hazards.test.js',
    dies: /a piece of it is lost/,
  },
];
