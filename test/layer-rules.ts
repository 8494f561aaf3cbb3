import { posix } from 'node:path';
import { parse } from '@babel/parser';

/** What breaks the table of layers, as `file:line: what`. */
export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

/** Folders of `src` from the lowest row up; those of one row do not know each other. */
const ROWS: ReadonlyArray<readonly string[]> = [
  ['common'],
  ['protocol'],
  ['platform'],
  ['record'],
  ['raft'],
  ['metadata'],
  ['controller'],
  ['log'],
  ['replication'],
  ['coordinator'],
  ['broker'],
  ['grpc', 'kafka', 'http'],
  ['client'],
  ['streams', 'connect'],
  ['simulation'],
  ['testing'],
  ['cli', 'bin'],
];

/** `platform/node` is a folder of its own: it serves interfaces from below, and its worker threads run codecs. */
const REAL_PLATFORM = 'platform/node';
const REAL_PLATFORM_MAY_IMPORT = ['common', 'platform', 'record'];
const MAY_IMPORT_REAL_PLATFORM = ['bin', 'client', 'testing'];
const MAY_IMPORT_SIMULATION = ['testing'];
/** Built on the client alone, with the words that its interface is made of. */
const CLIENT_ONLY: Readonly<Record<string, readonly string[]>> = {
  streams: ['common', 'platform', 'client'],
  connect: ['common', 'platform', 'client'],
};
/** `bin` starts what `cli` describes. */
const SIBLINGS: Readonly<Record<string, readonly string[]>> = { bin: ['cli'] };
/** They make real things, or hand real ones on. */
const REAL_FOLDERS = [REAL_PLATFORM, 'bin', 'cli', 'testing'];

/** Modules that reach outside, wait, or finish in an order of their own. */
const BANNED_MODULES = new Set(
  [
    ...['fs', 'fs/promises', 'net', 'tls', 'http', 'https', 'http2', 'dns', 'dns/promises', 'dgram', 'os', 'inspector'],
    ...['timers', 'timers/promises', 'perf_hooks', 'worker_threads', 'child_process', 'cluster', 'readline', 'repl'],
  ].map((name) => `node:${name}`),
);
/** Packages that only the real platform uses. */
const BANNED_PACKAGES = new Set(['@grpc/grpc-js', 'level', 'classic-level', 'pino', 'prom-client']);
/** Node's HTTP parser runs over any stream, a simulated one, too. */
const ALLOWED_MODULES: Readonly<Record<string, readonly string[]>> = { http: ['node:http'] };

/** Single files that may do what others may not, and why. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // Turns the real event loop, so that nothing else under simulation has to.
  'simulation/driver.ts': ['setImmediate', 'process'],
  // Takes the real world away from what runs in a simulation.
  'simulation/real-world.ts': ['globalThis', 'process'],
  'simulation/forbidden.ts': [
    ...['child_process', 'crypto', 'dgram', 'dns', 'fs', 'http', 'http2', 'https', 'net', 'timers', 'tls'],
    ...['worker_threads', 'zlib'],
  ]
    .map((name) => `node:${name}`)
    .concat('globalThis', 'performance', 'process'),
  // Looks for functions that the types of the oldest Node do not know.
  'record/zstd.ts': ['node:zlib'],
};

const BANNED_GLOBALS = new Set([
  ...['performance', 'setTimeout', 'setInterval', 'setImmediate', 'crypto', 'fetch', 'WebSocket', 'XMLHttpRequest'],
  ...['globalThis', 'global', 'process', 'WeakRef', 'FinalizationRegistry'],
]);
const RANDOM_CRYPTO = /^(random|getRandom|webcrypto|generate|subtle|default$)/;
/** Synchronous ones and constants alone: the others finish on a thread pool. */
const DETERMINISTIC_ZLIB = /(Sync|^constants|^crc32)$/;

/** Checks one file of `src`, named by its path below it, such as `log/segment.ts`. */
export function checkFile(file: string, source: string): Violation[] {
  return new Checker(file).check(source);
}

/** The folder that rules apply to. */
function folderOf(file: string): string {
  return file.startsWith(`${REAL_PLATFORM}/`) ? REAL_PLATFORM : (file.split('/')[0] ?? file);
}

function rowOf(folder: string): number {
  return ROWS.findIndex((row) => row.includes(folder));
}

