import type { KeyValueStore, KeyValueStores } from '../../src/platform/key-value-store.js';

type Write = KeyValueStore['write'];

/** A store whose writes are what `write` makes of them. */
export function storeThat(store: KeyValueStore, write: Write): KeyValueStore {
  return {
    get: (key) => store.get(key),
    entries: (range) => store.entries(range),
    write,
    close: () => store.close(),
  };
}

/** The same of every store that is opened; `write` gets the store's own. */
export function storesThat(
  stores: KeyValueStores,
  write: (own: Write, ...args: Parameters<Write>) => ReturnType<Write>,
): KeyValueStores {
  return {
    open: async (path) => {
      const store = await stores.open(path);
      return storeThat(store, (...args) => write((...own) => store.write(...own), ...args));
    },
  };
}
