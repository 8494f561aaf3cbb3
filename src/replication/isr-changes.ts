import type { ErrorName } from '../common/errors.js';
import { errorName } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';
import { uuidFromBytes, uuidToBytes } from '../common/ids.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { varve } from '../protocol/controller.js';
import type { ProposedIsr } from './in-sync-replicas.js';
import type { MembersFound, PartitionLeader } from './partition-leader.js';

export interface IsrChangesOptions {
  readonly clock: Clock;
  /** Calls Controller/AlterPartition at the active controller; rejects when no answer came. */
  readonly send: (partitions: varve.internal.IAlterPartition[]) => Promise<varve.internal.IAlterPartitionResponse>;
  readonly brokerEpochOf: (nodeId: NodeId) => number;
  readonly retryMs: number;
}

interface PendingChange {
  readonly topicId: Uuid;
  readonly partition: number;
  readonly leader: PartitionLeader;
  readonly proposal: ProposedIsr;
  readonly found: MembersFound;
}

/**
 * With the message as it stood when the change was proposed. Sent again it is the same: the broker epochs in it are those
 * of the incarnations that were seen in sync, never those of their successors (KIP-903).
 */
interface EncodedChange extends PendingChange {
  readonly message: varve.internal.IAlterPartition;
}

/** Answers that say the change was not and will not be made; everything else leaves it in flight. */
const REFUSALS: ReadonlySet<ErrorName> = new Set(['INELIGIBLE_REPLICA', 'INVALID_REQUEST', 'OPERATION_NOT_ATTEMPTED']);

/** Answers after which only a newer image settles the proposal: it was made, or asking again would not change it. */
const SETTLED_BY_IMAGE: ReadonlySet<ErrorName> = new Set([
  'NONE',
  'INVALID_UPDATE_VERSION',
  'FENCED_LEADER_EPOCH',
  'NOT_LEADER_OR_FOLLOWER',
  'UNKNOWN_TOPIC_ID',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'NEW_LEADER_ELECTED',
]);

/**
 * Changes of one request. The controller makes one batch of metadata of it, whose size is bounded, and decides on all of
 * them in one turn of its event loop: as many as there are partitions would be refused each time.
 */
const MAX_CHANGES = 1_000;

/**
 * Carries ISR changes to the controller, those that are waiting in one request, one request at a time. A change that got
 * no answer is sent again: the partition epoch makes a second arrival harmless.
 */
export class IsrChanges {
  readonly #options: IsrChangesOptions;
  #pending = new Map<PartitionLeader, EncodedChange>();
  /** What the present request asks for; undefined between requests. */
  #sent: readonly EncodedChange[] | undefined;
  #scheduled = false;
  #timer: Timer | undefined;
  #closed = false;

  constructor(options: IsrChangesOptions) {
    this.#options = options;
  }

  add(change: PendingChange): void {
    this.#pending.set(change.leader, { ...change, message: this.#encode(change) });
    this.#schedule();
  }

  /**
   * The controller changed or came back: do not wait for the retry, nor for the answer of one that may be gone. An answer
   * that comes all the same is passed over.
   */
  retryNow(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    this.#putBack(this.#sent ?? []);
    this.#sent = undefined;
    this.#schedule();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#pending.clear();
  }

  #schedule(): void {
    const isBusy = this.#scheduled || this.#sent !== undefined || this.#timer !== undefined;
    if (isBusy || this.#closed || this.#pending.size === 0) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      void this.#send();
    });
  }

  /** Those that nothing settled meanwhile and no newer change replaced are to be sent again. */
  #putBack(changes: readonly EncodedChange[]): void {
    for (const change of changes)
      if (isOpen(change) && !this.#pending.has(change.leader)) this.#pending.set(change.leader, change);
  }

  async #send(): Promise<void> {
    const open = [...this.#pending.values()].filter(isOpen);
    const changes = open.slice(0, MAX_CHANGES);
    this.#pending = new Map(open.slice(MAX_CHANGES).map((change) => [change.leader, change]));
    if (changes.length === 0) return;
    this.#sent = changes;
    let response: varve.internal.IAlterPartitionResponse | undefined;
    try {
      response = await this.#options.send(changes.map((change) => change.message));
    } catch {
      // No answer: the change may have been made. It stays in flight, and is sent again.
    }
    if (this.#closed || this.#sent !== changes) return;
    this.#sent = undefined;
    const isAnswered = response !== undefined && errorName(response.error ?? 0) === 'NONE';
    const failed = isAnswered ? this.#settle(changes, response?.partitions ?? []) : changes;
    this.#putBack(failed);
    if (failed.length > 0) {
      this.#timer ??= this.#options.clock.after(this.#options.retryMs, () => {
        this.#timer = undefined;
        this.#schedule();
      });
    }
    this.#schedule();
  }

  #encode(change: PendingChange): varve.internal.IAlterPartition {
    return {
      topic_id: uuidToBytes(change.topicId),
      partition: change.partition,
      leader_epoch: change.leader.leaderEpoch,
      partition_epoch: change.proposal.partitionEpoch,
      new_isr: change.proposal.isr.map((node_id) => ({
        node_id,
        broker_epoch: change.leader.brokerEpochOf(node_id) ?? this.#options.brokerEpochOf(node_id),
      })),
      recovered_replicas: [...change.found.recovered],
      lost_replicas: [...change.found.lost],
    };
  }

  /**
   * Gives back the changes to be sent again. A change that was made is not taken from the answer but from the image: the
   * answer overtakes it, and with it a min.insync.replicas that was raised before. A high watermark that moves on with
   * the new ISR and the old minimum would leave eligible leaders behind.
   */
  #settle(changes: EncodedChange[], answers: readonly varve.internal.IAlteredPartition[]): EncodedChange[] {
    const again: EncodedChange[] = [];
    const byPartition = new Map<string, varve.internal.IAlteredPartition>();
    for (const answer of answers) {
      if (answer.topic_id?.length !== 16) continue;
      byPartition.set(`${uuidFromBytes(answer.topic_id)}:${answer.partition ?? 0}`, answer);
    }
    for (const change of changes) {
      const answer = byPartition.get(`${change.topicId}:${change.partition}`);
      const error = errorName(answer?.error ?? 0);
      if (answer === undefined) again.push(change);
      else if (REFUSALS.has(error) || (error === 'NONE' && isUnchanged(change, answer))) {
        change.leader.refused(change.proposal);
      } else if (!SETTLED_BY_IMAGE.has(error)) again.push(change);
    }
    return again;
  }
}

/** The partition was as proposed already. */
function isUnchanged(change: PendingChange, answer: varve.internal.IAlteredPartition): boolean {
  return (answer.partition_epoch ?? 0) <= change.proposal.partitionEpoch;
}

function isOpen(change: PendingChange): boolean {
  return change.leader.closed === undefined && change.leader.proposedIsr === change.proposal;
}
