import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { varve as controller } from '../../src/protocol/controller.js';
import { varve as protocol } from '../../src/protocol/raft.js';
import { varve as replication } from '../../src/protocol/replication.js';
import { varve } from '../../src/protocol/varve.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { SeededRandom } from '../raft/seeded-random.js';
import { RawClient, encodedBatch } from './raw-client.js';

const ADMIN = [
  'CreateTopics',
  'DeleteTopics',
  'CreatePartitions',
  'DeleteRecords',
  'DescribeConfigs',
  'AlterConfigs',
  'ElectLeaders',
  'AlterPartitionReassignments',
  'ListPartitionReassignments',
  'DescribeCluster',
  'DescribeQuorum',
  'AddVoter',
  'RemoveVoter',
  'TransferQuorumLeadership',
].map((name) => `/varve.v1.Admin/${name}`);
const PUBLIC_UNARY = [
  ...['Fetch', 'InitProducerId', 'ListOffsets', 'Metadata'].map((name) => `/varve.v1.Varve/${name}`),
  '/grpc.health.v1.Health/Check',
  ...ADMIN,
];
const PUBLIC_STREAMS = [
  ...['Produce', 'Consume', 'WatchMetadata'].map((name) => `/varve.v1.Varve/${name}`),
  '/grpc.health.v1.Health/Watch',
  '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
];
const INTERNAL_UNARY = [
  ...['RegisterBroker', 'AlterPartition', 'AllocateProducerIds', 'ForwardAdmin'].map(
    (name) => `/varve.internal.Controller/${name}`,
  ),
  '/varve.internal.Node/Identify',
  ...['DeleteRecords', 'ListOffsets'].map((name) => `/varve.internal.Forward/${name}`),
  '/varve.internal.Replication/ReadRange',
];
const INTERNAL_STREAMS = [
  '/varve.internal.Controller/Heartbeat',
  '/varve.internal.Replication/Fetch',
  '/varve.internal.Forward/Produce',
  '/varve.internal.Forward/Consume',
  '/varve.internal.Forward/Fetch',
  '/varve.internal.Raft/Exchange',
];
const ROUNDS = 60;
/** How long a stream that took its garbage without a word is left open. */
const QUIET_MS = 100;

/** Well-formed messages: with a few bits flipped they get deeper than noise does. */
function seeds(
  topicId: Buffer,
  raft: { readonly clusterId: string | undefined; readonly directoryId: string },
): Uint8Array[] {
  const { v1 } = varve;
  const position = { topic: 'orders', partition: 0, offset: 0, position_id: 1, current_leader_epoch: 0 };
  const fetched = { topic_id: topicId, partition: 0, current_leader_epoch: 0, session: 1, last_fetched_epoch: -1 };
  return [
    v1.ProduceRequest.encode({
      batches: [
        { topic: 'orders', partition: 0, record_batch: encodedBatch(['a', 'b']) },
        {
          topic: 'orders',
          partition: 0,
          records: [{ key: Buffer.from('k'), value: Buffer.from('v'), headers: [{ key: 'h' }] }],
        },
      ],
    }).finish(),
    v1.ConsumeRequest.encode({ positions: [position], as_record_batches: true, max_response_bytes: 1000 }).finish(),
    v1.FetchRequest.encode({ positions: [position], max_wait_ms: 1, min_bytes: 1, max_response_bytes: 100 }).finish(),
    v1.ListOffsetsRequest.encode({ partitions: [{ topic: 'orders', partition: 0, timestamp_ms: -1 }] }).finish(),
    v1.MetadataRequest.encode({ topics: ['orders'] }).finish(),
    replication.internal.FetchRequest.encode({
      version: 1,
      replica_id: 9,
      window_bytes: 1000,
      partitions: [{ ...fetched, fetch_offset: 0, durable_offset: 0 }],
    }).finish(),
    controller.internal.HeartbeatRequest.encode({ version: 1, node_id: 9, broker_epoch: 1 }).finish(),
    ...raftSeeds(uuidToBytes(raft.clusterId ?? ''), uuidToBytes(raft.directoryId)),
  ];
}

