import type { Mutant } from './mutant.js';

const POWER = 'dist/test/simulation/cluster-power-1.test.js';
const STABLE_STORAGE = 'dist/test/simulation/stable-storage.test.js';
const CONCURRENT_READS = 'dist/test/log/concurrent-reads.test.js';
const COMPACTION = 'dist/test/simulation/compaction.test.js';
const LOG_MODEL = 'dist/test/log/model.test.js';
const LOG_LIVES = 'dist/test/simulation/log-lives.test.js';
const RECOVERY = 'dist/test/simulation/durable-recovery.test.js';
const RAFT_NODE = 'dist/test/raft/node.test.js';
const DISK_FAULTS = 'dist/test/log/disk-faults.test.js';
const SYNC = 'an acknowledgement before the bytes are on stable storage';

const COMES_BACK =
  /(?:power lost on all nodes at once loses nothing that was acknowledged|one node is a whole cluster, and comes back with its log)/;

/** What the scenarios of stable storage are judged by. */
const OF_STORAGE = /seed \d+: \d+ was durable, \S+/;

/** What the lives of a log are judged by. */
const OF_LIVES =
  /\d+ was durable, \d+ is left|nothing is left of \d+ to \d+|what stands at \d+ is not what was appended|what was never synced passes for damage|the log begins at \d+, and nobody deleted|is damaged at byte \d+|The batch at offset \d+ is damaged/;

/** What a compaction is judged by. */
const IN_COMPACTION =
  /seed \d+: (?:the last record of \d+ keys is gone|it ends at \d+, not \d+|it is taken for a damaged one|good bytes are taken for damage)/;

