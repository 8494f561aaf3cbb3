/** Loaded into a node's process (`--import`, with `--expose-gc`): SIGUSR2 collects its garbage. */
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  globalThis.gc?.();
});
