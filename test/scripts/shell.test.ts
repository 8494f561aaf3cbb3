import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';

/** What bash 3.2, which macOS has, does not know. */
const NEWER_THAN_3_2: readonly [string, RegExp][] = [
  ['mapfile, readarray, coproc', /^\s*(mapfile|readarray|coproc)\b|[;&|(]\s*(mapfile|readarray|coproc)\b/],
  ['associative arrays, references, global declarations', /\b(declare|local|typeset|readonly)\s+-\w*[Agn]/],
  ['${name^^}, ${name,,}, ${name@Q}', /\$\{!?\w+(\[[^\]]*\])?(\^|,|@[A-Za-z]\})/],
  ['${name[-1]}', /\$\{#?\w+\[-\d/],
  ['|&, &>>', /\|&|&>>/],
  [';&, ;;&', /;;?&/],
  ['wait -n', /\bwait\s+-\w*n/],
  ['[[ -v name ]]', /\[\[?\s+-v\s/],
  ["printf '%(...)T'", /%\([^)]*\)T/],
  ['{name}> redirections', /\s\{\w+\}[<>]/],
  ['EPOCHSECONDS, BASHPID and the like', /\$\{?(EPOCHSECONDS|EPOCHREALTIME|BASHPID|SRANDOM)\b/],
];
/** What only GNU's tools take. */
const GNU_ONLY: readonly [string, RegExp][] = [
  ['sed -i', /\bsed\s+(-\w+\s+)*-i/],
  ['paste without a file', /\bpaste\s+-sd\S*\s*\)/],
];

function shellScripts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : shellScripts(path);
    return entry.name.endsWith('.sh') ? [path] : [];
  });
}

const SCRIPTS = ['.ci/run', ...['scripts', 'test-peers'].flatMap(shellScripts)];

/** Its lines without whole-line comments. */
function linesOf(text: string): string[] {
  return text.split('\n').map((line) => (/^\s*#/.test(line) ? '' : line));
}

function problemsOf(text: string, emptyArrays: ReadonlySet<string>): string[] {
  return linesOf(text).flatMap((line, index) => [
    ...[...NEWER_THAN_3_2, ...GNU_ONLY]
      .filter(([, pattern]) => pattern.test(line))
      .map(([name]) => `${index + 1}: ${name}`),
    // Under set -u an empty array is an unset name there, but for ${name[@]+"${name[@]}"}.
    ...[...line.matchAll(/(?<!\+)"[^"$]*\$\{(\w+)\[[@*]\]\}/g)]
      .filter(([, name]) => emptyArrays.has(name ?? ''))

      .map(([found]) => `${index + 1}: ${found} of an array that may be empty`),
  ]);
}

function emptyArraysOf(texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => [...text.matchAll(/\b(\w+)=\(\)/g)].map(([, name]) => name ?? '')));
}

t.test('the shell scripts run in the bash and with the tools of macOS', (t) => {
  t.ok(SCRIPTS.length > 15, `${SCRIPTS.length} scripts`);
  const texts = SCRIPTS.map((path) => readFileSync(path, 'utf8'));
  const emptyArrays = emptyArraysOf(texts);
  for (const [index, text] of texts.entries()) t.strictSame(problemsOf(text, emptyArrays), [], `${SCRIPTS[index]}`);
  t.end();
});

t.test('each of what is looked for is found', (t) => {
  const found = [
    'mapfile -t lines <file',
    'read x; readarray y',
    'local -A on_host=()',
    'declare -rA x=()',
    'echo "${name^^}"',
    'echo "${name,,}" "${names[0],}"',
    'echo "${name@Q}"',
    'echo "${names[-1]}"',
    'make |& tee log',
    'make &>>log',
    'a) echo ;;&',
    'wait -n',
    '[[ -v name ]]',
    "printf '%(%s)T'",
    'exec {log}>file',
    'echo $BASHPID',
    "sed -i 's/a/b/' file",
    "sed -E -i 's/a/b/' file",
    'ls | paste -sd,)',
    'for each in "${names[@]}"; do',
    'echo " ${names[*]} "',
  ];
  for (const line of found) t.equal(problemsOf(line, new Set(['names'])).length > 0, true, line);
  const fine = [
    'make &',
    'a && b',
    'a || b',
    '${names[@]+"${names[@]}"}',
    'local quote="x"',
    '"${#names[@]}"',
    'x >&2 &',
  ];
  for (const line of fine) t.strictSame(problemsOf(line, new Set(['names'])), [], line);
  t.end();
});
