/** No name is nearly as long; what anybody may send is a thousand times longer, and would be compared letter by letter. */
const MAX_LENGTH = 100;

/** Of `names`, the one that `name` may have been meant for: at most a third of its letters are to be changed. Undefined for none. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  if (name.length > MAX_LENGTH) return undefined;
  let nearest: string | undefined;
  let fewest = Math.ceil(name.length / 3) + 1;
  for (const candidate of names) {
    if (Math.abs(name.length - candidate.length) >= fewest) continue;
    const changes = editDistance(name, candidate);
    if (changes >= fewest) continue;
    nearest = candidate;
    fewest = changes;
  }
  return nearest;
}

/** Levenshtein's distance: letters to put in, to take out or to replace. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
