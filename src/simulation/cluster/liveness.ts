/**
 * Once faults have ended, everything must make progress within so long; also what is asked at the end of a run, of a leader
 * whose disk may be at its last slow sync (SEED=2443473710 NODES=5).
 */
export const LIVENESS_MS = 60_000;
