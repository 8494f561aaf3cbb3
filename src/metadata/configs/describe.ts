import type { ConfigDefinition, ConfigType } from './definition.js';
import { isReadable } from './parse.js';
import type { ConfigTexts } from './parse.js';
import { BROKER_CONFIGS, TOPIC_CONFIGS } from './tables.js';

/** Where a value comes from, in Kafka's words. */
export type ConfigSource =
  | 'DYNAMIC_TOPIC_CONFIG'
  | 'DYNAMIC_BROKER_CONFIG'
  | 'DYNAMIC_DEFAULT_BROKER_CONFIG'
  | 'STATIC_BROKER_CONFIG'
  | 'DEFAULT_CONFIG';

export interface DescribedConfig {
  readonly name: string;
  /** Undefined: not set and without a fixed default, or hidden because it is sensitive. */
  readonly value: string | undefined;
  readonly source: ConfigSource;
  readonly readOnly: boolean;
  readonly sensitive: boolean;
  readonly type: ConfigType;
  readonly documentation: string;
}

/** The texts that lie over each other at one broker. */
export interface BrokerConfigLayers {
  readonly staticTexts: ConfigTexts;
  readonly clusterDefaults: ConfigTexts;
  readonly ofThisBroker: ConfigTexts;
}

/** Every broker key with its value in force and where that comes from, by name. */
export function describeBrokerConfigs(layers: BrokerConfigLayers): DescribedConfig[] {
  return Object.values<ConfigDefinition<unknown>>(BROKER_CONFIGS)
    .map((definition) => describedBroker(definition, layers))
    .sort(byName);
}

/** Every topic key with its value in force for a topic with these `overrides`. */
export function describeTopicConfigs(overrides: ConfigTexts, layers: BrokerConfigLayers): DescribedConfig[] {
  return Object.values(TOPIC_CONFIGS)
    .map((definition) => {
      const own = overrides.get(definition.name);
      if (own !== undefined && isReadable('topic', definition.name, own))
        return described(definition, own, 'DYNAMIC_TOPIC_CONFIG', false);
      const { brokerField } = definition;
      if (!brokerField) return described(definition, definition.defaultText, 'DEFAULT_CONFIG', false);
      const broker = describedBroker(BROKER_CONFIGS[brokerField], layers);
      return described(definition, broker.value, broker.source, false);
    })
    .sort(byName);
}

function describedBroker(definition: ConfigDefinition<unknown>, layers: BrokerConfigLayers): DescribedConfig {
  const readOnly = definition.dynamic === 'no';
  const sources: readonly (readonly [ConfigTexts, ConfigSource])[] = [
    [layers.ofThisBroker, 'DYNAMIC_BROKER_CONFIG'],
    [layers.clusterDefaults, 'DYNAMIC_DEFAULT_BROKER_CONFIG'],
    [layers.staticTexts, 'STATIC_BROKER_CONFIG'],
  ];
  for (const [texts, source] of sources) {
    const text = texts.get(definition.name);
    if (text === undefined || (definition.clusterWide && source === 'STATIC_BROKER_CONFIG')) continue;
    if (!isReadable('broker', definition.name, text)) continue;
    return described(definition, text, source, readOnly);
  }
  for (const { name, factor } of definition.fallbacks) {
    const text = layers.staticTexts.get(name);
    if (text === undefined) continue;
    const value = Number(text) > 0 ? String(BigInt(text) * BigInt(factor)) : text;
    return described(definition, value, 'STATIC_BROKER_CONFIG', readOnly);
  }
  return described(definition, definition.defaultText, 'DEFAULT_CONFIG', readOnly);
}

function described(
  definition: ConfigDefinition<unknown>,
  value: string | undefined,
  source: ConfigSource,
  readOnly: boolean,
): DescribedConfig {
  return {
    name: definition.name,
    value: definition.sensitive ? undefined : value,
    source,
    readOnly,
    sensitive: definition.sensitive,
    type: definition.type,
    documentation: definition.documentation,
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
