import type { FileSystem } from '../../platform/file-system.js';
import { CommandError } from '../command-error.js';
import type { Surroundings } from '../surroundings.js';
import { dumpOffsetIndex, dumpTimeIndex, dumpTransactionIndex } from './index-dump.js';
import { Printer } from './printer.js';
import { dumpBatches, dumpSegment } from './segment-dump.js';
import { dumpCheckpoint, dumpProducerSnapshot, dumpProperties } from './state-dump.js';

export interface DumpOptions {
  /** Print every record. */
  readonly records?: boolean;
  /** Print problems alone. */
  readonly verify?: boolean;
  readonly json?: boolean;
}

const SEGMENT_FILE = /^(\d{20})\.(log|index|timeindex|txnindex|snapshot)$/;
/** Of a KRaft metadata log: `<end offset>-<epoch>`, or what it was founded with. */
const SNAPSHOT_FILE = /^(?:bootstrap|(\d{20})-(\d{10}))\.checkpoint$/;
const EPOCHS = 'leader-epoch-checkpoint';
const OFFSETS = ['recovery-point', 'replication', 'log-start', 'cleaner'].map((name) => `${name}-offset-checkpoint`);
const PROPERTIES = ['partition.metadata', 'meta.properties'];

/** Prints files of a log directory and verifies them; rejects with a CommandError when something is wrong with one. */
export async function dumpLog(
  surroundings: Surroundings,
  paths: readonly string[],
  options: DumpOptions,
): Promise<void> {
  const platform = await surroundings.openPlatform({ logLevel: 'silent' });
  try {
    const { fileSystem } = platform;
    const printer = new Printer(surroundings.stdout, {
      json: options.json === true,
      problemsOnly: options.verify === true,
    });
    let files = 0;
    for (const path of paths) {
      for (const file of await filesOf(fileSystem, path)) {
        await printer.startFile(file);
        await dumpFile(fileSystem, file, { records: options.records === true }, printer);
        files += 1;
      }
    }
    if (printer.problems > 0) {
      const count = printer.problems === 1 ? '1 problem' : `${printer.problems} problems`;
      throw new CommandError(
        `${count} in ${files} ${files === 1 ? 'file' : 'files'}.`,
        'A node mends indexes by itself, and refetches damaged batches from another replica.',
      );
    }
    if (options.verify && !options.json) surroundings.stdout.write(`${files} files, no problem.\n`);
  } finally {
    await platform.close();
  }
}

/** The file itself, or those of a folder that can be dumped. */
async function filesOf(fileSystem: FileSystem, path: string): Promise<string[]> {
  const stat = await fileSystem.stat(path);
  if (stat === undefined) throw new CommandError(`There is no ${path}.`, 'Name a file or a partition folder.');
  const trimmed = path.length > 1 ? path.replace(/\/+$/, '') : path;
  if (!stat.isDirectory) {
    if (!canDump(baseName(trimmed))) {
      throw new CommandError(
        `${path} has no name of a log's file.`,
        `Known: <20-digit offset>.log, .index, .timeindex, .txnindex, .snapshot; bootstrap.checkpoint, <offset>-<epoch>.checkpoint; ${[EPOCHS, ...OFFSETS, ...PROPERTIES].join(', ')}`,
      );
    }
    return [trimmed];
  }
  const names = (await fileSystem.readDirectory(trimmed)).filter(canDump);
  if (names.length === 0) throw new CommandError(`No file in ${path} belongs to a log.`, 'Name a partition folder.');
  return names.map((name) => `${trimmed}/${name}`);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function canDump(name: string): boolean {
  return (
    SEGMENT_FILE.test(name) ||
    SNAPSHOT_FILE.test(name) ||
    name === EPOCHS ||
    OFFSETS.includes(name) ||
    PROPERTIES.includes(name)
  );
}

async function dumpFile(
  fileSystem: FileSystem,
  path: string,
  options: { readonly records: boolean },
  printer: Printer,
): Promise<void> {
  const name = baseName(path);
  const match = SEGMENT_FILE.exec(name);
  const offset = Number(match?.[1] ?? 0);
  if (!Number.isSafeInteger(offset)) {
    await printer.problem('the offset in the name is beyond 2^53.');
    return;
  }
  const snapshot = SNAPSHOT_FILE.exec(name);
  if (snapshot !== null) {
    const [, end, epoch] = snapshot;
    await printer.note(
      end === undefined ? 'KRaft bootstrap snapshot' : `Snapshot end offset: ${Number(end)}, epoch: ${Number(epoch)}`,
    );
    return dumpBatches(fileSystem, path, 0, options, printer);
  }
  switch (match?.[2]) {
    case 'log':
      return dumpSegment(fileSystem, path, offset, options, printer);
    case 'index':
      return dumpOffsetIndex(fileSystem, path, offset, printer);
    case 'timeindex':
      return dumpTimeIndex(fileSystem, path, offset, printer);
    case 'txnindex':
      return dumpTransactionIndex(fileSystem, path, printer);
    case 'snapshot':
      return dumpProducerSnapshot(fileSystem, path, printer);
    default:
      if (name === EPOCHS) return dumpCheckpoint(fileSystem, path, ['epoch', 'startOffset'], printer);
      if (PROPERTIES.includes(name)) return dumpProperties(fileSystem, path, printer);
      return dumpCheckpoint(fileSystem, path, ['topic', 'partition', 'offset'], printer);
  }
}