interface Node {
  readonly type: string;
  readonly loc?: { readonly start: { readonly line: number } } | null;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** A child of a syntax node by name; undefined when there is none. */
function child(node: Node, key: string): Node | undefined {
  const value: unknown = Reflect.get(node, key);
  return isNode(value) ? value : undefined;
}

function text(node: Node | undefined, key: 'name' | 'value'): string | undefined {
  const value: unknown = node === undefined ? undefined : Reflect.get(node, key);
  return typeof value === 'string' ? value : undefined;
}

function children(node: Node): Array<readonly [key: string, child: Node]> {
  const found: Array<readonly [string, Node]> = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key.endsWith('Comments')) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) found.push([key, one]);
  }
  return found;
}

class Checker {
  readonly #file: string;
  readonly #folder: string;
  readonly #real: boolean;
  readonly #violations: Violation[] = [];
  /** Names that the file declares itself: they hide a global of the same name. */
  readonly #declared = new Set<string>();

  constructor(file: string) {
    this.#file = file;
    this.#folder = folderOf(file);
    this.#real = REAL_FOLDERS.includes(this.#folder) || !file.includes('/');
  }

  check(source: string): Violation[] {
    if (this.#file.includes('/') && this.#folder !== REAL_PLATFORM && rowOf(this.#folder) < 0) {
      this.#report(undefined, `the folder ${this.#folder} has no row in the table of layers`);
    }
    const tree = parse(source, { sourceType: 'module', plugins: ['typescript', 'explicitResourceManagement'] });
    this.#collect(tree.program);
    this.#visit(tree.program, undefined, '');
    return this.#violations;
  }

