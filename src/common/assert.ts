/** A broken invariant: a bug in Varve, never a reaction to input. The node stops cleanly and names it. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';
}

/** Asserts an invariant. Stays on in production; `message` names the invariant, not the symptom. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}

/** Gives `value` back, or fails the invariant that it exists. The typed way out of an unchecked index. */
export function defined<T>(value: T | undefined | null, message: string): T {
  if (value === undefined || value === null) throw new InvariantViolation(message);
  return value;
}

/** For the `default` of an exhaustive switch: compiles only while every case is handled. */
export function unreachable(value: never): never {
  throw new InvariantViolation(`unreachable: ${String(value)}`);
}
