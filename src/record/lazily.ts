/** A value made at its first use and kept; for a library that few need, whose loading takes time and memory. */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
