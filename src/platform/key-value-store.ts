/** An ordered store of small byte keys and values (LevelDB's model). Keys order by unsigned byte. */
export interface KeyValueStores {
  /** Opens or makes the store in the folder `path`; rejects with a FileSystemError (`locked`, `io`, `full`). */
  open(path: string): Promise<KeyValueStore>;
}

export type KeyValueWrite =
  | { readonly type: 'put'; readonly key: Buffer; readonly value: Uint8Array }
  | { readonly type: 'del'; readonly key: Buffer };

export interface KeyValueRange {
  /** First key, inclusive. */
  readonly from?: Buffer;
  /** Last key, exclusive. */
  readonly to?: Buffer;
  readonly reverse?: boolean;
  readonly limit?: number;
}

export interface KeyValueStore {
  get(key: Buffer): Promise<Buffer | undefined>;
  /** Entries in key order (or reversed). Loads them all: give a limit. */
  entries(range: KeyValueRange): Promise<Array<readonly [key: Buffer, value: Buffer]>>;
  /** Applies all writes or none. With `sync` they are on stable storage when it resolves. */
  write(writes: readonly KeyValueWrite[], options: { readonly sync: boolean }): Promise<void>;
  close(): Promise<void>;
}
