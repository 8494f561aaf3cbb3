/** One public .proto file: its full symbol names, and its FileDescriptorProto in base64. */
export interface FileDescription {
  readonly name: string;
  readonly services: readonly string[];
  readonly symbols: readonly string[];
  readonly bytes: string;
}
export const DESCRIPTORS: readonly FileDescription[];
