import { printTable } from '../cluster/tables.js';
import { summarize } from './statistics.js';
import type { Summary } from './statistics.js';
import { isReached, plain, targetText } from './targets.js';
import type { Target } from './targets.js';

/** One thing that was measured, of all its runs. */
export interface Figure extends Summary {
  readonly section: string;
  readonly name: string;
  readonly unit: string;
  readonly values: readonly number[];
  readonly target?: Target;
  /** Which value counts for the target; default the median. */
  readonly judged?: 'median' | 'most';
  readonly reached?: boolean;
}

export interface FigureOptions {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly judged?: 'median' | 'most';
}

/** Collects figures, prints each as it comes, and at the end those that have a target beside it. */
export class BenchReport {
  readonly #figures: Figure[] = [];
  readonly #say: (text: string) => void;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  get figures(): readonly Figure[] {
    return this.#figures;
  }

  /** Adds what several runs of one thing gave; without a value nothing is added. */
  add(section: string, name: string, unit: string, values: readonly number[], options: FigureOptions = {}): void {
    if (values.length === 0) return;
    const { atLeast, atMost, judged = 'median' } = options;
    const summary = summarize(values);
    const hasTarget = atLeast !== undefined || atMost !== undefined;
    const bounds = { ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
    const target: Target = { name: `${section}: ${name}`, unit, ...bounds };
    const reached = isReached({ target, value: summary[judged] });
    this.#figures.push({
      section,
      name,
      unit,
      values,
      ...summary,
      ...(hasTarget ? { target, judged, reached } : {}),
    });
    const spread = values.length > 1 ? ` (${plain(summary.least)} to ${plain(summary.most)})` : '';
    this.#say(`${section}: ${name}: ${plain(summary.median)} ${unit}${spread}`);
  }

  /** The median of what was added under this name; undefined for none. */
  median(section: string, name: string): number | undefined {
    return this.#figures.find((figure) => figure.section === section && figure.name === name)?.median;
  }

  print(): void {
    for (const section of new Set(this.#figures.map((figure) => figure.section))) {
      printTable(
        [section, 'median', 'least', 'most', 'runs', 'unit'],
        this.#figures
          .filter((figure) => figure.section === section)
          .map(({ name, median, least, most, runs, unit }) => [
            name,
            plain(median),
            plain(least),
            plain(most),
            runs,
            unit,
          ]),
      );
    }
    printTable(
      ['target', 'wanted', 'reached', ''],
      this.#figures.flatMap(({ target, judged, reached, ...figure }) =>
        target === undefined
          ? []
          : [
              [
                judged === 'most' ? `${target.name}, the worst` : target.name,
                targetText(target),
                plain(figure[judged ?? 'median']),
                reached === true ? 'yes' : 'NO',
              ],
            ],
      ),
    );
  }
}
