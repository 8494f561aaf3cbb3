import { errorCode, ERRORS, toVarveError, VarveError } from '../common/errors.js';
import { uuidToBytes } from '../common/ids.js';
import type { NodeId } from '../common/ids.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import type { TopicImage } from '../metadata/image.js';
import { varve } from '../protocol/varve.js';
import { MAX_LIST_ITEMS, alterConfigs, commasIn } from './alter-configs.js';
import type { Draft } from './draft.js';
import { electPreferred, electUnclean } from './elections.js';
import { unregisterBroker } from './fencing.js';
import { existingPartition, listReassignments, reassign } from './reassignment.js';
import { createPartitions, createTopic, deleteTopic, existingTopic, MAX_PARTITIONS_PER_REQUEST } from './topics.js';
import type { TopicDefaults } from './topics.js';

const v1 = varve.v1;

export interface AdminContext extends TopicDefaults {
  readonly staticTexts: ConfigTexts;
  /** Brokers that the image takes for live, and of which this controller has not heard since it took office. */
  readonly unheard: readonly NodeId[];
}

interface AdminMethod {
  (draft: Draft, request: Uint8Array, context: AdminContext): Uint8Array;
}

/** The requests of varve.v1.Admin that the controller answers, by their full paths. */
const METHODS: ReadonlyMap<string, AdminMethod> = new Map<string, AdminMethod>([
  ['/varve.v1.Admin/CreateTopics', createTopics],
  ['/varve.v1.Admin/DeleteTopics', deleteTopics],
  ['/varve.v1.Admin/CreatePartitions', addPartitions],
  ['/varve.v1.Admin/AlterConfigs', changeConfigs],
  ['/varve.v1.Admin/ElectLeaders', electLeaders],
  ['/varve.v1.Admin/AlterPartitionReassignments', alterReassignments],
  ['/varve.v1.Admin/ListPartitionReassignments', listOngoing],
  ['/varve.v1.Admin/UnregisterBroker', unregister],
]);

/** The controller answers this method; the others are a broker's own. */
export function isControllerMethod(method: string): boolean {
  return METHODS.has(method);
}

export function handleAdmin(draft: Draft, method: string, request: Uint8Array, context: AdminContext): Uint8Array {
  const handler = METHODS.get(method);
  if (!handler) throw new VarveError('UNSUPPORTED_VERSION', `The controller has no method ${method}.`);
  return handler(draft, request, context);
}

function decoded<T>(decode: (bytes: Uint8Array) => T, request: Uint8Array): T {
  try {
    return decode(request);
  } catch (cause) {
    throw new VarveError('INVALID_REQUEST', 'The request cannot be decoded.', { cause });
  }
}

/** An error of one item of a request. */
export function errorMessage(error: VarveError): varve.v1.IError {
  const { retriable } = ERRORS[error.code];
  return { code: errorCode(error.code), name: error.code, message: error.message, retriable };
}

/**
 * Decides one item of a request: all of it or nothing, whatever becomes of the others. `keep` false: only validate.
 * Bugs are not items' errors: they go on up.
 */
function attempt<T>(draft: Draft, keep: boolean, decide: (branch: Draft) => T): { value?: T; error?: varve.v1.IError } {
  const branch = draft.branch();
  try {
    const value = decide(branch);
    if (keep) draft.adopt(branch);
    return { value };
  } catch (error) {
    if (!(error instanceof VarveError)) throw error;
    return { error: errorMessage(toVarveError(error)) };
  }
}

/** One request is decided in one go, in which the controller does nothing else. */
const MAX_ITEMS = 10_000;

function checkCount(count: number, items: string, most = MAX_ITEMS): void {
  if (count <= most) return;
  throw new VarveError(
    'INVALID_REQUEST',
    `The request has ${count} ${items}, and one may have ${most}: split it into several.`,
  );
}

/** Throws INVALID_REQUEST when the values of one request, taken for lists, have too many items. */
function checkLists(values: Iterable<string>): void {
  let count = 0;
  for (const value of values) count += commasIn(value);
  checkCount(count, 'items of lists', MAX_LIST_ITEMS);
}

/**
 * Answers the items of a request in their order. One that is named more than once is refused, with one answer: nobody can
 * say which mention counts. The others do not suffer from it (as in Kafka).
 */
