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
  const placed = task.replicas?.map((brokers, partition) => ({ partition, replicas: brokers }));
  const shape =
    placed === undefined
      ? { numPartitions: task.partitions ?? 6, replicationFactor: 3 }
      : { replicaAssignment: placed };
  const topic = { topic: task.topic, ...shape, configEntries };
  // Its own wait for leaders fails where a broker has not heard of the topic yet.
  await admin.createTopics({ topics: [topic], waitForLeaders: false });
  await untilLed(admin, task.topic);
  await admin.disconnect();
  return { records: 0, bytes: 0, seconds: 0 };
}

async function untilLed(admin, name) {
  for (const startMs = performance.now(); ;) {
    const last = await admin.fetchTopicMetadata({ topics: [name] }).catch((error) => error);
    if (last.topics?.[0]?.partitions.every(({ leader }) => leader >= 0)) return;
    if (performance.now() - startMs > 30_000) throw new Error(`${name} has no leaders yet.`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function deleteTopic() {
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [task.topic] });
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

/** Single records at a fixed rate, to one's own consumer; each carries the time at which it was, or was to be, sent. */
async function latency() {
  const { topic, valueBytes = 100, seconds = 5, recordsPerSecond = 2_000 } = task;
  const warmUp = recordsPerSecond * 2;
  const total = warmUp + Math.floor(seconds * recordsPerSecond);
  const acknowledgedMs = new Float64Array(total);
  const consumedMs = new Float64Array(total);
  let left = total;
  const heard = (value) => {
    consumedMs[value.readUInt32BE(0)] = performance.now() - value.readDoubleBE(4);
    left -= 1;
  };
  const { send, stop } = await openLatencyClients(topic, heard);
  const sends = [];
  const startMs = performance.now();
  for (let sent = 0; sent < total;) {
    const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * recordsPerSecond));
    for (; sent < due; sent++) {
      const index = sent;
      const value = Buffer.alloc(valueBytes);
      value.writeUInt32BE(index, 0);
      const sentMs = Math.min(performance.now(), startMs + ((index + 1) / recordsPerSecond) * 1000 + 1);
      value.writeDoubleBE(sentMs, 4);
      sends.push(send(value).then(() => (acknowledgedMs[index] = performance.now() - sentMs)));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(sends);
  const deadlineMs = performance.now() + 10_000;
  while (left > 0 && performance.now() < deadlineMs) await new Promise((resolve) => setTimeout(resolve, 10));
  if (left > 0) throw new Error(`${left} of ${total} records were not consumed.`);
  await stop();
  const shares = (samples) => {
    const sorted = samples.slice(warmUp).sort();
    const share = (part) => sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)];
    return { p50: share(0.5), p99: share(0.99), p999: share(0.999) };
  };
  return {
    records: total,
    bytes: total * valueBytes,
    seconds: (performance.now() - startMs) / 1000,
    acknowledged: shares(acknowledgedMs),
    consumed: shares(consumedMs),
  };
}

async function openLatencyClients(topic, heard) {
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: `bench-${process.pid}-${Date.now()}`, maxWaitTimeInMs: 100 });
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({ partitionsConsumedConcurrently: 3, eachMessage: async ({ message }) => heard(message.value) });
  await joined;
  return {
    send: (value) => producer.send({ topic, messages: [{ value }], acks: -1 }),
    stop: async () => {
      await consumer.disconnect();
      await producer.disconnect();
    },
  };
}

/** One record to a new topic of three replicas, as soon as anything answers. */
async function first() {
  const startMs = performance.now();
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  for (;;) {
    try {
      await createTopic();
      await producer.connect();
      await producer.send({ topic: task.topic, messages: [{ value: 'record' }], acks: -1 });
      break;
    } catch (error) {
      if (performance.now() - startMs > 60_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return { records: 1, bytes: 6, seconds: (performance.now() - startMs) / 1000 };
}

/** Paced sends to every partition; says how long the partition that waited longest had no acknowledgement. */
async function silence() {
  const { topic, partitions = 6, seconds = 20 } = task;
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 100 },
  });
  await producer.connect();
  const lastMs = new Float64Array(partitions);
  let worstMs = 0;
  let records = 0;
  const endMs = performance.now() + seconds * 1000;
  const hear = (partition) => {
    const now = performance.now();
    if (lastMs[partition] > 0) worstMs = Math.max(worstMs, now - lastMs[partition]);
    lastMs[partition] = now;
    records += 1;
  };
  const lane = async (partition) => {
    while (performance.now() < endMs) {
      try {
        await producer.send({ topic, messages: [{ partition, value: Buffer.alloc(100) }], acks: -1 });
        hear(partition);
      } catch {
        // Sent again below: the silence goes on.
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };
  console.log('{"sending":true}');
  const lanes = Promise.all(Array.from({ length: partitions }, (_, partition) => lane(partition)));
  // A send to a broker that stands still goes on for as long as that does: who is silent at the end has been so until then.
  await Promise.race([lanes, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]);
  const now = performance.now();
  for (const at of lastMs) if (at > 0) worstMs = Math.max(worstMs, now - at);
  return { records, bytes: records * 100, seconds: worstMs / 1000 };
}

console.log(JSON.stringify(await { createTopic, deleteTopic, produce, consume, latency, first, silence }[task.do]()));
process.exit(0);
