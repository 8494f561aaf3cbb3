/**
 * What one configuration key is. The tables made of these are the one place that knows the keys: parsing, validation,
 * DescribeConfigs, the typed objects that the program reads, and the reference in the docs all come from them.
 */
export interface ConfigDefinition<T> {
  /** Kafka's name wherever Kafka has the key. */
  readonly name: string;
  readonly type: ConfigType;
  /** As it would stand in a properties file; undefined: computed, or nothing, as the documentation says. */
  readonly defaultText: string | undefined;
  readonly unit: ConfigUnit | undefined;
  /** One clause that completes "must be …". */
  readonly allowed: string;
  /** One sentence. */
  readonly documentation: string;
  readonly importance: ConfigImportance;
  /** Where a change takes effect without a restart: nowhere, on one broker, or also as the default of all brokers. */
  readonly dynamic: 'no' | 'broker' | 'cluster';
  /**
   * Controller and leaders must agree on the value to the letter, or acknowledged records are lost: so it is the
   * cluster's, in the metadata log. A node's file only says what a cluster that it founds begins with (as KIP-966 does
   * with min.insync.replicas).
   */
  readonly clusterWide: boolean;
  /** Never shown. */
  readonly sensitive: boolean;
  /** Keys that set the same value in another unit, in order of precedence after `name` (log.retention.hours …). */
  readonly fallbacks: readonly ConfigFallback[];
  /** Throws a ConfigProblem when the text is not allowed. */
  readonly parse: (text: string) => T;
  /** The value when no key is set. */
  readonly absent: T;
}

export type ConfigType = 'int' | 'long' | 'double' | 'boolean' | 'string' | 'list' | 'password';
export type ConfigUnit = 'ms' | 's' | 'bytes' | 'bytes/s';
export type ConfigImportance = 'high' | 'medium' | 'low';

export interface ConfigFallback {
  readonly name: string;
  /** The other key's value times this is this key's. A negative value stays as it is: it means "no limit". */
  readonly factor: number;
}

/** Why a text is not a value of a key; the caller adds the key and the text. */
export class ConfigProblem extends Error {
  override readonly name = 'ConfigProblem';
}

/** The typed object of a table: one field a definition, under the definition's field name. */
export type ConfigValuesOf<Table> = {
  readonly [Field in keyof Table]: Table[Field] extends ConfigDefinition<infer T> ? T : never;
};

interface Common {
  readonly name: string;
  readonly documentation: string;
  readonly importance?: ConfigImportance;
  readonly dynamic?: 'broker' | 'cluster';
  readonly clusterWide?: true;
}

interface Range extends Common {
  readonly min?: number;
  readonly max?: number;
  readonly unit?: ConfigUnit;
  readonly fallbacks?: readonly ConfigFallback[];
}

function define<T>(
  options: Common,
  rest: Pick<ConfigDefinition<T>, 'type' | 'defaultText' | 'allowed' | 'parse' | 'absent'> &
    Partial<Pick<ConfigDefinition<T>, 'unit' | 'sensitive' | 'fallbacks'>>,
): ConfigDefinition<T> {
  return {
    name: options.name,
    documentation: options.documentation,
    importance: options.importance ?? 'medium',
    dynamic: options.dynamic ?? 'no',
    clusterWide: options.clusterWide ?? false,
    unit: undefined,
    sensitive: false,
    fallbacks: [],
    ...rest,
  };
}

const INT_MAX = 2147483647;
/** Kafka's Long.MAX_VALUE, which its users write for "no limit". */
const LONG_MAX = 9223372036854775807n;

/** An integer of Kafka's type INT. */
export function int(options: Range & { readonly default: number }): ConfigDefinition<number> {
  const bounded = { ...options, max: options.max ?? INT_MAX };
  return define(options, { ...integer(bounded, 'int'), defaultText: String(options.default), absent: options.default });
}

/** An integer of Kafka's type LONG; what exceeds 2^53-1 is taken for 2^53-1. */
export function long(options: Range & { readonly default: number }): ConfigDefinition<number> {
  const text = options.default === Number.MAX_SAFE_INTEGER ? String(LONG_MAX) : String(options.default);
  return define(options, { ...integer(options, 'long'), defaultText: text, absent: options.default });
}

/** An INT whose default is computed or "not set". */
export function optionalInt(options: Range): ConfigDefinition<number | undefined> {
  const bounded = { ...options, max: options.max ?? INT_MAX };
  return define<number | undefined>(options, { ...integer(bounded, 'int'), defaultText: undefined, absent: undefined });
}

function integer(
  options: Range,
  type: 'int' | 'long',
): Pick<ConfigDefinition<number>, 'type' | 'allowed' | 'parse' | 'unit' | 'fallbacks'> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  const allowed = rangeText(options.min, options.max === INT_MAX ? undefined : options.max);
  return {
    type,
    allowed: `an integer${allowed}`,
    unit: options.unit,
    fallbacks: options.fallbacks ?? [],
    parse: (text) => {
      if (!/^[+-]?\d{1,19}$/.test(text.trim())) throw new ConfigProblem('it is not an integer');
      const exact = BigInt(text.trim());
      if (exact > LONG_MAX) throw new ConfigProblem('it is too large');
      const value = exact > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(exact);
      if (value < min || value > max) throw new ConfigProblem('it is out of range');
      return value;
    },
  };
}

