/**
 * What clients did and saw, as plain data: the same for simulated clients and for real ones, written to JSON and read
 * back without loss. Values are unique within a partition; a partition is named `topic-index`.
 */
export interface Operation {
  /** One client of one sequential program: its operations stand in the order in which they were begun. */
  readonly process: number;
  readonly startMs: number;
  readonly endMs: number;
  /**
   * `ok`: acknowledged (a transaction: committed). `failed`: surely without effect (a transaction: aborted). `unknown`:
   * may have happened, may happen yet.
   */
  readonly outcome: 'ok' | 'failed' | 'unknown';
  /** The steps are one transaction. */
  readonly transactional?: boolean;
  readonly steps: readonly Step[];
}

export type Step = SendStep | PollStep | PlaceStep | BoundsStep;

export interface SendStep {
  readonly kind: 'send';
  readonly partition: string;
  readonly value: string;
  /** Where it was stored, when that is known. */
  readonly offset?: number;
}

export interface PollStep {
  readonly kind: 'poll';
  /** In the order in which the consumer got them. */
  readonly records: readonly PolledRecord[];
}

export interface PolledRecord {
  readonly partition: string;
  readonly offset: number;
  readonly value: string;
}

/** The consumer's place was set anew: nothing follows from what it polled before. */
export interface PlaceStep {
  readonly kind: 'assign' | 'subscribe' | 'seek';
  readonly partitions: readonly string[];
}

/** What a client was told of where a partition starts and ends; it asked for the start first. */
export interface BoundsStep {
  readonly kind: 'bounds';
  readonly partition: string;
  readonly startOffset: number;
  /** Behind the last record that can be read. */
  readonly endOffset: number;
}

export type AnomalyName =
  | 'inconsistent-offsets'
  | 'duplicate'
  | 'lost-write'
  | 'unseen'
  | 'G1a'
  | 'precommitted-read'
  | 'poll-skip'
  | 'int-poll-skip'
  | 'nonmonotonic-poll'
  | 'int-nonmonotonic-poll'
  | 'nonmonotonic-send'
  | 'int-nonmonotonic-send'
  | 'nonmonotonic-bounds'
  | 'impossible-bounds'
  | 'int-send-skip'
  | 'G0'
  | 'G1c';

export interface Anomaly {
  readonly name: AnomalyName;
  /** The partition that it was seen in; cycles have none. */
  readonly partition: string | undefined;
  /** One sentence: what was seen, with values and offsets. */
  readonly text: string;
  /** Indices into the history of the operations that show it. */
  readonly operations: readonly number[];
}
