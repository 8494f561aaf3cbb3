import type { Message } from './types.js';

/**
 * Messages that wait for a write to end. A disk may hang for long while the others go on asking (a leader sends a heartbeat for
 * each batch of reads), so the newest of a kind to each replica takes the place of the one before, as if that had been lost on the
 * way: it says all that is still of use. There are never more than a few for each replica.
 */
export class HeldMessages {
  readonly #messages = new Map<string, Message>();

  get size(): number {
    return this.#messages.size;
  }

  hold(message: Message): void {
    const key = `${message.to} ${message.type} ${kindOf(message)}`;
    const held = this.#messages.get(key);
    if (held !== undefined && saysMore(held, message)) return;
    this.#messages.delete(key);
    this.#messages.set(key, message);
  }

  take(): Message[] {
    const all = [...this.#messages.values()];
    this.#messages.clear();
    return all;
  }
}

function kindOf(message: Message): boolean {
  switch (message.type) {
    case 'voteRequest':
    case 'voteResponse':
      return message.preVote;
    case 'appendResponse':
      return message.rejected;
    default:
      return false;
  }
}

/** A message that was overtaken on its way here has its answer behind that of a later one. */
function saysMore(held: Message, message: Message): boolean {
  if (held.term !== message.term) return false;
  if (held.type === 'heartbeatResponse' && message.type === 'heartbeatResponse')
    return held.readSequence > message.readSequence;
  if (held.type === 'appendResponse' && message.type === 'appendResponse')
    return !held.rejected && held.index > message.index;
  return false;
}
