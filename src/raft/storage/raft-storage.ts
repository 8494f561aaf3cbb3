import { assert, defined } from '../../common/assert.js';
import { VarveError } from '../../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../../common/ids.js';
import type { Uuid } from '../../common/ids.js';
import type { FileSystem } from '../../platform/file-system.js';
import { FileSystemError } from '../../platform/file-system.js';
import type { KeyValueStore, KeyValueStores, KeyValueWrite } from '../../platform/key-value-store.js';
import type { varve } from '../../protocol/raft.js';
import type { ReplicaId } from '../api.js';
import type { Restored } from '../core/state.js';
import type { Entry, HardState, Persist, Snapshot, SnapshotSource } from '../core/types.js';
import { voterSetFromMessage, voterSetToMessage } from '../core/voter-set-codec.js';
import { VoterSet, parseReplicaKey, replicaKey } from '../core/voter-set.js';
import { NOTHING_PROMISED, QuorumStateFile, readQuorumState } from './quorum-state.js';
import type { QuorumState } from './quorum-state.js';
import * as records from './records.js';

export interface RaftStorageOptions {
  readonly keyValueStores: KeyValueStores;
  readonly fileSystem: FileSystem;
  /** Holds the folder `store` and the file `quorum-state`; made when missing. */
  readonly directory: string;
  /** It was made before: nothing is made, and a missing one is refused. */
  readonly mustExist: boolean;
  readonly self: ReplicaId;
}

export interface OpenedStorage {
  readonly storage: RaftStorage;
  readonly restored: Restored;
}

const PAGE_ENTRIES = 512;

interface EntryId {
  readonly index: number;
  readonly term: number;
}

interface SnapshotInfo {
  readonly index: number;
  readonly term: number;
  readonly chunks: number;
  readonly voters: VoterSet;
}

/** What the state record says. Every batch carries it, so that it always fits the entries beside it. */
interface Image {
  hardState: HardState;
  lastIndex: number;
  /** Not in the record: the entry there has it. */
  lastTerm: number;
  baseIndex: number;
  baseTerm: number;
  founding: VoterSet | undefined;
  snapshot: SnapshotInfo | undefined;
  clusterId: Uuid | undefined;
}

/**
 * The log of one replica on its disk. LevelDB drops a damaged tail of its own journal in silence; therefore entries carry
 * checksums, the state record says which of them there are, and `quorum-state` says what was promised at least. A store
 * that holds less than that is refused by name.
 *
 * One call at a time: each waits for those before it. A failed write leaves open what is on the disk, and what is in
 * memory here is ahead of it: nothing more is written until the store is opened again.
 */
export class RaftStorage {
  readonly #store: KeyValueStore;
  readonly #quorumState: QuorumStateFile;
  readonly #self: ReplicaId;
  readonly #image: Image;
  #tail: Promise<unknown> = Promise.resolve();
  #failure: { readonly error: unknown } | undefined;
  #closed = false;

  private constructor(store: KeyValueStore, quorumState: QuorumStateFile, self: ReplicaId, image: Image) {
    this.#store = store;
    this.#quorumState = quorumState;
    this.#self = self;
    this.#image = image;
  }