/** Messages to this replica that no replica would send: each one took the core's word for it that it cannot be. */
function raftSeeds(clusterId: Buffer, directoryId: Buffer): Uint8Array[] {
  const voter = { node_id: 9, directory_id: Buffer.alloc(16, 9), host: 'nowhere', port: 1 };
  const voters = { version: 1, cluster_id: clusterId, voters: [voter, voter] };
  const payload = protocol.internal.RaftVoterSet.encode(voters).finish();
  const bodies: protocol.internal.IRaftMessage[] = [
    { heartbeat: { commit: 1_000_000, read_sequence: 1 } },
    { append: { prev_index: 0, commit: 1_000_000, entries: [{ term: 1 }, { term: 0 }] } },
    { append: { prev_index: 1_000_000, prev_term: 1, entries: [{ term: 1, type: 2, payload }] } },
    { append_response: { index: 1_000_000 } },
    { snapshot_chunk: { index: 1_000_000, term: 1, voters, chunk: 1, chunks: 3, data: Buffer.from('x') } },
    { snapshot_response: { index: 1, next_chunk: 1_000_000 } },
    { vote_response: { granted: true } },
    { read_response: { request_id: 1, index: 1_000_000 } },
    { founding_state: { blank: true, founding_set: voters, wants_answer: true } },
    { hello: {} },
  ];
  const head = { version: 1, cluster_id: clusterId, from_node_id: 9, from_directory_id: Buffer.alloc(16, 9), term: 1 };
  return bodies.map((body) =>
    protocol.internal.RaftMessage.encode({ ...head, to_directory_id: directoryId, ...body }).finish(),
  );
}

function garbage(random: SeededRandom, known: readonly Uint8Array[]): Buffer {
  if (random.chance(0.4)) return random.bytes(random.below(600));
  const bytes = Buffer.from(random.pick(known));
  for (let flips = 1 + random.below(4); flips > 0; flips--) {
    const at = random.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
  }
  return random.chance(0.2) ? bytes.subarray(0, random.below(bytes.length)) : bytes;
}

/** The error that a unary call ends with, as code. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'answered';
  } catch (error) {
    return error instanceof VarveError ? error.code : `${String(error)}`;
  }
}

/** Sends `message` on a stream of its own; how the stream ended, or 'open'. */
function streamed(client: RawClient, method: string, message: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const stream = client.rpc.stream(method, { headers: { 'varve-node-id': '3' } });
    const quiet = setTimeout(() => {
      resolve('open');
      stream.cancel();
    }, QUIET_MS);
    stream.onMessage(() => {});
    stream.onClose((error) => {
      clearTimeout(quiet);
      resolve(error === undefined ? 'ended' : error instanceof VarveError ? error.code : String(error));
    });
    stream.send(message);
  });
}

/** Bytes that are held once all that can be freed is. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

t.test('no bytes bring a node down, make it grow, or get an answer that blames the node', async (t) => {
  const cluster = await LocalCluster.start(1, {}, [grpcDoor]);
  t.teardown(() => cluster.close());
  await cluster.createTopic('orders', 1);
  const leader = () => cluster.node(1).replicas.replica('orders', 0)?.leader;
  await until('the partition is led', () => leader() !== undefined);
  const open = await RawClient.connect(cluster.node(1).address('GRPC'));
  const internal = await RawClient.connect(cluster.node(1).address('INTERNAL'));
  t.teardown(() => Promise.all([open.close(), internal.close()]));
  const known = seeds(Buffer.from(leader()?.topicId ?? '', 'base64url'), cluster.node(1).raft);
  // Each as it is first: flipped bits may hide what is wrong with it.
  for (const message of known) await streamed(internal, '/varve.internal.Raft/Exchange', Buffer.from(message));
  const random = new SeededRandom(20_251_122);
  const outcomes = new Map<string, number>();
  const note = (method: string, outcome: string): void => {
    const key = `${method} ${outcome}`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  };
  const round = async (): Promise<void> => {
    const calls: Promise<void>[] = [];
    for (const [client, methods] of [
      [open, PUBLIC_UNARY],
      [internal, INTERNAL_UNARY],
    ] as const) {
      for (const method of methods) {
        calls.push(codeOf(client.bytes(method, garbage(random, known))).then((code) => note(method, code)));
      }
    }
    for (const [client, methods] of [
      [open, PUBLIC_STREAMS],
      [internal, INTERNAL_STREAMS],
    ] as const) {
      for (const method of methods) {
        calls.push(streamed(client, method, garbage(random, known)).then((code) => note(method, code)));
      }
    }
    await Promise.all(calls);
  };
  for (let i = 0; i < 10; i++) await round();
  const before = heldBytes();
  for (let i = 0; i < ROUNDS; i++) await round();
  const grown = heldBytes() - before;
  t.ok(grown < 16 * 1024 * 1024, `the process grew by ${grown} bytes`);
  const blamed = [...outcomes.keys()].filter((key) => /UNKNOWN_SERVER_ERROR|Error:/.test(key));
  t.same(blamed, [], 'no error is one that the node cannot explain');
  for (const method of [...PUBLIC_UNARY, ...PUBLIC_STREAMS]) {
    if (method.includes('DescribeCluster') || method.includes('DescribeQuorum')) continue;
    t.ok(
      [...outcomes.keys()].some((key) => key === `${method} INVALID_REQUEST`),
      `${method} says INVALID_REQUEST`,
    );
  }
  t.same(cluster.failures, []);
  t.equal(await open.produceError({ topic: 'orders', partition: 0, record_batch: encodedBatch(['fine']) }), '');
});
