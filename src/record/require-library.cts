/**
 * Loads a package synchronously and only when it is wanted, which an ES module cannot do by itself: `import()` gives a
 * promise, and `import.meta` does not exist in the build for require(). This one file is CommonJS in both builds.
 */
function requireLibrary(name: string): unknown {
  return require(name);
}

export = requireLibrary;
