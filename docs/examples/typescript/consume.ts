// Prints the records of a topic as they come: node consume.ts HOST:PORT TOPIC [COUNT]
import { Consumer, deserializers } from 'varve';

const [bootstrap = '127.0.0.1:9094', topic = 'lines', count = 'Infinity'] = process.argv.slice(2);
const consumer = new Consumer({ bootstrap, valueDeserializer: deserializers.string });
await consumer.assign([{ topic, from: 'earliest' }]);
let read = 0;
for await (const record of consumer) {
  console.log(`${record.partition} ${record.offset} ${record.value}`);
  read += 1;
  if (read === Number(count)) break;
}
// To go on later: save consumer.positions(), and give each to assign, its offset as `from`.
await consumer.close();
