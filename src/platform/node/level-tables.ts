import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32c } from '../../record/crc32c.js';
import { FileSystemError } from '../file-system.js';
import { errorCode, fileSystemError } from './file-system-error.js';

/**
 * LevelDB checks its journal and its manifest as it reads them, but of its tables only what it is told to, which the
 * binding does not offer, and a damaged block can end the process by an assertion in native code. So the tables are
 * checked here before a store is opened. Format: doc/table_format.md of LevelDB.
 */

const FOOTER_BYTES = 48;
/** Behind each block: its compression type (1) and the masked CRC-32C of both (4). */
const TRAILER_BYTES = 5;
const MAGIC = 0xdb4775248b80fb57n;
const MASK_DELTA = 0xa282ead8;
const UNCOMPRESSED = 0;

interface Handle {
  readonly offset: number;
  readonly sizeBytes: number;
}

/** Rejects with a FileSystemError (`io`) when a table in the store's folder is damaged; a folder may be missing. */
export async function checkTables(path: string): Promise<void> {
  for (const name of await tableNames(path)) {
    const file = join(path, name);
    const damage = findDamage(await readTable(file));
    if (damage !== undefined) throw new FileSystemError('io', file, `${file} is corrupt: ${damage}`);
  }
}

async function tableNames(path: string): Promise<string[]> {
  try {
    return (await readdir(path)).filter((name) => /\.(ldb|sst)$/.test(name)).toSorted();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw fileSystemError('read the folder', path, error);
  }
}

async function readTable(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileSystemError('read', file, error);
  }
}

/** What is wrong with a table, or undefined. */
function findDamage(table: Buffer): string | undefined {
  const footerAt = table.length - FOOTER_BYTES;
  if (footerAt < 0 || table.readBigUInt64LE(table.length - 8) !== MAGIC) return 'its footer is damaged';
  const footer = new Reader(table, footerAt, table.length - 8);
  const meta = footer.handle();
  const index = footer.handle();
  if (meta === undefined || index === undefined) return 'its footer is damaged';
  for (const block of [meta, index]) {
    if (!isIntact(table, block)) return `the block at ${block.offset} fails its checksum`;
  }
  const blocks = [handlesOf(table, meta), handlesOf(table, index)];
  for (const handles of blocks) {
    if (handles === undefined) return 'an index of it cannot be read';
    for (const block of handles) if (!isIntact(table, block)) return `the block at ${block.offset} fails its checksum`;
  }
  return undefined;
}

function isIntact(table: Buffer, { offset, sizeBytes }: Handle): boolean {
  const end = offset + sizeBytes;
  if (!(offset >= 0 && end + TRAILER_BYTES <= table.length - FOOTER_BYTES)) return false;
  const crc = crc32c(table, offset, end + 1);
  const masked = (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
  return masked === table.readUInt32LE(end + 1);
}

/** The blocks that an index block names; undefined when it is compressed (our stores' are not) or makes no sense. */
function handlesOf(table: Buffer, { offset, sizeBytes }: Handle): Handle[] | undefined {
  const end = offset + sizeBytes;
  if (table[end] !== UNCOMPRESSED || sizeBytes < 4) return undefined;
  const restarts = table.readUInt32LE(end - 4);
  const reader = new Reader(table, offset, end - 4 - 4 * restarts);
  const handles: Handle[] = [];
  while (!reader.atEnd) {
    const shared = reader.varint();
    const unshared = reader.varint();
    const valueBytes = reader.varint();
    if (shared === undefined || unshared === undefined || valueBytes === undefined) return undefined;
    reader.advance(unshared);
    const handle = reader.handle();
    if (handle === undefined) return undefined;
    handles.push(handle);
  }
  return handles;
}

class Reader {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  advance(count: number): void {
    this.#at += count;
  }

  varint(): number | undefined {
    let value = 0;
    for (let factor = 1; factor < 2 ** 50; factor *= 128) {
      if (this.atEnd) return undefined;
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  handle(): Handle | undefined {
    const offset = this.varint();
    const sizeBytes = this.varint();
    return offset === undefined || sizeBytes === undefined ? undefined : { offset, sizeBytes };
  }
}