function rangeText(min: number | undefined, max: number | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max === undefined ? '' : ` of at most ${max}`;
}

export function double(options: Range & { readonly default: number }): ConfigDefinition<number> {
  const { min = -Infinity, max = Infinity } = options;
  return define(options, {
    type: 'double',
    defaultText: String(options.default),
    allowed: `a number${rangeText(options.min, options.max)}`,
    absent: options.default,
    parse: (text) => {
      const value = Number(text.trim());
      if (text.trim() === '' || !Number.isFinite(value)) throw new ConfigProblem('it is not a number');
      if (value < min || value > max) throw new ConfigProblem('it is out of range');
      return value;
    },
  });
}

export function boolean(options: Common & { readonly default: boolean }): ConfigDefinition<boolean> {
  return define(options, {
    type: 'boolean',
    defaultText: String(options.default),
    allowed: 'true or false',
    absent: options.default,
    parse: (text) => {
      const value = text.trim().toLowerCase();
      if (value !== 'true' && value !== 'false') throw new ConfigProblem('it is not a boolean');
      return value === 'true';
    },
  });
}

/** Text that is not empty. */
export function string(options: Common & { readonly default: string }): ConfigDefinition<string> {
  return define(options, {
    type: 'string',
    defaultText: options.default,
    allowed: 'text that is not empty',
    absent: options.default,
    parse: textOf,
  });
}

export function optionalString(options: Common): ConfigDefinition<string | undefined> {
  return define<string | undefined>(options, {
    type: 'string',
    defaultText: undefined,
    allowed: 'text that is not empty',
    absent: undefined,
    parse: textOf,
  });
}

/** Text that is never shown or logged. */
export function password(options: Common): ConfigDefinition<string | undefined> {
  return define<string | undefined>(options, {
    type: 'password',
    defaultText: undefined,
    allowed: 'text that is not empty',
    absent: undefined,
    sensitive: true,
    parse: textOf,
  });
}

function textOf(text: string): string {
  const value = text.trim();
  if (value === '') throw new ConfigProblem('it is empty');
  return value;
}

/** One of the given words. */
export function oneOf<const Word extends string>(
  options: Common & { readonly words: readonly Word[]; readonly default: NoInfer<Word> },
): ConfigDefinition<Word> {
  return define(options, {
    type: 'string',
    defaultText: options.default,
    allowed: `one of ${options.words.join(', ')}`,
    absent: options.default,
    parse: (text) => wordIn(options.words, text.trim()),
  });
}

/** Words separated by commas, each one of the given ones and given once; not empty. */
export function listOf<const Word extends string>(
  options: Common & { readonly words: readonly Word[]; readonly default: readonly NoInfer<Word>[] },
): ConfigDefinition<readonly Word[]> {
  return define<readonly Word[]>(options, {
    type: 'list',
    defaultText: options.default.join(','),
    allowed: `a list of ${options.words.join(', ')}`,
    absent: options.default,
    parse: (text) => {
      const words = splitList(text).map((word) => wordIn(options.words, word));
      if (words.length === 0) throw new ConfigProblem('it is empty');
      if (new Set(words).size !== words.length) throw new ConfigProblem('it names a word twice');
      return words;
    },
  });
}

function wordIn<Word extends string>(words: readonly Word[], text: string): Word {
  const word = words.find((one) => one === text);
  if (word === undefined) throw new ConfigProblem(`'${text}' is none of them`);
  return word;
}

/** Items separated by commas, without the white space around them. */
export function splitList(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Of one key: what its topics have at a time, and the default. */
const REMEMBERED_TEXTS = 16;

/** A list whose items have a form of their own. `parseItem` throws a ConfigProblem. */
export function list<Item>(
  options: Common & {
    readonly defaultText: string;
    readonly allowed: string;
    readonly parseItem: (item: string) => Item;
    /** Checks the items together; throws a ConfigProblem. */
    readonly check?: (items: readonly Item[]) => void;
  },
): ConfigDefinition<readonly Item[]> {
  // Lists of throttled replicas are as long as their topic has partitions, and are read anew with each change of the metadata.
  const remembered = new Map<string, readonly Item[]>();
  const parse = (text: string): readonly Item[] => {
    const known = remembered.get(text);
    if (known !== undefined) return known;
    const items = splitList(text).map(options.parseItem);
    options.check?.(items);
    const [oldest] = remembered.keys();
    if (oldest !== undefined && remembered.size >= REMEMBERED_TEXTS) remembered.delete(oldest);
    remembered.set(text, items);
    return items;
  };
  return define<readonly Item[]>(options, {
    type: 'list',
    defaultText: options.defaultText,
    allowed: options.allowed,
    absent: parse(options.defaultText),
    parse,
  });
}
