// The service of varve.proto as a client of @grpc/grpc-js; protobufjs reads the .proto, so that nothing is generated.
import { Client, credentials } from '@grpc/grpc-js';
import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

const root = new protobuf.Root().loadSync('proto/varve/v1/varve.proto', { keepCase: true });
const service = root.lookupService('varve.v1.Varve');
// A node that hangs is given up after 15 seconds, not never.
const KEEPALIVE = { 'grpc.keepalive_time_ms': 10_000, 'grpc.keepalive_timeout_ms': 5_000 };

export interface VarveError {
  name: string;
  message: string;
  retriable: boolean;
}

export class Varve extends Client {
  constructor(address: string) {
    super(address, credentials.createInsecure(), KEEPALIVE);
  }

  call<Response>(name: string, request: object): Promise<Response> {
    const { path, encode, decode } = method<Response>(name);
    return new Promise((resolve, reject) => {
      this.makeUnaryRequest(path, encode, decode, request, { deadline: Date.now() + 10_000 }, (error, response) =>
        error === null && response !== undefined ? resolve(response) : reject(error),
      );
    });
  }

  stream<Response>(name: string): ClientDuplexStream<object, Response> {
    const { path, encode, decode } = method<Response>(name);
    const stream = this.makeBidiStreamRequest(path, encode, decode);
    // Who reads the stream is told; without a listener an error would end the program.
    return stream.on('error', () => {});
  }
}

function method<Response>(name: string) {
  const found = service.methods[name];
  found?.resolve();
  const [request, response] = [found?.resolvedRequestType, found?.resolvedResponseType];
  if (!request || !response) throw new Error(`varve.proto has no ${name}`);
  return {
    path: `/varve.v1.Varve/${name}`,
    encode: (message: object) => Buffer.from(request.encode(request.fromObject(message)).finish()),
    // Offsets stay below 2^53. What is not set is there with its default; an absent message is null.
    decode: (bytes: Buffer) => response.toObject(response.decode(bytes), { longs: Number, defaults: true }) as Response,
  };
}

/** Trying again, here or at another node, cannot help. */
export function isFinal(error: unknown): boolean {
  return (error as Partial<ServiceError>).metadata?.get('varve-retriable')[0] === 'false';
}

export function fail(problem: unknown): never {
  console.error(problem instanceof Error ? problem.message : problem);
  process.exit(1);
}
