import { spawnSync } from 'node:child_process';
import t from 'tap';
import { runCommand } from './fake-surroundings.js';

/** What bash offers for the words of a command line, the last one being typed. */
function completeInBash(script: string, words: readonly string[]): string[] {
  const typed = words.map((word) => `'${word}'`).join(' ');
  const program = `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length - 1}; _varve; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['--norc', '-c', program], { encoding: 'utf8', cwd: '/' });
  return run.stdout.split('\n').filter((line) => line !== '');
}

t.test('bash completes commands and options of the level that was typed', async (t) => {
  const { stdout, code } = await runCommand(['completion', 'bash']);
  t.equal(code, 0);
  t.ok(completeInBash(stdout, ['varve', '']).includes('topics'));
  t.same(completeInBash(stdout, ['varve', 'topics', 'de']), ['describe', 'delete']);
  t.same(completeInBash(stdout, ['varve', 'topics', 'create', 'x', '--part']), ['--partitions']);
  t.same(completeInBash(stdout, ['varve', 'quorum', 'transfer', '--js']), ['--json']);
});

t.test('zsh and fish name every command', async (t) => {
  for (const shell of ['zsh', 'fish']) {
    const { stdout } = await runCommand(['completion', shell]);
    for (const word of ['topics', 'describe', 'add-voter', 'under-replicated'])
      t.match(stdout, word, `${shell}: ${word}`);
  }
  t.equal((await runCommand(['completion', 'tcsh'])).code, 2);
});

t.test('each script is good syntax to its shell, where that is installed', async (t) => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await runCommand(['completion', shell]);
    const checked = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    if (checked.error !== undefined) t.comment(`${shell} is not installed`);
    else t.equal(checked.status, 0, checked.stderr);
    if (shell === 'bash') t.equal(checked.error, undefined, 'this project cannot do without bash');
  }
});

t.test('fish, where it is installed, completes what was typed', async (t) => {
  const { stdout } = await runCommand(['completion', 'fish']);
  const program = `${stdout}\ncomplete -C 'varve topics de'`;
  const run = spawnSync('fish', ['--no-config', '-c', program], { encoding: 'utf8', cwd: '/' });
  if (run.error !== undefined) t.comment('fish is not installed');
  else
    t.same(
      run.stdout
        .split('\n')
        .map((line) => line.split('\t')[0])
        .filter(Boolean)
        .sort(),
      ['delete', 'describe'],
    );
});
