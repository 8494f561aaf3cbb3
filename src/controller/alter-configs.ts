import { VarveError } from '../common/errors.js';
import {
  checkCompactionLags,
  checkValue,
  dynamicBrokerDefinition,
  isCompactionLag,
  topicDefinition,
  topicValue,
  withDynamicConfigs,
} from '../metadata/configs/parse.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import { splitList } from '../metadata/configs/definition.js';
import type { ConfigDefinition } from '../metadata/configs/definition.js';
import { TOPIC_FIELDS } from '../metadata/configs/tables.js';
import { NO_NODE } from '../common/ids.js';
import type { PartitionState, TopicImage } from '../metadata/image.js';
import type { ConfigResourceType } from '../metadata/records.js';
import { varve } from '../protocol/varve.js';
import type { Draft } from './draft.js';
import { partitionsWhere } from './fencing.js';
import { changePartition } from './partition-change.js';
import { isReassigning } from './reassignment.js';
import { existingTopic } from './topics.js';

const { ConfigOperation, ConfigResourceType: ResourceType } = varve.v1;

/**
 * In all lists of one request, and in each list that is stored, which every node reads and keeps: those of the throttled replicas
 * of a topic of ten thousand partitions are 30,000 each.
 */
export const MAX_LIST_ITEMS = 100_000;

/**
 * KIP-339: sets, removes, or adds to and takes from lists, single keys of one resource; all of them or none. What the new
 * values change at once (eligible leaders, elections) is in the same batch. Throws a VarveError.
 */
export function alterConfigs(draft: Draft, alteration: varve.v1.IConfigAlteration, staticTexts: ConfigTexts): void {
  const name = alteration.resource?.name ?? '';
  const type = resourceType(alteration.resource?.type ?? ResourceType.CONFIG_RESOURCE_TOPIC);
  const isTopic = type === 'topic';
  if (isTopic) existingTopic(draft.image, name);
  else checkBrokerName(draft, name);
  const before = draft.image.dynamicConfigs(type, name);
  const after = new Map(before);
  const changes = alteration.changes ?? [];
  if (new Set(changes.map((change) => change.name)).size !== changes.length) {
    throw new VarveError('INVALID_REQUEST', `A key of ${type} '${name}' is changed twice in one request.`);
  }
  for (const change of changes) {
    const key = change.name ?? '';
    const definition = isTopic ? topicDefinition(key) : dynamicBrokerDefinition(key, name === '');
    const value = changedValue(definition, change, before.get(key) ?? inheritedText(draft, type, name, key));
    if (value === undefined) after.delete(key);
    else after.set(key, value);
  }
  const wasRelaxed = relaxedTopics(draft, type, name);
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const value = after.get(key);
    if (value !== before.get(key)) {
      draft.emit({ kind: 'config', resourceType: type, resourceName: name, name: key, value });
    }
  }
  if (changes.some((change) => isCompactionLag(change.name ?? ''))) checkTogether(draft, type, name, staticTexts);
  endRelaxation(draft, wasRelaxed);
  if (isTopic || name === '') applyToPartitions(draft, isTopic ? name : undefined);
}

/** What the draft now has must make sense in each topic that the resource configures. Throws INVALID_CONFIG. */
function checkTogether(draft: Draft, type: ConfigResourceType, name: string, staticTexts: ConfigTexts): void {
  const textsOf = (topic: string): ConfigTexts => draft.image.dynamicConfigs('topic', topic);
  if (type === 'topic') {
    checkCompactionLags(draft.config, textsOf(name), `topic '${name}'`);
    return;
  }
  // The file of another broker is not known here: this controller's stands for it.
  const defaults = draft.image.dynamicConfigs('broker', '');
  const ofBroker = name === '' ? new Map<string, string>() : draft.image.dynamicConfigs('broker', name);
  const config = withDynamicConfigs(staticTexts, defaults, ofBroker);
  checkCompactionLags(config, new Map(), 'a topic without values of its own');
  for (const topic of draft.image.topicIds.sortedKeys()) {
    checkCompactionLags(config, textsOf(topic), `topic '${topic}'`);
  }
}

/** Those among the topics that the resource configures which do not sync each record. */
function relaxedTopics(draft: Draft, type: ConfigResourceType, name: string): TopicImage[] {
  if (type === 'broker' && name !== '') return [];
  const topics = type === 'topic' ? [existingTopic(draft.image, name)] : [...draft.image.topics.sortedValues()];
  return topics.filter((topic) => draft.isRelaxed(topic.name));
}

/**
 * What is away when a topic begins to sync each record was written before: a replica that lost its power has not all that it
 * acknowledged, and says nothing of it when it is back. It is eligible no longer. Somebody else has to be, or nothing would
 * tell any more whom to wait for: throws ELIGIBLE_LEADERS_NOT_AVAILABLE.
 */
