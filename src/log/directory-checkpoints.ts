import type { Offset } from '../common/ids.js';
import { topicPartitionKey } from '../common/ids.js';
import { CheckpointStore } from './checkpoint-store.js';
import type { LogServices } from './log-services.js';
import type { PartitionLog } from './partition-log.js';

/**
 * When a topic of a thousand partitions is made, or a thousand leaders change, the epochs of as many logs are to be written, each
 * into a file of its own, in the place of what clients write. A round takes a part of them, first those that the round before left:
 * every log has its turn within `EPOCH_WRITE_ROUNDS`, a minute at the default interval. The recovery points of the others stay
 * meanwhile: after a crash more is read anew, and damage in it counts as above the recovery point (it is cut and reported).
 */
const MIN_EPOCH_WRITES = 32;
const EPOCH_WRITE_ROUNDS = 12;

/** What a directory notes of its logs in Kafka's checkpoint files. */
export class DirectoryCheckpoints {
  readonly recoveryPoints: CheckpointStore;
  readonly highWatermarks: CheckpointStore;
  readonly startOffsets: CheckpointStore;
  readonly cleanedOffsets: CheckpointStore;

  private constructor(stores: {
    readonly recoveryPoints: CheckpointStore;
    readonly highWatermarks: CheckpointStore;
    readonly startOffsets: CheckpointStore;
    readonly cleanedOffsets: CheckpointStore;
  }) {
    this.recoveryPoints = stores.recoveryPoints;
    this.highWatermarks = stores.highWatermarks;
    this.startOffsets = stores.startOffsets;
    this.cleanedOffsets = stores.cleanedOffsets;
  }

  /** Those in the folder `path`; they are to tell of `logs` as these are whenever they are saved. */
  static async open(
    services: LogServices,
    path: string,
    logs: ReadonlyMap<string, PartitionLog>,
  ): Promise<DirectoryCheckpoints> {
    const openStore = (name: string, offsetOf: (log: PartitionLog) => Offset | undefined): Promise<CheckpointStore> =>
      CheckpointStore.open({
        services,
        path: `${path}/${name}`,
        collect: (store) => {
          for (const log of logs.values()) {
            const offset = offsetOf(log);
            if (offset === undefined) store.delete(log.topic, log.partition);
            else store.set(log.topic, log.partition, offset);
          }
        },
      });
    const recoveryPoints = await CheckpointStore.open({
      services,
      path: `${path}/recovery-point-offset-checkpoint`,
      collect: recoveryPointRounds(logs),
    });
    return new DirectoryCheckpoints({
      recoveryPoints,
      highWatermarks: await openStore('replication-offset-checkpoint', (log) => log.highWatermark),
      startOffsets: await openStore('log-start-offset-checkpoint', (log) =>
        log.startOffset > log.firstOffsetOnDisk ? log.startOffset : undefined,
      ),
      cleanedOffsets: await openStore('cleaner-offset-checkpoint', (log) =>
        log.cleanedOffset > 0 ? log.cleanedOffset : undefined,
      ),
    });
  }

  async save(): Promise<void> {
    await this.recoveryPoints.save();
    await this.startOffsets.save();
    await this.highWatermarks.save();
    await this.cleanedOffsets.save();
  }

  /** Takes out what they have of logs that `isGone` names; true where that was anything, on disk until the next `save`. */
  forget(isGone: (topic: string, partition: number) => boolean): boolean {
    const forgot = this.#stores.map((store) => store.forget(isGone));
    return forgot.includes(true);
  }

  /** The same for one log, without a look at all the others. */
  forgetLog(topic: string, partition: number): boolean {
    const forgot = this.#stores.map((store) => store.delete(topic, partition));
    return forgot.includes(true);
  }

  get #stores(): readonly CheckpointStore[] {
    return [this.recoveryPoints, this.highWatermarks, this.startOffsets, this.cleanedOffsets];
  }
}

/** What takes the recovery points of the logs into their store, with each call as many as a round takes. */
function recoveryPointRounds(logs: ReadonlyMap<string, PartitionLog>): (store: CheckpointStore) => Promise<void> {
  let left = new Set<PartitionLog>();
  return async (store) => {
    const open = [...logs.values()];
    // The order in which they were left.
    const inTurn = [...left, ...open.filter((log) => !left.has(log))];
    let room = Math.max(MIN_EPOCH_WRITES, Math.ceil(open.length / EPOCH_WRITE_ROUNDS));
    const waiting = new Set<PartitionLog>();
    for (const log of inTurn) {
      const { topic, partition, syncedOffset } = log;
      const isGone = (): boolean => logs.get(topicPartitionKey(topic, partition)) !== log;
      if (isGone()) continue;
      const written = store.written(topic, partition);
      // Recovery reads no batch below the recovery point for its epoch: those on disk must cover all of that. Where
      // it rises they are written before it, and where a truncation lowered it, some other time: a crash in between
      // finds more of them than the log has, and what is beyond the recovery point is read anew.
      if (syncedOffset >= (written ?? 0) && !log.hasWrittenEpochs) {
        if (room === 0) {
          waiting.add(log);
          // Not what another round noted, and could not write: the log may have been cut since.
          if (written === undefined) store.delete(topic, partition);
          else store.set(topic, partition, written);
          continue;
        }
        room--;
        await log.writeEpochs();
        if (isGone()) continue;
      }
      store.set(topic, partition, Math.min(syncedOffset, log.syncedOffset));
    }
    // A round that fails takes nobody's turn.
    left = waiting;
  };
}
