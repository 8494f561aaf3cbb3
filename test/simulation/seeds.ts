import type { Test } from 'tap';

/** The seeds of a scenario. They are told: `make mutants` says which of how many caught a mutant. */
export function seedsOf(t: Test, count: number): number[] {
  t.comment(`seeds 1 to ${count}`);
  return Array.from({ length: count }, (_, index) => index + 1);
}
