import { CommanderError } from 'commander';
import { EXIT, describeError } from './command-error.js';
import { buildProgram } from './program.js';
import { colorsFor } from './report.js';
import type { Surroundings } from './surroundings.js';

/** Runs the command line and resolves to its exit code. Never rejects: what fails is told on standard error. */
export async function main(surroundings: Surroundings): Promise<number> {
  try {
    const program = buildProgram(surroundings);
    const output = {
      writeOut: (text: string): void => void surroundings.stdout.write(text),
      writeErr: (text: string): void => void surroundings.stderr.write(text),
      getOutHelpWidth: () => surroundings.stdout.columns ?? 100,
      getErrHelpWidth: () => surroundings.stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    };
    const settle = (command: typeof program): void => {
      command.exitOverride().configureOutput(output).showHelpAfterError('(--help shows what is allowed)');
      for (const child of command.commands) settle(child);
    };
    settle(program);
    await program.parseAsync([...surroundings.args], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    const { message, advice } = describeError(error);
    const colors = colorsFor(surroundings.stderr, surroundings.env);
    surroundings.stderr.write(`${colors.red('error:')} ${message}\n${advice === undefined ? '' : `${advice}\n`}`);
    return EXIT.failure;
  }
}
