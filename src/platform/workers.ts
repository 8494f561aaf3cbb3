/**
 * Work that would hold the event loop for long (decompression, recompression, scrubbing), done off it. A task is named
 * and its code registered with the implementation; input and output are structured-cloneable.
 */
export interface Workers {
  /** Rejects with what the task threw; with a VarveError THROTTLING_QUOTA_EXCEEDED when `maxQueued` tasks wait. */
  run<Name extends keyof WorkerTasks>(
    task: Name,
    input: WorkerTasks[Name]['input'],
  ): Promise<WorkerTasks[Name]['output']>;
  close(): Promise<void>;
}

/** What the records of a batch must comply with. */
export interface RecordRules {
  /** Timestamps that are not -1 must be in this range, in ms. */
  readonly minTimestamp: number;
  readonly maxTimestamp: number;
  readonly requiresKeys: boolean;
  /** The broker's time replaces the producer's, so that none of its timestamps is judged. */
  readonly isLogAppendTime: boolean;
  /** Of the inflated records. */
  readonly maxDecompressedBytes: number;
}

/** The tasks there are; each folder that has one declares it here. */
export interface WorkerTasks {
  /** Inflates the records section of a batch; rejects with CORRUPT_MESSAGE, or MESSAGE_TOO_LARGE past `maxBytes`. */
  decompress: {
    input: { readonly codec: number; readonly data: Uint8Array; readonly maxBytes: number };
    output: Uint8Array;
  };
  /** With `givesData` the memory of `data`, which is its own, is the task's from the call on: it need not be copied. */
  compress: {
    input: { readonly codec: number; readonly data: Uint8Array; readonly givesData?: boolean };
    output: Uint8Array;
  };
  /**
   * Inflates the compressed batch `data`, whose header was checked, and checks its records; gives their greatest
   * timestamp. Rejects as `BatchValidator.checkRecords` throws. Nothing of what was inflated crosses to the caller.
   */
  checkRecords: {
    input: { readonly codec: number; readonly data: Uint8Array; readonly rules: RecordRules };
    output: { readonly maxTimestamp: number };
  };
}
