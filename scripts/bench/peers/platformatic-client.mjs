// @platformatic/kafka under load: takes a ClientTask (scripts/bench/client-run.ts) as its argument, prints a ClientResult.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(join(process.env.VARVE_PEERS, 'clients', 'package.json'));
const { Consumer, Producer, ProduceAcks } = await import(pathToFileURL(require.resolve('@platformatic/kafka')).href);

const WARM_UP_MS = 1_000;
const POOL_BYTES = 4 * 1024 * 1024;
/** Bytes of values in one send, and sends under way: what gave it the most records a second here. */
const SEND_BYTES = 512 * 1024;
const SENDS = 4;
const IDLE_END_MS = 3_000;

const task = JSON.parse(process.argv[2]);
const pool = randomBytes(POOL_BYTES);
let at = 0;

function nextValue(bytes) {
  at = (at + 61) % (POOL_BYTES - bytes);
  return pool.subarray(at, at + bytes);
}

async function produce() {
  const { topic, valueBytes, seconds } = task;
  const producer = new Producer({
    clientId: 'bench',
    bootstrapBrokers: task.bootstrap,
    acks: ProduceAcks.ALL,
    maxInflights: 5,
  });
  const count = Math.max(1, Math.floor(SEND_BYTES / valueBytes));
  let records = 0;
  const fill = async (endMs) => {
    while (performance.now() < endMs) {
      const messages = Array.from({ length: count }, () => ({ topic, value: nextValue(valueBytes) }));
      await producer.send({ messages, acks: ProduceAcks.ALL });
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
  await producer.close();
  return { records, bytes: records * valueBytes, seconds: elapsed };
}

async function consume() {
  const consumer = new Consumer({
    clientId: 'bench',
    groupId: `bench-${process.pid}-${Date.now()}`,
    bootstrapBrokers: task.bootstrap,
    maxBytes: 10 * 1024 * 1024,
    maxWaitTime: 100,
  });
  const stream = await consumer.consume({ topics: [task.topic], mode: 'earliest', autocommit: false });
  let records = 0;
  let bytes = 0;
  let startMs = 0;
  let lastMs = 0;
  await new Promise((resolve, reject) => {
    stream.on('error', reject);
    stream.on('data', (message) => {
      // The time counts from the first record: joining the group takes a while.
      if (startMs === 0) startMs = performance.now();
      records += 1;
      bytes += message.value.length;
      if ((records & 255) === 0) lastMs = performance.now();
    });
    const watch = setInterval(() => {
      const now = performance.now();
      if (startMs > 0 && (now - lastMs > IDLE_END_MS || now - startMs > task.seconds * 1000)) {
        clearInterval(watch);
        resolve();
      }
    }, 50);
  });
  return { records, bytes, seconds: (lastMs - startMs) / 1000 };
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
  const producer = new Producer({ clientId: 'bench', bootstrapBrokers: task.bootstrap, acks: ProduceAcks.ALL });
  const consumer = new Consumer({
    clientId: 'bench',
    groupId: `bench-${process.pid}-${Date.now()}`,
    bootstrapBrokers: task.bootstrap,
    maxWaitTime: 100,
  });
  const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false });
  stream.on('data', (message) => heard(message.value));
  return {
    send: (value) => producer.send({ messages: [{ topic, value }], acks: ProduceAcks.ALL }),
    // The process ends at once anyhow; the group is nobody's.
    stop: () => Promise.resolve(),
  };
}

console.log(JSON.stringify(await { produce, consume, latency }[task.do]()));
process.exit(0);
