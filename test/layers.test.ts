import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import t from 'tap';
import { checkFile } from './layer-rules.js';

/** Compiled protocol modules are generated, and import protobufjs alone. */
function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

t.test('every file keeps to the table of layers', async (t) => {
  const files = sources('src');
  t.ok(files.length > 20, 'there is something to check');
  const violations = files.flatMap((path) =>
    checkFile(relative('src', path).split(sep).join('/'), readFileSync(path, 'utf8')),
  );
  t.same(
    violations.map(({ file, line, what }) => `${file}:${line}: ${what}`),
    [],
  );
});

const planted: ReadonlyArray<readonly [file: string, source: string, what: RegExp]> = [
  ['log/a.ts', `import { x } from '../broker/b.js';`, /log may not import broker/],
  ['log/a.ts', `import type { X } from '../broker/b.js';`, /log may not import broker/],
  ['log/a.ts', `export * from '../replication/b.js';`, /log may not import replication/],
  ['log/a.ts', `export { x } from '../replication/b.js';`, /log may not import replication/],
  ['log/a.ts', `const x = await import('../broker/b.js');`, /log may not import broker/],
  ['log/a.ts', `let x: import('../broker/b.js').X;`, /log may not import broker/],
  ['log/a.ts', `function f(x: Array<import('../broker/b.js').X>) {}`, /log may not import broker/],
  ['kafka/a.ts', `import { x } from '../grpc/b.js';`, /kafka may not import grpc/],
  ['streams/a.ts', `import { x } from '../broker/b.js';`, /streams may not import broker/],
  ['broker/a.ts', `import { x } from '../platform/node/b.js';`, /broker may not import platform\/node/],
  ['cli/a.ts', `import { x } from '../platform/node/b.js';`, /cli may not import platform\/node/],
  ['platform/a.ts', `import { x } from './node/b.js';`, /platform may not import platform\/node/],
  ['platform/node/a.ts', `import { x } from '../../log/b.js';`, /platform\/node may not import log/],
  ['client/a.ts', `import { x } from '../simulation/b.js';`, /client may not import simulation/],
  ['bin/a.ts', `import { x } from '../simulation/b.js';`, /bin may not import simulation/],
  ['log/a.ts', `import { x } from '../../test/b.js';`, /not in src/],
  ['shiny/a.ts', `export const x = 1;`, /no row/],
  ['log/a.ts', `import fs from 'node:fs';`, /uses node:fs/],
  ['log/a.ts', `import { readFile } from 'fs/promises';`, /uses fs\/promises/],
  ['kafka/a.ts', `import net from 'node:net';`, /uses node:net/],
  ['kafka/a.ts', `import http from 'node:http';`, /uses node:http/],
  ['raft/a.ts', `import { setTimeout } from 'node:timers/promises';`, /timers\/promises/],
  ['raft/a.ts', `import { Level } from 'level';`, /uses level/],
  ['raft/a.ts', `import { randomBytes } from 'node:crypto';`, /randomBytes/],
  ['raft/a.ts', `import { randomUUID as id } from 'crypto';`, /randomUUID/],
  ['raft/a.ts', `import crypto from 'node:crypto';`, /all of node:crypto/],
  ['record/a.ts', `import { gunzip } from 'node:zlib';`, /gunzip/],
  ['record/a.ts', `import * as zlib from 'node:zlib';`, /all of node:zlib/],
  ['raft/a.ts', `const x = Date.now();`, /Date\.now/],
  ['raft/a.ts', `const x = new Date();`, /new Date\(\)/],
  ['raft/a.ts', `const x = Math.random() as number;`, /Math\.random/],
  ['raft/a.ts', `const x = performance.now();`, /performance/],
  ['raft/a.ts', `setTimeout(() => {}, 1);`, /setTimeout/],
  ['raft/a.ts', `const later = { at: setImmediate };`, /setImmediate/],
  ['raft/a.ts', `class A { constructor(private readonly t = setInterval) {} }`, /setInterval/],
  ['raft/a.ts', `process.nextTick(() => {});`, /process/],
  ['raft/a.ts', `const t = globalThis['setTimeout'];`, /globalThis/],
];

t.test('planted violations are caught', async (t) => {
  for (const [file, source, what] of planted) {
    const found = checkFile(file, source).map((violation) => violation.what);
    t.equal(found.length, 1, `${file}: ${source} gives ${found.join('; ')}`);
    t.match(found[0] ?? '', what);
  }
});

t.test('what is allowed is let through', async (t) => {
  const allowed: ReadonlyArray<readonly [file: string, source: string]> = [
    ['broker/a.ts', `import { x } from '../log/b.js'; import type { Clock } from '../platform/clock.js';`],
    ['bin/a.ts', `import { x } from '../cli/b.js'; import { y } from '../platform/node/b.js'; Date.now();`],
    ['client/a.ts', `import { y } from '../platform/node/b.js';`],
    ['testing/a.ts', `import { y } from '../simulation/b.js';`],
    ['platform/node/a.ts', `import { y } from '../clock.js'; setTimeout(() => {}, performance.now());`],
    ['http/a.ts', `import { createServer } from 'node:http';`],
    ['http/a.ts', `import type { Server } from 'node:net';`],
    ['record/a.ts', `import { gunzipSync, constants } from 'node:zlib'; import { createHash } from 'node:crypto';`],
    ['raft/a.ts', `interface T { setTimeout(ms: number): void; process: string } const d = new Date(7).toISOString();`],
    [
      'raft/a.ts',
      `function f(clock: { performance: number }, process: string) { return clock.performance + process; }`,
    ],
    [
      'raft/a.ts',
      `function f({ process, at: [global] }: X) { const { crypto = 1 } = process; return crypto + global; }`,
    ],
    ['raft/a.ts', `class A { #process = 1; f() { return this.#process; } }`],
    ['raft/a.ts', `const options = { crypto: 1, global: 2 }; options.crypto;`],
    ['index.ts', `export * from './client/b.js';`],
  ];
  for (const [file, source] of allowed) t.same(checkFile(file, source), [], `${file}: ${source}`);
});
