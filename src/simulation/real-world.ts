import { syncBuiltinESMExports } from 'node:module';
import { FORBIDDEN } from './forbidden.js';
import type { Owner } from './forbidden.js';

/** Of a stack: a module that loads many others is far down. */
const MAX_FRAMES = 100;

/** Functions that hang on others: `Date.now`, `process.hrtime.bigint`, `fs.realpath.native`. */
const HANGING: ReadonlySet<string> = new Set(['now', 'bigint', 'native']);

/** A frame of Node's loader, or one that writes a stack down. */
const OF_NODE = /node:internal\/modules\/|prepareStackTrace/;

/** Runs that are under way in this process: what they forbid belongs to the process, and is put back with the last. */
const active = new Set<RealWorldGuard>();
let undo: Array<() => void> = [];

/**
 * Keeps what runs in a simulation from real time, chance, files, processes and sockets: whoever touches one of them throws,
 * and the run fails by the name of it. Between the run's turns of the real event loop the rest of the process has them as
 * ever, and so have Node's own loader of modules, who writes down an error's stack, and the console.
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
  // The console writes by the functions that these find when they are first looked at.
  void [process.stdout, process.stderr];
  for (const { owner, where, names, isReading = false } of FORBIDDEN) {
    for (const name of names) {
      const original = owner[name];
      if (typeof original !== 'function') continue;
      replace(owner, name, forbidding(original as (...args: unknown[]) => unknown, `${where}${name}`, isReading));
    }
  }
  syncBuiltinESMExports();
}

/** Puts `value` in a property's place until `allowAll`. */
function replace(owner: Owner, name: string, value: unknown): void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  const { enumerable = true } = own ?? {};
  Object.defineProperty(owner, name, { value, writable: true, configurable: true, enumerable });
  undo.push(() => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  });
}

function allowAll(): void {
  for (const restore of undo.reverse()) restore();
  undo = [];
  syncBuiltinESMExports();
}

/** `original` and what hangs on it, refused to simulated code. */
function forbidding<Real extends (...args: unknown[]) => unknown>(
  original: Real,
  what: string,
  isReading: boolean,
): Real {
  const check = (name: string): void => {
    const guard = RealWorldGuard.inside;
    if (guard === undefined || (isReading && isAskedByPackage()) || isNodesOwn()) return;
    guard.touched(name);
  };
  return new Proxy(original, {
    apply(target, self: unknown, args: unknown[]) {
      check(what);
      return Reflect.apply(target, self, args);
    },
    construct(target, args: unknown[], newTarget) {
      // A date that is given is no reading of the clock.
      if (!isReading || args.length === 0) check(what);
      return Reflect.construct(target, args, newTarget) as object;
    },
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key !== 'string' || !HANGING.has(key) || typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        check(`${what}.${key}`);
        return Reflect.apply(value, target, args);
      };
    },
  });
}

/** Whether a package that is not ours (a test framework, asked for an assertion) reads the clock for itself. */
function isAskedByPackage(): boolean {
  const caller = framesOfCaller().find((frame) => !/\((?:node:|<anonymous>)/.test(frame));
  return caller !== undefined && /[\\/]node_modules[\\/](?!varve[\\/])/.test(caller);
}

/**
 * Whether Node loads a module just now and runs what stands in it outside of functions, or writes down a stack for somebody
 * who asked for it (where there are source maps, that reads them): neither is part of any run.
 */
function isNodesOwn(): boolean {
  return framesOfCaller().some((frame) => !/^\s*at async /.test(frame) && OF_NODE.test(frame));
}

/** The stack below this module's own frames, innermost first. */
function framesOfCaller(): string[] {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = MAX_FRAMES;
  // A test framework may have its own way to write stacks, which looks for source maps.
  Reflect.set(Error, 'prepareStackTrace', undefined);
  const frames = (new Error().stack ?? '').split('\n').slice(1);
  Reflect.set(Error, 'prepareStackTrace', prepareStackTrace);
  Error.stackTraceLimit = stackTraceLimit;
  return frames.filter((frame) => !frame.includes('real-world.'));
}
