#!/usr/bin/env node
import fs = require('node:fs');
import path = require('node:path');
import url = require('node:url');

// libuv reads the size of its thread pool once, at its first use, and Node's loader of ES modules is such a use. So the
// size is set here, in a CommonJS file, before anything else: room for the syncs in flight beside the other file calls.
process.env.UV_THREADPOOL_SIZE ??= '16';
// The program in one file, where the build has made it: 300 single modules take half of a start.
const bundle = path.join(__dirname, 'varve.bundle.js');
const program = fs.existsSync(bundle) ? bundle : path.join(__dirname, 'varve.js');
import(url.pathToFileURL(program).href).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
