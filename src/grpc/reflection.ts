import { decodeMessage } from '../common/decode-message.js';
import { GRPC_STATUS, VarveError } from '../common/errors.js';
import type { RpcHandlers, StreamHandler } from '../platform/transport.js';
import type { FileDescription } from '../protocol/descriptors.js';
import { DESCRIPTORS } from '../protocol/descriptors.js';
import { grpc } from '../protocol/reflection.js';
import { endWithError } from './call.js';

const { ServerReflectionRequest, ServerReflectionResponse } = grpc.reflection.v1;
type Answer = grpc.reflection.v1.IServerReflectionResponse;

/** Services that this door answers: those that reflection lists and health knows. */
export const SERVICES: readonly string[] = DESCRIPTORS.flatMap((file) => file.services);

/** Server reflection, v1 and v1alpha (the same messages), so that grpcurl needs no .proto file. */
export function reflectionHandlers(): RpcHandlers {
  const byFileName = new Map<string, FileDescription>();
  const bySymbol = new Map<string, FileDescription>();
  for (const file of DESCRIPTORS) {
    byFileName.set(file.name, file);
    for (const symbol of file.symbols) bySymbol.set(symbol, file);
  }
  const answer = (request: grpc.reflection.v1.ServerReflectionRequest): Answer => {
    switch (request.message_request) {
      case 'list_services':
        return { list_services_response: { service: SERVICES.map((name) => ({ name })) } };
      case 'file_by_filename':
        return fileAnswer(byFileName.get(request.file_by_filename ?? ''), `file ${request.file_by_filename}`);
      case 'file_containing_symbol':
        return fileAnswer(
          bySymbol.get(request.file_containing_symbol ?? ''),
          `symbol ${request.file_containing_symbol}`,
        );
      case 'all_extension_numbers_of_type': {
        const type = request.all_extension_numbers_of_type ?? '';
        if (!bySymbol.has(type)) return notFound(`type ${type}`);
        return { all_extension_numbers_response: { base_type_name: type, extension_number: [] } };
      }
      case 'file_containing_extension':
        return notFound(`extension of ${request.file_containing_extension?.containing_type}`);
      default:
        return {
          error_response: { error_code: GRPC_STATUS.INVALID_ARGUMENT, error_message: 'The request asks for nothing.' },
        };
    }
  };
  const handler: StreamHandler = (stream) => {
    stream.onMessage((bytes) => {
      try {
        const request = decodeMessage(ServerReflectionRequest, bytes);
        const response = { valid_host: request.host, original_request: request, ...answer(request) };
        if (!stream.send(ServerReflectionResponse.encode(response).finish())) stream.pause();
      } catch (error) {
        if (!(error instanceof VarveError)) throw error;
        endWithError(stream, error);
      }
    });
    stream.onDrain(() => stream.resume());
    stream.onEnd(() => stream.end());
    stream.onClose(() => {});
  };
  return {
    unary: {},
    streams: {
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo': handler,
      '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo': handler,
    },
  };
}

function fileAnswer(file: FileDescription | undefined, what: string): Answer {
  if (file === undefined) return notFound(what);
  return { file_descriptor_response: { file_descriptor_proto: [Buffer.from(file.bytes, 'base64')] } };
}

function notFound(what: string): Answer {
  return { error_response: { error_code: GRPC_STATUS.NOT_FOUND, error_message: `There is no ${what} here.` } };
}
