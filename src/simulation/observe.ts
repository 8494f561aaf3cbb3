import type { Logger } from '../platform/observe.js';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface TraceLine {
  readonly timeMs: number;
  /** Host and incarnation, or what else speaks: `n1#2`, `fault`. */
  readonly who: string;
  readonly level: LogLevel;
  readonly text: string;
}

/** The last lines that a run said, bounded; and, where someone listens, all of them as they come. */
export class Trace {
  readonly #capacity: number;
  readonly #listener: ((line: TraceLine) => void) | undefined;
  readonly #lines: TraceLine[] = [];
  #next = 0;

  constructor(options: { capacity: number; listener: ((line: TraceLine) => void) | undefined }) {
    this.#capacity = options.capacity;
    this.#listener = options.listener;
  }

  add(line: TraceLine): void {
    this.#lines[this.#next] = line;
    this.#next = (this.#next + 1) % this.#capacity;
    this.#listener?.(line);
  }

  /** The kept lines, oldest first. */
  lines(): TraceLine[] {
    return [...this.#lines.slice(this.#next), ...this.#lines.slice(0, this.#next)];
  }
}

export function formatLine(line: TraceLine): string {
  const time = line.timeMs.toFixed(3).padStart(12);
  return `${time} ${line.who.padEnd(10)} ${line.level.padEnd(5)} ${line.text}`;
}

/** Writes what a process logs into the trace, with the simulation's time. */
export class TraceLogger implements Logger {
  readonly #trace: Trace;
  readonly #nowMs: () => number;
  readonly #who: string;
  readonly #fields: Record<string, unknown>;

  constructor(options: { trace: Trace; nowMs: () => number; who: string; fields?: Record<string, unknown> }) {
    this.#trace = options.trace;
    this.#nowMs = options.nowMs;
    this.#who = options.who;
    this.#fields = options.fields ?? {};
  }

  debug(fields: Record<string, unknown>, message: string): void {
    this.#add('debug', fields, message);
  }

  info(fields: Record<string, unknown>, message: string): void {
    this.#add('info', fields, message);
  }

  warn(fields: Record<string, unknown>, message: string): void {
    this.#add('warn', fields, message);
  }

  error(fields: Record<string, unknown>, message: string): void {
    this.#add('error', fields, message);
  }

  child(fields: Record<string, unknown>): Logger {
    return new TraceLogger({
      trace: this.#trace,
      nowMs: this.#nowMs,
      who: this.#who,
      fields: { ...this.#fields, ...fields },
    });
  }

  #add(level: LogLevel, fields: Record<string, unknown>, message: string): void {
    const all = { ...this.#fields, ...fields };
    const details = Object.entries(all).map(([name, value]) => ` ${name}=${display(value)}`);
    this.#trace.add({ timeMs: this.#nowMs(), who: this.#who, level, text: message + details.join('') });
  }
}

function display(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return String(value);
}