  /**
   * Rejects with KAFKA_STORAGE_ERROR when the store lacks or has changed anything that it acknowledged, with a
   * FileSystemError when the disk fails or the folder is in use.
   */
  static async open(options: RaftStorageOptions): Promise<OpenedStorage> {
    const { fileSystem, directory } = options;
    // Made before the first vote: without it this replica, under its old identity, would vote a second time.
    if (options.mustExist && !(await hasRaftStore(fileSystem, directory))) {
      throw records.damaged(`${directory} is missing or has no quorum-state`);
    }
    await makeDirectoryDurably(fileSystem, directory);
    const store = await openStore(options.keyValueStores, `${directory}/store`);
    let quorumState: QuorumStateFile | undefined;
    try {
      const path = `${directory}/quorum-state`;
      const stateValue = await store.get(records.STATE_KEY);
      const found = await readQuorumState(fileSystem, path);
      if (found === undefined && stateValue !== undefined) throw records.damaged('quorum-state is missing');
      const promised = found?.state ?? NOTHING_PROMISED;
      const image = stateValue === undefined ? blankImage() : decodeImage(stateValue, options.self);
      checkPromises(image, promised);
      const entries = await readEntries(store, image);
      image.lastTerm = entries.at(-1)?.term ?? image.baseTerm;
      checkPromisedTerm(image, entries, promised);
      const snapshot = await readSnapshot(store, image);
      quorumState = await QuorumStateFile.make(fileSystem, directory, path, found);
      const storage = new RaftStorage(store, quorumState, options.self, image);
      const { hardState, founding, baseIndex, baseTerm, clusterId } = image;
      const applied = snapshot?.index ?? 0;
      const restored = { hardState, founding, snapshot, baseIndex, baseTerm, entries, clusterId, applied };
      return { storage, restored };
    } catch (error) {
      // Why it could not be opened says more than why it could not be closed.
      await closeBoth(quorumState, store).catch(() => {});
      throw asDamage(error);
    }
  }

  /** Resolves when all of `persist` is on stable storage. */
  write(persist: Persist): Promise<void> {
    return this.#inTurn(() => this.#write(persist));
  }