function eachOnce<Item, Answer>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  answer: (item: Item) => Answer,
  refuse: (item: Item, error: varve.v1.IError) => Answer,
): Answer[] {
  const mentions = new Map<string, number>();
  for (const item of items) mentions.set(keyOf(item), (mentions.get(keyOf(item)) ?? 0) + 1);
  const answers: Answer[] = [];
  for (const item of items) {
    const count = mentions.get(keyOf(item));
    if (count === 1) answers.push(answer(item));
    else if (count !== undefined) {
      const error = new VarveError('INVALID_REQUEST', `The request names this ${count} times: name it once.`);
      answers.push(refuse(item, errorMessage(error)));
      mentions.delete(keyOf(item));
    }
  }
  return answers;
}

/** `eachOnce` for topics. */
function eachTopic<Item, Answer>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  answer: (item: Item, name: string) => Answer,
): Array<Answer | varve.v1.ITopicResult> {
  checkCount(items.length, 'topics');
  return eachOnce<Item, Answer | varve.v1.ITopicResult>(
    items,
    nameOf,
    (item) => answer(item, nameOf(item)),
    (item, error) => ({ name: nameOf(item), error }),
  );
}

function checkPartitions(asked: readonly varve.v1.ITopicPartitions[]): void {
  let count = asked.length;
  for (const { partitions } of asked) count += partitions?.length ?? 0;
  checkCount(count, 'topics and partitions');
}

/**
 * A new partition is in sync on brokers that are live. One that has died with the last controller may have lost its
 * directory since: were it all of the ISR, the partition would wait for a log that never was. Within a lease each of them is
 * heard of, or fenced. Throws NOT_CONTROLLER until then.
 */
function checkHeardOfAll({ unheard }: AdminContext): void {
  if (unheard.length === 0) return;
  throw new VarveError(
    'NOT_CONTROLLER',
    `The active controller has just taken office and has not heard of node ${unheard.join(' and ')} yet. Try again.`,
  );
}

function createTopics(draft: Draft, bytes: Uint8Array, context: AdminContext): Uint8Array {
  const request = decoded((data) => v1.CreateTopicsRequest.decode(data), bytes);
  checkLists(request.topics.flatMap(({ configs }) => Object.values(configs ?? {})));
  checkHeardOfAll(context);
  let room = MAX_PARTITIONS_PER_REQUEST;
  const decide = (spec: varve.v1.ITopicSpec, name: string): varve.v1.ICreateTopicResult => {
    const { value, error } = attempt(draft, !request.validate_only, (branch) =>
      createTopic(branch, spec, context, room),
    );
    if (!value) return error ? { name, error } : { name };
    room -= value.partitions;
    return {
      name,
      topic_id: request.validate_only ? Buffer.alloc(16) : uuidToBytes(value.topicId),
      partitions: value.partitions,
      replication_factor: value.replicationFactor,
    };
  };
  const topics = eachTopic(request.topics, (spec) => spec.name ?? '', decide);
  return v1.CreateTopicsResponse.encode({ topics }).finish();
}

function deleteTopics(draft: Draft, bytes: Uint8Array): Uint8Array {
  const { names } = decoded((data) => v1.DeleteTopicsRequest.decode(data), bytes);
  const decide = (name: string): varve.v1.ITopicResult => {
    const { error } = attempt(draft, true, (branch) => deleteTopic(branch, name));
    return error ? { name, error } : { name };
  };
  const topics = eachTopic(names, (name) => name, decide);
  return v1.DeleteTopicsResponse.encode({ topics }).finish();
}

function addPartitions(draft: Draft, bytes: Uint8Array, context: AdminContext): Uint8Array {
  const request = decoded((data) => v1.CreatePartitionsRequest.decode(data), bytes);
  checkHeardOfAll(context);
  let room = MAX_PARTITIONS_PER_REQUEST;
  const decide = (asked: varve.v1.INewPartitions, name: string): varve.v1.ITopicResult => {
    const { value, error } = attempt(draft, !request.validate_only, (branch) =>
      createPartitions(branch, asked, context.random, room),
    );
    room -= value ?? 0;
    return error ? { name, error } : { name };
  };
  const topics = eachTopic(request.topics, (asked) => asked.name ?? '', decide);
  return v1.CreatePartitionsResponse.encode({ topics }).finish();
}

