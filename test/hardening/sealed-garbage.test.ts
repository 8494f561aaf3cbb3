import t from 'tap';
import { VarveError } from '../../src/common/errors.js';
import { grpcDoor } from '../../src/grpc/grpc-node-door.js';
import { varve } from '../../src/protocol/varve.js';
import {
  BASE_OFFSET_AT,
  CRC_AT,
  CompressionCodec,
  LENGTH_AT,
  MAGIC_AT,
  computeBatchCrc,
} from '../../src/record/batch-header.js';
import { LocalCluster, until } from '../broker/local-cluster.js';
import { SeededRandom } from '../raft/seeded-random.js';
import { RawClient, encodedBatch } from './raw-client.js';

const ROUNDS = 150;
const BATCHES_A_ROUND = 40;

/** A batch with some bytes changed and a CRC that is right all the same: what a broken or evil client would seal. */
function sealed(random: SeededRandom): Buffer {
  const codec = random.chance(0.3) ? CompressionCodec.gzip : CompressionCodec.none;
  const values = Array.from({ length: 1 + random.below(4) }, (_, index) => `value ${index}`);
  const batch = encodedBatch(values, {
    codec,
    ...(random.chance(0.5) ? { producerId: random.below(3), producerEpoch: 0, baseSequence: random.below(4) } : {}),
  });
  for (let changes = 1 + random.below(3); changes > 0; changes--) {
    const at = random.below(batch.length);
    // Without these it is no batch at all, and that is another test.
    if ((at >= LENGTH_AT && at < LENGTH_AT + 4) || at === MAGIC_AT) continue;
    batch[at] = random.chance(0.5) ? random.below(256) : random.pick([0, 1, 0x7f, 0x80, 0xff]);
  }
  if (random.chance(0.1)) batch.writeBigInt64BE(-1n, BASE_OFFSET_AT);
  batch.writeUInt32BE(computeBatchCrc(batch, 0), CRC_AT);
  return batch;
}

t.test(
  'batches that are wrong inside, with a right CRC, are refused by name, or are right and can be read back',
  async (t) => {
    const cluster = await LocalCluster.start(1, {}, [grpcDoor]);
    t.teardown(() => cluster.close());
    await cluster.createTopic('orders', 1);
    await until('the partition is led', () => cluster.node(1).replicas.replica('orders', 0)?.leader !== undefined);
    const client = await RawClient.connect(cluster.node(1).address('GRPC'));
    t.teardown(() => client.close());
    const random = new SeededRandom(7);
    const outcomes = new Map<string, number>();
    for (let round = 0; round < ROUNDS; round++) {
      const place = { topic: 'orders', partition: 0 };
      const errors = await Promise.all(
        Array.from({ length: BATCHES_A_ROUND }, () => client.produceError({ ...place, record_batch: sealed(random) })),
      );
      for (const error of errors) outcomes.set(error, (outcomes.get(error) ?? 0) + 1);
    }
    t.comment(Object.fromEntries(outcomes));
    t.notOk(outcomes.has('UNKNOWN_SERVER_ERROR'));
    t.ok((outcomes.get('') ?? 0) > 100 && (outcomes.get('INVALID_RECORD') ?? 0) > 100, 'both happen');
    const end = cluster.node(1).replicas.replica('orders', 0)?.log.endOffset ?? 0;
    const codes = new Set<string>();
    for (let offset = 0; offset < end;) {
      let next = 0;
      try {
        const { partitions } = await client.unary(
          '/varve.v1.Varve/Fetch',
          varve.v1.FetchRequest,
          varve.v1.FetchResponse,
          { positions: [{ topic: 'orders', partition: 0, offset }], max_response_bytes: 1 },
        );
        if (partitions[0]?.error) t.fail(`offset ${offset}: ${partitions[0].error.message}`);
        next = partitions[0]?.next_offset ?? 0;
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        codes.add(error.code);
      }
      offset = Math.max(next, offset + 1);
    }
    t.strictSame([...codes], [], 'what was taken is read back');
    t.same(cluster.failures, []);
    t.equal(await client.produceError({ topic: 'orders', partition: 0, record_batch: encodedBatch(['fine']) }), '');
  },
);
