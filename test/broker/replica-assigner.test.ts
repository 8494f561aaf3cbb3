import t from 'tap';
import { ReplicaAssigner } from '../../src/broker/replica-assigner.js';
import { withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { changesBetween } from '../../src/metadata/image-changes.js';
import { configKey } from '../../src/metadata/image.js';
import type { PartitionAssignment } from '../../src/replication/replica.js';
import type { ReplicaManager } from '../../src/replication/replica-manager.js';
import { Fixture } from '../controller/fixture.js';

const THROTTLED = 'leader.replication.throttled.replicas';

/** A topic's settings, with how often the list of throttled replicas was read. */
class CountedTexts extends Map<string, string> {
  reads = 0;

  override get(name: string): string | undefined {
    if (name === THROTTLED) this.reads += 1;
    return super.get(name);
  }
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
  const configTexts = new Map([
    ['node.id', '1'],
    ['log.dirs', '/data'],
  ]);
  const applied: PartitionAssignment[] = [];
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
    configChanged: () => {},
    removeStrays: () => {},
  });
  assigner.goLive(image);
  t.equal(applied.length, partitions);
  t.ok(applied.every((one) => one.leaderThrottled && !one.followerThrottled));
  t.equal(texts.reads, 1, 'when the node goes live');
  assigner.imageChanged(image, changesBetween(before, image));
  t.ok(applied.length >= 2 * partitions);
  t.equal(texts.reads, 3, 'once for the partitions that changed, once for the settings');
  t.end();
});
