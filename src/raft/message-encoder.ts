import type { NodeId, Uuid } from '../common/ids.js';
import type { Heartbeat, HeartbeatResponse, Message } from './core/types.js';
import { nodeIdOfKey } from './core/voter-set.js';
import { coreEnvelope, encodeEnvelope } from './wire.js';

/** More nodes than vote and observe at a time; those that left are forgotten with the rest. */
const MAX_REMEMBERED = 2_048;

type Repeated = Heartbeat | HeartbeatResponse;

interface Encoded {
  readonly message: Repeated;
  readonly clusterId: Uuid | undefined;
  readonly bytes: Uint8Array;
}

/**
 * Encodes what a core sends. While nothing happens, heartbeats and their answers are the same ones five times a second, to each
 * node: the bytes of the last one are sent again.
 */
export class MessageEncoder {
  readonly #last = new Map<NodeId, Encoded>();

  encode(message: Message, clusterId: Uuid | undefined): Uint8Array {
    if (message.type !== 'heartbeat' && message.type !== 'heartbeatResponse') {
      return encodeEnvelope(coreEnvelope(message, clusterId));
    }
    const nodeId = nodeIdOfKey(message.to);
    const last = this.#last.get(nodeId);
    if (last !== undefined && last.clusterId === clusterId && isSame(last.message, message)) return last.bytes;
    const bytes = encodeEnvelope(coreEnvelope(message, clusterId));
    if (this.#last.size >= MAX_REMEMBERED) this.#last.clear();
    this.#last.set(nodeId, { message, clusterId, bytes });
    return bytes;
  }
}

function isSame(a: Repeated, b: Repeated): boolean {
  if (a.from !== b.from || a.to !== b.to || a.term !== b.term || a.readSequence !== b.readSequence) return false;
  if (a.type === 'heartbeat') return b.type === 'heartbeat' && a.commit === b.commit;
  return b.type === 'heartbeatResponse';
}
