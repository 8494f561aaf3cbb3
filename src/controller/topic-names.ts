import type { MetadataImage } from '../metadata/image.js';

/** Which topics there are, as metrics name them, with '_' for '.' too: two that agree in that are not allowed. */
export class TopicNames {
  readonly #image: MetadataImage;
  /** Made when first asked for; a request may ask for each of ten thousand names. */
  #byFlatName: Map<string, string> | undefined;

  constructor(image: MetadataImage) {
    this.#image = image;
  }

  add(name: string): void {
    this.#byFlatName?.set(flat(name), name);
  }

  /** A topic whose name differs from `name` in '.' and '_' alone. */
  collision(name: string): string | undefined {
    if (!name.includes('.') && !name.includes('_')) return undefined;
    this.#byFlatName ??= new Map(this.#image.topicIds.sortedKeys().map((other) => [flat(other), other]));
    const other = this.#byFlatName.get(flat(name));
    return other === name ? undefined : other;
  }
}

function flat(name: string): string {
  return name.replaceAll('.', '_');
}
