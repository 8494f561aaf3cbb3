/** One of `of` parts of a table, counted from 0. */
export interface Share {
  readonly part: number;
  readonly of: number;
}

/** Undefined when the text is no `K/N`. */
export function parseShare(text: string): Share | undefined {
  const found = /^(\d+)\/(\d+)$/.exec(text);
  if (found === null) return undefined;
  const share = { part: Number(found[1]), of: Number(found[2]) };
  return share.part < share.of ? share : undefined;
}

/** The part that a commit's id chooses: each commit tries others, and the same commit the same ones. */
export function shareOfCommit(commit: string | undefined, of: number): Share {
  return { part: Number.parseInt(commit?.slice(0, 8) ?? '0', 16) % of, of };
}

/** Neighbours of the table are alike, and cost alike: they go to different parts. */
export function shareOf<T>(rows: readonly T[], { part, of }: Share): T[] {
  return rows.filter((_, index) => index % of === part);
}
