import type { Mutant } from './mutant.js';

const KEPT = 'dist/test/simulation/kept-files.test.js';
const LOWERED_OFFSETS = 'dist/test/log/lowered-offsets.test.js';
const RETRY = 'a retry goes to another node after a fail-over';
const SYNC = 'an acknowledgement before the bytes are on stable storage';
const MARKED = 'a tail that was acknowledged is damaged while its node is down, and looks like a torn write';

const STORED_AGAIN = /seed \d+: a retry is stored a second time/;

/**
 * What stands beside the records, and what a promise hangs on, too: what the log knows of producers whose records are gone,
 * its marks, and what a quorum's replica has promised. And the syncs that relaxed topics have.
 */
export const KEPT_MUTANTS: readonly Mutant[] = [
  {
    name: 'what is known of producers whose records go is not synced',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/log-services.ts',
        find: '      await file.truncate(content.length);\n      await this.syncFile(path, file);\n',
        replace: '      await file.truncate(content.length);\n',
      },
    ],
    test: KEPT,
    dies: STORED_AGAIN,
    hunt: { scenario: KEPT },
  },
  {
    name: 'what is known of producers whose records go is not synced by name',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/segment-list.ts',
        find: '    await write?.();\n    await this.#services.platform.fileSystem.syncDirectory(this.folder);\n',
        replace: '    await write?.();\n',
      },
    ],
    test: KEPT,
    dies: STORED_AGAIN,
    hunt: { scenario: KEPT },
  },
  {
    name: 'nothing is kept of producers whose records go',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/segment-list.ts',
        find: '    if (this.#unwritten.has(offset)) await this.#writePrepared(offset);\n',
        replace: '',
      },
    ],
    test: KEPT,
    dies: STORED_AGAIN,
    hunt: { scenario: KEPT },
  },
  {
    name: 'a truncation keeps nothing of producers before it removes',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/truncation.ts',
        find: '    if (areOwn) await state.segments.keepProducers(offset, state.producers);\n',
        replace: '',
      },
    ],
    test: KEPT,
    dies: STORED_AGAIN,
    hunt: { scenario: KEPT },
  },
  {
    name: 'snapshots that lack producers are not synced away',
    hazard: RETRY,
    edits: [
      {
        file: 'src/log/segment-list.ts',
        find: '    await this.#services.platform.fileSystem.syncDirectory(this.folder);\n    await this.#services.platform.fileSystem.unlink(`${this.folder}/${DAMAGE_MARK}`);\n',
        replace: '    await this.#services.platform.fileSystem.unlink(`${this.folder}/${DAMAGE_MARK}`);\n',
      },
    ],
    test: KEPT,
    dies: STORED_AGAIN,
    hunt: { scenario: KEPT },
  },
  {
    name: 'flush.ms syncs nothing',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-writer.ts',
        find: '      try {\n        await this.#services.syncFile(segment.logPath, lease.file);\n      } finally {',
        replace: '      try {\n        void segment.logPath;\n      } finally {',
      },
    ],
    test: KEPT,
    dies: /seed \d+: 1 was durable, 0 is left/,
    hunt: { scenario: KEPT },
  },
  {
    name: 'a folder that was found without its topic id is not synced by name',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-opener.ts',
        find: '    await options.syncParent();\n  }\n  const leftovers',
        replace: '  }\n  const leftovers',
      },
    ],
    test: KEPT,
    dies: /seed \d+: 6 was durable, 0 is left/,
    hunt: { scenario: KEPT },
  },
  {
    name: 'the mark of gaps is not synced',
    hazard: MARKED,
    edits: [
      {
        file: 'src/log/segment-list.ts',
        find: '${GAPS_MARK}`, Buffer.alloc(0));\n    await this.#services.platform.fileSystem.syncDirectory(this.folder);\n',
        replace: '${GAPS_MARK}`, Buffer.alloc(0));\n',
      },
    ],
    test: KEPT,
    dies: /seed \d+: 4 was durable, 1 is left/,
    hunt: { scenario: KEPT },
  },
  {
    name: 'a new quorum-state gets its name before its content is synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/quorum-state.ts',
        find: '      await file.sync();\n    } catch',
        replace: '    } catch',
      },
    ],
    test: KEPT,
    dies: /seed \d+: VarveError: The Raft store is damaged: neither slot/,
    hunt: { scenario: KEPT },
  },
  {
    name: 'quorum-state alone is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/quorum-state.ts',
        find: '    await this.#file.sync();\n    this.#sequence = sequence;',
        replace: '    this.#sequence = sequence;',
      },
    ],
    test: KEPT,
    dies: /seed \d+: VarveError: The Raft store is damaged: it ends at entry 3/,
    hunt: { scenario: KEPT },
  },
  {
    name: 'a truncation leaves what was committed and clean as it is on disk',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: '        await checkpoints.highWatermarks.save();\n        await checkpoints.cleanedOffsets.save();\n',
        replace: "        if (path === '') await checkpoints.highWatermarks.save();\n",
      },
    ],
    test: LOWERED_OFFSETS,
    dies: /committed up to \d+|clean up to \d+/,
    hunt: { scenario: LOWERED_OFFSETS },
  },
];
