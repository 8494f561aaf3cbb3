import { assert } from '../common/assert.js';
import type { LeaderEpoch, Offset } from '../common/ids.js';
import { BatchValidator } from '../record/batch-validation.js';
import { appendWithOffsets } from './append.js';
import type { LogState } from './log-state.js';
import { prepareProduced, prepareProducedOnWorkers, ProducePolicy } from './produced-validation.js';
import type { ProduceContext } from './produced-validation.js';
import { admit } from './producer-admission.js';

export interface AppendOptions {
  /** `coordinator` may write control batches; their markers are checked against its epoch. */
  readonly origin: 'client' | 'coordinator';
  /** No transaction can be open here: a batch that says it belongs to one is refused with INVALID_TXN_STATE. */
  readonly refusesTransactional?: boolean;
  /** Asked right before the append when codecs were at work meanwhile: throws when the caller leads no longer. */
  readonly checkLeading?: () => void;
}

export interface AppendResult {
  readonly firstOffset: Offset;
  readonly lastOffset: Offset;
  /** The broker's time that the records carry on a LogAppendTime topic, else -1. */
  readonly logAppendTimeMs: number;
  /** The log has had exactly this batch already, here; nothing was appended. */
  readonly duplicateOf?: { readonly firstOffset: Offset; readonly lastOffset: Offset };
}

const CLIENT: AppendOptions = { origin: 'client' };

/**
 * Produced batches become part of a log: checked as a stranger's bytes, given offsets and epoch, held against the producer
 * state. Those that need a codec are prepared by workers; whatever comes meanwhile waits behind them.
 *
 * Invariant: batches are appended in the order of the calls, and each is admitted right before its append, never earlier.
 */
export class LeaderAppends {
  readonly #state: LogState;
  readonly #checkWritable: (sizeBytes: number) => void;
  #policy: ProducePolicy;
  #lastPrepared: Promise<void> = Promise.resolve();
  #preparing = 0;

  /** @param checkWritable throws when the log takes nothing now */
  constructor(state: LogState, checkWritable: (sizeBytes: number) => void) {
    this.#state = state;
    this.#checkWritable = checkWritable;
    this.#policy = new ProducePolicy(state.config);
  }

  configChanged(): void {
    this.#policy = new ProducePolicy(this.#state.config);
  }

  needsCodec(batches: Buffer): boolean {
    return this.#preparing > 0 || this.#policy.needsCodec(batches);
  }

  append(batches: Buffer, leaderEpoch: LeaderEpoch, options: AppendOptions = CLIENT): AppendResult {
    this.#checkWritable(batches.length);
    assert(
      leaderEpoch >= this.#state.epochs.latestEpoch,
      'a leader does not append with an older epoch than its log has',
    );
    const context = this.#produceContext(options);
    return this.#append(prepareProduced(batches, context), leaderEpoch, context.nowMs);
  }

  async appendOnWorkers(
    batches: Buffer,
    leaderEpoch: LeaderEpoch,
    options: AppendOptions = CLIENT,
  ): Promise<AppendResult> {
    this.#checkWritable(batches.length);
    const context = this.#produceContext(options);
    const { workers } = this.#state.services.platform;
    const before = this.#lastPrepared;
    // The validator is for one caller at a time; appends that wait here have their own.
    const own = { ...context, validator: new BatchValidator() };
    const prepared = prepareProducedOnWorkers(batches, own, workers);
    // Whoever is before this one may take longer: a refusal must not count as unheard of until then.
    prepared.catch(() => {});
    this.#preparing++;
    const appended = before.then(async () => {
      const stored = await prepared.finally(() => this.#preparing--);
      options.checkLeading?.();
      this.#checkWritable(stored.length);
      return this.#append(stored, leaderEpoch, context.nowMs);
    });
    this.#lastPrepared = appended.then(
      () => undefined,
      () => undefined,
    );
    return appended;
  }

  #produceContext(options: AppendOptions): ProduceContext {
    return {
      policy: this.#policy,
      validator: this.#state.services.validator,
      origin: options.origin,
      refusesTransactional: options.refusesTransactional === true,
      nowMs: this.#state.services.platform.clock.wallMs(),
    };
  }

  /** Appends checked batches, unless the producer state objects. */
  #append(batches: Buffer, leaderEpoch: LeaderEpoch, nowMs: number): AppendResult {
    assert(leaderEpoch >= this.#state.epochs.latestEpoch, 'a leader does not append with an epoch before its log');
    const duplicateOf = admit(batches, this.#state.producers, this.#state.startOffset);
    if (duplicateOf !== undefined) return { ...duplicateOf, logAppendTimeMs: -1, duplicateOf };
    const firstOffset = this.#state.endOffset;
    appendWithOffsets(this.#state, batches, leaderEpoch);
    const logAppendTimeMs = this.#state.config.messageTimestampType === 'LogAppendTime' ? nowMs : -1;
    return { firstOffset, lastOffset: this.#state.endOffset - 1, logAppendTimeMs };
  }
}
