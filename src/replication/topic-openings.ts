import type { Uuid } from '../common/ids.js';

interface Openings {
  /** `> 0` */
  count: number;
  readonly waiting: (() => void)[];
}

/** The logs of each topic that this node is opening. */
export class TopicOpenings {
  readonly #topics = new Map<Uuid, Openings>();

  begin(topicId: Uuid): void {
    const openings = this.#topics.get(topicId);
    if (openings === undefined) this.#topics.set(topicId, { count: 1, waiting: [] });
    else openings.count++;
  }

  /** One is open, or could not be opened. */
  end(topicId: Uuid): void {
    const openings = this.#topics.get(topicId);
    if (openings === undefined || --openings.count > 0) return;
    this.#topics.delete(topicId);
    for (const resolve of openings.waiting) resolve();
  }

  /** Resolves when none is being opened. */
  ended(topicId: Uuid): Promise<void> {
    const openings = this.#topics.get(topicId);
    if (openings === undefined) return Promise.resolve();
    return new Promise((resolve) => openings.waiting.push(resolve));
  }
}
