// Writes src/protocol/descriptors.js: the FileDescriptorProto of each public .proto file as protoc encodes it (field for
// field, without source info), for gRPC server reflection. Usage: generate-descriptors.mjs OUT PROTO_ROOT FILE...
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor/index.js';

const OPTIONAL_RULE = 'proto3_optional';

/** protobufjs leaves out what protoc adds: JSON names, absolute type names, the mark of an explicit `optional`. */
function completeField(field, resolved) {
  field.jsonName = field.name.replace(/_+(.)/g, (_, next) => next.toUpperCase());
  if (resolved?.resolvedType) field.typeName = resolved.resolvedType.fullName;
  delete field.options;
  if (resolved?.options?.[OPTIONAL_RULE]) {
    field.proto3Optional = true;
  }
}

function completeMessage(message, type, prefix, symbols) {
  symbols.push(`${prefix}.${message.name}`);
  for (const field of message.field) {
    const resolved = type.fields[field.name];
    completeField(field, resolved);
    if (resolved instanceof protobuf.MapField) {
      const entry = message.nestedType.find((each) => each.options?.mapEntry && field.typeName.endsWith(each.name));
      const pascalName = `_${field.name}`.replace(/_+(.)/g, (_, next) => next.toUpperCase());
      entry.name = `${pascalName}Entry`;
      field.typeName = `.${prefix}.${message.name}.${entry.name}`;
    }
  }
  for (const nested of message.nestedType) {
    const nestedType = type.nested?.[nested.name];
    if (nestedType) completeMessage(nested, nestedType, `${prefix}.${message.name}`, symbols);
    else for (const field of nested.field) completeField(field, undefined); // a map's entry
  }
  for (const each of message.enumType) symbols.push(`${prefix}.${message.name}.${each.name}`);
}

function describe(file, root) {
  const parsed = new protobuf.Root();
  parsed.loadSync(file, { keepCase: true });
  parsed.resolveAll();
  const described = parsed.toDescriptor('proto3').file.filter((each) => each.messageType.length > 0);
  if (described.length !== 1) throw new Error(`${file}: expected one package, found ${described.length}`);
  const [own] = described;
  own.name = path.relative(root, file);
  own.syntax = 'proto3';
  const symbols = [];
  const scope = parsed.lookup(own.package);
  for (const message of own.messageType) completeMessage(message, scope.lookup(message.name), own.package, symbols);
  for (const each of own.enumType) symbols.push(`${own.package}.${each.name}`);
  const services = [];
  for (const service of own.service) {
    const name = `${own.package}.${service.name}`;
    services.push(name);
    symbols.push(name, ...service.method.map((method) => `${name}.${method.name}`));
    for (const method of service.method) {
      const resolved = scope.lookup(service.name).methods[method.name];
      method.inputType = resolved.resolvedRequestType.fullName;
      method.outputType = resolved.resolvedResponseType.fullName;
    }
  }
  const bytes = Buffer.from(descriptor.FileDescriptorProto.encode(own).finish());
  return { name: own.name, services, symbols, bytes: bytes.toString('base64') };
}

const [out, root, ...files] = process.argv.slice(2);
const described = files.map((file) => describe(file, root));
writeFileSync(
  out,
  `// Generated from proto/ by scripts/generate-descriptors.mjs.\nexport const DESCRIPTORS = ${JSON.stringify(described, null, 1)};\n`,
);
writeFileSync(
  out.replace(/\.js$/, '.d.ts'),
  `/** One public .proto file: its full symbol names, and its FileDescriptorProto in base64. */
export interface FileDescription {
  readonly name: string;
  readonly services: readonly string[];
  readonly symbols: readonly string[];
  readonly bytes: string;
}
export const DESCRIPTORS: readonly FileDescription[];
`,
);