  async #write(persist: Persist): Promise<void> {
    const image = this.#image;
    const writes: KeyValueWrite[] = [];
    let { lastIndex, lastTerm } = image;
    if (persist.snapshot !== undefined) {
      await this.#lowerPromise(persist.snapshot.index);
      await this.#writeChunks(persist.snapshot);
      this.#useSnapshot(persist.snapshot, persist.snapshot.index, persist.snapshot.term, writes);
      for (let index = persist.snapshot.index + 1; index <= lastIndex; index++) writes.push(deleteEntry(index));
      lastIndex = persist.snapshot.index;
      lastTerm = persist.snapshot.term;
    }
    const first = persist.entries[0];
    if (first !== undefined) {
      assert(first.index > image.baseIndex && first.index <= lastIndex + 1, 'no gap is ever written');
      const newLast = first.index + persist.entries.length - 1;
      if (first.index <= lastIndex) await this.#lowerPromise(first.index - 1);
      for (let index = newLast + 1; index <= lastIndex; index++) writes.push(deleteEntry(index));
      for (const entry of persist.entries) {
        const key = records.entryKey(entry.index);
        writes.push({ type: 'put', key, value: records.encodeEntry(key, entry) });
        lastTerm = entry.term;
      }
      lastIndex = newLast;
    }
    image.lastIndex = lastIndex;
    image.lastTerm = lastTerm;
    image.hardState = persist.hardState;
    if (persist.founding !== undefined) image.founding = persist.founding;
    image.clusterId ??= persist.clusterId;
    await this.#commitBatch(writes);
    const { term, vote } = persist.hardState;
    await this.#quorumState.write({ lastIndex, lastTerm: lastTerm === 0 ? undefined : lastTerm, term, vote });
  }

  /**
   * Before anything that was promised behind `lastIndex` is cut off, or the entry there takes the term of a snapshot: what holds
   * before the change and after it.
   */
  async #lowerPromise(lastIndex: number): Promise<void> {
    const { state } = this.#quorumState;
    if (lastIndex <= state.lastIndex) await this.#quorumState.write({ ...state, lastIndex, lastTerm: undefined });
  }

  /**
   * Keeps a snapshot of the applied state in place of the log up to `base`, an entry at or before the snapshot's. Its
   * pieces are made and written one by one, and what is to be written to the log goes in between: a great state holds
   * nobody up. Resolves with the snapshot when it is on stable storage, with undefined when a newer one was installed
   * meanwhile or the store was closed.
   */
  async saveSnapshot(source: SnapshotSource, base: EntryId): Promise<Snapshot | undefined> {
    const { index, term, voters } = source;
    const chunks: Uint8Array[] = [];
    for (const data of source.chunks) {
      if (this.#closed) return undefined;
      const isNews = await this.#inTurn(async () => {
        if (index <= this.#snapshotIndex) return false;
        await this.#writeChunk(index, chunks.length, data);
        return true;
      });
      if (!isNews) break;
      chunks.push(data);
    }
    if (this.#closed) return undefined;
    return this.#inTurn(() => this.#adoptSnapshot({ index, term, voters, chunks }, base));
  }

  get #snapshotIndex(): number {
    return this.#image.snapshot?.index ?? 0;
  }

  async #adoptSnapshot(snapshot: Snapshot, base: EntryId): Promise<Snapshot | undefined> {
    const image = this.#image;
    const writes: KeyValueWrite[] = [];
    if (snapshot.index <= this.#snapshotIndex) {
      if (snapshot.index < this.#snapshotIndex) deleteChunks(snapshot.index, snapshot.chunks.length, writes);
      if (writes.length > 0) await this.#commitBatch(writes);
      return undefined;
    }
    assert(snapshot.index <= image.lastIndex, 'a snapshot covers applied entries only');
    const { index, term } = base.index > image.baseIndex ? base : { index: image.baseIndex, term: image.baseTerm };
    this.#useSnapshot(snapshot, index, term, writes);
    await this.#commitBatch(writes);
    return snapshot;
  }

  async #writeChunks(snapshot: Snapshot): Promise<void> {
    for (let chunk = 0; chunk < snapshot.chunks.length; chunk++) {
      await this.#writeChunk(
        snapshot.index,
        chunk,
        defined(snapshot.chunks[chunk], 'the loop stays within the chunks'),
      );
    }
  }

  /** Each piece is synced by itself: a later sync does not cover what went to an earlier journal of LevelDB. */
  async #writeChunk(index: number, chunk: number, data: Uint8Array): Promise<void> {
    const key = records.chunkKey(index, chunk);
    await this.#store.write([{ type: 'put', key, value: records.encodeChunk(key, data) }], { sync: true });
  }

  #useSnapshot(snapshot: Snapshot, baseIndex: number, baseTerm: number, writes: KeyValueWrite[]): void {
    const image = this.#image;
    const { index, term, voters } = snapshot;
    const old = image.snapshot;
    if (old !== undefined && old.index !== index) deleteChunks(old.index, old.chunks, writes);
    const end = Math.min(baseIndex, image.lastIndex);
    for (let at = image.baseIndex + 1; at <= end; at++) writes.push(deleteEntry(at));
    image.snapshot = { index, term, voters, chunks: snapshot.chunks.length };
    image.baseIndex = baseIndex;
    image.baseTerm = baseTerm;
  }

  async #commitBatch(writes: KeyValueWrite[]): Promise<void> {
    writes.push({ type: 'put', key: records.STATE_KEY, value: encodeImage(this.#image, this.#self) });
    await this.#store.write(writes, { sync: true });
  }

  #inTurn<T>(action: () => Promise<T>): Promise<T> {
    assert(!this.#closed, 'a closed store is not written');
    const result = this.#tail.then(() => {
      if (this.#failure !== undefined) throw this.#failure.error;
      return action();
    });
    this.#tail = result.catch((error: unknown) => {
      this.#failure ??= { error };
    });
    return result;
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#tail;
    await closeBoth(this.#quorumState, this.#store);
  }
}

