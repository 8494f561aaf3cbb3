import { VarveError } from '../../common/errors.js';

/** Why a record that `send` or `produce` had taken was not acknowledged. */
export class SendError extends VarveError {
  /**
   * False: it is stored nowhere and will not be, so that it may be given to any producer again without a risk of two
   * copies. True after a time-out or a lost answer, even of an earlier try than the one that ended it.
   */
  readonly mayBeStored: boolean;

  constructor(error: VarveError, mayBeStored: boolean) {
    super(error.code, error.message, { cause: error.cause });
    this.mayBeStored = mayBeStored;
  }
}
