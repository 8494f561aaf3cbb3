import type { FileSystem } from '../platform/file-system.js';
import type { Address, TlsMaterial, TlsSource } from '../platform/transport.js';
import { parseBootstrap } from './addresses.js';
import { CommandError } from './command-error.js';
import { parseProperties } from './properties.js';

/** What `--command-config` may say, in the names of Kafka's clients. */
export interface ClientConfig {
  readonly bootstrap: readonly Address[] | undefined;
  readonly tls: TlsSource | undefined;
}

const KEYS = [
  'bootstrap.servers',
  'security.protocol',
  'ssl.truststore.location',
  'ssl.truststore.certificates',
  'ssl.keystore.location',
  'ssl.keystore.certificate.chain',
  'ssl.keystore.key',
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
  return {
    bootstrap: servers === undefined ? undefined : parseBootstrap(servers),
    tls: protocol === 'SSL' ? await readTls(fileSystem, values) : undefined,
  };
}

/** PEM texts, in the file itself or in the files that it names (as Kafka's PEM stores, KIP-651). */
async function readTls(fileSystem: FileSystem, values: ReadonlyMap<string, string>): Promise<TlsSource> {
  const read = async (key: string): Promise<string | undefined> => {
    const path = values.get(key);
    return path === undefined ? undefined : (await fileSystem.readFile(path)).toString('utf8');
  };
  const ca = values.get('ssl.truststore.certificates') ?? (await read('ssl.truststore.location'));
  const keystore = await read('ssl.keystore.location');
  const certificate = values.get('ssl.keystore.certificate.chain') ?? keystore;
  const key = values.get('ssl.keystore.key') ?? keystore;
  const material: TlsMaterial = {
    ...(ca === undefined ? {} : { ca }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
  return { current: () => material };
}
