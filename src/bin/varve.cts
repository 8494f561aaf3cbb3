#!/usr/bin/env node
// libuv reads the size of its thread pool once, at its first use, and Node's loader of ES modules is such a use. So the
// size is set here, in a CommonJS file, before anything else: room for the syncs in flight beside the other file calls.
process.env.UV_THREADPOOL_SIZE ??= '16';
import('./varve.js').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
