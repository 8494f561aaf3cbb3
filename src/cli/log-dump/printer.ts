import type { Output } from '../surroundings.js';

export interface PrinterOptions {
  readonly json: boolean;
  /** Print problems alone. */
  readonly problemsOnly: boolean;
}

/** Where a dump goes: lines as Kafka's DumpLogSegments prints them, or JSON lines; and what was found wrong. */
export class Printer {
  readonly #out: Output;
  readonly #options: PrinterOptions;
  #file = '';
  #problems = 0;

  constructor(out: Output, options: PrinterOptions) {
    this.#out = out;
    this.#options = options;
  }

  get problems(): number {
    return this.#problems;
  }

  async startFile(path: string): Promise<void> {
    this.#file = path;
    if (!this.#options.json) await this.#write(this.#options.problemsOnly ? '' : `Dumping ${path}\n`);
  }

  /** A line of text alone, left out of JSON. */
  async note(text: string): Promise<void> {
    if (!this.#options.json && !this.#options.problemsOnly) await this.#write(`${text}\n`);
  }

  /** One thing found in the file; only the form that is wanted is made. */
  async item(type: string, text: () => string, fields: () => Record<string, unknown>): Promise<void> {
    if (this.#options.problemsOnly) return;
    if (this.#options.json) await this.#writeJson({ file: this.#file, type, ...fields() });
    else await this.#write(`${text()}\n`);
  }

  /** Something that is wrong with the file; the command then fails. */
  async problem(text: string): Promise<void> {
    this.#problems += 1;
    if (this.#options.json) await this.#writeJson({ file: this.#file, type: 'problem', message: text });
    else await this.#write(`PROBLEM ${this.#file}: ${text}\n`);
  }

  async #writeJson(value: Record<string, unknown>): Promise<void> {
    await this.#write(`${JSON.stringify(value)}\n`);
  }

  async #write(text: string): Promise<void> {
    if (text !== '' && !this.#out.write(text)) await this.#out.drained();
  }
}
