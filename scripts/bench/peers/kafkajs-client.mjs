// kafkajs under load: takes a ClientTask (scripts/bench/client-run.ts) as its argument, prints a ClientResult.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.VARVE_PEERS, 'clients', 'package.json'));
const { Kafka, logLevel, Partitioners } = require('kafkajs');

const WARM_UP_MS = 1_000;
const POOL_BYTES = 4 * 1024 * 1024;
/** Bytes of values in one send, and sends under way: what gave it the most records a second here. */
const SEND_BYTES = 512 * 1024;
const SENDS = 4;
const IDLE_END_MS = 3_000;

const task = JSON.parse(process.argv[2]);
const kafka = new Kafka({ clientId: 'bench', brokers: task.bootstrap, logLevel: logLevel.ERROR });
const pool = randomBytes(POOL_BYTES);
let at = 0;

function nextValue(bytes) {
  at = (at + 61) % (POOL_BYTES - bytes);
  return pool.subarray(at, at + bytes);
}

async function createTopic() {
  const admin = kafka.admin();
  await admin.connect();
  const configEntries = Object.entries(task.configs ?? {}).map(([name, value]) => ({ name, value }));
  const topic = { topic: task.topic, numPartitions: task.partitions ?? 6, replicationFactor: 3, configEntries };
  await admin.createTopics({ topics: [topic], waitForLeaders: true });
  await admin.disconnect();
  return { records: 0, bytes: 0, seconds: 0 };
}

async function produce() {
  const { topic, valueBytes, seconds } = task;
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, maxInFlightRequests: 5 });
  await producer.connect();
  const count = Math.max(1, Math.floor(SEND_BYTES / valueBytes));
  let records = 0;
  const fill = async (endMs) => {
    while (performance.now() < endMs) {
      const messages = Array.from({ length: count }, () => ({ value: nextValue(valueBytes) }));
      await producer.send({ topic, messages, acks: -1 });
      records += count;
    }
  };
  const run = (ms) => {
    const endMs = performance.now() + ms;
    return Promise.all(Array.from({ length: SENDS }, () => fill(endMs)));
  };
  await run(WARM_UP_MS);
  records = 0;
  const startMs = performance.now();
  await run(seconds * 1000);
  const elapsed = (performance.now() - startMs) / 1000;
  await producer.disconnect();
  return { records, bytes: records * valueBytes, seconds: elapsed };
}

async function consume() {
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}-${Date.now()}`, maxBytesPerPartition: 1024 * 1024 });
  await consumer.connect();
  await consumer.subscribe({ topics: [task.topic], fromBeginning: true });
  let records = 0;
  let bytes = 0;
  let startMs = 0;
  let lastMs = 0;
  await new Promise((resolve, reject) => {
    const watch = setInterval(() => {
      const now = performance.now();
      if (startMs > 0 && (now - lastMs > IDLE_END_MS || now - startMs > task.seconds * 1000)) {
        clearInterval(watch);
        resolve();
      }
    }, 50);
    consumer
      .run({
        partitionsConsumedConcurrently: 3,
        eachBatchAutoResolve: true,
        // The time counts from the first batch: joining the group takes seconds.
        eachBatch: async ({ batch }) => {
          if (startMs === 0) startMs = performance.now();
          for (const message of batch.messages) {
            records += 1;
            bytes += message.value.length;
          }
          lastMs = performance.now();
        },
      })
      .catch(reject);
  });
  const result = { records, bytes, seconds: (lastMs - startMs) / 1000 };
  await consumer.disconnect();
  return result;
}

console.log(JSON.stringify(await { createTopic, produce, consume }[task.do]()));
process.exit(0);
