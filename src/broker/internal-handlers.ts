import type { NodeId, Uuid } from '../common/ids.js';
import type { RpcHandlers, UnaryHandler } from '../platform/transport.js';
import { varve } from '../protocol/controller.js';
import type { Raft } from '../raft/api.js';
import { serveReadRange } from '../replication/read-range.js';
import type { Replica } from '../replication/replica.js';
import { FetchSession, type FetchSessionOptions } from '../replication/fetch-session.js';
import { IDENTIFY } from './controller-link.js';
import type { ControllerService } from './controller-service.js';
import { forwardHandlers } from './forwarding/forward-server.js';
import { FORWARD_DESCRIBE_CONFIGS } from './forwarding/wire.js';
import type { LeaderApi } from './leader-api.js';
import { AWAIT_TOPICS, type TopicReadiness } from './topic-readiness.js';

export const REPLICATION_FETCH = '/varve.internal.Replication/Fetch';
export const REPLICATION_READ_RANGE = '/varve.internal.Replication/ReadRange';

export interface InternalHandlersOptions {
  readonly raft: Raft;
  readonly controller: ControllerService;
  readonly leaderApi: LeaderApi;
  readonly identity: () => { readonly clusterId: string; readonly nodeId: NodeId; readonly incarnationId: Uint8Array };
  readonly topicReadiness: TopicReadiness;
  readonly describeConfigs: UnaryHandler;
  readonly replicaById: (topicId: Uuid, partition: number) => Replica | undefined;
  readonly fetchSession: Omit<FetchSessionOptions, 'stream'>;
}

/** Everything that the INTERNAL listener answers; none of it is on any other listener. */
export function internalHandlers(options: InternalHandlersOptions): RpcHandlers {
  const forward = forwardHandlers(options.leaderApi);
  const controller = options.controller.handlers;
  return {
    unary: {
      ...forward.unary,
      ...controller.unary,
      [IDENTIFY]: async () => {
        const { clusterId, nodeId, incarnationId } = options.identity();
        return varve.internal.IdentifyResponse.encode({
          version: 1,
          cluster_id: clusterId,
          node_id: nodeId,
          incarnation_id: incarnationId,
        }).finish();
      },
      [FORWARD_DESCRIBE_CONFIGS]: options.describeConfigs,
      [AWAIT_TOPICS]: options.topicReadiness.serve,
      [REPLICATION_READ_RANGE]: (bytes) => serveReadRange(options.identity().nodeId, options.replicaById, bytes),
    },
    streams: {
      ...forward.streams,
      ...controller.streams,
      ...options.raft.streamHandlers,
      [REPLICATION_FETCH]: (stream) => void new FetchSession({ ...options.fetchSession, stream }),
    },
  };
}
