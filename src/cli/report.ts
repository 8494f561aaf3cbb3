import Table from 'cli-table3';
import pc from 'picocolors';
import type { Output, Surroundings } from './surroundings.js';

export type Colors = ReturnType<typeof pc.createColors>;

/** What a command has to say, as tables and colours for people or as JSON for scripts. */
export class Report {
  readonly #out: Output;
  readonly #json: boolean;
  readonly colors: Colors;

  constructor(surroundings: Pick<Surroundings, 'stdout' | 'env'>, options: { readonly json?: boolean | undefined }) {
    this.#out = surroundings.stdout;
    this.#json = options.json === true;
    this.colors = colorsFor(surroundings.stdout, surroundings.env);
  }

  /** Writes `value` with `--json`, else what `print` writes. */
  give(value: unknown, print: () => void): void {
    if (this.#json) this.#out.write(`${JSON.stringify(value, null, 2)}\n`);
    else print();
  }

  line(text = ''): void {
    this.#out.write(`${text}\n`);
  }

  /** Rows under their heads, aligned, without lines: easy to read, to grep and to cut. */
  table(heads: readonly string[], rows: ReadonlyArray<ReadonlyArray<string | number>>): void {
    const none = { top: '', 'top-mid': '', 'top-left': '', 'top-right': '', bottom: '', 'bottom-mid': '' };
    const table = new Table({
      chars: {
        ...none,
        'bottom-left': '',
        'bottom-right': '',
        left: '',
        'left-mid': '',
        mid: '',
        'mid-mid': '',
        right: '',
        'right-mid': '',
        middle: '  ',
      },
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
      head: heads.map((head) => this.colors.bold(head)),
    });
    for (const row of rows) table.push(row.map(String));
    for (const line of table.toString().split('\n')) this.line(line.trimEnd());
  }
}

/** Colours on a terminal, unless NO_COLOR is set (no-color.org) or the terminal is dumb. */
export function colorsFor(out: Output, env: Surroundings['env']): Colors {
  const wanted = env.FORCE_COLOR !== undefined || out.isTerminal;
  return pc.createColors(wanted && !env.NO_COLOR && env.TERM !== 'dumb');
}
