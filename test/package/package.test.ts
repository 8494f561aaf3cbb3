import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';

/** A program beside a node_modules with this package in it, as an installation has it. */
function run(folder: string, args: readonly string[]): string {
  const result = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
  return result.stdout.trim();
}

function installed(testdir: () => string): string {
  const folder = testdir();
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(process.cwd(), join(folder, 'node_modules', 'varve'));
  return folder;
}

const PROGRAM = `const name = (() => { try { throw new varve.VarveError('INVALID_CONFIG', 'x'); } catch (e) { return e.code; } })();
console.log(name, Object.keys(varve).sort().join());`;

t.test('import and require give the same names, each from its own build', async (t) => {
  const folder = installed(() => t.testdir());
  const imported = run(folder, ['--input-type=module', '-e', `import * as varve from 'varve';\n${PROGRAM}`]);
  const required = run(folder, ['--input-type=commonjs', '-e', `const varve = require('varve');\n${PROGRAM}`]);
  t.match(imported, /^INVALID_CONFIG .*VarveError/);
  t.equal(required, imported);
  const path = run(folder, ['--input-type=commonjs', '-e', `console.log(require.resolve('varve'))`]);
  t.ok(path.endsWith('dist/cjs/index.js'), path);
});

t.test('neither build is loaded through the other, and nothing real starts on loading', async (t) => {
  const folder = installed(() => t.testdir());
  const loaded = `const before = process.getActiveResourcesInfo().length; require('varve');
    const own = Object.keys(require.cache).filter((file) => file.includes('/dist/'));
    console.log(own.length > 0 && own.every((file) => file.includes('/dist/cjs/')), process.getActiveResourcesInfo().length - before);`;
  t.equal(run(folder, ['--input-type=commonjs', '-e', loaded]), 'true 0');
});

/** The declarations of modules beside it that the one at `path` imports, inline too. */
function importsOf(path: string): string[] {
  const imports = readFileSync(path, 'utf8').matchAll(/(?:from|import\()\s*['"](\.{1,2}\/[^'"]+)\.js['"]/g);
  return [...imports].map(([, target = '']) => `${join(dirname(path), target)}.d.ts`);
}

t.test('what the package names is there, and tests are not packed', async (t) => {
  const pack = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { encoding: 'utf8' });
  t.equal(pack.status, 0, pack.stderr);
  const [packed] = JSON.parse(pack.stdout) as Array<{ files: Array<{ path: string }> }>;
  const files = new Set(packed?.files.map((file) => file.path));
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
    main: string;
    types: string;
    bin: Record<string, string>;
    exports: Record<string, string | Record<string, Record<string, string>>>;
  };
  const entries = Object.values(manifest.exports).filter((entry) => typeof entry === 'object');
  const named = [manifest.main, manifest.types, ...Object.values(manifest.bin)]
    .concat(...entries.flatMap((entry) => Object.values(entry).map((condition) => Object.values(condition))))
    .map((path) => path.replace(/^\.\//, ''));
  t.equal(named.length, 3 + 4 * entries.length);
  t.ok(entries.length >= 2, 'the package itself and its testing');
  for (const path of named) t.ok(files.has(path) && existsSync(path), path);
  for (const path of ['LICENSE', 'README.md', 'proto/varve/v1/varve.proto']) t.ok(files.has(path), path);
  const untyped = [...files]
    .filter((path) => path.endsWith('.d.ts'))
    .flatMap((path) => importsOf(path).filter((target) => !files.has(target)))
    .sort();
  t.same([...new Set(untyped)], [], 'each declaration that another refers to is packed');
  t.same(
    [...files].filter((path) => path.startsWith('test/') || path.startsWith('dist/test/')),
    [],
  );
});

t.test('one protobufjs is installed: the generated code and who reads descriptors share it', (t) => {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, unknown> };
  const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/protobufjs'));
  t.strictSame(copies, ['node_modules/protobufjs']);
  t.end();
});
