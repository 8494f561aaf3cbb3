import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { BROKER_CONFIGS, TOPIC_CONFIGS } from '../../src/metadata/configs/tables.js';

/** Where settings are declared, and code that no node runs. */
const NO_EFFECT = ['src/metadata/configs', 'src/simulation', 'src/testing', 'src/protocol'];

/** Settings that have their effect within the table's own folder, and where; or that allow one value alone. */
const READ_BY_THE_TABLE: Readonly<Record<string, string>> = {
  metadataLogDir: 'metadataDirectoryOf',
  sslKeystoreType: 'only PEM',
  sslTruststoreType: 'only PEM',
};

/** Accepted ahead of what will heed it, as docs/COMING-FROM-KAFKA.md says. */
const AHEAD = new Set(['autoCreateTopicsEnable']);

function sources(folder: string): string {
  if (NO_EFFECT.includes(folder)) return '';
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sources(path);
      return entry.name.endsWith('.ts') ? readFileSync(path, 'utf8') : '';
    })
    .join('\n');
}

t.test('every setting that is accepted has an effect', async (t) => {
  const words = new Set(sources('src').match(/\w+/g));
  const unread = (field: string): boolean => !words.has(field);
  t.same(Object.keys(TOPIC_CONFIGS).filter(unread), []);
  // A topic's setting reads the broker's where the topic has none.
  const defaults = new Set<string>(Object.values(TOPIC_CONFIGS).map(({ brokerField }) => brokerField ?? ''));
  const without = Object.keys(BROKER_CONFIGS).filter(
    (field) => unread(field) && !defaults.has(field) && !(field in READ_BY_THE_TABLE) && !AHEAD.has(field),
  );
  t.same(without, []);
});
