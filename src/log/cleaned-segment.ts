import type { Offset } from '../common/ids.js';
import type { File } from '../platform/file-system.js';
import { batchLastOffset, batchMaxTimestamp } from '../record/batch-header.js';
import { CLEANED_SUFFIX } from './file-names.js';
import type { LogState } from './log-state.js';
import { Segment } from './segment.js';
import { dropCleaned, prepareSwap } from './swap.js';

/** Batches are written in pieces of about this size. */
const WRITE_BYTES = 256 * 1024;

/** A segment that is to take the place of others, while it is written beside them. */
export class CleanedSegment {
  readonly segment: Segment;
  readonly #state: LogState;
  readonly #file: File;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  constructor(state: LogState, segment: Segment, file: File) {
    this.#state = state;
    this.segment = segment;
    this.#file = file;
  }

  /** Takes the batch, whose bytes stay as they are. */
  async add(batch: Buffer): Promise<void> {
    const { indexIntervalBytes } = this.#state.config;
    this.segment.add(batch.length, batchLastOffset(batch, 0), batchMaxTimestamp(batch, 0), indexIntervalBytes);
    this.#pending.push(batch);
    this.#pendingBytes += batch.length;
    if (this.#pendingBytes >= WRITE_BYTES) await this.write();
  }

  async write(): Promise<void> {
    if (this.#pendingBytes === 0) return;
    const buffers = this.#pending;
    await this.#state.services.tryTo(() => this.#file.write(buffers, this.segment.writtenBytes));
    this.segment.writtenBytes += this.#pendingBytes;
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

/**
 * The new segment of what `fill` puts into it, ready to be swapped in; its log file is `<log path>.cleaned`. When it cannot be
 * finished nothing of it stays: what fails is tried again from the start, some other time, and must not take the room
 * meanwhile.
 */
export async function writeCleaned(
  state: LogState,
  place: { readonly baseOffset: Offset; readonly folder: string; readonly createdMs: number },
  fill: (cleaned: CleanedSegment) => Promise<void>,
): Promise<Segment> {
  const { services } = state;
  const { baseOffset, folder, createdMs } = place;
  const segment = Segment.empty({ baseOffset, folder, createdMs, rollJitterMs: 0 });
  try {
    await writeLog(state, segment, fill);
    segment.finishTimeIndex();
    await services.tryTo(() => prepareSwap(state, segment));
  } catch (error) {
    if (!services.offline) await services.tryTo(() => dropCleaned(state, segment));
    throw error;
  }
  return segment;
}

/** Writes the log file, synced. */
async function writeLog(
  state: LogState,
  segment: Segment,
  fill: (cleaned: CleanedSegment) => Promise<void>,
): Promise<void> {
  const { services } = state;
  const { fileSystem } = services.platform;
  const path = segment.logPath + CLEANED_SUFFIX;
  await services.tryTo(() => fileSystem.unlink(path));
  const file = await services.tryTo(() => fileSystem.open(path, 'write'));
  try {
    const cleaned = new CleanedSegment(state, segment, file);
    await fill(cleaned);
    await cleaned.write();
    await services.tryTo(() => services.syncLargeFile(path, file));
  } finally {
    await file.close();
  }
}
