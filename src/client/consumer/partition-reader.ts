import { topicPartitionKey } from '../../common/ids.js';
import type { RecordSource } from './consumer-record.js';
import { ReadEpochs } from './read-epochs.js';

/** Where to start: an end of the partition, a point in time, or an offset. */
export type StartPosition = 'earliest' | 'latest' | { readonly timestamp: number } | bigint | number;

/** One partition that a consumer reads, and how far it is. */
export class PartitionReader<Key, Value> {
  readonly source: RecordSource<Key, Value>;
  readonly key: string;
  /** Of the topic that its offsets are of; empty while it is not known. */
  topicId = '';
  /** Set while the start is still to be asked for. */
  start: Exclude<StartPosition, bigint | number> | undefined;
  isStartAsked = false;
  /** The next offset to hand to the program; position <= fetchOffset, except in doubt. */
  position = 0;
  /** The next offset to come from the leader. */
  fetchOffset = 0;
  /** Where a reset has put it: what it was handed on from before that is behind it, and not to be asked for again. */
  resetOffset = 0;
  /** What the program has of these offsets is gone if anything is there: they are read again to see. `epoch`: of its last one. */
  doubt: { readonly from: number; readonly to: number; readonly epoch: number } | undefined;
  /** Of what was received. */
  readonly epochs = new ReadEpochs();
  /** Changes with each position that is sent: answers to older ones are dropped. */
  positionId = 0;
  highWatermark = -1;
  isPaused = false;
  /** The stream that it is on; empty for none. */
  streamKey = '';
  /** The leader epoch that it was put on the stream with. */
  streamEpoch = -1;
  failures = 0;
  retryAtMs = 0;
  /** Since when it has an error that may mend itself; undefined: it has none. */
  troubledSinceMs: number | undefined;
  /** That error lasted, and was told. */
  isTroubleTold = false;
  /** Off, with an error that is told, until a seek, or until an iteration has it tried again. */
  hasFailed = false;
  /** Its offsets are of a topic that was deleted; another one has its name. */
  isOfOldTopic = false;

  constructor(source: RecordSource<Key, Value>) {
    this.source = source;
    this.key = topicPartitionKey(source.topic, source.partition);
  }

  get topic(): string {
    return this.source.topic;
  }

  get partition(): number {
    return this.source.partition;
  }

  /** Whether records should be flowing. */
  get isWanted(): boolean {
    return this.start === undefined && !this.isPaused && !this.hasFailed;
  }

  /** All is well with it, or it is somewhere else now. */
  forgetTrouble(): void {
    this.troubledSinceMs = undefined;
    this.isTroubleTold = false;
  }

  moveTo(offset: number): void {
    this.position = offset;
    this.resetOffset = 0;
    this.doubt = undefined;
    this.stepBack();
    this.epochs.cutTo(0);
  }

  /** The record below its offset was read before, with the leader epoch `epoch`. */
  resumeAfter(epoch: number): void {
    if (this.start === undefined && this.position > 0) this.epochs.add(epoch, this.position - 1);
  }

  /** To what was handed on. */
  stepBack(): void {
    this.start = undefined;
    this.fetchOffset = this.doubt?.from ?? Math.max(this.position, this.resetOffset);
    this.epochs.cutTo(this.fetchOffset);
    this.failures = 0;
    this.retryAtMs = 0;
  }
}
