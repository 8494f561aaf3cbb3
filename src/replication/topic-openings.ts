import type { Uuid } from '../common/ids.js';

interface Openings {
  /** `> 0` */
  count: number;
  readonly listeners: Set<() => void>;
}

const NOTHING = (): void => {};

/** The logs of each topic that this node is opening. */
export class TopicOpenings {
  readonly #topics = new Map<Uuid, Openings>();

  begin(topicId: Uuid): void {
    const openings = this.#topics.get(topicId);
    if (openings === undefined) this.#topics.set(topicId, { count: 1, listeners: new Set() });
    else openings.count++;
  }

  /** One is open, or could not be opened. */
  end(topicId: Uuid): void {
    const openings = this.#topics.get(topicId);
    if (openings === undefined || --openings.count > 0) return;
    this.#topics.delete(topicId);
    for (const listener of [...openings.listeners]) listener();
  }

  /** Calls `listener` once when no log of the topic is being opened: now, where none is. Returns the way to stop. */
  whenEnded(topicId: Uuid, listener: () => void): () => void {
    const openings = this.#topics.get(topicId);
    if (openings === undefined) {
      listener();
      return NOTHING;
    }
    // Its own, whoever else gives the same function.
    const own = (): void => listener();
    openings.listeners.add(own);
    return () => void openings.listeners.delete(own);
  }
}