function endRelaxation(draft: Draft, wasRelaxed: readonly TopicImage[]): void {
  for (const topic of wasRelaxed) {
    if (draft.isRelaxed(topic.name)) continue;
    topic.partitions.forEach((state, partition) => {
      const lost = state.elr.filter((node) => !draft.canGoOnLeading(state, node));
      if (lost.length === 0) return;
      if (state.isr.length + state.elr.length === lost.length) {
        throw new VarveError(
          'ELIGIBLE_LEADERS_NOT_AVAILABLE',
          `No eligible replica of ${topic.name}-${partition} is up: its topic can begin to sync each record ` +
            '(flush.messages=1) once one is back.',
        );
      }
      changePartition(draft, topic, partition, { lost });
    });
  }
}

/**
 * What a list that is not set here is in force as: additions to it start from that. (Kafka starts from the built-in
 * default, so that adding 'compact' under a broker that compacts would make a topic delete.)
 */
function inheritedText(draft: Draft, type: ConfigResourceType, name: string, key: string): string {
  if (type === 'topic') {
    const field = TOPIC_FIELDS.get(key);
    const value: unknown = field === undefined ? undefined : topicValue(field, new Map(), draft.config);
    return Array.isArray(value) ? value.join(',') : '';
  }
  const ofAll = name === '' ? undefined : draft.image.dynamicConfigs('broker', '').get(key);
  return ofAll ?? dynamicBrokerDefinition(key, name === '').defaultText ?? '';
}

/** Throws INVALID_REQUEST for one that there is not: its settings would be another's. */
export function resourceType(type: varve.v1.ConfigResourceType): ConfigResourceType {
  if (type === ResourceType.CONFIG_RESOURCE_TOPIC) return 'topic';
  if (type === ResourceType.CONFIG_RESOURCE_BROKER) return 'broker';
  throw new VarveError(
    'INVALID_REQUEST',
    `The type of a resource must be CONFIG_RESOURCE_TOPIC or CONFIG_RESOURCE_BROKER, not ${type}.`,
  );
}

/** In the one way in which a node looks for its own: '007' is none. */
export function isNodeId(name: string): boolean {
  return /^\d{1,10}$/.test(name) && String(Number(name)) === name;
}

function checkBrokerName(draft: Draft, name: string): void {
  if (name === '') return;
  if (!isNodeId(name)) {
    throw new VarveError('INVALID_REQUEST', `'${name}' is no node id: give one, or nothing for all brokers.`);
  }
  if (!draft.image.brokers.has(Number(name))) {
    throw new VarveError('BROKER_ID_NOT_REGISTERED', `No broker is registered with node.id ${name}.`);
  }
}

/** Lists of throttled replicas have as many items as a topic has replicas. */
function without(items: readonly string[], taken: readonly string[]): string[] {
  const those = new Set(taken);
  return items.filter((item) => !those.has(item));
}

/** One less than the items of a list. */
export function commasIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf(','); at >= 0; at = text.indexOf(',', at + 1)) count += 1;
  return count;
}

function checkListLength(name: string, text: string): void {
  const count = commasIn(text) + 1;
  if (count <= MAX_LIST_ITEMS) return;
  throw new VarveError('INVALID_CONFIG', `${name} would have ${count} items, and may have ${MAX_LIST_ITEMS}.`);
}

/** The new text of the key, undefined when it is removed. */
function changedValue(
  definition: ConfigDefinition<unknown>,
  change: varve.v1.IConfigChange,
  inForce: string,
): string | undefined {
  const text = change.value ?? '';
  switch (change.operation ?? ConfigOperation.CONFIG_SET) {
    case ConfigOperation.CONFIG_DELETE:
      return undefined;
    case ConfigOperation.CONFIG_APPEND:
    case ConfigOperation.CONFIG_SUBTRACT: {
      if (definition.type !== 'list') {
        throw new VarveError('INVALID_CONFIG', `${definition.name} is no list: set it, instead of adding or taking.`);
      }
      const items = splitList(inForce);
      const given = splitList(text);
      const value = (
        change.operation === ConfigOperation.CONFIG_APPEND
          ? [...items, ...without(given, items)]
          : without(items, given)
      ).join(',');
      checkListLength(definition.name, value);
      checkValue(definition, value);
      return value;
    }
    case ConfigOperation.CONFIG_SET:
      checkValue(definition, text);
      return text;
    default:
      throw new VarveError(
        'INVALID_REQUEST',
        `The operation on ${definition.name} must be CONFIG_SET, _DELETE, _APPEND or _SUBTRACT, not ${change.operation}.`,
      );
  }
}

/**
 * A lower min.insync.replicas lets the high watermark move on, so that replicas outside the ISR are eligible no longer, and
 * may be all that a reassignment waits for; with unclean elections allowed, partitions that wait for a leader get one.
 */
function applyToPartitions(draft: Draft, topicName: string | undefined): void {
  const isConcerned = (state: PartitionState): boolean =>
    state.elr.length > 0 || state.lastKnownElr.length > 0 || state.leader === NO_NODE || isReassigning(state);
  if (topicName === undefined) {
    for (const { topic, partition } of partitionsWhere(draft, isConcerned))
      changePartition(draft, topic, partition, {});
    return;
  }
  existingTopic(draft.image, topicName).partitions.forEach((state, partition) => {
    if (isConcerned(state)) changePartition(draft, existingTopic(draft.image, topicName), partition, {});
  });
}
