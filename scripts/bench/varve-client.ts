import { randomBytes } from 'node:crypto';
import { Admin, Consumer, Producer } from '../../src/index.js';
import type { ClientResult, ClientTask } from './client-run.js';
import { latencies } from './statistics.js';

/** The Varve client under load, a process of its own: takes a ClientTask as its argument, prints a ClientResult. */

const WARM_UP_MS = 1_000;
const POOL_BYTES = 4 * 1024 * 1024;
const PRODUCES_A_TURN = 256;
const TICK_MS = 1;
const IDLE_END_MS = 2_000;

/** Values that do not compress: windows into random bytes. */
class Values {
  readonly #pool = randomBytes(POOL_BYTES);
  readonly #bytes: number;
  #at = 0;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  next(): Buffer {
    this.#at = (this.#at + 61) % (POOL_BYTES - this.#bytes);
    return this.#pool.subarray(this.#at, this.#at + this.#bytes);
  }
}

async function createTopic(task: ClientTask): Promise<ClientResult> {
  const admin = new Admin({ bootstrap: task.bootstrap });
  const { topic: name, partitions = 6, configs = {} } = task;
  await admin.createTopic({ name, partitions, replicationFactor: 3, configs });
  for (;;) {
    const [topic] = await admin.describeTopics([name]);
    if (topic?.partitions.every(({ leader, isr }) => leader >= 0 && isr.length === 3) === true) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  admin.close();
  return { records: 0, bytes: 0, seconds: 0 };
}

async function produce(task: ClientTask): Promise<ClientResult> {
  const { topic, valueBytes = 1024, seconds = 5, forwarded = false, spread = false } = task;
  const producer = new Producer({ bootstrap: task.bootstrap, routing: forwarded ? 'bootstrap' : 'leader' });
  const values = new Values(valueBytes);
  const partitions = await producer.partitionCount(topic);
  let sent = 0;
  const fill = async (endMs: number): Promise<void> => {
    while (performance.now() < endMs) {
      for (let i = 0; i < PRODUCES_A_TURN; i++) {
        const value = values.next();
        const hasRoom = spread
          ? producer.produce({ topic, value, partition: sent % partitions })
          : producer.produce({ topic, value });
        sent += 1;
        if (!hasRoom) await producer.ready();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await producer.flush();
  };
  await fill(performance.now() + WARM_UP_MS);
  sent = 0;
  const startMs = performance.now();
  await fill(startMs + seconds * 1000);
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  await producer.close();
  return { records: sent, bytes: sent * valueBytes, seconds: elapsedSeconds };
}

/** Reads from the beginning, record by record, for the time given or until nothing more comes. */
async function consume(task: ClientTask): Promise<ClientResult> {
  const routing = task.forwarded === true ? 'bootstrap' : 'leader';
  const consumer = new Consumer({ bootstrap: task.bootstrap, routing });
  await consumer.assign([{ topic: task.topic, from: 'earliest' }]);
  let records = 0;
  let bytes = 0;
  const startMs = performance.now();
  const endMs = startMs + (task.seconds ?? 5) * 1000;
  let lastMs = startMs;
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), IDLE_END_MS + WARM_UP_MS);
  try {
    for await (const batch of consumer.batches({ signal: idle.signal })) {
      for (const record of batch) {
        records += 1;
        bytes += record.value?.length ?? 0;
      }
      lastMs = performance.now();
      if (lastMs >= endMs) break;
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), IDLE_END_MS);
    }
  } catch (error) {
    if (!idle.signal.aborted) throw error;
  }
  clearTimeout(timer);
  await consumer.close();
  return { records, bytes, seconds: (lastMs - startMs) / 1000 };
}

/**
 * Single records at a fixed rate, to one's own consumer; each carries the time at which it was sent, or was to be sent where a
 * stall of this process held it up: else what waits for a stall to end would count as on time.
 */
async function latency(task: ClientTask): Promise<ClientResult> {
  const { topic, valueBytes = 100, seconds = 5, recordsPerSecond = 2_000 } = task;
  const warmUp = recordsPerSecond * 2;
  const total = warmUp + Math.floor(seconds * recordsPerSecond);
  const acknowledgedMs = new Float64Array(total);
  const consumedMs = new Float64Array(total);
  const producer = new Producer({ bootstrap: task.bootstrap });
  const consumer = new Consumer({ bootstrap: task.bootstrap });
  await producer.partitionCount(topic);
  await consumer.assign([{ topic, from: 'latest' }]);
  const reading = (async () => {
    let left = total;
    for await (const batch of consumer.batches()) {
      const now = performance.now();
      batch.scan((cursor) => {
        const index = cursor.bytes.readUInt32BE(cursor.valueStart);
        consumedMs[index] = now - cursor.bytes.readDoubleBE(cursor.valueStart + 4);
        left -= 1;
      });
      if (left === 0) return;
    }
  })();
  const startMs = performance.now();
  let sent = 0;
  await new Promise<void>((resolve, reject) => {
    const tick = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - startMs) / 1000) * recordsPerSecond));
      for (; sent < due; sent++) {
        const index = sent;
        const value = Buffer.alloc(valueBytes);
        value.writeUInt32BE(index, 0);
        const sentMs = Math.min(performance.now(), startMs + ((index + 1) / recordsPerSecond) * 1000 + TICK_MS);
        value.writeDoubleBE(sentMs, 4);
        producer.produce({ topic, value }, (error) => {
          if (error !== null) reject(error);
          acknowledgedMs[index] = performance.now() - sentMs;
        });
      }
      if (sent === total) {
        clearInterval(tick);
        resolve();
      }
    }, TICK_MS);
  });
  await producer.flush();
  await reading;
  const elapsedSeconds = (performance.now() - startMs) / 1000;
  await Promise.all([producer.close(), consumer.close()]);
  return {
    records: total,
    bytes: total * valueBytes,
    seconds: elapsedSeconds,
    acknowledged: latencies(acknowledgedMs.subarray(warmUp)),
    consumed: latencies(consumedMs.subarray(warmUp)),
  };
}

const ACTIONS: Partial<Record<ClientTask['do'], (task: ClientTask) => Promise<ClientResult>>> = {
  createTopic,
  produce,
  consume,
  latency,
};

const task = JSON.parse(process.argv[2] ?? '{}') as ClientTask;
console.log(JSON.stringify(await ACTIONS[task.do]?.(task)));
