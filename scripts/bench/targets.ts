/** A figure to reach. */
export interface Target {
  readonly name: string;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Reached {
  readonly target: Target;
  readonly value: number;
}

export function isReached({ target, value }: Reached): boolean {
  return value >= (target.atLeast ?? -Infinity) && value <= (target.atMost ?? Infinity);
}

export function targetText({ atLeast, atMost, unit }: Target): string {
  const bounds = [
    ...(atLeast === undefined ? [] : [`at least ${plain(atLeast)}`]),
    ...(atMost === undefined ? [] : [`at most ${plain(atMost)}`]),
  ];
  return `${bounds.join(', ')} ${unit}`.trimEnd();
}

/** Three digits that matter, and no more. */
export function plain(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}
