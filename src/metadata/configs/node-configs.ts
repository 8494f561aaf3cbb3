import {
  boolean,
  ConfigProblem,
  int,
  list,
  listOf,
  long,
  oneOf,
  optionalInt,
  optionalString,
  password,
} from './definition.js';

/** The names of the listeners; each serves one protocol. */
export const LISTENER_NAMES = ['KAFKA', 'INTERNAL', 'GRPC', 'HTTP'] as const;
export type ListenerName = (typeof LISTENER_NAMES)[number];
export type SecurityProtocol = 'PLAINTEXT' | 'SSL';

/** One `NAME://host:port`; an empty host stands for all addresses. */
export interface ListenerAddress {
  readonly name: ListenerName;
  readonly host: string;
  readonly port: number;
}

/** One `id@host:port` of controller.quorum.voters. */
export interface VoterAddress {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

/** Node ids are int32 in Kafka's protocol and in this one. */
const MAX_NODE_ID = 0x7fff_ffff;
const DEFAULT_LISTENERS =
  'KAFKA://127.0.0.1:9092,INTERNAL://127.0.0.1:9093,GRPC://127.0.0.1:9094,HTTP://127.0.0.1:9095';

/** Who this node is, where it listens and keeps its data, and how it speaks TLS. */
export const NODE_CONFIGS = {
  nodeId: optionalInt({
    name: 'node.id',
    min: 0,
    importance: 'high',
    documentation: 'The id of this node, unique in the cluster and the same for its whole life; it must be set.',
  }),
  processRoles: listOf({
    name: 'process.roles',
    words: ['broker', 'controller'],
    default: ['broker', 'controller'],
    importance: 'high',
    documentation: 'What this node is: a broker hosts partitions, a controller votes in the metadata quorum.',
  }),
  clusterId: optionalString({
    name: 'cluster.id',
    documentation: 'Refuse to join a cluster with another id; without it, the id of the first cluster joined is kept.',
  }),
  rack: optionalString({
    name: 'broker.rack',
    documentation: 'Where this node stands: replicas of a partition are spread over the racks.',
  }),
  logDirs: list({
    name: 'log.dirs',
    defaultText: './data',
    allowed: 'a list of directories, each given once',
    importance: 'high',
    documentation: 'The directories that hold the partitions, one for each disk; they are made when missing.',
    parseItem: (item) => item,
    check: (items) => {
      if (items.length === 0) throw new ConfigProblem('it is empty');
      if (new Set(items).size !== items.length) throw new ConfigProblem('it names a directory twice');
    },
  }),
  metadataLogDir: optionalString({
    name: 'metadata.log.dir',
    documentation: 'Which of log.dirs holds the metadata log; without it, the first.',
  }),
  listeners: list({
    name: 'listeners',
    defaultText: DEFAULT_LISTENERS,
    allowed: `a list of NAME://host:port with the names ${LISTENER_NAMES.join(', ')}; INTERNAL is needed`,
    importance: 'high',
    documentation:
      'Where this node listens: KAFKA speaks the Kafka protocol, INTERNAL is for the other nodes alone, GRPC is the ' +
      'public API, HTTP serves metrics and health; port 0 takes a free one and an empty host all addresses.',
    parseItem: parseListener,
    check: checkListeners,
  }),
  advertisedListeners: list({
    name: 'advertised.listeners',
    defaultText: '',
    allowed: `a list of NAME://host:port with the names ${LISTENER_NAMES.join(', ')}`,
    importance: 'high',
    documentation: 'What clients and other nodes are told to connect to, where it differs from listeners.',
    parseItem: parseListener,
    check: checkNames,
  }),
  listenerSecurityProtocolMap: list({
    name: 'listener.security.protocol.map',
    defaultText: '',
    allowed: 'a list of NAME:PLAINTEXT or NAME:SSL, each name once',
    documentation: 'Which listeners speak TLS; those that are not named speak plain text.',
    parseItem: (item): { readonly name: ListenerName; readonly protocol: SecurityProtocol } => {
      const [name, protocol, ...rest] = item.split(':');
      if (rest.length > 0 || (protocol !== 'PLAINTEXT' && protocol !== 'SSL')) {
        throw new ConfigProblem(`'${item}' is not NAME:PLAINTEXT or NAME:SSL`);
      }
      return { name: listenerName(name ?? ''), protocol };
    },
    check: checkNames,
  }),
  maxConnections: int({
    name: 'max.connections',
    min: 1,
    default: 10_000,
    documentation:
      'Connections that one listener keeps open; further ones are refused. The names that WatchMetadata streams give may take 16 KiB for each of them, 32 MiB at least.',
  }),
  socketRequestMaxBytes: int({
    name: 'socket.request.max.bytes',
    min: 1024,
    default: 100 * 1024 * 1024,
    unit: 'bytes',
    documentation: 'The greatest request that is accepted; a greater one ends its connection.',
  }),
  queuedMaxRequestBytes: long({
    name: 'queued.max.request.bytes',
    min: 1024 * 1024,
    default: 64 * 1024 * 1024,
    unit: 'bytes',
    documentation:
      'Bytes of requests that the node holds and has not answered; past it, connections are not read. Of messages on streams that clients have not sent whole yet four times as many, and 32 MiB of unary requests: past that the one that began first is refused.',
  }),
  queuedMaxResponseBytes: int({
    name: 'queued.max.response.bytes',
    min: 64 * 1024,
    default: 4 * 1024 * 1024,
    unit: 'bytes',
    documentation:
      'The most bytes of one answer, and the most that wait to be sent on one Consume stream: past it nothing more is read for it.',
  }),
  connectionsMaxIdleMs: long({
    name: 'connections.max.idle.ms',
    min: 100,
    default: 600_000,
    unit: 'ms',
    documentation: "A client's connection is closed after this time without traffic (GRPC: without an open call).",
  }),
  logLevel: oneOf({
    name: 'log.level',
    words: ['debug', 'info', 'warn', 'error', 'silent'],
    default: 'info',
    importance: 'low',
    documentation: "The least severity of the program's own log lines.",
  }),
  deleteTopicEnable: boolean({
    name: 'delete.topic.enable',
    default: true,
    dynamic: 'cluster',
    importance: 'high',
    documentation: 'Whether topics may be deleted.',
  }),
  autoCreateTopicsEnable: boolean({
    name: 'auto.create.topics.enable',
    default: true,
    importance: 'high',
    documentation:
      'Whether a request over the Kafka protocol for a topic that does not exist makes it. gRPC clients make topics themselves.',
  }),
  sslClientAuth: oneOf({
    name: 'ssl.client.auth',
    words: ['none', 'requested', 'required'],
    default: 'none',
    documentation:
      "Whether clients of TLS listeners must show a certificate (mutual TLS): 'required' needs a trust store; with the others " +
      'one is asked for where there is a trust store, and need not be shown.',
  }),
  sslKeystoreLocation: optionalString({
    name: 'ssl.keystore.location',
    importance: 'high',
    documentation: "A PEM file with this node's private key and certificate chain; it is read anew when it changes.",
  }),
  sslKeystoreType: oneOf({
    name: 'ssl.keystore.type',
    words: ['PEM'],
    default: 'PEM',
    documentation: 'The format of the key and the certificates; only PEM is supported.',
  }),
  sslKeystoreCertificateChain: optionalString({
    name: 'ssl.keystore.certificate.chain',
    importance: 'high',
    documentation: "This node's certificate chain: PEM text, or the path of a PEM file that is read anew on change.",
  }),
  sslKeystoreKey: password({
    name: 'ssl.keystore.key',
    importance: 'high',
    documentation: "This node's private key: PEM text, or the path of a PEM file that is read anew on change.",
  }),
  sslKeyPassword: password({
    name: 'ssl.key.password',
    documentation: 'The password of the private key.',
  }),
  sslTruststoreLocation: optionalString({
    name: 'ssl.truststore.location',
    importance: 'high',
    documentation: 'A PEM file with the certificates of the authorities that are trusted; it is read anew on change.',
  }),
  sslTruststoreCertificates: optionalString({
    name: 'ssl.truststore.certificates',
    importance: 'high',
    documentation: 'The certificates of the authorities that are trusted: PEM text, or the path of a PEM file.',
  }),
  sslTruststoreType: oneOf({
    name: 'ssl.truststore.type',
    words: ['PEM'],
    default: 'PEM',
    documentation: 'The format of the trusted certificates; only PEM is supported.',
  }),
  sslReloadIntervalMs: long({
    name: 'ssl.reload.interval.ms',
    min: 100,
    default: 5_000,
    unit: 'ms',
    importance: 'low',
    documentation: 'How often files with keys and certificates are looked at for a change.',
  }),
};

/** Who votes on metadata, and how brokers and the controller watch each other. */
export const QUORUM_CONFIGS = {
  controllerQuorumVoters: list({
    name: 'controller.quorum.voters',
    defaultText: '',
    allowed: 'a list of id@host:port, each id once',
    importance: 'high',
    documentation:
      'The voters that found a new cluster, by their INTERNAL listeners, and where other nodes look for the cluster; ' +
      'empty: this node founds a cluster of its own.',
    parseItem: parseVoter,
    check: (voters) => {
      if (new Set(voters.map((voter) => voter.nodeId)).size !== voters.length) {
        throw new ConfigProblem('it names an id twice');
      }
    },
  }),
  electionTimeoutMs: int({
    name: 'controller.quorum.election.timeout.ms',
    min: 50,
    default: 500,
    unit: 'ms',
    importance: 'high',
    documentation:
      'A voter that hears nothing of a leader for a random time from this to twice this stands for election.',
  }),
  quorumHeartbeatIntervalMs: int({
    name: 'controller.quorum.heartbeat.interval.ms',
    min: 10,
    default: 200,
    unit: 'ms',
    documentation: 'How often the leader of the metadata quorum speaks to its followers when there is nothing to say.',
  }),
  quorumMaxUncommittedBytes: int({
    name: 'controller.quorum.max.uncommitted.bytes',
    min: 64 * 1024,
    default: 16 * 1024 * 1024,
    unit: 'bytes',
    importance: 'low',
    documentation: 'Metadata that is proposed and not yet committed; past it, changes are refused for a moment.',
  }),
  metadataMaxSnapshotBytes: long({
    name: 'metadata.log.max.record.bytes.between.snapshots',
    min: 1,
    default: 20 * 1024 * 1024,
    unit: 'bytes',
    documentation: 'A snapshot of the metadata is taken, and its log cut, after this many bytes of it.',
  }),
  metadataSnapshotTrailingEntries: int({
    name: 'metadata.log.snapshot.trailing.entries',
    min: 0,
    default: 1_000,
    importance: 'low',
    documentation:
      'Entries of the metadata log that are kept behind a snapshot, for nodes that are only a little behind; of no more ' +
      'bytes than metadata.log.max.record.bytes.between.snapshots.',
  }),
  brokerHeartbeatIntervalMs: int({
    name: 'broker.heartbeat.interval.ms',
    min: 10,
    default: 200,
    unit: 'ms',
    documentation:
      'How often a broker tells the controller that it lives; three times a lease where the controller is silent itself.',
  }),
  brokerSessionTimeoutMs: int({
    name: 'broker.session.timeout.ms',
    min: 100,
    default: 1_500,
    unit: 'ms',
    importance: 'high',
    documentation: 'The lease of a broker: without a heartbeat for this long it is fenced and its leaders move.',
  }),
  controlledShutdownTimeoutMs: int({
    name: 'controlled.shutdown.timeout.ms',
    min: 0,
    default: 30_000,
    unit: 'ms',
    documentation: 'How long a stopping broker waits for its leaders to move away before it stops anyway.',
  }),
  autoLeaderRebalanceEnable: boolean({
    name: 'auto.leader.rebalance.enable',
    default: true,
    importance: 'high',
    documentation: 'Whether leadership goes back to the preferred replicas by itself.',
  }),
  leaderImbalanceCheckIntervalSeconds: long({
    name: 'leader.imbalance.check.interval.seconds',
    min: 1,
    default: 300,
    unit: 's',
    documentation: 'How often the controller looks for partitions that their preferred replica does not lead.',
  }),
  leaderImbalancePerBrokerPercentage: int({
    name: 'leader.imbalance.per.broker.percentage',
    min: 0,
    max: 100,
    default: 10,
    documentation:
      'Leadership goes back to a broker once more than this share of its preferred partitions is led elsewhere.',
  }),
};

function parseListener(item: string): ListenerAddress {
  const match = /^([A-Z]+):\/\/(\[[0-9a-fA-F:.]+\]|[^:/\s[\]]*):(\d{1,5})$/.exec(item);
  if (!match) throw new ConfigProblem(`'${item}' is not NAME://host:port`);
  const [, name = '', host = '', port = ''] = match;
  return { name: listenerName(name), host: host.replace(/^\[|\]$/g, ''), port: portOf(port) };
}

function listenerName(text: string): ListenerName {
  const name = LISTENER_NAMES.find((one) => one === text);
  if (!name) throw new ConfigProblem(`there is no listener '${text}'`);
  return name;
}

function portOf(text: string): number {
  const port = Number(text);
  if (port > 65_535) throw new ConfigProblem(`port ${text} is above 65535`);
  return port;
}

function checkNames(items: readonly { readonly name: ListenerName }[]): void {
  if (new Set(items.map((item) => item.name)).size !== items.length) {
    throw new ConfigProblem('it names a listener twice');
  }
}

function checkListeners(items: readonly ListenerAddress[]): void {
  checkNames(items);
  if (!items.some((item) => item.name === 'INTERNAL')) throw new ConfigProblem('INTERNAL is missing');
  const taken = items.filter((item) => item.port !== 0).map((item) => `${item.host}:${item.port}`);
  if (new Set(taken).size !== taken.length) throw new ConfigProblem('two listeners have the same address');
}

function parseVoter(item: string): VoterAddress {
  const match = /^(\d{1,10})@(\[[0-9a-fA-F:.]+\]|[^:@/\s[\]]+):(\d{1,5})$/.exec(item);
  if (!match) throw new ConfigProblem(`'${item}' is not id@host:port`);
  const [, id = '', host = '', port = ''] = match;
  const nodeId = Number(id);
  if (nodeId > MAX_NODE_ID) throw new ConfigProblem(`id ${id} is above ${MAX_NODE_ID}`);
  // Others connect to it there: unlike a listener it cannot take a free one.
  if (Number(port) === 0) throw new ConfigProblem(`port 0 of '${item}' is none to connect to`);
  return { nodeId, host: host.replace(/^\[|\]$/g, ''), port: portOf(port) };
}
