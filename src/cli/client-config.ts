import type { FileSystem } from '../platform/file-system.js';
import { readTlsMaterial } from '../platform/tls-stores.js';
import type { Address, TlsSource } from '../platform/transport.js';
import { bootstrapOf } from './addresses.js';
import { CommandError } from './command-error.js';
import { parseProperties } from './properties.js';

/** What `--command-config` may say, in the names of Kafka's clients. */
export interface ClientConfig {
  readonly bootstrap: readonly Address[] | undefined;
  readonly tls: TlsSource | undefined;
}

const STORE_TYPES = ['ssl.keystore.type', 'ssl.truststore.type'];
const KEYS = [
  'bootstrap.servers',
  'security.protocol',
  'ssl.truststore.location',
  'ssl.truststore.certificates',
  'ssl.keystore.location',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
  'ssl.key.password',
  ...STORE_TYPES,
];

/** Reads the file of `--command-config`. Rejects with a CommandError when a key or a value is not valid. */
export async function readClientConfig(fileSystem: FileSystem, path: string | undefined): Promise<ClientConfig> {
  if (path === undefined) return { bootstrap: undefined, tls: undefined };
  const { values, lines } = parseProperties((await fileSystem.readFile(path)).toString('utf8'));
  for (const key of values.keys()) {
    if (!KEYS.includes(key)) {
      throw new CommandError(`${path}, line ${lines.get(key)}: unknown key '${key}'.`, `Allowed: ${KEYS.join(', ')}`);
    }
  }
  const servers = values.get('bootstrap.servers');
  const protocol = values.get('security.protocol') ?? 'PLAINTEXT';
  if (protocol !== 'PLAINTEXT' && protocol !== 'SSL') {
    throw new CommandError(`${path}: security.protocol is '${protocol}'.`, 'Allowed: PLAINTEXT, SSL');
  }
  for (const key of STORE_TYPES) {
    const type = values.get(key) ?? 'PEM';
    if (type !== 'PEM') throw new CommandError(`${path}: ${key} is '${type}'.`, 'Allowed: PEM');
  }
  return {
    bootstrap: servers === undefined ? undefined : bootstrapOf(`${path}: bootstrap.servers`, servers),
    tls: protocol === 'SSL' ? await readTls(fileSystem, values) : undefined,
  };
}

async function readTls(fileSystem: FileSystem, values: ReadonlyMap<string, string>): Promise<TlsSource> {
  const stores = {
    keystoreLocation: values.get('ssl.keystore.location'),
    keystoreCertificateChain: values.get('ssl.keystore.certificate.chain'),
    keystoreKey: values.get('ssl.keystore.key'),
    keyPassword: values.get('ssl.key.password'),
    truststoreLocation: values.get('ssl.truststore.location'),
    truststoreCertificates: values.get('ssl.truststore.certificates'),
  };
  const material = await readTlsMaterial(stores, async (path) => (await fileSystem.readFile(path)).toString('utf8'));
  return { current: () => material };
}