/**
 * Syncs that an acknowledgement depends on (those beside the records are in kept-mutants.ts). Not here, because a crash
 * without them costs work and no records: those of indexes, of the epochs, and of producer snapshots whose batches are
 * there (recovery makes them anew from the batches), of a file that recovery cut (it is synced again as one that recovery
 * read), and of the markers of a clean stop. Nor two that others do again at once: that of the folder behind a recovery
 * (recovery-sync.ts; a recovered log's epochs are behind, and their checkpoint is written, which syncs the folder), and that
 * of it when snapshots go before damage is given up (give-up.ts; a swap syncs the folder before it is decided).
 */
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
    dies: /(?:lost-write|inconsistent-offsets|unseen): \d+/,
    hunt: {
      dies: /with its log's end at \d+, but the high watermark was \d+|of its ISR has synced \d+|(?:lost-write|inconsistent-offsets|unseen): \d+/,
    },
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
    test: STABLE_STORAGE,
    dies: /a new log, and each segment of it, is found again/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: "a new partition's folder is not synced",
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-opener.ts',
        find: '  await options.syncParent();\n  return { names: [], isNew: true };\n',
        replace: '  return { names: [], isNew: true };\n',
      },
    ],
    test: STABLE_STORAGE,
    dies: /a new log, and each segment of it, is found again/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'small files are not synced',
    hazard: SYNC,
    edits: [{ file: 'src/platform/file-system.ts', find: '    await file.sync();\n', replace: '' }],
    test: POWER,
    dies: /records are acknowledged again/,
    hunt: { scenario: STABLE_STORAGE, dies: OF_STORAGE },
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
    test: LOG_MODEL,
    dies: /nothing is taken for damage/,
    hunt: { scenario: LOG_LIVES, dies: OF_LIVES },
  },
  {
    name: 'recovery does not sync what it found',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/recovery-sync.ts',
        find: 'await (recovered.syncFailed ? rewriteSegment : syncSegment)(services, segments.at(index));',
        replace:
          'if (recovered.syncFailed) await (index < 0 ? syncSegment : rewriteSegment)(services, segments.at(index));',
      },
    ],
    test: STABLE_STORAGE,
    dies: /what recovery found in the page cache alone is durable once the log says so/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'a start that was given up passes for a clean stop',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: '    if (!(await this.#isRecovered())) return;\n',
        replace: '    await this.#isRecovered();\n',
      },
    ],
    test: 'dist/test/log/partition-log.test.js',
    dies: /a start that (?:ends before it has opened the logs of a crash|is given up before its logs are open)/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'a log that starts over lower keeps its former start',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/truncation.ts',
        find: 'if (isLower) await state.services.saveStartOffsets();',
        replace: 'void isLower;',
      },
    ],
    test: LOG_MODEL,
    dies: /nothing is taken for deleted/,
    hunt: { scenario: LOG_LIVES, dies: OF_LIVES },
  },
  {
    name: "a deleted log's checkpoints stay",
    hazard: 'a topic is deleted and made again while a replica is down',
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: 'const isSaved = !isNoted || (await this.#tryToCheckpoint());',
        replace: 'const isSaved = !isNoted || this.#tryToCheckpoint !== undefined;',
      },
    ],
    test: 'dist/test/log/deletion.test.js',
    dies: /checkpoints of a deleted log are not taken for those of the next one of its name/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: "a deleted log's checkpoints stay where the disk was full",
    hazard: 'a topic is deleted and made again while a replica is down',
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: 'if (this.#checkpoints.forget(isGone)) {',
        replace: 'if (deleted.every((name) => isGone(name, -1))) {',
      },
    ],
    test: 'dist/test/log/full-disk.test.js',
    dies: /those of a deleted log are not those of the next of its name|a full disk did not take what they say without it/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'what is swapped in is read from the old file',
    hazard: 'reads find what compaction keeps, while it exchanges the segments under them',
    edits: [
      {
        file: 'src/log/segment.ts',
        find: 'return this.path(this.isSwapping ? LOG_SUFFIX + SWAP_SUFFIX : LOG_SUFFIX);',
        replace: 'return this.path(LOG_SUFFIX + SWAP_SUFFIX.slice(SWAP_SUFFIX.length));',
      },
    ],
    test: CONCURRENT_READS,
    dies: /seed \d+: the record that is its key's last|reads and the scrub find what compaction keeps/,
    hunt: { scenario: COMPACTION, dies: /seed \d+: a read of \d+ found -?\d+|is damaged at byte \d+/ },
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
    hunt: { scenario: LOG_LIVES, dies: OF_LIVES },
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
    dies: COMES_BACK,
    hunt: { scenario: STABLE_STORAGE, dies: OF_STORAGE },
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
    dies: COMES_BACK,
    hunt: { scenario: STABLE_STORAGE, dies: OF_STORAGE },
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
    dies: COMES_BACK,
    hunt: { scenario: STABLE_STORAGE, dies: OF_STORAGE },
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
    test: STABLE_STORAGE,
    dies: /a new metadata log is found again/,
    hunt: { scenario: STABLE_STORAGE },
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
    test: 'dist/test/raft/core-hazards.test.js',
    dies: /a piece of it is lost|a snapshot that takes the place of entries is whole/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'a failed sync is tried again',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-services.ts',
        find: "throw new FileSystemError('io', path, `sync of",
        replace: "throw new FileSystemError('full', path, `sync of",
      },
    ],
    test: DISK_FAULTS,
    dies: /a failed sync is never retried: the directory goes offline with all its logs|what a failed sync was to store/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'removed segments are not synced away',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/segment-list.ts',
        find: '      await this.#services.platform.fileSystem.syncDirectory(this.folder);\n      if (segment.baseOffset !== kept.snapshot)',
        replace: '      if (segment.baseOffset !== kept.snapshot)',
      },
      {
        file: 'src/log/truncation.ts',
        find: '      await state.services.platform.fileSystem.syncDirectory(state.folder);\n',
        replace: '',
      },
    ],
    test: LOG_MODEL,
    dies: /\d+ of \d+ kept \(\w+\)|the end is a boundary of batches|all of \d+ to \d+|nothing is taken for damage/,
    hunt: { scenario: LOG_LIVES, dies: OF_LIVES },
  },
  {
    name: 'the file of an emptied log is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/segment-list.ts',
        find: '    await this.#services.writeFile(segment.logPath, Buffer.alloc(0));\n    await this.#services.platform.fileSystem.syncDirectory(this.folder);\n',
        replace: '    await this.#services.writeFile(segment.logPath, Buffer.alloc(0));\n',
      },
    ],
    test: LOG_MODEL,
    dies: /\d+ of \d+ kept \(\w+\)/,
    hunt: { scenario: LOG_LIVES, dies: OF_LIVES },
  },
  {
    name: "the log directory's parents are not synced",
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: '  for (const folder of made) await fileSystem.syncDirectory(parentOf(folder));\n',
        replace: '  if (made.length < 0) await fileSystem.syncDirectory(parentOf(path));\n',
      },
    ],
    test: STABLE_STORAGE,
    dies: /a new log, and each segment of it, is found again/,
    hunt: { scenario: STABLE_STORAGE },
  },
  {
    name: 'a cleaned segment is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/cleaned-segment.ts',
        find: '    await services.tryTo(() => services.syncLargeFile(path, file));\n',
        replace: '',
      },
    ],
    test: COMPACTION,
    dies: IN_COMPACTION,
    hunt: { scenario: COMPACTION },
  },
  {
    name: 'a swap is not synced once it is decided',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/swap.ts',
        find: '      }\n      await fileSystem.syncDirectory(state.folder);\n',
        replace: '      }\n',
      },
    ],
    test: COMPACTION,
    dies: IN_COMPACTION,
    hunt: { scenario: COMPACTION },
  },
  {
    // Each sync of their names covers for the other, where the other is not the one that the power was lost at.
    name: 'the indexes of a swap are not synced by name',
    hazard: 'reads find what compaction keeps, while it exchanges the segments under them',
    edits: [
      {
        file: 'src/log/swap.ts',
        find: '  await writeIndexes(state.services, cleaned);\n  await fileSystem.syncDirectory(state.folder);\n',
        replace: '  await writeIndexes(state.services, cleaned);\n',
      },
      {
        file: 'src/log/swap.ts',
        find: '    await fileSystem.syncDirectory(folder);\n    await fileSystem.rename(path + LOG_SUFFIX + SWAP_SUFFIX',
        replace: '    await fileSystem.rename(path + LOG_SUFFIX + SWAP_SUFFIX',
      },
    ],
    test: COMPACTION,
    dies: IN_COMPACTION,
    hunt: { scenario: COMPACTION },
  },
  {
    name: 'what mends damage is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/damage.ts',
        find: '        await state.services.syncFile(damage.segment.logPath, lease.file);\n',
        replace: '',
      },
    ],
    test: RECOVERY,
    dies: /seed \d+: 10 was durable/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: 'a segment that is written anew is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/recovery-sync.ts',
        find: '      await services.syncLargeFile(copyPath, copy);\n',
        replace: '',
      },
    ],
    test: RECOVERY,
    dies: /what recovery wrote anew after a failed sync|seed \d+: 3 was durable/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: "what an earlier start left in the log directory's folder is not synced",
    hazard: SYNC,
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: '    await platform.fileSystem.syncDirectory(path);\n    const syncFailed',
        replace: '    const syncFailed',
      },
    ],
    test: RECOVERY,
    dies: /seed \d+: 6 was durable, 3 is left/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: 'the renaming of a deleted log is not synced',
    hazard: 'a topic is deleted and made again while a replica is down',
    edits: [
      {
        file: 'src/log/log-directory.ts',
        find: '      await this.#rootSync.run();\n',
        replace: '',
      },
    ],
    test: RECOVERY,
    dies: /nothing of a log that was deleted is in the next one of its name|seed \d+: \d+ records/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: 'the mark of a cut log is not synced',
    hazard: 'a tail that was acknowledged is damaged while its node is down, and looks like a torn write',
    edits: [
      {
        file: 'src/log/log-opening.ts',
        find: '  await services.platform.fileSystem.syncDirectory(options.folder);\n',
        replace: '',
      },
    ],
    test: RECOVERY,
    dies: /seed \d+: it ends at \d+/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: 'the metadata log that an earlier start left is not synced',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/quorum-state.ts',
        find: '    await fileSystem.syncDirectory(directory);\n',
        replace: '    if (found === undefined) await fileSystem.syncDirectory(directory);\n',
      },
    ],
    test: RECOVERY,
    dies: /seed \d+: 3 was durable/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: 'what quorum-state shows at a start is not written anew',
    hazard: SYNC,
    edits: [
      {
        file: 'src/raft/storage/quorum-state.ts',
        find: '    const temporary = `${path}.tmp`;\n',
        replace: [
          '    if (found !== undefined) {',
          '      await fileSystem.syncDirectory(directory);',
          "      return new QuorumStateFile(await fileSystem.open(path, 'write'), found.sequence, found.state);",
          '    }',
          '    const temporary = `${path}.tmp`;\n',
        ].join('\n'),
      },
    ],
    test: RECOVERY,
    dies: /seed \d+: 2 was durable/,
    hunt: { scenario: RECOVERY },
  },
  {
    name: 'compaction waits for no unsynced segment',
    hazard: 'compaction copies a segment of which the disk has not everything yet',
    edits: [
      {
        file: 'src/log/compaction.ts',
        find: 'const firstUnsynced = segments.at(segments.indexOf(state.writer.syncedOffset));',
        replace:
          'const firstUnsynced = segments.at(Math.max(segments.indexOf(state.writer.syncedOffset), segments.count - 1));',
      },
    ],
    test: COMPACTION,
    dies: /segments are exchanged once they are synced|seed \d+: the last record of \d+ keys is gone/,
    hunt: { scenario: COMPACTION },
  },
  {
    name: 'producers are replayed over damage that nobody has found',
    hazard: 'a retry goes to another node after a fail-over',
    edits: [
      {
        file: 'src/log/log-recovery.ts',
        find: '  for (; first > 0; first--) {',
        replace: '  for (; first < 0; first--) {',
      },
    ],
    test: RECOVERY,
    dies: /seed \d+: nobody hears of the damage/,
    hunt: { scenario: RECOVERY },
  },
];