/** A store that stays open keeps its lock, so it is closed whatever becomes of the file. Rejects with the first error. */
async function closeBoth(quorumState: QuorumStateFile | undefined, store: KeyValueStore): Promise<void> {
  const outcomes = await Promise.allSettled([quorumState?.close(), store.close()]);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Whether a replica's store was ever opened in `directory`. */
export async function hasRaftStore(fileSystem: FileSystem, directory: string): Promise<boolean> {
  return (await fileSystem.stat(`${directory}/quorum-state`)) !== undefined;
}

/**
 * A folder is there after a crash only if the one that holds it was synced. That it is found says nothing: an earlier
 * start may have made it, and ended before that sync.
 */
async function makeDirectoryDurably(fileSystem: FileSystem, path: string): Promise<void> {
  const parents: string[] = [];
  for (let at = path; at.includes('/');) {
    at = at.slice(0, at.lastIndexOf('/'));
    parents.push(at === '' ? '/' : at);
    if (at === '' || (await fileSystem.stat(at)) !== undefined) break;
  }
  await fileSystem.makeDirectory(path);
  for (const parent of parents) await fileSystem.syncDirectory(parent);
}

function deleteChunks(snapshotIndex: number, count: number, writes: KeyValueWrite[]): void {
  for (let chunk = 0; chunk < count; chunk++) {
    writes.push({ type: 'del', key: records.chunkKey(snapshotIndex, chunk) });
  }
}

function deleteEntry(index: number): KeyValueWrite {
  return { type: 'del', key: records.entryKey(index) };
}

async function openStore(stores: KeyValueStores, path: string): Promise<KeyValueStore> {
  try {
    return await stores.open(path);
  } catch (error) {
    throw asDamage(error);
  }
}

/** What LevelDB says of bytes that it cannot read is damage; a full disk, a lock and the like are not. */
function asDamage(error: unknown): unknown {
  if (error instanceof VarveError) return error;
  if (error instanceof FileSystemError) {
    const corrupt = error.kind === 'io' && /corrupt|checksum|bad|missing|invalid/i.test(error.message);
    return corrupt ? records.damaged(error.message, { cause: error }) : error;
  }
  return records.damaged(error instanceof Error ? error.message : String(error), { cause: error });
}

function blankImage(): Image {
  return {
    hardState: { term: 0, vote: undefined, commit: 0 },
    lastIndex: 0,
    lastTerm: 0,
    baseIndex: 0,
    baseTerm: 0,
    founding: undefined,
    snapshot: undefined,
    clusterId: undefined,
  };
}

function encodeImage(image: Image, self: ReplicaId): Buffer {
  const { hardState, snapshot } = image;
  const message: varve.internal.IRaftStoredState = {
    term: hardState.term,
    commit: hardState.commit,
    last_index: image.lastIndex,
    base_index: image.baseIndex,
    base_term: image.baseTerm,
    cluster_id: image.clusterId === undefined ? new Uint8Array(0) : uuidToBytes(image.clusterId),
    self: records.replicaToMessage(self),
  };
  if (hardState.vote !== undefined) message.vote = records.replicaToMessage(parseReplicaKey(hardState.vote));
  if (image.founding !== undefined) message.founding_set = voterSetToMessage(image.founding);
  if (snapshot !== undefined) {
    const { index, term, chunks, voters } = snapshot;
    message.snapshot = { index, term, chunks, voters: voterSetToMessage(voters) };
  }
  return records.encodeState(message);
}

function decodeImage(value: Buffer, self: ReplicaId): Image {
  const state = records.decodeState(value);
  const owner = state.self ? records.replicaFromMessage(state.self) : self;
  if (owner.nodeId !== self.nodeId || owner.directoryId !== self.directoryId) {
    throw new VarveError(
      'KAFKA_STORAGE_ERROR',
      `The Raft store belongs to node ${owner.nodeId}, directory id ${owner.directoryId}, and this is node ` +
        `${self.nodeId}, directory id ${self.directoryId}: give this node its own directory back.`,
    );
  }
  const { snapshot } = state;
  return {
    hardState: {
      term: state.term,
      vote: state.vote ? replicaKey(records.replicaFromMessage(state.vote)) : undefined,
      commit: state.commit,
    },
    lastIndex: state.last_index,
    lastTerm: 0,
    baseIndex: state.base_index,
    baseTerm: state.base_term,
    founding: state.founding_set ? voterSetFromMessage(state.founding_set) : undefined,
    snapshot: snapshot
      ? {
          index: snapshot.index ?? 0,
          term: snapshot.term ?? 0,
          chunks: snapshot.chunks ?? 0,
          voters: snapshot.voters ? voterSetFromMessage(snapshot.voters) : VoterSet.empty,
        }
      : undefined,
    clusterId: state.cluster_id.length === 16 ? uuidFromBytes(state.cluster_id) : undefined,
  };
}

/** The store must hold at least what `quorum-state` says was promised. */
function checkPromises(image: Image, promised: QuorumState): void {
  if (image.lastIndex < promised.lastIndex) {
    throw records.damaged(`it ends at entry ${image.lastIndex}, and entry ${promised.lastIndex} was acknowledged`);
  }
  if (image.hardState.term < promised.term) {
    throw records.damaged(`it knows term ${image.hardState.term}, and term ${promised.term} was entered`);
  }
  if (image.hardState.term === promised.term && promised.vote !== undefined && image.hardState.vote !== promised.vote) {
    throw records.damaged(`its vote of term ${promised.term} is lost`);
  }
}

/**
 * A store that went back to before a truncation may hold more entries than were promised since, and others: what was acknowledged
 * in their place is lost. Behind a snapshot no entry is left to judge by.
 */
function checkPromisedTerm(image: Image, entries: readonly Entry[], promised: QuorumState): void {
  const { lastIndex, lastTerm } = promised;
  if (lastTerm === undefined || lastIndex < image.baseIndex) return;
  const term = lastIndex === image.baseIndex ? image.baseTerm : entries[lastIndex - image.baseIndex - 1]?.term;
  if (term === lastTerm) return;
  throw records.damaged(`its entry ${lastIndex} is of term ${term}, and one of term ${lastTerm} was acknowledged`);
}

async function readEntries(store: KeyValueStore, image: Image): Promise<Entry[]> {
  const entries: Entry[] = [];
  let from: Buffer = records.ALL_ENTRIES.from;
  for (;;) {
    const page = await store.entries({ from, to: records.ALL_ENTRIES.to, limit: PAGE_ENTRIES });
    for (const [key, value] of page) {
      const expected = image.baseIndex + entries.length + 1;
      const index = key.length === 9 ? records.entryIndexOfKey(key) : Number.NaN;
      if (index !== expected) throw records.damaged(`where entry ${expected} belongs there is entry ${index}`);
      entries.push(records.decodeEntry(key, value));
      from = records.entryKey(index + 1);
    }
    if (page.length < PAGE_ENTRIES) break;
  }
  const lastIndex = image.baseIndex + entries.length;
  if (lastIndex !== image.lastIndex) throw records.damaged(`entry ${lastIndex + 1} of ${image.lastIndex} is missing`);
  checkOrder(entries, image);
  return entries;
}

function checkOrder(entries: readonly Entry[], image: Image): void {
  let term = image.baseTerm;
  for (const entry of entries) {
    if (entry.term < term) throw records.damaged(`the term falls at entry ${entry.index}`);
    ({ term } = entry);
  }
  if (term > image.hardState.term) throw records.damaged(`it has entries of term ${term} and knows no such term`);
  if (image.hardState.commit > image.lastIndex) throw records.damaged('it ends before its commit index');
}

/** The snapshot's pieces; those of another one are left from a write that was cut short, and are removed. */
async function readSnapshot(store: KeyValueStore, image: Image): Promise<Snapshot | undefined> {
  const info = image.snapshot;
  const chunks: Buffer[] = [];
  const stray: KeyValueWrite[] = [];
  let from: Buffer = records.ALL_CHUNKS.from;
  for (;;) {
    const page = await store.entries({ from, to: records.ALL_CHUNKS.to, limit: 16 });
    for (const [key, value] of page) {
      from = Buffer.concat([key, Buffer.from([0])]);
      if (key.length !== 13 || records.snapshotIndexOfChunkKey(key) !== info?.index) {
        stray.push({ type: 'del', key });
      } else if (key.equals(records.chunkKey(info.index, chunks.length)) && chunks.length < info.chunks) {
        chunks.push(records.decodeChunk(key, value));
      } else if (chunks.length < info.chunks) {
        throw records.damaged(`piece ${chunks.length} of snapshot ${info.index} is missing`);
      }
    }
    if (page.length < 16) break;
  }
  if (stray.length > 0) await store.write(stray, { sync: true });
  if (info === undefined) return undefined;
  if (chunks.length < info.chunks) throw records.damaged(`piece ${chunks.length} of snapshot ${info.index} is missing`);
  return { index: info.index, term: info.term, voters: info.voters, chunks };
}
