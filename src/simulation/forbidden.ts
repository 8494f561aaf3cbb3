import childProcess from 'node:child_process';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import timers from 'node:timers';
import tls from 'node:tls';
import workerThreads from 'node:worker_threads';
import zlib from 'node:zlib';

export type Owner = Record<string, unknown>;

/** Functions of one object by which code reaches real time, chance, files, other processes or the network. */
export interface Forbidden {
  readonly owner: Owner;
  /** How messages name the owner, with its dot. */
  readonly where: string;
  readonly names: readonly string[];
  /** It only tells the time: a test framework's stop watch may go on reading it. */
  readonly isReading?: boolean;
}

const owned = (owner: object): Owner => owner as Owner;

/** The names of an object's functions, without its classes (these do nothing before one of the functions is called). */
function functionsOf(owner: object, pattern = /^[a-z]/): string[] {
  const names = Object.getOwnPropertyNames(owner).filter((name) => pattern.test(name) && name !== 'constructor');
  return names.filter((name) => typeof owned(owner)[name] === 'function');
}

/** All functions of an object. */
function allOf(owner: object, where: string): Forbidden {
  return { owner: owned(owner), where, names: functionsOf(owner) };
}

/** Those of zlib that work on other threads, and answer when these are done. */
const ZLIB_ON_THREADS = functionsOf(zlib).filter((name) => `${name}Sync` in zlib || name.startsWith('create'));

/** Sockets are reached by the classes that all of Node's protocols are made of; without these nothing leaves the process. */
const NETWORK: readonly Forbidden[] = [
  { owner: owned(globalThis), where: '', names: ['fetch'] },
  { owner: owned(net.Socket.prototype), where: 'Socket.', names: ['connect'] },
  { owner: owned(net.Server.prototype), where: 'Server.', names: ['listen'] },
  // Their agents may hold sockets that were connected before the run.
  { owner: owned(http), where: 'http.', names: ['request', 'get'] },
  { owner: owned(https), where: 'https.', names: ['request', 'get'] },
  { owner: owned(http2), where: 'http2.', names: ['connect'] },
  { owner: owned(tls), where: 'tls.', names: ['connect'] },
  { owner: owned(dgram), where: 'dgram.', names: ['createSocket'] },
  allOf(dns, 'dns.'),
  allOf(dns.Resolver.prototype, 'dns.Resolver.'),
  allOf(dns.promises, 'dns.promises.'),
  allOf(dns.promises.Resolver.prototype, 'dns.promises.Resolver.'),
];

const TIME: readonly Forbidden[] = [
  { owner: owned(globalThis), where: '', names: ['setTimeout', 'setInterval', 'setImmediate'] },
  { owner: owned(timers), where: 'timers.', names: ['setTimeout', 'setInterval', 'setImmediate'] },
  allOf(timers.promises, 'timers.promises.'),
  allOf(Object.getPrototypeOf(timers.promises.scheduler) as object, 'timers.promises.scheduler.'),
  { owner: owned(AbortSignal), where: 'AbortSignal.', names: ['timeout'] },
  { owner: owned(Atomics), where: 'Atomics.', names: ['wait', 'waitAsync'] },
  { owner: owned(globalThis), where: '', names: ['Date'], isReading: true },
  { owner: owned(performance), where: 'performance.', names: ['now', 'mark', 'measure'], isReading: true },
  { owner: owned(process), where: 'process.', names: ['hrtime', 'uptime', 'cpuUsage'], isReading: true },
];

const CHANCE: readonly Forbidden[] = [
  { owner: owned(Math), where: 'Math.', names: ['random'] },
  { owner: owned(crypto), where: 'crypto.', names: functionsOf(crypto, /^(random|generate)/) },
  {
    owner: owned(Object.getPrototypeOf(crypto.webcrypto) as object),
    where: 'crypto.',
    names: ['getRandomValues', 'randomUUID'],
  },
];

const THREADS_AND_PROCESSES: readonly Forbidden[] = [
  // These answer from libuv's threads; their twins with `Sync` compute the same at once.
  { owner: owned(crypto), where: 'crypto.', names: ['checkPrime', 'hkdf', 'pbkdf2', 'scrypt'] },
  allOf(Object.getPrototypeOf(crypto.webcrypto.subtle) as object, 'crypto.subtle.'),
  { owner: owned(zlib), where: 'zlib.', names: ZLIB_ON_THREADS },
  { owner: owned(workerThreads), where: 'worker_threads.', names: ['Worker'] },
  allOf(childProcess, 'child_process.'),
];

const FILES: readonly Forbidden[] = [allOf(fs, 'fs.'), allOf(fs.promises, 'fs.promises.')];

/** All that no simulated code may call. */
export const FORBIDDEN: readonly Forbidden[] = [...TIME, ...CHANCE, ...FILES, ...NETWORK, ...THREADS_AND_PROCESSES];
