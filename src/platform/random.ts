/** The only source of randomness outside `platform/node`. */
export interface Random {
  /** A uniform integer in 0 .. `bound`-1, for 1 <= bound <= 2^32. */
  below(bound: number): number;
  /** `length` random bytes. */
  bytes(length: number): Buffer;
}
