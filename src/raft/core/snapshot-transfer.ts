import { assert, defined } from '../../common/assert.js';
import { heardFromLeader } from './election.js';
import { acknowledge, checkHistory } from './follower.js';
import type { Progress } from './progress.js';
import type { CoreState } from './state.js';
import type { Snapshot, SnapshotChunk, SnapshotResponse } from './types.js';

/** A snapshot travels chunk by chunk, each asked for by the one before; heartbeats repeat a chunk that was lost. */

/** The most chunks that a follower takes on the word of a message. */
const MAX_CHUNKS = 1_000_000;

export function sendSnapshotChunk(s: CoreState, progress: Progress): void {
  const transfer = defined(progress.transfer, 'a replica in state snapshot has a transfer');
  const { snapshot } = transfer;
  // All sent and no acknowledgement yet: the last one makes the follower say where it is.
  const chunk = Math.min(transfer.nextChunk, snapshot.chunks.length - 1);
  transfer.lastSentMs = s.nowMs;
  s.send({
    type: 'snapshotChunk',
    from: s.self,
    to: progress.key,
    term: s.term,
    index: snapshot.index,
    snapshotTerm: snapshot.term,
    voters: snapshot.voters,
    chunk,
    chunks: snapshot.chunks.length,
    data: defined(snapshot.chunks[chunk], 'a snapshot has at least one chunk'),
  });
}

export function handleSnapshotResponse(s: CoreState, m: SnapshotResponse): void {
  const progress = s.leadership?.progress.get(m.from);
  if (progress === undefined) return;
  progress.lastContactMs = s.nowMs;
  const { transfer } = progress;
  if (transfer === undefined || transfer.snapshot.index !== m.index) return;
  if (m.nextChunk > transfer.snapshot.chunks.length) return;
  // Each answer leads to one chunk at most, so duplicates cannot multiply; one that goes back is stale, unless the
  // follower lost what it had.
  if (m.nextChunk <= transfer.nextChunk && !(transfer.resent && m.nextChunk < transfer.nextChunk)) return;
  transfer.nextChunk = m.nextChunk;
  transfer.resent = false;
  transfer.lastSentMs = s.nowMs;
  if (m.nextChunk < transfer.snapshot.chunks.length) sendSnapshotChunk(s, progress);
}

export function handleSnapshotChunk(s: CoreState, m: SnapshotChunk): void {
  heardFromLeader(s, m.from);
  checkHistory(s, m.from, m.index, m.snapshotTerm);
  if (m.index <= s.log.commit) {
    s.assembly = undefined;
    acknowledge(s, m.from, s.log.commit);
    return;
  }
  if (s.log.term(m.index) === m.snapshotTerm) {
    // The log holds all that the snapshot covers: it need only be told that it is committed.
    s.log.commitTo(m.index);
    s.noteCommitted();
    s.assembly = undefined;
    acknowledge(s, m.from, s.log.commit);
    return;
  }
  let { assembly } = s;
  if (assembly === undefined || assembly.index !== m.index || assembly.leaderTerm !== m.term) {
    if (m.chunks < 1 || m.chunks > MAX_CHUNKS) return;
    assembly = {
      from: m.from,
      leaderTerm: m.term,
      index: m.index,
      term: m.snapshotTerm,
      voters: m.voters,
      chunks: [],
      total: m.chunks,
    };
    s.assembly = assembly;
  }
  assert(assembly.from === m.from && assembly.total === m.chunks, 'one leader sends one snapshot at an index');
  if (m.chunk === assembly.chunks.length) assembly.chunks.push(m.data);
  if (assembly.chunks.length < assembly.total) {
    s.sendAfterPersist({
      type: 'snapshotResponse',
      from: s.self,
      to: m.from,
      term: s.term,
      index: m.index,
      nextChunk: assembly.chunks.length,
    });
    return;
  }
  const { index, term, voters, chunks } = assembly;
  install(s, { index, term, voters, chunks });
  acknowledge(s, m.from, index);
}

function install(s: CoreState, snapshot: Snapshot): void {
  s.assembly = undefined;
  s.log.restore(snapshot.index, snapshot.term);
  s.membership.restore(snapshot.index, snapshot.voters);
  s.installing = snapshot;
  s.noteCommitted();
}
