// Sends the lines of standard input to a topic, each once: node produce.ts HOST:PORT TOPIC
import { createInterface } from 'node:readline';
import { Producer } from 'varve';

const [bootstrap = '127.0.0.1:9094', topic = 'lines'] = process.argv.slice(2);
const producer = new Producer({ bootstrap });
let sent = 0;
for await (const line of createInterface({ input: process.stdin })) {
  // False: the buffer is full. `send` instead of `produce` gives a promise with the partition and offset.
  if (!producer.produce({ topic, value: line })) await producer.ready();
  sent += 1;
}
await producer.flush();
console.log(`${sent} records acknowledged`);
await producer.close();
