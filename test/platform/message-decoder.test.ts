import { StreamDecoder } from '@grpc/grpc-js/build/src/stream-decoder.js';
import t from 'tap';
import { MessageDecoder } from '../../src/platform/node/message-decoder.js';
import { BufferRelease } from '../../src/platform/node/buffer-release.js';
import { PiecesOfCall } from '../../src/platform/node/read-buffers.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';

const MEMORY = new PoisonedBuffers();

const KIB = 1024;

function frameOf(message: Buffer, compressed = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = compressed;
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

t.test('it joins what grpc-js joins, however the bytes are cut', async (t) => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = new SeededRandom(seed);
    const sizes = [0, 1, 4, 5, 6, 3_000, 70_000, 1_500_000, 5_000_000];
    const frames = Array.from({ length: 1 + random.below(6) }, () => {
      const message = Buffer.alloc(sizes[random.below(seed % 10 === 0 ? sizes.length : 7)] ?? 0, random.below(256));
      for (let i = 0; i < message.length; i += 997) message[i] = random.below(256);
      return frameOf(message, random.below(2));
    });
    const bytes = Buffer.concat(frames);
    const mine = new MessageDecoder(-1, MEMORY);
    const theirs = new StreamDecoder(-1);
    const joined: Buffer[] = [];
    const expected: Buffer[] = [];
    const most = 1 + random.below([1, 4, 16_384, 200_000][seed % 4] ?? 1) + Math.floor(bytes.length / 500);
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + 1 + random.below(most));
      at += piece.length;
      joined.push(...mine.write(piece));
      expected.push(...theirs.write(piece));
      if (joined.length !== expected.length) break;
    }
    t.equal(joined.length, expected.length, `seed ${seed}: each message with its last piece`);
    t.equal(joined.length, frames.length, `seed ${seed}: all of them`);
    t.ok(
      joined.every((frame, i) => frame.equals(frames[i] ?? bytes) && frame.equals(expected[i] ?? bytes)),
      `seed ${seed}: to the byte`,
    );
  }
});

t.test('what it gives is no part of what came', async (t) => {
  const piece = frameOf(Buffer.alloc(20_000, 7));
  const [frame] = new MessageDecoder(-1, MEMORY).write(piece);
  piece.fill(0);
  t.equal(frame?.[19_999], 7);
});

t.test('a message above the limit is refused by its length, in the words of grpc-js', async (t) => {
  const bytes = frameOf(Buffer.alloc(0));
  bytes.writeUInt32BE(1_001, 1);
  t.throws(() => new MessageDecoder(1_000, MEMORY).write(bytes), {
    message: 'Received message larger than max (1001 vs 1000)',
  });
  t.throws(() => new StreamDecoder(1_000).write(bytes), { message: 'Received message larger than max (1001 vs 1000)' });
  t.equal(new MessageDecoder(1_000, MEMORY).write(frameOf(Buffer.alloc(1_000))).length, 1);
});

t.test('a length alone takes little memory', async (t) => {
  const head = frameOf(Buffer.alloc(0));
  head.writeUInt32BE(1_000_000_000, 1);
  const before = process.memoryUsage().arrayBuffers;
  const decoder = new MessageDecoder(-1, MEMORY);
  decoder.write(Buffer.concat([head, Buffer.alloc(10)]));
  t.ok(process.memoryUsage().arrayBuffers - before < 256 * KIB);
});

/** The pieces of one connection, of which the call in question gets some. */
function readOf(sizeBytes: number): (from: number, to: number) => Buffer {
  const buffer = new ArrayBuffer(sizeBytes);
  return (from, to) => Buffer.from(buffer, from, to - from);
}

t.test('a buffer that a call has had all of is given back with the first piece of the next', async (t) => {
  const release = new BufferRelease();
  const call = new PiecesOfCall(release);
  const first = readOf(64 * KIB);
  const whole = first(0, 1);
  call.next(first(9, 16_393));
  call.next(first(16_402, 32_786));
  call.next(first(32_795, 65_530));
  t.equal(whole.length, 1, 'Node may still be in it');
  call.next(readOf(64 * KIB)(3, 100));
  t.equal(whole.buffer.byteLength, 0, 'given back');
  t.equal(release.freedBytes, 64 * KIB);
});

for (const [what, pieces] of [
  ['begins with what is not its', [[10, 65_536]]],
  ['ends with what is not its', [[0, 65_526]]],
  [
    'has something else between two pieces',
    [
      [0, 20_000],
      [20_022, 65_536],
    ],
  ],
  [
    'comes twice, in part',
    [
      [0, 40_000],
      [30_000, 65_536],
    ],
  ],
] as const) {
  t.test(`a buffer that ${what} stays`, async (t) => {
    const release = new BufferRelease();
    const call = new PiecesOfCall(release);
    const read = readOf(64 * KIB);
    for (const [from, to] of pieces) call.next(read(from, to));
    call.next(readOf(64 * KIB)(0, 100));
    t.equal(read(0, 1).buffer.byteLength, 64 * KIB);
    t.equal(release.freedBytes, 0);
  });
}

t.test('small buffers stay, and those that may not leave the thread', async (t) => {
  const release = new BufferRelease();
  const call = new PiecesOfCall(release);
  const small = readOf(1_000);
  const pooled = Buffer.allocUnsafe(10);
  const shared = Buffer.from(new SharedArrayBuffer(64 * KIB));
  for (const piece of [small(0, 1_000), Buffer.from(pooled.buffer), shared, small(0, 1_000)]) call.next(piece);
  t.equal(small(0, 1).length, 1);
  t.equal(pooled.length, 10, "Node's pool of small buffers");
  t.equal(shared.length, 64 * KIB);
  t.equal(release.freedBytes, 0);
});
