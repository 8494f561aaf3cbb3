import t from 'tap';
import { ReplicaAssigner } from '../../src/broker/replica-assigner.js';
import { withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { changesBetween } from '../../src/metadata/image-changes.js';
import { configKey } from '../../src/metadata/image.js';
import type { MetadataImage } from '../../src/metadata/image.js';
import { replay } from '../../src/metadata/replay.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import type { ReplicaManager } from '../../src/replication/replica-manager.js';
import { Fixture } from '../controller/fixture.js';
import { costGrowth } from '../controller/growth.js';

const THROTTLED = 'leader.replication.throttled.replicas';

/** A topic's settings, with how often the list of throttled replicas was read. */
class CountedTexts extends Map<string, string> {
  reads = 0;

  override get(name: string): string | undefined {
    if (name === THROTTLED) this.reads += 1;
    return super.get(name);
  }
}

/** Of node 1, with what it tells the replicas. */
function assignerOf(): { assigner: ReplicaAssigner; applied: PartitionAssignment[]; warnings: unknown[] } {
  const configTexts = new Map([
    ['node.id', '1'],
    ['log.dirs', '/data'],
  ]);
  const applied: PartitionAssignment[] = [];
  const warnings: unknown[] = [];
  const replicas = {
    apply: (assignment: PartitionAssignment) => void applied.push(assignment),
    leaderThrottle: { setRate: () => {} },
    followerThrottle: { setRate: () => {} },
  } as unknown as ReplicaManager;
  const assigner = new ReplicaAssigner({
    nodeId: 1,
    config: withDynamicConfigs(configTexts, new Map(), new Map()),
    configTexts,
    replicas,
    logger: { ...silentLogger, warn: (fields) => void warnings.push(fields) },
    configChanged: () => {},
    removeStrays: () => {},
  });
  return { assigner, applied, warnings };
}

t.test("a topic's settings are parsed once, however many partitions it has", (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  const before = f.image;
  const partitions = 50;
  f.assign(
    'orders',
    Array.from({ length: partitions }, () => [1, 2]),
  );
  const texts = new CountedTexts([[THROTTLED, Array.from({ length: partitions }, (_, i) => `${i}:1`).join(',')]]);
  const image = f.image.with({ configs: f.image.configs.set(configKey('topic', 'orders'), texts) });
  const { assigner, applied } = assignerOf();
  assigner.goLive(image);
  t.equal(applied.length, partitions);
  t.ok(applied.every((one) => one.leaderThrottled && !one.followerThrottled));
  t.equal(texts.reads, 1, 'when the node goes live');
  assigner.imageChanged(image, changesBetween(before, image));
  t.ok(applied.length >= 2 * partitions);
  t.equal(texts.reads, 1, 'and not again while they are the same');
  t.end();
});

t.test("a topic's settings are parsed anew when they change, or what lies below them", (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  const { assigner, applied } = assignerOf();
  assigner.goLive(f.image);
  const last = (): PartitionAssignment | undefined => applied.at(-1);
  const change = (make: () => void): void => {
    const before = f.image;
    make();
    assigner.imageChanged(f.image, changesBetween(before, f.image));
  };
  t.equal(last()?.leaderThrottled, false);
  change(() => f.setTopicConfig('orders', THROTTLED, '0:1'));
  t.equal(last()?.leaderThrottled, true);
  t.equal(last()?.minInsyncReplicas, 2);
  const before = f.image;
  const brokers = new Map([['min.insync.replicas', '1']]);
  const image = before.with({ configs: before.configs.set(configKey('broker', ''), brokers) });
  assigner.imageChanged(image, changesBetween(before, image));
  t.equal(last()?.minInsyncReplicas, 1);
  t.equal(last()?.leaderThrottled, true);
  t.end();
});

t.test('a list of throttled replicas costs as much as it is long, not as much again for each partition', (t) => {
  const imageOf = (partitions: number): MetadataImage => {
    const f = new Fixture();
    f.startAll(1, 2);
    f.assign(
      'orders',
      Array.from({ length: partitions }, () => [1, 2]),
    );
    // The last ones of the list are this node's.
    const items = [2, 1].flatMap((nodeId) => Array.from({ length: partitions }, (_, i) => `${i}:${nodeId}`));
    f.setTopicConfig('orders', THROTTLED, items.join());
    return f.image;
  };
  const images = new Map([600, 7_200].map((partitions) => [partitions, imageOf(partitions)]));
  const growth = costGrowth(
    (partitions) => {
      const { assigner, applied } = assignerOf();
      assigner.goLive(images.get(partitions) ?? imageOf(partitions));
      t.ok(applied.length === partitions && applied.every((one) => one.leaderThrottled && !one.followerThrottled));
    },
    600,
    12,
  );
  t.ok(growth < 48, `12 times as many partitions cost ${growth.toFixed(1)} times as much`);
  t.end();
});

t.test('no setting that is committed stops a node which applies it', async (t) => {
  const f = new Fixture();
  f.startAll(1, 2);
  f.assign('orders', [[1, 2]]);
  const { assigner, applied, warnings } = assignerOf();
  let image = f.image;
  assigner.goLive(image);
  const set = (type: 'topic' | 'broker', resourceName: string, name: string, value: string): void => {
    const before = image;
    image = replay(image, { kind: 'config', resourceType: type, resourceName, name, value });
    assigner.imageChanged(image, changesBetween(before, image));
  };
  // The controller that took these two had others in its own file.
  set('topic', 'orders', 'max.compaction.lag.ms', '60000');
  set('broker', '', 'log.cleaner.min.compaction.lag.ms', '3600000');
  t.same(warnings, []);
  for (const resource of ['', '1']) set('broker', resource, 'of.a.newer.release', '1');
  set('topic', 'orders', 'cleanup.policy', 'of a newer release');
  set('topic', 'orders', 'cleanup.policy', 'of a still newer one');
  t.same(warnings, [
    { type: 'broker', name: 'of.a.newer.release' },
    { type: 'topic', name: 'cleanup.policy' },
  ]);
  t.equal(applied.length, 7, 'and the partition goes on with each of them');
});