function changeConfigs(draft: Draft, bytes: Uint8Array, context: AdminContext): Uint8Array {
  const request = decoded((data) => v1.AlterConfigsRequest.decode(data), bytes);
  checkCount(
    request.alterations.reduce((count, { changes }) => count + 1 + (changes?.length ?? 0), 0),
    'resources and settings',
  );
  checkLists(request.alterations.flatMap(({ changes }) => (changes ?? []).map(({ value }) => value ?? '')));
  const decide = (alteration: varve.v1.IConfigAlteration): varve.v1.IAlterConfigsResult => {
    const resource = alteration.resource ?? null;
    const { error } = attempt(draft, !request.validate_only, (branch) =>
      alterConfigs(branch, alteration, context.staticTexts),
    );
    return error ? { resource, error } : { resource };
  };
  // What a change leads to is looked for in all partitions of its topic: once a request.
  const results = eachOnce(
    request.alterations,
    ({ resource }) => `${resource?.type ?? 0} ${resource?.name ?? ''}`,
    decide,
    ({ resource = null }, error) => ({ resource, error }),
  );
  return v1.AlterConfigsResponse.encode({ results }).finish();
}

function electLeaders(draft: Draft, bytes: Uint8Array): Uint8Array {
  const request = decoded((data) => v1.ElectLeadersRequest.decode(data), bytes);
  checkPartitions(request.partitions);
  const isUnclean = request.type === v1.ElectionType.ELECTION_UNCLEAN;
  if (!isUnclean && request.type !== v1.ElectionType.ELECTION_PREFERRED) {
    throw new VarveError(
      'INVALID_REQUEST',
      `The type of an election must be ELECTION_PREFERRED or ELECTION_UNCLEAN, not ${request.type}.`,
    );
  }
  const askedForAll = request.partitions.length === 0;
  const partitions: varve.v1.IPartitionResult[] = [];
  const elect = (topic: TopicImage, partition: number): void => {
    const { error } = attempt(draft, true, (branch) => {
      const state = existingPartition(topic, partition);
      if (isUnclean) electUnclean(branch, topic, partition, state);
      else electPreferred(branch, topic, partition, state);
    });
    // Of all partitions, those that need no election are not worth a line.
    if (askedForAll && error?.name === 'ELECTION_NOT_NEEDED') return;
    partitions.push(error ? { topic: topic.name, partition, error } : { topic: topic.name, partition });
  };
  if (askedForAll) {
    for (const name of draft.image.topicIds.sortedKeys()) {
      const topic = existingTopic(draft.image, name);
      for (let partition = 0; partition < topic.partitions.length; partition++) elect(topic, partition);
    }
  }
  for (const asked of request.partitions) {
    const name = asked.topic ?? '';
    const topic = draft.image.topicByName(name);
    for (const partition of asked.partitions ?? []) {
      if (topic) elect(topic, partition);
      else partitions.push({ topic: name, partition, error: errorMessage(unknownTopic(name)) });
    }
  }
  return v1.ElectLeadersResponse.encode({ partitions }).finish();
}

function unknownTopic(name: string): VarveError {
  return new VarveError('UNKNOWN_TOPIC_OR_PARTITION', `There is no topic '${name}'.`);
}

function alterReassignments(draft: Draft, bytes: Uint8Array): Uint8Array {
  const request = decoded((data) => v1.AlterPartitionReassignmentsRequest.decode(data), bytes);
  checkCount(
    request.reassignments.reduce((count, { replicas }) => count + 1 + (replicas?.length ?? 0), 0),
    'partitions and replicas',
  );
  const partitions = request.reassignments.map((asked): varve.v1.IPartitionResult => {
    const place = { topic: asked.topic ?? '', partition: asked.partition ?? 0 };
    const { error } = attempt(draft, true, (branch) => reassign(branch, asked));
    return error ? { ...place, error } : place;
  });
  return v1.AlterPartitionReassignmentsResponse.encode({ partitions }).finish();
}

function listOngoing(draft: Draft, bytes: Uint8Array): Uint8Array {
  const request = decoded((data) => v1.ListPartitionReassignmentsRequest.decode(data), bytes);
  checkPartitions(request.partitions);
  return v1.ListPartitionReassignmentsResponse.encode(listReassignments(draft.image, request)).finish();
}

function unregister(draft: Draft, bytes: Uint8Array): Uint8Array {
  const request = decoded((data) => v1.UnregisterBrokerRequest.decode(data), bytes);
  unregisterBroker(draft, request.node_id);
  return v1.UnregisterBrokerResponse.encode({}).finish();
}
