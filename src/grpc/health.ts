import { decodeMessage } from '../common/decode-message.js';
import { VarveError } from '../common/errors.js';
import type { RpcHandlers, StreamHandler } from '../platform/transport.js';
import { grpc } from '../protocol/health.js';
import { endWithError, unaryMethod } from './call.js';

const { HealthCheckRequest, HealthCheckResponse } = grpc.health.v1;
const { ServingStatus } = HealthCheckResponse;

/** Whether this node serves; the same for each of its services. */
export interface ServingState {
  isServing(): boolean;
  /** Calls `listener` after each change. Returns the way to stop. */
  onChange(listener: () => void): () => void;
}

/** grpc.health.v1.Health for the whole node (`""`) and for each of `services`. */
export function healthHandlers(state: ServingState, services: readonly string[]): RpcHandlers {
  const known = new Set(['', ...services]);
  const status = (): number => (state.isServing() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  const watch: StreamHandler = (stream) => {
    let stop: (() => void) | undefined;
    let asked = false;
    stream.onMessage((bytes) => {
      try {
        if (asked) throw new VarveError('INVALID_REQUEST', 'Watch takes one request a stream.');
        asked = true;
        const { service } = decodeMessage(HealthCheckRequest, bytes);
        let told: number | undefined;
        const tell = (): void => {
          // A service that is not known may come to be (the protocol keeps the stream open for it).
          const now = known.has(service) ? status() : ServingStatus.SERVICE_UNKNOWN;
          if (now === told) return;
          told = now;
          stream.send(HealthCheckResponse.encode({ status: now }).finish());
        };
        stop = state.onChange(tell);
        tell();
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        endWithError(stream, error);
      }
    });
    stream.onEnd(() => {});
    stream.onClose(() => stop?.());
  };
  return {
    unary: {
      '/grpc.health.v1.Health/Check': unaryMethod(HealthCheckRequest, HealthCheckResponse, async ({ service }) => {
        if (!known.has(service)) throw new VarveError('RESOURCE_NOT_FOUND', `No service '${service}' is known here.`);
        return { status: status() };
      }),
    },
    streams: { '/grpc.health.v1.Health/Watch': watch },
  };
}
