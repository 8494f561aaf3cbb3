import Table from 'cli-table3';

type Cell = string | number;

/** Writes rows under their heads; the first column is text, the others are numbers. */
export function printTable(heads: readonly string[], rows: readonly (readonly Cell[])[]): void {
  console.log(formatTable(heads, rows));
}

export function formatTable(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const table = new Table({
    head: [...heads],
    colAligns: heads.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(row.map(String));
  return table.toString();
}

/** `1234567` as `1,234,567`. */
export function thousands(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}
