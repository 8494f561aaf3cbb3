import { defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { ListenerAddress } from '../metadata/configs/node-configs.js';
import { metadataDirectoryOf, topicConfig } from '../metadata/configs/parse.js';
import type { BrokerConfig, TopicConfig } from '../metadata/configs/tables.js';
import type { MetadataImage } from '../metadata/image.js';
import type { MetadataState } from '../metadata/metadata-state.js';
import type { ConfiguredVoter } from '../raft/api.js';
import { RaftNode } from '../raft/raft-node.js';
import type { LogManager } from './log-manager.js';
import type { NodeOptions, VarveNode } from './node.js';
import { registeredAddress } from './node-peers.js';
import type { TlsFiles } from './tls-files.js';

/** What is open before a node is made of it. */
export interface NodeParts {
  readonly options: NodeOptions;
  readonly config: BrokerConfig;
  readonly state: MetadataState;
  readonly logs: LogManager;
  readonly raft: RaftNode;
  readonly tls: TlsFiles | undefined;
  readonly incarnationId: Buffer;
}

/** Opens the metadata log of this node; it takes part once it is started. */
export async function openRaft(
  options: NodeOptions,
  config: BrokerConfig,
  logs: LogManager,
  state: MetadataState,
  tls: TlsFiles | undefined,
  late: { readonly node?: VarveNode },
): Promise<RaftNode> {
  const path = metadataDirectoryOf(config);
  const directory = defined(
    logs.directories.find((one) => one.path === path),
    'the directory of the metadata log is one of log.dirs',
  );
  const speaksTls = config.listenerSecurityProtocolMap.some(
    ({ name, protocol }) => name === 'INTERNAL' && protocol === 'SSL',
  );
  const raft = await RaftNode.open({
    nodeId: config.nodeId,
    directoryId: directory.directoryId,
    voters: foundersOf(config),
    registeredAddress: (nodeId) => registeredAddress(state.image, nodeId),
    directory: `${directory.path}/quorum`,
    mustExist: directory.hasQuorum,
    platform: options.platform,
    config: {
      electionTimeoutMinMs: config.electionTimeoutMs,
      electionTimeoutMaxMs: 2 * config.electionTimeoutMs,
      heartbeatIntervalMs: config.quorumHeartbeatIntervalMs,
      maxUncommittedBytes: config.quorumMaxUncommittedBytes,
      snapshotIntervalBytes: config.metadataMaxSnapshotBytes,
      snapshotTrailingEntries: config.metadataSnapshotTrailingEntries,
    },
    stateMachine: state,
    ...(speaksTls && tls !== undefined ? { tls } : {}),
    onFailure: (error) => late.node?.fail(error),
  });
  try {
    // Before it can vote: a voter that loses only its folder `quorum` must not come back as the same voter, but blank.
    await directory.noteQuorum();
    return raft;
  } catch (error) {
    await raft.close();
    throw error;
  }
}

/** Who founds the cluster: the configured voters, or this node alone where none are named. */
function foundersOf(config: BrokerConfig): readonly ConfiguredVoter[] {
  if (config.controllerQuorumVoters.length > 0) return config.controllerQuorumVoters;
  const isInternal = (listener: ListenerAddress): boolean => listener.name === 'INTERNAL';
  const own = config.advertisedListeners.find(isInternal) ?? config.listeners.find(isInternal);
  if (own === undefined) throw new VarveError('INVALID_CONFIG', 'listeners has no INTERNAL, which a node needs.');
  return [{ nodeId: config.nodeId, host: own.host, port: own.port }];
}

/** A topic's configuration in force: its own over its brokers'. */
export function topicConfigOf(config: BrokerConfig, image: MetadataImage, topic: string): TopicConfig {
  return topicConfig(config, image.dynamicConfigs('topic', topic));
}
