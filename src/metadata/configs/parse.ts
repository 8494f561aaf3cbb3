import { defined } from '../../common/assert.js';
import { VarveError } from '../../common/errors.js';
import type { ConfigResourceType } from '../records.js';
import { ConfigProblem } from './definition.js';
import type { ConfigDefinition } from './definition.js';
import { nearestName } from './nearest-name.js';
import { BROKER_CONFIGS, BROKER_FIELDS, TOPIC_CONFIGS, TOPIC_FIELDS } from './tables.js';
import type { BrokerConfig, TopicConfig } from './tables.js';

/** Configuration as text, key by key, as a properties file or the metadata log has it. */
export type ConfigTexts = ReadonlyMap<string, string>;

/**
 * A node's configuration from its texts; what is not set has its default. Throws a VarveError INVALID_CONFIG that names
 * the key, the value and what is allowed.
 */
export function parseBrokerConfig(texts: ConfigTexts): BrokerConfig {
  for (const [name, text] of texts) {
    const problem = unknownBrokerConfig(name, text);
    if (problem !== undefined) throw invalid(problem);
  }
  const config: Record<string, unknown> = {};
  for (const [field, definition] of Object.entries<ConfigDefinition<unknown>>(BROKER_CONFIGS)) {
    config[field] = brokerValue(definition, texts);
  }
  if (config['nodeId'] === undefined) throw invalid('node.id is not set: give each node an integer of its own.');
  const checked = config as unknown as BrokerConfig;
  checkTogether(checked);
  return checked;
}

const BROKER_NAMES: ReadonlySet<string> = new Set(
  Object.values<ConfigDefinition<unknown>>(BROKER_CONFIGS).flatMap((one) => [
    one.name,
    ...one.fallbacks.map((other) => other.name),
  ]),
);
/** What stands behind a name that nobody knows may be a secret all the same. */
const SECRET_NAME = /password|secret|credential|jaas|\.key$/i;

/** What to tell somebody who sets `name`; undefined where a node has such a setting. */
export function unknownBrokerConfig(name: string, text: string): string | undefined {
  if (BROKER_NAMES.has(name)) return undefined;
  const shown = SECRET_NAME.test(name) ? '(hidden)' : text;
  return `${name}=${shown}: there is no such configuration;${adviceOn(name, BROKER_NAMES)}`;
}

function adviceOn(name: string, names: Iterable<string>): string {
  const nearest = nearestName(name, names);
  return `${nearest === undefined ? '' : ` is ${nearest} meant?`} docs/OPERATIONS.md lists those there are.`;
}

/**
 * The configuration in force when dynamic values lie over the static ones: those of this broker over the default of all
 * brokers. Static values of cluster-wide keys do not count.
 *
 * Dynamic values are committed, and a node that applies them must not fail over them: they were checked when they were set,
 * one by one, and what this release cannot read (a key or a value of a newer one) counts as not set. So no rule over
 * several keys may depend on a dynamic one.
 */
export function withDynamicConfigs(
  staticTexts: ConfigTexts,
  clusterDefaults: ConfigTexts,
  ofThisBroker: ConfigTexts,
): BrokerConfig {
  const own = [...staticTexts].filter(([name]) => !isClusterWide(name));
  const dynamic = [...clusterDefaults, ...ofThisBroker].filter(([name, text]) => isReadable('broker', name, text));
  return parseBrokerConfig(new Map([...own, ...dynamic]));
}

/** What a node writes into the metadata log of a cluster that it founds: its static values of cluster-wide keys. */
export function foundingConfigs(staticTexts: ConfigTexts): ConfigTexts {
  return new Map([...staticTexts].filter(([name]) => isClusterWide(name)));
}

export function isClusterWide(name: string): boolean {
  const field = BROKER_FIELDS.get(name);
  return field !== undefined && BROKER_CONFIGS[field].clusterWide;
}

function brokerValue(definition: ConfigDefinition<unknown>, texts: ConfigTexts): unknown {
  const text = texts.get(definition.name);
  if (text !== undefined) return parseValue(definition, definition.name, text);
  for (const { name, factor } of definition.fallbacks) {
    const other = texts.get(name);
    if (other === undefined) continue;
    const value = parseValue(definition, name, other);
    return typeof value === 'number' && value > 0 ? Math.min(value * factor, Number.MAX_SAFE_INTEGER) : value;
  }
  return definition.absent;
}

