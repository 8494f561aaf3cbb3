import type { ConfigDefinition } from '../../src/metadata/configs/definition.js';
import { BROKER_CONFIGS, TOPIC_CONFIGS } from '../../src/metadata/configs/tables.js';
import type { TopicConfigDefinition } from '../../src/metadata/configs/tables.js';
import type { MetricDefinition } from '../../src/platform/metric-catalog.js';
import { METRICS } from '../../src/platform/metric-catalog.js';

/** The parts of docs/OPERATIONS.md that are made from the program's own tables, by the name of their marker. */
const SECTIONS: Readonly<Record<string, () => string>> = {
  'node configuration': nodeConfigTable,
  'topic configuration': topicConfigTable,
  metrics: metricsTable,
};

/** The text with every generated part made anew. Throws when a marker is missing. */
export function withReferenceTables(text: string): string {
  let result = text;
  for (const [name, make] of Object.entries(SECTIONS)) {
    const [start, end] = [`<!-- generated: ${name} -->\n`, `<!-- end: ${name} -->`];
    const from = result.indexOf(start);
    const to = result.indexOf(end);
    if (from < 0 || to < from) throw new Error(`docs/OPERATIONS.md has no '${start.trim()}' … '${end}'`);
    result = `${result.slice(0, from + start.length)}\n${make()}\n${result.slice(to)}`;
  }
  return result;
}

const CHANGES = { no: 'restart', broker: 'each broker', cluster: 'yes' } as const;

function nodeConfigTable(): string {
  const definitions: ConfigDefinition<unknown>[] = Object.values(BROKER_CONFIGS);
  const rows = definitions
    .sort((a, b) => compare(a.name, b.name))
    .map((one) => {
      const others = one.fallbacks.map((other) => `\`${other.name}\``).join(', ');
      const text = others === '' ? one.documentation : `${one.documentation} Also as ${others}.`;
      return [code(one.name), defaultOf(one), `${text} Must be ${one.allowed}.`, CHANGES[one.dynamic]];
    });
  return table(['key', 'default', 'what it does', 'changes while running'], rows);
}

function topicConfigTable(): string {
  const definitions: TopicConfigDefinition<unknown>[] = Object.values(TOPIC_CONFIGS);
  const rows = definitions
    .sort((a, b) => compare(a.name, b.name))
    .map((one) => {
      const broker = one.brokerField === undefined ? undefined : BROKER_CONFIGS[one.brokerField].name;
      return [code(one.name), broker === undefined ? defaultOf(one) : code(broker), one.documentation];
    });
  return table(['key', 'default, or the node’s key that gives it', 'what it does'], rows);
}

function metricsTable(): string {
  const rows = Object.values<MetricDefinition>(METRICS).map((metric) => {
    const labels = metric.labelNames === undefined ? '' : `{${metric.labelNames.join(',')}}`;
    return [code(`${metric.name}${labels}`), metric.type, metric.help, metric.meaning];
  });
  return table(['metric', 'type', 'what it measures', 'when to worry'], rows);
}

function defaultOf(definition: ConfigDefinition<unknown>): string {
  const { defaultText, unit } = definition;
  if (defaultText === undefined) return '–';
  if (defaultText === '') return 'empty';
  return unit === undefined ? code(defaultText) : `${code(defaultText)} ${unit}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : 1;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line), ''].join('\n');
}
