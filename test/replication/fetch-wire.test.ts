import fc from 'fast-check';
import t from 'tap';
import { varve } from '../../src/protocol/replication.js';
import { type FetchedChunk, encodeFetchResponse } from '../../src/replication/fetch-wire.js';

const offset = fc.oneof(fc.constant(-1), fc.constant(0), fc.maxSafeNat());
const chunk: fc.Arbitrary<FetchedChunk> = fc
  .record({
    topicIdBytes: fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes)),
    partition: fc.nat(),
    session: fc.nat(),
    error: fc.integer({ min: -1, max: 140 }),
    leaderEpoch: fc.integer({ min: -1, max: 2 ** 31 - 1 }),
    highWatermark: offset,
    logStartOffset: offset,
    divergingEpoch: fc.option(fc.record({ epoch: fc.integer({ min: -1, max: 1000 }), endOffset: offset }), {
      nil: undefined,
    }),
    buffers: fc.array(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      { maxLength: 4 },
    ),
    producers: fc.option(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      { nil: undefined },
    ),
  })
  .map((fields) => ({ ...fields, sizeBytes: fields.buffers.reduce((sum, buffer) => sum + buffer.length, 0) }));

t.test('the hand-written encoder of a FetchResponse gives what the generated decoder reads', async (t) => {
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 5 }), (chunks) => {
      const decoded = varve.internal.FetchResponse.decode(encodeFetchResponse(chunks));
      t.equal(decoded.partitions.length, chunks.length);
      decoded.partitions.forEach((read, i) => {
        const written = chunks[i];
        if (written === undefined) throw new Error('as many as were written');
        const got = [
          read.partition,
          read.session,
          read.error,
          read.leader_epoch,
          read.high_watermark,
          read.log_start_offset,
        ];
        const want = [
          written.partition,
          written.session,
          written.error,
          written.leaderEpoch,
          written.highWatermark,
          written.logStartOffset,
        ];
        if (got.join() !== want.join()) throw new Error(`${got.join()} is not ${want.join()}`);
        if (!Buffer.concat(written.buffers).equals(Buffer.from(read.record_batches ?? [])))
          throw new Error('bytes differ');
        if (!(written.producers ?? Buffer.alloc(0)).equals(Buffer.from(read.producers ?? [])))
          throw new Error('producers differ');
        if ((read.diverging_epoch ?? undefined)?.epoch !== written.divergingEpoch?.epoch)
          throw new Error('epoch differs');
        if ((read.diverging_epoch ?? undefined)?.end_offset !== written.divergingEpoch?.endOffset)
          throw new Error('end differs');
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});
