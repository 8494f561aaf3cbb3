import t from 'tap';
import { uuidFromBytes } from '../../src/common/ids.js';
import type { Message } from '../../src/raft/core/types.js';
import { replicaKey } from '../../src/raft/core/voter-set.js';
import { MessageEncoder } from '../../src/raft/message-encoder.js';
import { coreEnvelope, encodeEnvelope } from '../../src/raft/wire.js';

const uuid = (byte: number): string => uuidFromBytes(Buffer.alloc(16, byte));
const [SELF, OTHER, WIPED, THIRD] = [
  replicaKey({ nodeId: 1, directoryId: uuid(1) }),
  replicaKey({ nodeId: 2, directoryId: uuid(2) }),
  replicaKey({ nodeId: 2, directoryId: uuid(22) }),
  replicaKey({ nodeId: 3, directoryId: uuid(3) }),
];

t.test('a heartbeat that says the same is not encoded again, one that differs in anything is', async (t) => {
  const encoder = new MessageEncoder();
  const beat: Message = { type: 'heartbeat', from: SELF, to: OTHER, term: 3, commit: 7, readSequence: 1 };
  const answer: Message = { type: 'heartbeatResponse', from: SELF, to: OTHER, term: 3, readSequence: 1 };
  const steps: readonly (readonly [Message, string | undefined])[] = [
    [beat, uuid(9)],
    [{ ...beat, commit: 8 }, uuid(9)],
    [{ ...beat, commit: 8, readSequence: 2 }, uuid(9)],
    [{ ...beat, commit: 8, readSequence: 2, term: 4 }, uuid(9)],
    [{ ...beat, commit: 8, readSequence: 2, term: 4, to: WIPED }, uuid(9)],
    [{ ...beat, commit: 8, readSequence: 2, term: 4, to: THIRD }, uuid(9)],
    [beat, uuid(9)],
    [answer, uuid(9)],
    [{ ...answer, readSequence: 2 }, uuid(9)],
    [{ ...answer, readSequence: 2 }, undefined],
    [{ ...answer, readSequence: 2 }, uuid(8)],
    [beat, uuid(8)],
  ];
  for (const [message, clusterId] of steps) {
    const bytes = encoder.encode(message, clusterId);
    t.same(Buffer.from(bytes), Buffer.from(encodeEnvelope(coreEnvelope(message, clusterId))));
    t.equal(encoder.encode({ ...message }, clusterId), bytes, 'the same once more');
  }
});

t.test('what is no heartbeat is encoded each time', async (t) => {
  const encoder = new MessageEncoder();
  for (const index of [4, 5]) {
    const head = { type: 'appendResponse', from: SELF, to: OTHER, term: 3 } as const;
    const message: Message = { ...head, index, rejected: false, hintIndex: 0, hintTerm: 0 };
    const bytes = encoder.encode(message, undefined);
    t.same(Buffer.from(bytes), Buffer.from(encodeEnvelope(coreEnvelope(message, undefined))));
  }
});
