import type { Offset } from '../common/ids.js';
import { topicPartitionKey } from '../common/ids.js';
import { writeFileAtomically } from '../platform/file-system.js';
import type { CheckpointEntry } from './checkpoint-files.js';
import { formatOffsetCheckpoint, parseOffsetCheckpoint } from './checkpoint-files.js';
import type { LogServices } from './log-services.js';
import { SharedRun } from './shared-run.js';

/**
 * One of the checkpoint files of a log directory, which hold an offset for each log. Entries of logs that are not open
 * are kept. Writes follow one another, and whoever asks while one waits shares it.
 */
export class CheckpointStore {
  readonly #services: LogServices;
  readonly #path: string;
  readonly #entries: Map<string, CheckpointEntry>;
  /** Takes the current offsets of the open logs into `#entries`. */
  readonly #collect: (store: CheckpointStore) => Promise<void> | void;
  /** What the file holds, as far as is known. */
  #written: ReadonlyMap<string, CheckpointEntry>;
  #changed = false;
  readonly #writing = new SharedRun(() => this.#write());

  private constructor(options: {
    services: LogServices;
    path: string;
    entries: Map<string, CheckpointEntry>;
    collect: (store: CheckpointStore) => Promise<void> | void;
  }) {
    this.#services = options.services;
    this.#path = options.path;
    this.#entries = options.entries;
    this.#written = new Map(options.entries);
    this.#collect = options.collect;
  }

  /** A missing or damaged file has no entries. */
  static async open(options: {
    services: LogServices;
    path: string;
    collect: (store: CheckpointStore) => Promise<void> | void;
  }): Promise<CheckpointStore> {
    const content = await options.services.readFileIfThere(options.path);
    const entries = content && parseOffsetCheckpoint(content);
    if (content !== undefined && content.length > 0 && entries === undefined) {
      options.services.platform.logger.warn(
        { path: options.path },
        'A checkpoint file is damaged and was passed over.',
      );
    }
    return new CheckpointStore({ ...options, entries: entries ?? new Map() });
  }

  get(topic: string, partition: number): Offset | undefined {
    return this.#entries.get(topicPartitionKey(topic, partition))?.offset;
  }

  /** What the file has of it; undefined for nothing. */
  written(topic: string, partition: number): Offset | undefined {
    return this.#written.get(topicPartitionKey(topic, partition))?.offset;
  }

  set(topic: string, partition: number, offset: Offset): void {
    const key = topicPartitionKey(topic, partition);
    if (this.#entries.get(key)?.offset === offset) return;
    this.#entries.set(key, { topic, partition, offset });
    this.#changed = true;
  }

  /** True where there was an entry. */
  delete(topic: string, partition: number): boolean {
    const isThere = this.#entries.delete(topicPartitionKey(topic, partition));
    if (isThere) this.#changed = true;
    return isThere;
  }

  /** Deletes the entries that `isGone` names; true where there were any. */
  forget(isGone: (topic: string, partition: number) => boolean): boolean {
    const gone = [...this.#entries.values()].filter((entry) => isGone(entry.topic, entry.partition));
    for (const { topic, partition } of gone) this.delete(topic, partition);
    return gone.length > 0;
  }

  /** Resolves when the file holds offsets at least as new as those at the call. */
  save(): Promise<void> {
    return this.#writing.run();
  }

  async #write(): Promise<void> {
    await this.#collect(this);
    if (!this.#changed) return;
    this.#changed = false;
    const entries = new Map(this.#entries);
    try {
      const content = formatOffsetCheckpoint([...entries.values()]);
      await writeFileAtomically(this.#services.platform.fileSystem, this.#path, content);
      this.#written = entries;
    } catch (error) {
      this.#changed = true;
      throw error;
    }
  }
}
