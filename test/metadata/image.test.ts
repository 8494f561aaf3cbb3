import t from 'tap';
import { uuidFromBytes } from '../../src/common/ids.js';
import { MetadataImage } from '../../src/metadata/image.js';
import { changesBetween, imagesEqual } from '../../src/metadata/image-changes.js';
import { MetadataState } from '../../src/metadata/metadata-state.js';
import { decodeMetadataBatch, encodeMetadataBatch } from '../../src/metadata/record-codec.js';
import type { MetadataRecord } from '../../src/metadata/records.js';
import { replayBatch } from '../../src/metadata/replay.js';
import { imageFromSnapshot, snapshotOf } from '../../src/metadata/snapshot.js';
import { varve } from '../../src/protocol/metadata.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import { Applier } from '../../src/raft/applier.js';
import { VoterSet } from '../../src/raft/core/voter-set.js';

const id = (n: number): string => uuidFromBytes(Buffer.alloc(16, n));

const REGISTER: MetadataRecord = {
  kind: 'registerBroker',
  nodeId: 0,
  incarnationId: id(1),
  brokerEpoch: undefined,
  listeners: [{ name: 'KAFKA', host: '127.0.0.1', port: 9092, securityProtocol: 'PLAINTEXT' }],
  rack: undefined,
  logDirs: [id(2), id(3)],
  offlineLogDirs: [],
  fenced: true,
  inControlledShutdown: false,
  minMetadataVersion: 1,
  maxMetadataVersion: 1,
};

const PARTITION: MetadataRecord = {
  kind: 'partition',
  topicId: id(9),
  partition: 0,
  replicas: [0, 1],
  directories: [id(2), id(4)],
  isr: [0],
  elr: [1],
  lastKnownElr: [],
  addingReplicas: [],
  removingReplicas: [],
  leader: 0,
  leaderEpoch: 4,
  partitionEpoch: 7,
  recoveryMarks: [{ nodeId: 1, lastEpoch: 3, endOffset: 5_000_000_000 }],
};

const ALL: readonly MetadataRecord[] = [
  { kind: 'featureLevel', name: 'metadata.version', level: 1 },
  REGISTER,
  { ...REGISTER, nodeId: 1, rack: '', incarnationId: id(8), logDirs: [id(4)] },
  { kind: 'brokerChange', nodeId: 0, brokerEpoch: 6_000_000_000, fenced: false, newlyOfflineLogDirs: [id(3)] },
  { kind: 'brokerChange', nodeId: 1, brokerEpoch: 6_000_000_000, inControlledShutdown: true },
  { kind: 'topic', topicId: id(9), name: 'orders' },
  PARTITION,
  { ...PARTITION, partition: 1 },
  { kind: 'partitionChange', topicId: id(9), partition: 1, leader: -1, isr: [], elr: [0, 1], recoveryMarks: [] },
  { kind: 'config', resourceType: 'topic', resourceName: 'orders', name: 'retention.ms', value: '-1' },
  { kind: 'config', resourceType: 'broker', resourceName: '', name: 'message.max.bytes', value: '100' },
  { kind: 'producerIds', nodeId: 0, brokerEpoch: 6_000_000_000, nextProducerId: 1000 },
];

const IMAGE = replayBatch(MetadataImage.EMPTY, ALL, 6_000_000_000);

t.test('records are read back as they were written', async (t) => {
  t.same(decodeMetadataBatch(encodeMetadataBatch(ALL)), ALL);
  const rest: MetadataRecord[] = [
    { kind: 'unregisterBroker', nodeId: 1, brokerEpoch: 0 },
    { kind: 'removeTopic', topicId: id(9) },
    { kind: 'config', resourceType: 'topic', resourceName: 'orders', name: 'retention.ms', value: undefined },
    {
      kind: 'partitionChange',
      topicId: id(9),
      partition: 0,
      replicas: [0, 1, 2],
      directories: [id(2), id(4), id(5)],
      addingReplicas: [2],
      removingReplicas: [0],
      lastKnownElr: [1],
    },
  ];
  t.same(decodeMetadataBatch(encodeMetadataBatch(rest)), rest);
});

t.test('a newer version is refused by name, and damaged bytes too', async (t) => {
  const { MetadataBatch } = varve.internal;
  const topic = { topic_id: Buffer.alloc(16), name: 'x' };
  t.throws(() => decodeMetadataBatch(MetadataBatch.encode({ version: 1, records: [{ version: 2, topic }] }).finish()), {
    code: 'UNSUPPORTED_VERSION',
    message: /'topic' has version 2/,
  });
  t.throws(() => decodeMetadataBatch(MetadataBatch.encode({ version: 2 }).finish()), { code: 'UNSUPPORTED_VERSION' });
  t.throws(() => decodeMetadataBatch(MetadataBatch.encode({ version: 1, records: [{ version: 1 }] }).finish()), {
    code: 'UNSUPPORTED_VERSION',
    message: /kind of record/,
  });
  t.throws(() => decodeMetadataBatch(Buffer.from('ffffffff', 'hex')), { code: 'CORRUPT_MESSAGE' });
});