function parseValue<T>(definition: ConfigDefinition<T>, name: string, text: string): T {
  try {
    return definition.parse(text);
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    const shown = definition.sensitive ? '(hidden)' : text;
    throw invalid(`${name}=${shown}: ${error.message}; it must be ${definition.allowed}.`);
  }
}

function invalid(message: string): VarveError {
  return new VarveError('INVALID_CONFIG', message);
}

/** Whether this release knows the key and takes the value, or a newer one must have set it. */
export function isReadable(type: ConfigResourceType, name: string, text: string): boolean {
  const definition = type === 'topic' ? definitionOfTopic(name) : definitionOfBroker(name);
  return definition !== undefined && readValue(definition, text) !== undefined;
}

function definitionOfTopic(name: string): ConfigDefinition<unknown> | undefined {
  const field = TOPIC_FIELDS.get(name);
  return field && TOPIC_CONFIGS[field];
}

function definitionOfBroker(name: string): ConfigDefinition<unknown> | undefined {
  const field = BROKER_FIELDS.get(name);
  return field && BROKER_CONFIGS[field];
}

function readValue<T>(definition: ConfigDefinition<T>, text: string): { readonly value: T } | undefined {
  try {
    return { value: definition.parse(text) };
  } catch (error) {
    if (error instanceof ConfigProblem) return undefined;
    throw error;
  }
}

/**
 * The value in force of one key of a topic. `broker` holds its brokers' values, dynamic ones included. As with those, a text
 * that this release cannot read counts as not set.
 */
export function topicValue<Field extends keyof TopicConfig>(
  field: Field,
  overrides: ConfigTexts,
  broker: BrokerConfig,
): TopicConfig[Field] {
  const definition = TOPIC_CONFIGS[field];
  const text = overrides.get(definition.name);
  const own = text === undefined ? undefined : readValue<unknown>(definition, text);
  if (own !== undefined) return own.value as TopicConfig[Field];
  const { brokerField } = definition;
  return (brokerField ? broker[brokerField] : definition.absent) as TopicConfig[Field];
}

/** A topic's configuration in force: its own texts over its brokers' values. It never throws, as `withDynamicConfigs`. */
export function topicConfig(broker: BrokerConfig, overrides: ConfigTexts): TopicConfig {
  const config: Record<string, unknown> = {};
  for (const field of Object.keys(TOPIC_CONFIGS) as (keyof TopicConfig)[]) {
    config[field] = topicValue(field, overrides, broker);
  }
  return config as unknown as TopicConfig;
}

/** Checks the texts that a new topic is given. Throws INVALID_CONFIG. */
export function checkTopicConfigs(broker: BrokerConfig, topic: string, texts: ConfigTexts): void {
  for (const [name, text] of texts) checkValue(topicDefinition(name), text);
  if ([...texts.keys()].some(isCompactionLag)) checkCompactionLags(broker, texts, `topic '${topic}'`);
}

const COMPACTION_LAGS: ReadonlySet<string> = new Set([
  TOPIC_CONFIGS.minCompactionLagMs.name,
  TOPIC_CONFIGS.maxCompactionLagMs.name,
  BROKER_CONFIGS.logCleanerMinCompactionLagMs.name,
  BROKER_CONFIGS.logCleanerMaxCompactionLagMs.name,
]);

/** The key, of topics or brokers, is one of those that `checkCompactionLags` is about. */
export function isCompactionLag(name: string): boolean {
  return COMPACTION_LAGS.has(name);
}

/**
 * Throws INVALID_CONFIG where a topic's least compaction lag is above its greatest. Nothing else depends on it: brokers whose
 * files differ may still have both, and the least lag wins there.
 */
export function checkCompactionLags(broker: BrokerConfig, overrides: ConfigTexts, whose: string): void {
  const least = topicValue('minCompactionLagMs', overrides, broker);
  const greatest = topicValue('maxCompactionLagMs', overrides, broker);
  if (least <= greatest) return;
  throw invalid(
    `min.compaction.lag.ms=${least} of ${whose} is above its max.compaction.lag.ms=${greatest}; it must not be.`,
  );
}

/** The definition of a topic's key; throws INVALID_CONFIG when there is none. */
export function topicDefinition(name: string): ConfigDefinition<unknown> {
  const definition = definitionOfTopic(name);
  if (!definition) throw invalid(`There is no topic configuration '${name}';${adviceOn(name, TOPIC_FIELDS.keys())}`);
  return definition;
}

