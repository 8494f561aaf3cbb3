import { MAX_DESCRIBED_RESOURCES } from '../common/request-limits.js';
import { varve } from '../protocol/varve.js';
import type { Session } from './session.js';

const { v1 } = varve;

/** Of all topics without names. */
export async function topicMetadata(session: Session, names: readonly string[]): Promise<varve.v1.MetadataResponse> {
  return session.cluster.call(
    '/varve.v1.Varve/Metadata',
    v1.MetadataRequest,
    v1.MetadataResponse,
    v1.MetadataRequest.create({ topics: [...names] }),
  );
}

const KINDS = {
  topic: { type: v1.ConfigResourceType.CONFIG_RESOURCE_TOPIC, source: 'DYNAMIC_TOPIC_CONFIG' },
  broker: { type: v1.ConfigResourceType.CONFIG_RESOURCE_BROKER, source: 'DYNAMIC_BROKER_CONFIG' },
} as const;

/** The settings that topics, or brokers by their node.id, have of their own, by name. */
export async function ownSettings(
  session: Session,
  kind: keyof typeof KINDS,
  names: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  const { type, source } = KINDS[kind];
  const settings = new Map<string, Record<string, string>>();
  for (let at = 0; at < names.length; at += MAX_DESCRIBED_RESOURCES) {
    const resources = names.slice(at, at + MAX_DESCRIBED_RESOURCES).map((name) => ({ type, name }));
    const answer = await session.cluster.call(
      '/varve.v1.Admin/DescribeConfigs',
      v1.DescribeConfigsRequest,
      v1.DescribeConfigsResponse,
      v1.DescribeConfigsRequest.create({ resources }),
    );
    for (const resource of answer.resources) {
      const own = (resource.entries ?? []).filter((entry) => entry.source === source);
      const pairs = own.map((entry) => [entry.name ?? '', entry.value ?? ''] as const);
      settings.set(resource.resource?.name ?? '', Object.fromEntries(pairs));
    }
  }
  return settings;
}
