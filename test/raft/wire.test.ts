import t from 'tap';
import { uuidFromBytes, uuidToBytes } from '../../src/common/ids.js';
import { varve } from '../../src/protocol/raft.js';
import { DEFAULT_RAFT_CONFIG } from '../../src/raft/api.js';
import { RaftCore } from '../../src/raft/core/raft-core.js';
import type { Message } from '../../src/raft/core/types.js';
import { VoterSet, replicaKey } from '../../src/raft/core/voter-set.js';
import { checkAgainst } from '../../src/raft/wire-checks.js';
import { decodeEnvelope } from '../../src/raft/wire.js';

const uuid = (byte: number): string => uuidFromBytes(Buffer.alloc(16, byte));
const REPLICAS = [1, 2, 3].map((nodeId) => ({ nodeId, directoryId: uuid(nodeId), host: `n${nodeId}`, port: 9093 }));
const [SELF = '', LEADER = '', THIRD = ''] = REPLICAS.map(replicaKey);
const STRANGER = replicaKey({ nodeId: 9, directoryId: uuid(9) });

function encode(body: varve.internal.IRaftMessage): Uint8Array {
  const head = { version: 1, from_node_id: 2, from_directory_id: uuidToBytes(uuid(2)), term: 5 };
  return varve.internal.RaftMessage.encode({ ...head, to_directory_id: uuidToBytes(uuid(1)), ...body }).finish();
}

const voter = (nodeId: number) => ({ node_id: nodeId, directory_id: uuidToBytes(uuid(nodeId)), host: 'x', port: 1 });
const twice = { version: 1, voters: [voter(1), voter(1)] };
const chunk = { index: 7, term: 4, voters: { version: 1, voters: [voter(1)] }, chunk: 0, chunks: 2 };

t.test('a message that is well-formed and wrong is refused before the core sees it', async (t) => {
  const entries = (...terms: number[]) => ({
    append: { prev_index: 1, prev_term: 2, entries: terms.map((term) => ({ term })) },
  });
  const twoVoters = varve.internal.RaftVoterSet.encode(twice).finish();
  const bad: readonly (readonly [string, varve.internal.IRaftMessage])[] = [
    ['falling terms', entries(4, 3)],
    ['a term before that of the entry before', entries(1)],
    ['a term after that of the message', entries(6)],
    ['an entry before of a later term', { append: { prev_index: 1, prev_term: 6 } }],
    ['voters twice', { append: { entries: [{ term: 5, type: 2, payload: twoVoters }] } }],
    ['voters that are none', { append: { entries: [{ term: 5, type: 2, payload: Buffer.from('xyz') }] } }],
    ['no voters', { append: { entries: [{ term: 5, type: 2 }] } }],
    ['an unknown type', { append: { entries: [{ term: 5, type: 3 }] } }],
    ['a negative index', { append: { prev_index: -1 } }],
    ['a negative term', { heartbeat: {}, term: -1 }],
    ['a negative commit', { heartbeat: { commit: -1 } }],
    ['a snapshot whose voters are there twice', { snapshot_chunk: { ...chunk, voters: twice } }],
    ['a snapshot without voters', { snapshot_chunk: { ...chunk, voters: null } }],
    ['a piece behind the last', { snapshot_chunk: { ...chunk, chunk: 2 } }],
    ['a snapshot of the future', { snapshot_chunk: { ...chunk, term: 6 } }],
    ['no replica that is meant', { heartbeat: {}, to_directory_id: Buffer.alloc(0) }],
    ['no sender', { heartbeat: {}, from_directory_id: Buffer.alloc(3) }],
    ['a sender below zero', { heartbeat: {}, from_node_id: -4 }],
    ['no body', {}],
    ['founders that are there twice', { founding_state: { founding_set: twice } }],
  ];
  for (const [name, body] of bad) {
    t.throws(() => decodeEnvelope(encode(body), SELF), { name: 'VarveError', code: 'INVALID_REQUEST' }, name);
  }
  for (const body of [entries(2, 2, 5), { heartbeat: { commit: 7 } }, { snapshot_chunk: chunk }]) {
    t.doesNotThrow(() => decodeEnvelope(encode(body), SELF));
  }
});

t.test('a message that cannot be, given what this replica has, is refused before the core sees it', async (t) => {
  const core = new RaftCore({
    self: SELF,
    config: DEFAULT_RAFT_CONFIG,
    random: { below: () => 0, bytes: (length) => Buffer.alloc(length) },
    makeClusterId: () => uuid(8),
    restored: {
      hardState: { term: 5, vote: undefined, commit: 0 },
      founding: new VoterSet(REPLICAS, uuid(8)),
      snapshot: undefined,
      baseIndex: 0,
      baseTerm: 0,
      entries: [1, 2].map((index) => ({ index, term: 4, type: 'normal', payload: Buffer.alloc(0) })),
      clusterId: uuid(8),
      applied: 0,
    },
    nowMs: 0,
  });
  const heartbeat = (from: string, term: number, commit: number): Message => ({
    type: 'heartbeat',
    from,
    to: SELF,
    term,
    commit,
    readSequence: 0,
  });
  const refused = (message: Message, what: RegExp) =>
    t.throws(() => checkAgainst(core, message), { code: 'INVALID_REQUEST', message: what });
  core.step(heartbeat(LEADER, 5, 2), 1);
  t.equal(core.leader, LEADER);
  checkAgainst(core, heartbeat(LEADER, 5, 2));
  refused(heartbeat(LEADER, 5, 3), /entry 3 is committed, which this replica \(up to 2\) never stored/);
  refused(heartbeat(LEADER, 6, 3), /entry 3 is committed/);
  refused(heartbeat(STRANGER, 5, 0), /does not vote, says that it leads term 5/);
  checkAgainst(core, heartbeat(STRANGER, 6, 0));
  checkAgainst(core, heartbeat(STRANGER, 4, 9));
  // Of two voters this would be a bug, on which the core stops the node.
  checkAgainst(core, heartbeat(THIRD, 5, 0));
  t.throws(() => core.step(heartbeat(THIRD, 5, 0), 2), /a term has one leader at most/);
});
