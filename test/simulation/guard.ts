import crypto from 'node:crypto';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

type Functions = Record<string, unknown>;

const GLOBALS = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'fetch'] as const;
const MATH = ['random'];
const CRYPTO = ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID'];
const FILES = ['open', 'openSync', 'readFile', 'readFileSync', 'writeFile', 'writeFileSync', 'read', 'write', 'fsync'];

/**
 * Runs `work` in a world without real time, chance, files or sockets: whoever touches one of them during it throws, and
 * so fails the run by name. Nothing else may run meanwhile; make no assertions of the test framework within.
 */
export async function withoutRealWorld<T>(work: () => Promise<T>): Promise<T> {
  const undo: Array<() => void> = [];
  const forbid = (owner: Functions, names: readonly string[], where: string): void => {
    for (const name of names) {
      const original = owner[name];
      const forbidden = (): never => {
        throw new Error(`the real world is touched: ${where}${name}`);
      };
      // A function, not an arrow: `new Date()` calls it, too.
      owner[name] = Object.assign(
        function () {
          forbidden();
        },
        // Real time in nanoseconds stays: the test framework's own timers ask for it.
        { now: forbidden, bigint: process.hrtime.bigint },
      );
      undo.push(() => {
        owner[name] = original;
      });
    }
  };
  forbid(globalThis as unknown as Functions, GLOBALS, '');
  forbid(Math as unknown as Functions, MATH, 'Math.');
  forbid(performance as unknown as Functions, ['now'], 'performance.');
  forbid(process as unknown as Functions, ['hrtime'], 'process.');
  forbid(crypto as unknown as Functions, CRYPTO, 'crypto.');
  forbid(fs as unknown as Functions, FILES, 'fs.');
  forbid(net.Socket.prototype as unknown as Functions, ['connect'], 'Socket.');
  forbid(net.Server.prototype as unknown as Functions, ['listen'], 'Server.');
  syncBuiltinESMExports();
  try {
    return await work();
  } finally {
    for (const restore of undo.reverse()) restore();
    syncBuiltinESMExports();
  }
}
