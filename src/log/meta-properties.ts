import { VarveError } from '../common/errors.js';
import type { NodeId, Uuid } from '../common/ids.js';

/** `meta.properties` of a log directory, in Kafka's version 1: which cluster, node and directory this is. */
export interface MetaProperties {
  /** Undefined until the node has joined a cluster. */
  readonly clusterId: Uuid | undefined;
  readonly nodeId: NodeId;
  /** Made when the directory is formatted; a wiped directory gets another. */
  readonly directoryId: Uuid;
  /** The metadata log was opened in this directory: from then on its replica may have voted and acknowledged. */
  readonly hasQuorum: boolean;
}

export const META_PROPERTIES = 'meta.properties';

export function formatMetaProperties(properties: MetaProperties): Buffer {
  const lines = [
    '#',
    `node.id=${properties.nodeId}`,
    `directory.id=${properties.directoryId}`,
    'version=1',
    ...(properties.clusterId === undefined ? [] : [`cluster.id=${properties.clusterId}`]),
    // Ours; Kafka passes over what it does not know.
    ...(properties.hasQuorum ? ['varve.quorum=true'] : []),
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** @throws VarveError KAFKA_STORAGE_ERROR when a property is missing or wrong, or the version is newer */
export function parseMetaProperties(content: Buffer, path: string): MetaProperties {
  const properties = new Map<string, string>();
  for (const line of content.toString('latin1').split('\n')) {
    const at = line.indexOf('=');
    if (at > 0 && !line.startsWith('#')) properties.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  const version = properties.get('version');
  if (version !== '1') {
    throw new VarveError(
      'KAFKA_STORAGE_ERROR',
      `${path} has version '${version ?? ''}'; this release reads version 1.`,
    );
  }
  const nodeId = Number(properties.get('node.id') ?? 'none');
  if (!Number.isInteger(nodeId) || nodeId < 0) {
    throw new VarveError('KAFKA_STORAGE_ERROR', `${path} has no valid node.id; restore the file.`);
  }
  const hasQuorum = properties.get('varve.quorum') === 'true';
  return { nodeId, clusterId: properties.get('cluster.id'), directoryId: requireId('directory.id'), hasQuorum };

  function requireId(name: string): string {
    const value = properties.get(name);
    if (value !== undefined && value.length > 0) return value;
    throw new VarveError('KAFKA_STORAGE_ERROR', `${path} has no ${name}; restore the file.`);
  }
}
