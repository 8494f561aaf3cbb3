import { VarveError } from './errors.js';

/** A generated message type, as far as decoding needs it. */
export interface DecodableType<Message> {
  readonly name: string;
  decode(bytes: Uint8Array): Message;
}

/** Decodes a stranger's bytes; throws INVALID_REQUEST, with what was expected, when they are no such message. */
export function decodeMessage<Message>(type: DecodableType<Message>, bytes: Uint8Array): Message {
  try {
    return type.decode(bytes);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new VarveError('INVALID_REQUEST', `The message is not a valid ${type.name}: ${why}.`, { cause: error });
  }
}