t.test('replay: epochs, offsets and what each record changes', async (t) => {
  const broker = IMAGE.broker(0);
  t.match(broker, { brokerEpoch: 6_000_000_000, fenced: false, logDirs: [id(2)], offlineLogDirs: [id(3)] });
  t.equal(IMAGE.isActive(0), true);
  t.equal(IMAGE.isActive(1), false);
  const state = IMAGE.topicByName('orders')?.partitions.get(1);
  t.match(state, { leader: -1, leaderEpoch: 5, partitionEpoch: 8, isr: [], elr: [0, 1] });
  t.equal(IMAGE.dynamicConfigs('topic', 'orders').get('retention.ms'), '-1');
  const removed = replayBatch(IMAGE, [{ kind: 'removeTopic', topicId: id(9) }], 6_000_000_001);
  t.equal(removed.topicByName('orders'), undefined);
  t.equal(removed.dynamicConfigs('topic', 'orders').size, 0);
});

t.test('a record that breaks an invariant of the image is a bug, named', async (t) => {
  const change = { kind: 'partitionChange', topicId: id(9), partition: 0 } as const;
  const broken: [MetadataRecord, RegExp][] = [
    [{ ...change, isr: [0, 5] }, /ISR of orders-0 is within its replicas/],
    [{ ...change, isr: [0, 1] }, /ISR and ELR of orders-0 are disjoint/],
    [{ ...change, leader: 1 }, /the leader of orders-0 is in its ISR/],
    [{ ...change, replicas: [0, 1, 2] }, /each replica of orders-0 has a directory/],
    [{ kind: 'brokerChange', nodeId: 0, brokerEpoch: 1 }, /names its current epoch/],
    [{ kind: 'topic', topicId: id(7), name: 'orders' }, /topic orders is new/],
    [{ ...PARTITION, partition: 5 }, /without gaps/],
  ];
  for (const [record, message] of broken) {
    t.throws(() => replayBatch(IMAGE, [record], 6_000_000_001), { name: 'InvariantViolation', message });
  }
});

t.test('a snapshot gives an equal image back; a difference anywhere is seen', async (t) => {
  const restored = imageFromSnapshot([...snapshotOf(IMAGE)], IMAGE.offset);
  t.ok(imagesEqual(restored, IMAGE));
  const different: MetadataRecord[] = [
    { kind: 'brokerChange', nodeId: 0, brokerEpoch: 6_000_000_000, fenced: true },
    { kind: 'partitionChange', topicId: id(9), partition: 0 },
    { kind: 'config', resourceType: 'topic', resourceName: 'orders', name: 'retention.ms', value: '5' },
    { kind: 'producerIds', nodeId: 0, brokerEpoch: 6_000_000_000, nextProducerId: 2000 },
    { kind: 'featureLevel', name: 'metadata.version', level: 2 },
    { kind: 'topic', topicId: id(5), name: 'new' },
  ];
  for (const record of different) {
    t.notOk(imagesEqual(restored, replayBatch(IMAGE, [record], IMAGE.offset)), `a changed ${record.kind}`);
  }
});

const NO_OFFICE = { onLeader() {}, onFollower() {} };

/** The image that another node makes of a snapshot of `image`, cut as the log cuts it; and the greatest piece. */
function throughTheLog(image: MetadataImage, snapshotChunkBytes?: number): { image: MetadataImage; greatest: number } {
  const config = { ...DEFAULT_RAFT_CONFIG, ...(snapshotChunkBytes === undefined ? {} : { snapshotChunkBytes }) };
  const saved = { index: image.offset, term: 1, voters: VoterSet.empty };
  const first = new MetadataState(NO_OFFICE);
  const maker = new Applier(first, config);
  maker.restore({ ...saved, chunks: [...snapshotOf(image)] });
  const chunks = [...maker.takeSnapshot(1, VoterSet.empty).chunks];
  const second = new MetadataState(NO_OFFICE);
  new Applier(second, config).restore({ ...saved, chunks });
  return { image: second.image, greatest: Math.max(...chunks.map((chunk) => chunk.length)) };
}

