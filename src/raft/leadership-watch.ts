import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { Clock } from '../platform/clock.js';
import type { Leadership } from './api.js';

/** Who leads, as this node has told its listeners; among them calls that wait until another node has taken over. */
export class LeadershipWatch {
  readonly #nodeId: NodeId;
  readonly #clock: Clock;
  readonly #listeners = new Set<(leadership: Leadership) => void>();
  /** Lets go of those who wait for another leader. */
  readonly #handOvers = new Set<() => void>();
  #told: Leadership = { leaderId: undefined, term: 0, role: 'observer' };

  constructor(nodeId: NodeId, clock: Clock) {
    this.#nodeId = nodeId;
    this.#clock = clock;
  }

  onChange(listener: (leadership: Leadership) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells what is not known yet. */
  update(now: Leadership): void {
    const told = this.#told;
    if (now.leaderId === told.leaderId && now.term === told.term && now.role === told.role) return;
    this.tell(now);
  }

  tell(now: Leadership): void {
    this.#told = now;
    for (const listener of [...this.#listeners]) listener(now);
  }

  /** Resolves when another node leads; rejects with REQUEST_TIMED_OUT, or with `abandoned` after `abandonHandOvers`. */
  handedOver(timeoutMs: number, abandoned: () => VarveError): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        timer.cancel();
        stop();
        this.#handOvers.delete(abandon);
        settle();
      };
      const abandon = (): void => end(() => reject(abandoned()));
      const stop = this.onChange(({ leaderId }) => {
        if (leaderId !== undefined && leaderId !== this.#nodeId) end(resolve);
      });
      const timer = this.#clock.after(timeoutMs, () => {
        const late = 'No other voter took the leadership over in time: try again.';
        end(() => reject(new VarveError('REQUEST_TIMED_OUT', late)));
      });
      this.#handOvers.add(abandon);
    });
  }

  /** This node takes no part any more, and would not hear of another leader. */
  abandonHandOvers(): void {
    for (const abandon of [...this.#handOvers]) abandon();
  }

  close(): void {
    this.#listeners.clear();
  }
}
