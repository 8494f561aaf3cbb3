import type { Test } from 'tap';
import type { ConsumerOptions } from '../../src/index.js';
import { Consumer, Producer, deserializers } from '../../src/index.js';
import { FakeCluster } from '../grpc/fake-broker.js';

/** '0', '1' and so on. */
export const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

/** Nodes without disks that speak the public API, until the test is over. */
export async function withCluster(t: Test, nodes: number): Promise<FakeCluster> {
  const cluster = await FakeCluster.start(nodes);
  t.teardown(() => cluster.close());
  return cluster;
}

export function textConsumer(
  t: Test,
  cluster: FakeCluster,
  options: Partial<ConsumerOptions<string | null, string | null>> = {},
) {
  const consumer = new Consumer<string | null, string | null>({
    bootstrap: cluster.bootstrap,
    keyDeserializer: deserializers.string,
    valueDeserializer: deserializers.string,
    ...options,
  });
  t.teardown(() => consumer.close());
  return consumer;
}

/** A cluster with the topic `log`. */
export async function withLog(t: Test, nodes: number, partitions = 1): Promise<FakeCluster> {
  const cluster = await withCluster(t, nodes);
  cluster.createTopic('log', partitions);
  return cluster;
}

/** Reads the topic `log` from its start. */
export async function logReader(
  t: Test,
  cluster: FakeCluster,
  options: Partial<ConsumerOptions<string | null, string | null>> = {},
): Promise<Consumer<string | null, string | null>> {
  const consumer = textConsumer(t, cluster, options);
  await consumer.assign([{ topic: 'log' }]);
  return consumer;
}

/** Appends texts, each with a key and a header. */
export async function fill(
  cluster: FakeCluster,
  topic: string,
  values: readonly string[],
  partition = 0,
): Promise<void> {
  const producer = new Producer({ bootstrap: cluster.bootstrap, batchSizeBytes: 300 });
  for (const value of values) producer.produce({ topic, partition, key: `k${value}`, value, headers: { n: value } });
  await producer.close();
}

/** The values of the next `count` records. */
export async function take(
  consumer: Consumer<string | null, string | null>,
  count: number,
): Promise<(string | null)[]> {
  const values: (string | null)[] = [];
  for await (const record of consumer) {
    values.push(record.value);
    if (values.length === count) break;
  }
  return values;
}