t.test('a snapshot is read back wherever the log cuts it', async (t) => {
  const list = Array.from({ length: 60_000 }, (_, i) => `${Math.floor(i / 3)}:${i % 3}`).join();
  t.ok(list.length > 300_000, 'a list of throttled replicas of a great topic');
  const throttled = ['leader', 'follower'].map((side): MetadataRecord => {
    const name = `${side}.replication.throttled.replicas`;
    return { kind: 'config', resourceType: 'topic', resourceName: 'orders', name, value: list };
  });
  const great = replayBatch(IMAGE, throttled, 6_000_000_001);
  const restored = throughTheLog(great);
  t.ok(imagesEqual(restored.image, great), 'a value is longer than a piece of the log');
  t.equal(restored.greatest, DEFAULT_RAFT_CONFIG.snapshotChunkBytes);
  for (const bytes of [1, 7, 64])
    t.ok(imagesEqual(throughTheLog(IMAGE, bytes).image, IMAGE), `pieces of ${bytes} bytes`);
  t.ok(imagesEqual(throughTheLog(MetadataImage.EMPTY).image, MetadataImage.EMPTY), 'a log that holds no record yet');
});

t.test('changes between images name what a broker must look at', async (t) => {
  const after = replayBatch(
    IMAGE,
    [
      { kind: 'partitionChange', topicId: id(9), partition: 1, leader: 0, isr: [0], elr: [1] },
      { kind: 'config', resourceType: 'topic', resourceName: 'orders', name: 'retention.ms', value: '5' },
      { kind: 'topic', topicId: id(5), name: 'new' },
      { ...PARTITION, topicId: id(5) },
      { kind: 'unregisterBroker', nodeId: 1, brokerEpoch: 6_000_000_000 },
    ],
    6_000_000_002,
  );
  const changes = changesBetween(IMAGE, after);
  t.same(
    changes.partitions.map((one) => [one.topic.name, one.partition, one.before?.leader, one.after?.leader]).sort(),
    [
      ['new', 0, undefined, 0],
      ['orders', 1, -1, 0],
    ],
  );
  t.same(
    changes.createdTopics.map((topic) => topic.name),
    ['new'],
  );
  t.same(
    changes.brokers.map((one) => one.nodeId),
    [1],
  );
  t.same(changes.configs, [{ type: 'topic', name: 'orders' }]);
  const back = changesBetween(after, IMAGE);
  t.same(
    back.deletedTopics.map((topic) => topic.name),
    ['new'],
  );
  t.same(changesBetween(IMAGE, IMAGE.with({ offset: 7 })).partitions, []);
});

t.test('one change among 10,000 partitions costs far less than a copy of them', async (t) => {
  const records: MetadataRecord[] = [{ kind: 'topic', topicId: id(9), name: 'big' }];
  for (let partition = 0; partition < 10_000; partition++) records.push({ ...PARTITION, partition });
  const big = replayBatch(MetadataImage.EMPTY, records, 1);
  const after = replayBatch(big, [{ kind: 'partitionChange', topicId: id(9), partition: 77 }], 2);
  let shared = 0;
  after.forEachPartition((_, partition, state) => {
    if (state === big.partition(id(9), partition)) shared++;
  });
  t.equal(shared, 9_999);
  t.same(
    changesBetween(big, after).partitions.map((one) => one.partition),
    [77],
  );
  t.ok(imagesEqual(imageFromSnapshot([...snapshotOf(big)], 1), big));
});

t.test(
  'the state feeds listeners, restores snapshots, and stands still before what it cannot understand',
  async (t) => {
    const seen: [number, number][] = [];
    const state = new MetadataState(NO_OFFICE);
    const stop = state.onImage((image, changes) => seen.push([image.offset, changes.partitions.length]));
    state.apply([{ index: 6_000_000_000, term: 1, payload: encodeMetadataBatch(ALL) }]);
    t.same(seen, [[6_000_000_000, 2]]);
    const other = new MetadataState(NO_OFFICE);
    other.restoreSnapshot([...state.takeSnapshot()], 6_000_000_000);
    t.ok(imagesEqual(other.image, state.image));
    const applies = (index: number, payload: Uint8Array) => () => state.apply([{ index, term: 1, payload }]);
    t.throws(applies(6_000_000_001, Buffer.from([1, 2, 3])), { code: 'CORRUPT_MESSAGE' });
    t.throws(applies(6_000_000_002, encodeMetadataBatch([])), { name: 'InvariantViolation' });
    t.throws(() => state.takeSnapshot(), { name: 'InvariantViolation' }, 'it is no state of the log');
    t.throws(() => state.onLeader(2), { name: 'InvariantViolation' });
    t.equal(state.image.offset, 6_000_000_000);
    stop();
  },
);
