import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import type { Surroundings } from '../../src/cli/surroundings.js';
import { main } from '../../src/cli/main.js';
import { VarveError } from '../../src/common/errors.js';
import { noMetrics, silentLogger } from '../../src/platform/observe.js';
import type { FileSystem } from '../../src/platform/file-system.js';
import { FileSystemError } from '../../src/platform/file-system.js';
import type { Platform } from '../../src/platform/platform.js';
import type { RpcConnectOptions, Transport } from '../../src/platform/transport.js';
import { TransportError } from '../../src/platform/transport.js';

export type FakeCall = (request: Buffer) => Uint8Array;

export interface FakeOptions {
  /** Answers by full method path. */
  readonly calls?: Readonly<Record<string, FakeCall>>;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Addresses at which nothing listens. */
  readonly refused?: readonly string[];
  /** Addresses that take calls and answer none. */
  readonly silent?: readonly string[];
  /** Timers fire at once; else never. */
  readonly timersFire?: boolean;
  readonly fileSystem?: FileSystem;
  readonly files?: Readonly<Record<string, string>>;
}

export interface FakeRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Where calls went, in order: `host:port method`. */
  readonly called: readonly string[];
  /** Platforms opened and not closed again. */
  readonly openPlatforms: number;
}

function unavailable(name: string): never {
  throw new Error(`the fake has no ${name}`);
}

/** Runs the `varve` command in this process over fakes. */
export async function runCommand(args: readonly string[], options: FakeOptions = {}): Promise<FakeRun> {
  let stdout = '';
  let stderr = '';
  let openPlatforms = 0;
  const called: string[] = [];
  const output = (take: (text: string) => void) => ({
    write: (chunk: string | Uint8Array): boolean => {
      take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    },
    drained: async () => {},
    isTerminal: false,
    columns: undefined,
  });
  const surroundings: Surroundings = {
    args,
    env: options.env ?? {},
    stdin: { chunks: chunksOf(options.stdin ?? ''), isTerminal: false },
    stdout: output((text) => (stdout += text)),
    stderr: output((text) => (stderr += text)),
    stop: new AbortController().signal,
    version: '9.9.9',
    temporaryDirectory: '/tmp',
    parseTime: (text) => (/^\d+$/.test(text) ? Number(text) : undefined),
    readFile: async (path) => {
      const text = options.files?.[path];
      if (text === undefined) throw new Error(`There is no file ${path}.`);
      return text;
    },
    openPlatform: async () => {
      openPlatforms += 1;
      return {
        ...fakePlatform(options, called),
        close: async () => {
          openPlatforms -= 1;
        },
      };
    },
  };
  const code = await main(surroundings);
  return { code, stdout, stderr, called, openPlatforms };
}

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  if (text !== '') yield Buffer.from(text);
}

function fakePlatform(options: FakeOptions, called: string[]): Platform {
  let nowMs = 0;
  return {
    buffers: new PoisonedBuffers(),
    clock: {
      monotonicMs: () => nowMs++,
      wallMs: () => 0,
      after: (_delayMs, callback) => {
        if (options.timersFire) queueMicrotask(callback);
        return { cancel() {} };
      },
      defer: queueMicrotask,
      atEndOfTurn: queueMicrotask,
      takeLatenessMs: () => 0,
    },
    random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
    fileSystem: options.fileSystem ?? readOnlyFiles(options.files ?? {}),
    keyValueStores: { open: () => unavailable('store') },
    transport: fakeTransport(options, called),
    workers: { run: () => unavailable('workers'), close: async () => {} },
    logger: silentLogger,
    metrics: noMetrics,
  };
}

function readOnlyFiles(files: Readonly<Record<string, string>>): FileSystem {
  const fake = new Proxy({} as FileSystem, { get: (_, name) => () => unavailable(`file system call ${String(name)}`) });
  const readFile = async (path: string): Promise<Buffer> => {
    const text = files[path];
    if (text === undefined) throw new FileSystemError('missing', path, `There is no file ${path}.`);
    return Buffer.from(text);
  };
  return Object.assign(Object.create(fake) as FileSystem, { readFile });
}

function fakeTransport(options: FakeOptions, called: string[]): Transport {
  return {
    serveRpc: () => unavailable('RPC server'),
    serveBytes: () => unavailable('byte server'),
    connectBytes: () => unavailable('byte client'),
    connectRpc: ({ host, port }: RpcConnectOptions) => ({
      async unary(method: string, request: Uint8Array) {
        const address = `${host}:${port}`;
        if (options.refused?.includes(address)) throw new TransportError('refused', 'connection refused');
        called.push(`${address} ${method}`);
        const call = options.calls?.[method];
        if (call === undefined) throw new VarveError('UNSUPPORTED_VERSION', `${method} is not there`);
        const answer = Buffer.from(call(Buffer.from(request)));
        if (options.silent?.includes(address)) throw new TransportError('timeout', 'no answer in time');
        return answer;
      },
      stream: () => unavailable('stream'),
      close() {},
    }),
  };
}
