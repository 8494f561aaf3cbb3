import t from 'tap';
import { ClusterWatch } from '../../scripts/cluster/cluster-watch.js';
import { DeliveryLedger } from '../../scripts/workload/delivery-ledger.js';
import { LiveReader } from '../../scripts/workload/live-reader.js';
import { PacedLoad } from '../../scripts/workload/paced-load.js';
import { SilenceMeter } from '../../scripts/workload/silence-meter.js';
import { clusterAndClients } from './cluster-and-clients.js';

const TOPIC = 'orders';
const PARTITIONS = 6;
/** Each partition gets a record each 3 ms or so. */
const RECORDS_PER_SECOND = 2_000;
const ROUNDS = 2;
const TIMEOUT_MS = 60_000;
const STEADY_MS = 500;
/**
 * What a stop costs on an idle machine is bounded by test/simulation/rolling-restart.test.ts. Here the disk and the other
 * tests are in it, too: this much over what the machine makes of no stop at all tells a stop in order from one that had
 * to be found out by time-outs.
 */
const MEDIAN_MS = 1_200;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

t.test('a rolling restart under load costs no error, and no pause that a time-out had to end', async (t) => {
  const { cluster, admin, producer, consumer } = await clusterAndClients(t, { nodeCount: 3 });
  const watch = new ClusterWatch(admin, TOPIC);
  await admin.createTopic({ name: TOPIC, partitions: PARTITIONS, replicationFactor: 3 });
  await watch.everyIsrFull(TIMEOUT_MS);
  await producer.partitionCount(TOPIC);
  await consumer.assign([{ topic: TOPIC, from: 'earliest' }]);

  const ledger = new DeliveryLedger(1_000_000);
  const reader = new LiveReader(consumer, [ledger]);
  const silence = new SilenceMeter(PARTITIONS, () => performance.now(), 'warm');
  let sent = 0;
  const load = new PacedLoad({
    sink: producer,
    ledger,
    silence,
    topic: TOPIC,
    producer: 0,
    recordsPerSecond: RECORDS_PER_SECOND,
    nextRecord: () => ({ key: `key-${sent++}`, value: Buffer.alloc(100) }),
  });
  load.start();
  t.teardown(() => load.stop());
  await pause(STEADY_MS);

  const steady: number[] = [];
  const stops: number[] = [];
  const starts: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    for (const node of cluster.nodes) {
      steady.push(silence.next('stop').worstPartitionMs);
      await node.stop();
      await pause(STEADY_MS);
      stops.push(silence.next('start').worstPartitionMs);
      node.start();
      await node.ready(TIMEOUT_MS);
      await watch.everyIsrFull(TIMEOUT_MS);
      starts.push(silence.next('steady').worstPartitionMs);
      await pause(STEADY_MS);
    }
  }
  load.stop();
  await producer.flush();
  for (const deadlineMs = performance.now() + TIMEOUT_MS; !ledger.isRead && performance.now() < deadlineMs;)
    await pause(20);
  await reader.stop();

  t.comment(
    `pauses of the worst partition at stops: ${listed(stops)}, at starts: ${listed(starts)}, at other times: ${listed(steady)} ms`,
  );
  t.equal(load.firstFailure, undefined, 'no record fails');
  t.equal(load.refusedCount, 0, 'the input never has to pause');
  t.equal(reader.failure, undefined, 'the consumer reads on');
  t.equal(
    cluster.nodes.reduce((sum, node) => sum + node.unexpectedEnds, 0),
    0,
    'no node ends by itself',
  );
  const counts = ledger.counts();
  t.match(counts, { acknowledged: counts.sent, readBack: counts.sent, failed: 0, lost: 0, duplicated: 0 });
  t.match(counts, { outOfOrder: 0, altered: 0, unexpected: 0 });
  t.ok(median(stops) <= median(steady) + MEDIAN_MS, 'a stop is no fail-over', { stops, steady });
});

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

function listed(values: readonly number[]): string {
  return values.map((value) => value.toFixed(0)).join(', ');
}
