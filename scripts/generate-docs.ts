import { readFileSync, writeFileSync } from 'node:fs';
import { grafanaDashboard } from './docs/grafana-dashboard.js';
import { withReferenceTables } from './docs/reference-tables.js';

/** Writes the generated parts of docs: `make docs`. A test fails while they are behind the program. */
const OPERATIONS = 'docs/OPERATIONS.md';
writeFileSync(OPERATIONS, withReferenceTables(readFileSync(OPERATIONS, 'utf8')));
writeFileSync('docs/grafana/varve.json', `${JSON.stringify(grafanaDashboard(), null, 2)}\n`);
