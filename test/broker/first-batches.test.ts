import t from 'tap';
import type { ProduceResult } from '../../src/broker/broker-api.js';
import { varve } from '../../src/protocol/varve.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { CompressionCodec } from '../../src/record/batch-header.js';
import { Seeded } from '../log/fake-disk.js';
import { LocalCluster, context, until } from './local-cluster.js';

// A log that has lost records at its start takes any sequence from a producer that it does not know. So nothing may get to
// it before the first batch: not even what a stranger's client sent behind it before it was refused.

const { DeleteRecordsRequest, DeleteRecordsResponse } = varve.v1;
const RECORDS = 4;

for (const codec of ['none', 'gzip'] as const) {
  t.test(`${codec}: what is behind a first batch that is too large waits for its parts`, async (t) => {
    const cluster = await LocalCluster.start(1);
    t.teardown(() => cluster.close());
    await cluster.createTopic('t', 1, { 'max.message.bytes': '20000' });
    const random = new Seeded(1);
    const produce = (producerId: number, sequence: number, valueBytes: number): Promise<ProduceResult> => {
      const options = { producerId, producerEpoch: 0, baseSequence: sequence, codec: CompressionCodec[codec] };
      const builder = new BatchBuilder().reset(options);
      for (let record = 0; record < RECORDS; record++) builder.append(0, null, random.bytes(valueBytes));
      const batches = Buffer.from(builder.close());
      return new Promise((resolve) => {
        cluster
          .node(1)
          .api.produce({ context, topic: 't', partition: 0, acks: -1, timeoutMs: 10_000, batches }, resolve);
      });
    };
    await until('the partition has its leader', async () => (await produce(1, 0, 10)).error === undefined);
    const partitions = [{ topic: 't', partition: 0, before_offset: -1 }];
    await cluster.admin(1, 'DeleteRecords', DeleteRecordsRequest, DeleteRecordsResponse, { partitions });

    const answers = await Promise.all([produce(2, 0, 8_000), produce(2, 4, 10), produce(2, 8, 10)]);
    t.same(
      answers.map(({ error }) => error?.code),
      ['MESSAGE_TOO_LARGE', 'NOT_LEADER_OR_FOLLOWER', 'NOT_LEADER_OR_FOLLOWER'],
    );
    for (const [index, sequence] of [0, 4, 8].entries()) {
      t.equal(
        (await produce(2, sequence, 100)).baseOffset,
        4 + 4 * index,
        'they are let in behind what comes in its place',
      );
    }
    const others = await Promise.all([produce(3, 0, 100), produce(3, 4, 10), produce(3, 8, 10)]);
    t.same(
      others.map(({ baseOffset }) => baseOffset),
      [16, 20, 24],
      'all that is sent at once is let in where nothing is refused',
    );
  });
}
