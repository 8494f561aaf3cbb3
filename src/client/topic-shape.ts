/** What a request for a topic asked for; what it left open is undefined. */
export interface AskedTopic {
  readonly partitions: number | undefined;
  readonly replicationFactor: number | undefined;
  /** The replicas of each partition, instead of the two numbers. */
  readonly assignment: readonly (readonly number[])[] | undefined;
  readonly configs: Readonly<Record<string, string>>;
}

export interface FoundTopic {
  /** By partition; none where the topic is not known. */
  readonly replicas: readonly (readonly number[])[];
  /** The settings that are the topic's own. */
  readonly configs: Readonly<Record<string, string | undefined>>;
}

/**
 * Whether a topic is as a request asked for. An attempt whose answer was lost may have made it; the next one is then told
 * that there is such a topic, which is no failure of what was asked for.
 */
export function isAsAskedFor(
  { partitions, replicationFactor, assignment, configs }: AskedTopic,
  found: FoundTopic,
): boolean {
  const { replicas } = found;
  return (
    replicas.length > 0 &&
    replicas.length === (assignment?.length ?? partitions ?? replicas.length) &&
    (replicationFactor === undefined || replicas.every((each) => each.length === replicationFactor)) &&
    (assignment ?? []).every((asked, partition) => asked.join() === replicas[partition]?.join()) &&
    Object.keys(found.configs).length === Object.keys(configs).length &&
    Object.entries(configs).every(([name, value]) => found.configs[name] === value)
  );
}
