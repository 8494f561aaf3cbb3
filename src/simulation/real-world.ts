import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

type Owner = Record<string, unknown>;

interface Forbidden {
  readonly owner: Owner;
  /** How messages name the owner, with its dot. */
  readonly where: string;
  readonly names: readonly string[];
  /** It only tells the time: a test framework's stop watch may go on reading it. */
  readonly isReading?: boolean;
}

const owned = (owner: object): Owner => owner as Owner;

const FORBIDDEN: readonly Forbidden[] = [
  { owner: owned(globalThis), where: '', names: ['setTimeout', 'setInterval', 'setImmediate', 'fetch'] },
  { owner: owned(globalThis), where: '', names: ['Date'], isReading: true },
  { owner: owned(performance), where: 'performance.', names: ['now'], isReading: true },
  { owner: owned(process), where: 'process.', names: ['hrtime'], isReading: true },
  { owner: owned(Math), where: 'Math.', names: ['random'] },
  {
    owner: owned(crypto),
    where: 'crypto.',
    names: ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID'],
  },
  {
    owner: owned(fs),
    where: 'fs.',
    names: ['open', 'openSync', 'readFile', 'readFileSync', 'writeFile', 'writeFileSync', 'read', 'write', 'fsync'],
  },
  { owner: owned(net.Socket.prototype), where: 'Socket.', names: ['connect'] },
  { owner: owned(net.Server.prototype), where: 'Server.', names: ['listen'] },
];

/** Runs that are under way in this process: what they forbid belongs to the process, and is put back with the last. */
const active = new Set<RealWorldGuard>();
let undo: Array<() => void> = [];

/**
 * Keeps what runs in a simulation from real time, chance, files and sockets: whoever touches one of them throws, and the
 * run fails by the name of it. Between the run's turns of the real event loop the rest of the process has them as ever.
 * During a run microtasks are queued without what Node keeps for tracing them: several are queued for each record.
 */
export class RealWorldGuard {
  readonly #onTouch: (error: Error) => void;
  #isInside = false;

  constructor(onTouch: (error: Error) => void) {
    this.#onTouch = onTouch;
  }

  begin(): void {
    if (active.size === 0) forbidAll();
    active.add(this);
  }

  /** Simulated code runs from now on: this event and the promise reactions behind it. */
  enter(): void {
    this.#isInside = true;
  }

  /** What runs next is not this run's. */
  leave(): void {
    this.#isInside = false;
  }

  end(): void {
    this.leave();
    if (active.delete(this) && active.size === 0) allowAll();
  }

  /** The run whose code runs now. */
  static get inside(): RealWorldGuard | undefined {
    for (const guard of active) if (guard.#isInside) return guard;
    return undefined;
  }

  touched(what: string): never {
    const error = new Error(`the real world is touched: ${what}`);
    this.#onTouch(error);
    throw error;
  }
}

/** A promise that is settled: reactions to it are microtasks. */
const settled = Promise.resolve();

/** In the order of Node's own, without the resource that it makes for each callback. What throws is a rejection. */
function bareMicrotask(callback: () => void): void {
  void settled.then(callback);
}

function forbidAll(): void {
  const { queueMicrotask } = globalThis;
  globalThis.queueMicrotask = bareMicrotask;
  undo.push(() => {
    globalThis.queueMicrotask = queueMicrotask;
  });
  for (const { owner, where, names, isReading = false } of FORBIDDEN) {
    for (const name of names) {
      const original = owner[name];
      if (typeof original !== 'function') continue;
      owner[name] = forbidding(original as (...args: unknown[]) => unknown, `${where}${name}`, isReading);
      undo.push(() => {
        owner[name] = original;
      });
    }
  }
  syncBuiltinESMExports();
}

function allowAll(): void {
  for (const restore of undo.reverse()) restore();
  undo = [];
  syncBuiltinESMExports();
}

/** `original` and what hangs on it (`Date.now`, `hrtime.bigint`), refused to simulated code. */
function forbidding<Real extends (...args: unknown[]) => unknown>(
  original: Real,
  what: string,
  isReading: boolean,
): Real {
  const check = (name: string): void => {
    const guard = RealWorldGuard.inside;
    if (guard !== undefined && !(isReading && isAskedByPackage())) guard.touched(name);
  };
  return new Proxy(original, {
    apply(target, self: unknown, args: unknown[]) {
      check(what);
      return Reflect.apply(target, self, args);
    },
    construct(target, args: unknown[], newTarget) {
      // A date that is given is no reading of the clock.
      if (args.length === 0) check(what);
      return Reflect.construct(target, args, newTarget) as object;
    },
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (!isReading || (key !== 'now' && key !== 'bigint') || typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        check(`${what}.${key}`);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

/** Whether a package that is not ours (a test framework, asked for an assertion) reads the clock for itself. */
function isAskedByPackage(): boolean {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 12;
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  Error.stackTraceLimit = limit;
  const caller = frames.find((frame) => !frame.includes('real-world.') && !/\((?:node:|<anonymous>)/.test(frame));
  return caller !== undefined && /[\\/]node_modules[\\/](?!varve[\\/])/.test(caller);
}
