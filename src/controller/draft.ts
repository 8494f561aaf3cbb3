import { withDynamicConfigs, topicValue } from '../metadata/configs/parse.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import { effectiveMinInsyncReplicas } from '../metadata/configs/replication-defaults.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import { directoryOf, replicationFactorOf } from '../metadata/image.js';
import type { MetadataImage, PartitionState } from '../metadata/image.js';
import type { MetadataRecord } from '../metadata/records.js';
import { replay } from '../metadata/replay.js';
import { ZERO_UUID } from '../common/ids.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { TopicNames } from './topic-names.js';

/** The brokers' configuration as the controller sees it: its own file under the cluster's dynamic defaults. */
export class ClusterSettings {
  readonly #staticTexts: ConfigTexts;
  #defaults: ConfigTexts | undefined;
  #config: BrokerConfig;

  constructor(staticTexts: ConfigTexts) {
    this.#staticTexts = staticTexts;
    this.#config = withDynamicConfigs(staticTexts, new Map(), new Map());
  }

  /** Parsed anew only when the cluster's defaults are another object. */
  of(image: MetadataImage): BrokerConfig {
    const defaults = image.dynamicConfigs('broker', '');
    if (defaults !== this.#defaults) {
      this.#config = withDynamicConfigs(this.#staticTexts, defaults, new Map());
      this.#defaults = defaults;
    }
    return this.#config;
  }
}

/**
 * One decision under way: the image that it started from, what it has decided so far, and the image that this makes. A
 * decision looks at `image` only, so that its later parts see its earlier ones. Nothing outside is changed by it.
 */
export class Draft {
  readonly #settings: ClusterSettings;
  readonly #records: MetadataRecord[] = [];
  readonly #directoryLoads = new Map<NodeId, Map<Uuid, number>>();
  /** What this one is a branch of. */
  readonly #trunk: Draft | undefined;
  #image: MetadataImage;

  /** Of the image at the start and what was adopted since. */
  readonly topicNames: TopicNames;

  constructor(image: MetadataImage, settings: ClusterSettings, trunk?: Draft) {
    this.#image = image;
    this.#settings = settings;
    this.#trunk = trunk;
    this.topicNames = trunk?.topicNames ?? new TopicNames(image);
  }

  get image(): MetadataImage {
    return this.#image;
  }

  get records(): readonly MetadataRecord[] {
    return this.#records;
  }

  get config(): BrokerConfig {
    return this.#settings.of(this.#image);
  }

  emit(record: MetadataRecord): void {
    this.#image = replay(this.#image, record);
    this.#records.push(record);
  }

  /** Takes over what another draft decided on top of this one's image. */
  adopt(other: Draft): void {
    for (const record of other.#records) {
      this.#records.push(record);
      if (record.kind === 'topic') this.topicNames.add(record.name);
    }
    for (const [nodeId, loads] of other.#directoryLoads) this.#directoryLoads.set(nodeId, loads);
    this.#image = other.#image;
  }

  /** A draft on top of this one, to be adopted or thrown away. */
  branch(): Draft {
    return new Draft(this.#image, this.#settings, this);
  }

  minInsyncReplicas(topic: string, state: PartitionState): number {
    const configured = topicValue('minInsyncReplicas', this.#topicTexts(topic), this.config);
    return effectiveMinInsyncReplicas(configured, replicationFactorOf(state));
  }

  /** Acknowledged records of the topic may be in the page cache alone. */
  isRelaxed(topic: string): boolean {
    return topicValue('flushMessages', this.#topicTexts(topic), this.config) !== 1;
  }

  allowsUncleanElection(topic: string): boolean {
    return topicValue('uncleanLeaderElectionEnable', this.#topicTexts(topic), this.config);
  }

  /** The replica's broker is active and the directory that holds it is online: it may lead and join the ISR. */
  isAvailable(state: PartitionState, nodeId: NodeId): boolean {
    return this.image.isActive(nodeId) && this.isHosted(state, nodeId);
  }

  /** The replica's broker is not fenced and the directory that holds it is online: it may go on leading. */
  canGoOnLeading(state: PartitionState, nodeId: NodeId): boolean {
    return this.image.broker(nodeId)?.fenced === false && this.isHosted(state, nodeId);
  }

  isHosted(state: PartitionState, nodeId: NodeId): boolean {
    return this.image.isHosted(state, nodeId);
  }

  /** The replica's broker is there, and the directory that should hold it is neither online nor offline: it is another disk. */
  isEmptied(state: PartitionState, nodeId: NodeId): boolean {
    const directory = directoryOf(state, nodeId);
    const broker = this.image.broker(nodeId);
    if (directory === undefined || broker === undefined) return false;
    return !broker.logDirs.includes(directory) && !broker.offlineLogDirs.includes(directory);
  }

  /**
   * The log dir for a new replica on `nodeId`: the online one with the fewest replicas, the first of equals. A broker
   * without one says which it has when it registers again; until then ZERO_UUID stands for it.
   */
  directoryFor(nodeId: NodeId): Uuid {
    const directories = this.image.broker(nodeId)?.logDirs ?? [];
    const [first = ZERO_UUID, ...more] = directories;
    if (more.length === 0) return first;
    const loads = this.#loadsOf(nodeId);
    const load = (directory: Uuid): number => loads.get(directory) ?? 0;
    const chosen = directories.reduce((best, one) => (load(one) < load(best) ? one : best), first);
    loads.set(chosen, load(chosen) + 1);
    return chosen;
  }

  /** Counted once a request, of whose thousand items each is a branch; a branch that is thrown away leaves no trace. */
  #loadsOf(nodeId: NodeId): Map<Uuid, number> {
    const known = this.#directoryLoads.get(nodeId);
    if (known) return known;
    const loads = this.#trunk === undefined ? this.#countLoads(nodeId) : new Map(this.#trunk.#loadsOf(nodeId));
    this.#directoryLoads.set(nodeId, loads);
    return loads;
  }

  #countLoads(nodeId: NodeId): Map<Uuid, number> {
    const loads = new Map<Uuid, number>();
    this.image.forEachPartition((_, __, state) => {
      const directory = directoryOf(state, nodeId);
      if (directory !== undefined) loads.set(directory, (loads.get(directory) ?? 0) + 1);
    });
    return loads;
  }

  #topicTexts(topic: string): ConfigTexts {
    return this.#image.dynamicConfigs('topic', topic);
  }
}
