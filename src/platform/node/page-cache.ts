import { resolve } from 'node:path';

/** POSIX_FADV_DONTNEED as WASI numbers it (preview 1, `advice`). */
const ADVICE_DONTNEED = 4;
/** The right to advise (preview 1, `rights`): the descriptor is good for nothing else. */
const RIGHT_FD_ADVISE = 1n << 7n;
/** Descriptor of the folder that WASI may see, the first after standard input, output and error. */
const ROOT_DESCRIPTOR = 3;
/** In the memory that WASI shares with its caller: where it puts a descriptor, and where it finds a path. */
const DESCRIPTOR_AT = 0;
const PATH_AT = 8;
const PAGE_BYTES = 64 * 1024;

type WasiCall = (...args: ReadonlyArray<number | bigint>) => number;
interface WasiFiles {
  readonly path_open: WasiCall;
  readonly fd_advise: WasiCall;
  readonly fd_close: WasiCall;
}
type MemoryOfWasm = new (pages: { initial: number }) => { readonly buffer: ArrayBuffer };

/**
 * The system's page cache, as far as one may tell it anything. Node has no posix_fadvise of its own; its WASI has one, and
 * its functions work without any WebAssembly program: they want a memory for their arguments, no more. Where that is not
 * so (another Node, macOS), hints are not given.
 */
export class PageCache {
  #files: WasiFiles | undefined;
  #memory: Buffer = Buffer.alloc(0);
  #isSetUp = false;

  /**
   * Takes the whole pages of `sizeBytes` from `position` on out of the cache, those that are on the disk already. Blocks
   * for about 0.1 ms a MiB, and never fails.
   */
  drop(path: string, position: number, sizeBytes: number): void {
    const files = this.#setUp();
    if (files === undefined) return;
    const name = Buffer.from(resolve(path).slice(1));
    if (PATH_AT + name.length > PAGE_BYTES) return;
    name.copy(this.#memory, PATH_AT);
    const opened = files.path_open(ROOT_DESCRIPTOR, 0, PATH_AT, name.length, 0, RIGHT_FD_ADVISE, 0n, 0, DESCRIPTOR_AT);
    // The file may have been removed.
    if (opened !== 0) return;
    const descriptor = this.#memory.readUInt32LE(DESCRIPTOR_AT);
    const advised = files.fd_advise(descriptor, BigInt(position), BigInt(sizeBytes), ADVICE_DONTNEED);
    files.fd_close(descriptor);
    if (advised !== 0) this.#files = undefined;
  }

  #setUp(): WasiFiles | undefined {
    if (this.#isSetUp) return this.#files;
    this.#isSetUp = true;
    const { emitWarning } = process;
    // Node warns of WASI as an experiment when it is loaded, which would be in each node's log and in users' tests.
    process.emitWarning = () => undefined;
    try {
      const { WASI } = process.getBuiltinModule('node:wasi');
      const wasi = new WASI({ version: 'preview1', preopens: { '/': '/' } });
      const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: MemoryOfWasm } }).WebAssembly;
      const memory = new Memory({ initial: 1 });
      wasi.initialize({ exports: { memory } });
      this.#memory = Buffer.from(memory.buffer);
      this.#files = wasi.wasiImport as unknown as WasiFiles;
    } catch {
      this.#files = undefined;
    } finally {
      process.emitWarning = emitWarning;
    }
    return this.#files;
  }
}