/** The definition of a broker's key that may be changed while it runs; throws INVALID_CONFIG when there is none. */
export function dynamicBrokerDefinition(name: string, forAllBrokers: boolean): ConfigDefinition<unknown> {
  const definition = definitionOfBroker(name);
  if (!definition) throw invalid(`There is no broker configuration '${name}';${adviceOn(name, BROKER_FIELDS.keys())}`);
  if (definition.dynamic === 'no') {
    throw invalid(`${name} cannot be changed while a broker runs: set it in its configuration file and restart it.`);
  }
  if (!forAllBrokers && definition.clusterWide) {
    throw invalid(`${name} is the same on all brokers: set it for all of them, or for a topic.`);
  }
  if (forAllBrokers && definition.dynamic === 'broker') {
    throw invalid(`${name} is set for each broker by itself: name the broker.`);
  }
  return definition;
}

/** Checks one value; throws INVALID_CONFIG. */
export function checkValue(definition: ConfigDefinition<unknown>, text: string): void {
  parseValue(definition, definition.name, text);
}

/** The log directory that holds the metadata log: one of log.dirs. */
export function metadataDirectoryOf(config: BrokerConfig): string {
  return defined(config.metadataLogDir ?? config.logDirs[0], 'log.dirs is not empty');
}

/** What no key can say alone; of dynamic keys nothing is asked here (see `withDynamicConfigs`). */
function checkTogether(config: BrokerConfig): void {
  if (!config.logDirs.includes(metadataDirectoryOf(config))) {
    throw invalid(`metadata.log.dir=${config.metadataLogDir}: it must be one of log.dirs=${config.logDirs.join(',')}.`);
  }
  checkTimes(config);
  checkQuorum(config);
  checkAdvertised(config);
  const speaksTls = config.listenerSecurityProtocolMap.some((entry) => entry.protocol === 'SSL');
  const hasCertificate =
    config.sslKeystoreLocation !== undefined ||
    (config.sslKeystoreCertificateChain !== undefined && config.sslKeystoreKey !== undefined);
  if (speaksTls && !hasCertificate) {
    throw invalid(
      'listener.security.protocol.map names an SSL listener, but there is no certificate: set ssl.keystore.location, or ' +
        'ssl.keystore.certificate.chain and ssl.keystore.key.',
    );
  }
  const hasTrustStore = config.sslTruststoreLocation !== undefined || config.sslTruststoreCertificates !== undefined;
  if (speaksTls && config.sslClientAuth === 'required' && !hasTrustStore) {
    throw invalid(
      'ssl.client.auth=required: there is no authority to check certificates by; set ssl.truststore.location or ' +
        'ssl.truststore.certificates.',
    );
  }
}

function checkTimes(config: BrokerConfig): void {
  if (config.brokerSessionTimeoutMs < 2 * config.brokerHeartbeatIntervalMs) {
    throw invalid(
      `broker.session.timeout.ms=${config.brokerSessionTimeoutMs}: it must be at least twice ` +
        `broker.heartbeat.interval.ms=${config.brokerHeartbeatIntervalMs}.`,
    );
  }
  if (config.electionTimeoutMs < 2 * config.quorumHeartbeatIntervalMs) {
    throw invalid(
      `controller.quorum.election.timeout.ms=${config.electionTimeoutMs}: it must be at least twice ` +
        `controller.quorum.heartbeat.interval.ms=${config.quorumHeartbeatIntervalMs}.`,
    );
  }
}

function checkQuorum(config: BrokerConfig): void {
  const voters = config.controllerQuorumVoters;
  if (config.processRoles.includes('controller')) return;
  if (voters.length === 0) {
    throw invalid('controller.quorum.voters is empty, but this node is no controller: name the voters of its cluster.');
  }
  if (voters.some((voter) => voter.nodeId === config.nodeId)) {
    throw invalid(
      `controller.quorum.voters names node ${config.nodeId}, but its process.roles lack controller: add the role.`,
    );
  }
}

function checkAdvertised(config: BrokerConfig): void {
  for (const { name, host } of config.advertisedListeners) {
    if (isWildcard(host)) {
      throw invalid(`advertised.listeners: ${name} has no address that others can connect to; name a host.`);
    }
    if (!config.listeners.some((listener) => listener.name === name)) {
      throw invalid(`advertised.listeners names ${name}, which listeners does not; add it there.`);
    }
  }
  for (const { name, host } of config.listeners) {
    if (isWildcard(host) && !config.advertisedListeners.some((advertised) => advertised.name === name)) {
      throw invalid(`listeners: ${name} listens on all addresses; say in advertised.listeners where others find it.`);
    }
  }
}

function isWildcard(host: string): boolean {
  return host === '' || host === '0.0.0.0' || host === '::';
}
