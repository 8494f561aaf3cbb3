import { VarveError } from '../../common/errors.js';
import { uuidFromBytes, uuidToBytes } from '../../common/ids.js';
import type { File, FileSystem } from '../../platform/file-system.js';
import { readTwice } from '../../platform/file-system.js';
import { crc32c } from '../../record/crc32c.js';
import { parseReplicaKey, replicaKey } from '../core/voter-set.js';
import type { ReplicaKey } from '../core/voter-set.js';
import { damaged } from './records.js';

/** What this replica has promised at least: a store that holds less has lost something. */
export interface QuorumState {
  readonly lastIndex: number;
  /** Of the entry at `lastIndex`; undefined: any. */
  readonly lastTerm: number | undefined;
  readonly term: number;
  readonly vote: ReplicaKey | undefined;
}

/**
 * The file `quorum-state`: two slots of one disk sector each, written in turn and in place, so that a change costs one
 * small write and one fdatasync and a torn write leaves the slot before. The valid slot with the greater sequence holds.
 *
 * Slot: magic (4), version (2), hasVote (2), sequence (8), last index (8), term (8), vote's node id (4), directory id
 * (16), last term (8, 0 for none), zeros, and at the end a CRC-32C of all before (4); big-endian. Every version from this one on
 * has magic, version and CRC where they are, so that a newer one is told from a damaged one. Version 1 had its CRC in the place
 * of the last term, which it lacked.
 */
const SLOT_BYTES = 512;
const MAGIC = 0x56515331;
const VERSION = 2;
const CRC_AT = SLOT_BYTES - 4;
const FIRST_CRC_AT = 52;
const LAST_TERM_AT = 52;

export const NOTHING_PROMISED: QuorumState = { lastIndex: 0, lastTerm: undefined, term: 0, vote: undefined };

export interface FoundQuorumState {
  readonly sequence: number;
  readonly state: QuorumState;
}

/**
 * Undefined when there is no such file. Rejects with KAFKA_STORAGE_ERROR when neither slot is whole, with UNSUPPORTED_VERSION when
 * a newer release wrote one.
 */
export async function readQuorumState(fileSystem: FileSystem, path: string): Promise<FoundQuorumState | undefined> {
  if ((await fileSystem.stat(path)) === undefined) return undefined;
  // One read that went astray may show the slot before alone, which would be kept for good.
  const bytes = await readTwice(path, async () => {
    const slots = Buffer.alloc(2 * SLOT_BYTES);
    (await fileSystem.readFile(path)).copy(slots);
    return slots;
  });
  let newest: FoundQuorumState | undefined;
  for (const position of [0, SLOT_BYTES]) {
    const slot = decodeSlot(bytes.subarray(position, position + SLOT_BYTES));
    if (slot !== undefined && (newest === undefined || slot.sequence > newest.sequence)) newest = slot;
  }
  if (newest === undefined) throw damaged('neither slot of quorum-state is whole');
  return newest;
}

/** Sequence 1 stands in the first slot, so the odd ones go there. */
function positionOf(sequence: number): number {
  return sequence % 2 === 1 ? 0 : SLOT_BYTES;
}

export class QuorumStateFile {
  readonly #file: File;
  #sequence: number;
  #state: QuorumState;

  private constructor(file: File, sequence: number, state: QuorumState) {
    this.#file = file;
    this.#sequence = sequence;
    this.#state = state;
  }

  get state(): QuorumState {
    return this.#state;
  }

  /**
   * Makes the file in the folder `directory`, durably: in the place of the one that said `found`, or for the first time. What an
   * earlier process left may be in the page cache alone, where it ended before its sync or the sync failed, and what is written to
   * a file whose sync has failed may stay there. Had this replica relied on it, a loss of power brought back an older promise, which
   * the store need not hold any more.
   */
  static async make(
    fileSystem: FileSystem,
    directory: string,
    path: string,
    found: FoundQuorumState | undefined,
  ): Promise<QuorumStateFile> {
    const temporary = `${path}.tmp`;
    await fileSystem.unlink(temporary);
    const file = await fileSystem.open(temporary, 'createNew');
    const { sequence, state } = found ?? { sequence: 1, state: NOTHING_PROMISED };
    const slots = [encodeSlot(sequence, state), encodeSlot(sequence - 1, state)];
    try {
      await file.write(positionOf(sequence) === 0 ? slots : slots.reverse(), 0);
      await file.sync();
    } catch (error) {
      await file.close().catch(() => {});
      throw error;
    }
    await file.close();
    await fileSystem.rename(temporary, path);
    await fileSystem.syncDirectory(directory);
    return new QuorumStateFile(await fileSystem.open(path, 'write'), sequence, state);
  }

  /** Resolves when `state` is on stable storage; no write when it is there already. */
  async write(state: QuorumState): Promise<void> {
    const { lastIndex, lastTerm, term, vote } = this.#state;
    const isEntryEqual = state.lastIndex === lastIndex && state.lastTerm === lastTerm;
    if (isEntryEqual && state.term === term && state.vote === vote) return;
    const sequence = this.#sequence + 1;
    await this.#file.write([encodeSlot(sequence, state)], positionOf(sequence));
    await this.#file.sync();
    this.#sequence = sequence;
    this.#state = state;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function encodeSlot(sequence: number, state: QuorumState): Buffer {
  const slot = Buffer.alloc(SLOT_BYTES);
  slot.writeUInt32BE(MAGIC, 0);
  slot.writeUInt16BE(VERSION, 4);
  slot.writeUInt16BE(state.vote === undefined ? 0 : 1, 6);
  slot.writeBigUInt64BE(BigInt(sequence), 8);
  slot.writeBigUInt64BE(BigInt(state.lastIndex), 16);
  slot.writeBigUInt64BE(BigInt(state.term), 24);
  if (state.vote !== undefined) {
    const { nodeId, directoryId } = parseReplicaKey(state.vote);
    slot.writeInt32BE(nodeId, 32);
    uuidToBytes(directoryId).copy(slot, 36);
  }
  slot.writeBigUInt64BE(BigInt(state.lastTerm ?? 0), LAST_TERM_AT);
  slot.writeUInt32BE(crc32c(slot, 0, CRC_AT), CRC_AT);
  return slot;
}

function decodeSlot(slot: Buffer): FoundQuorumState | undefined {
  const version = slot.readUInt16BE(4);
  const crcAt = version === 1 ? FIRST_CRC_AT : CRC_AT;
  if (slot.readUInt32BE(0) !== MAGIC || slot.readUInt32BE(crcAt) !== crc32c(slot, 0, crcAt)) return undefined;
  // The other slot may be of an older version, and says less than was promised.
  if (version > VERSION) {
    throw new VarveError(
      'UNSUPPORTED_VERSION',
      `The file quorum-state has version ${version}, newer than ${VERSION}: start it with the version that wrote it.`,
    );
  }
  const vote =
    slot.readUInt16BE(6) === 0
      ? undefined
      : replicaKey({ nodeId: slot.readInt32BE(32), directoryId: uuidFromBytes(slot.subarray(36, 52)) });
  const lastTerm = version === 1 ? 0 : Number(slot.readBigUInt64BE(LAST_TERM_AT));
  return {
    sequence: Number(slot.readBigUInt64BE(8)),
    state: {
      lastIndex: Number(slot.readBigUInt64BE(16)),
      lastTerm: lastTerm === 0 ? undefined : lastTerm,
      term: Number(slot.readBigUInt64BE(24)),
      vote,
    },
  };
}