  #report(node: Node | undefined, what: string): void {
    this.#violations.push({ file: this.#file, line: node?.loc?.start.line ?? 1, what });
  }

  #collect(node: Node): void {
    if (/^(VariableDeclarator|FunctionDeclaration|ClassDeclaration)$/.test(node.type)) this.#declare(child(node, 'id'));
    if (/^Import\w*Specifier$/.test(node.type)) this.#declare(child(node, 'local'));
    if (node.type === 'CatchClause') this.#declare(child(node, 'param'));
    const params: unknown = Reflect.get(node, 'params');
    if (Array.isArray(params)) for (const param of params) if (isNode(param)) this.#declare(param);
    for (const [, one] of children(node)) this.#collect(one);
  }

  /** Declares the names of a binding, destructured or not; what follows `=` in one is an expression. */
  #declare(binding: Node | undefined): void {
    if (binding === undefined) return;
    if (binding.type === 'Identifier') this.#declared.add(text(binding, 'name') ?? '');
    else if (binding.type === 'AssignmentPattern') this.#declare(child(binding, 'left'));
    else if (binding.type === 'ObjectProperty') this.#declare(child(binding, 'value'));
    else if (binding.type === 'TSParameterProperty') this.#declare(child(binding, 'parameter'));
    else if (/^(ObjectPattern|ArrayPattern|RestElement)$/.test(binding.type)) {
      for (const [, one] of children(binding)) this.#declare(one);
    }
  }

  #visit(node: Node, parent: Node | undefined, key: string): void {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        this.#checkImport(node, child(node, 'source'), node);
        break;
      case 'ImportExpression':
        this.#checkImport(node, child(node, 'source'), undefined);
        break;
      case 'TSImportType':
        this.#checkImport(node, child(node, 'argument'), undefined);
        break;
      case 'CallExpression':
        this.#checkCall(node);
        break;
      case 'MemberExpression':
        this.#checkMember(node);
        break;
      case 'NewExpression':
        this.#checkNew(node);
        break;
      case 'Identifier':
        this.#checkIdentifier(node, parent, key);
        break;
      default:
    }
    if (isType(node)) return;
    for (const [name, one] of children(node)) this.#visit(one, node, name);
  }

  #checkCall(node: Node): void {
    const callee = child(node, 'callee');
    const argument: unknown = Reflect.get(node, 'arguments');
    const first: unknown = Array.isArray(argument) ? argument[0] : undefined;
    if (callee?.type === 'Import' || text(callee, 'name') === 'require') {
      this.#checkImport(node, isNode(first) ? first : undefined, undefined);
    }
    if (text(callee, 'name') === 'Date') this.#reportGlobal(node, 'Date()');
  }

  #checkImport(at: Node, source: Node | undefined, declaration: Node | undefined): void {
    let specifier = text(source, 'value');
    if (specifier === undefined && source?.type === 'TSLiteralType')
      specifier = text(child(source, 'literal'), 'value');
    if (specifier === undefined) return;
    if (!specifier.startsWith('.')) {
      this.#checkModule(at, specifier, declaration);
      return;
    }
    const target = posix.normalize(posix.join(posix.dirname(this.#file), specifier));
    if (target.startsWith('..')) this.#report(at, `imports ${specifier}, which is not in src`);
    else this.#checkDirection(at, folderOf(target));
  }

  #checkDirection(at: Node, target: string): void {
    const from = this.#folder;
    if (from === target || !this.#file.includes('/')) return;
    const denied = (): void => this.#report(at, `${from} may not import ${target}`);
    if (target === REAL_PLATFORM) {
      if (!MAY_IMPORT_REAL_PLATFORM.includes(from)) denied();
    } else if (target === 'simulation') {
      if (!MAY_IMPORT_SIMULATION.includes(from)) denied();
    } else if (from === REAL_PLATFORM) {
      if (!REAL_PLATFORM_MAY_IMPORT.includes(target)) denied();
    } else {
      const allowed = CLIENT_ONLY[from]?.includes(target) ?? rowOf(target) < rowOf(from);
      if (!allowed && SIBLINGS[from]?.includes(target) !== true) denied();
    }
  }

  #checkModule(at: Node, specifier: string, declaration: Node | undefined): void {
    if (this.#real || ALLOWED_MODULES[this.#folder]?.includes(specifier) === true) return;
    if (EXCEPTIONS[this.#file]?.includes(specifier) === true) return;
    if (declaration !== undefined && Reflect.get(declaration, 'importKind') === 'type') return;
    const module = specifier.startsWith('node:') ? specifier : `node:${specifier}`;
    if (BANNED_MODULES.has(module)) this.#report(at, `uses ${specifier}: take it from the platform`);
    if (BANNED_PACKAGES.has(specifier)) this.#report(at, `uses ${specifier}, which belongs to ${REAL_PLATFORM}`);
    if (module === 'node:crypto') this.#checkNames(at, declaration, (name) => !RANDOM_CRYPTO.test(name), specifier);
    if (module === 'node:zlib') this.#checkNames(at, declaration, (name) => DETERMINISTIC_ZLIB.test(name), specifier);
  }

  #checkNames(at: Node, declaration: Node | undefined, allowed: (name: string) => boolean, specifier: string): void {
    const specifiers: unknown = declaration === undefined ? undefined : Reflect.get(declaration, 'specifiers');
    if (!Array.isArray(specifiers)) {
      this.#report(at, `imports all of ${specifier}: name what is used`);
      return;
    }
    for (const one of specifiers) {
      if (!isNode(one)) continue;
      if (one.type !== 'ImportSpecifier') this.#report(at, `imports all of ${specifier}: name what is used`);
      const name = text(child(one, 'imported'), 'name');
      if (name !== undefined && !allowed(name))
        this.#report(at, `uses ${name} of ${specifier}: take it from the platform`);
    }
  }

  #checkMember(node: Node): void {
    const object = text(child(node, 'object'), 'name');
    const property = child(node, 'property');
    const name = text(property, 'name') ?? text(property, 'value');
    if (object === 'Math' && name === 'random') this.#reportGlobal(node, 'Math.random');
    if (object === 'Date' && name === 'now') this.#reportGlobal(node, 'Date.now');
  }

  #checkNew(node: Node): void {
    const given: unknown = Reflect.get(node, 'arguments');
    if (text(child(node, 'callee'), 'name') === 'Date' && Array.isArray(given) && given.length === 0) {
      this.#reportGlobal(node, 'new Date()');
    }
  }

  #checkIdentifier(node: Node, parent: Node | undefined, key: string): void {
    const name = text(node, 'name') ?? '';
    if (!BANNED_GLOBALS.has(name) || this.#declared.has(name)) return;
    if (EXCEPTIONS[this.#file]?.includes(name) === true) return;
    const computed = parent !== undefined && Reflect.get(parent, 'computed') === true;
    // The name of a member, and not a use of the global.
    if ((key === 'property' || key === 'key') && !computed) return;
    if (parent !== undefined && /^(PrivateName|ImportSpecifier|ExportSpecifier|LabeledStatement)$/.test(parent.type))
      return;
    this.#reportGlobal(node, name);
  }

  #reportGlobal(node: Node, name: string): void {
    if (!this.#real) this.#report(node, `uses ${name}: take it from the platform`);
  }
}

/** Syntax that holds no values; the rest of TypeScript's nodes (`as`, `satisfies`, parameters) hold expressions. */
function isType(node: Node): boolean {
  return (
    node.type.startsWith('TS') &&
    !/^TS(AsExpression|SatisfiesExpression|NonNullExpression|TypeAssertion|InstantiationExpression)$/.test(node.type) &&
    !/^TS(ParameterProperty|ExportAssignment|ModuleBlock|ModuleDeclaration)$/.test(node.type) &&
    !hasImportType(node)
  );
}

/** Types are walked where they may hold `import('…')`. */
function hasImportType(node: Node): boolean {
  return children(node).some(([, one]) => one.type === 'TSImportType' || hasImportType(one));
}
