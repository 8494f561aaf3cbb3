import type { Reader } from 'protobufjs/minimal.js';
import { VarveError } from './errors.js';

/** A generated message type, as far as decoding needs it. */
export interface DecodableType<Message> {
  readonly name: string;
  decode(source: Source): Message;
}

/** The bytes, or a generated reader of them that stops where it finds too much. */
type Source = Uint8Array | Reader;

/** Decodes a stranger's bytes; throws INVALID_REQUEST, with what was expected, when they are no such message. */
export function decodeMessage<Message>(type: DecodableType<Message>, source: Source): Message {
  try {
    return type.decode(source);
  } catch (error) {
    if (error instanceof VarveError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new VarveError('INVALID_REQUEST', `The message is not a valid ${type.name}: ${why}.`, { cause: error });
  }
}
