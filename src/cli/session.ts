import type { Address, TlsSource } from '../platform/transport.js';
import { DEFAULT_BOOTSTRAP, bootstrapOf, parseBootstrap } from './addresses.js';
import { ClusterClient } from './cluster-client.js';
import { readClientConfig } from './client-config.js';
import { Report } from './report.js';
import type { OwnedPlatform, Surroundings } from './surroundings.js';

const DEFAULT_ADDRESSES = parseBootstrap(DEFAULT_BOOTSTRAP);

/** Options of every command that talks to a cluster. */
export interface ConnectionOptions {
  readonly bootstrap?: readonly Address[];
  readonly commandConfig?: string;
  readonly timeoutMs: number;
  readonly json?: boolean;
}

/** What a command that talks to a cluster works with. */
export interface Session {
  readonly surroundings: Surroundings;
  readonly platform: OwnedPlatform;
  readonly bootstrap: readonly Address[];
  readonly tls: TlsSource | undefined;
  readonly cluster: ClusterClient;
  readonly report: Report;
}

/** Runs `body` with a session, and closes it whatever comes. */
export async function withSession(
  surroundings: Surroundings,
  options: ConnectionOptions,
  body: (session: Session) => Promise<void>,
): Promise<void> {
  const platform = await surroundings.openPlatform({ logLevel: 'silent' });
  let cluster: ClusterClient | undefined;
  try {
    const config = await readClientConfig(platform.fileSystem, options.commandConfig);
    const bootstrap = options.bootstrap ?? ofVariable(surroundings) ?? config.bootstrap ?? DEFAULT_ADDRESSES;
    cluster = new ClusterClient({
      transport: platform.transport,
      clock: platform.clock,
      bootstrap,
      timeoutMs: options.timeoutMs,
      ...(config.tls === undefined ? {} : { tls: config.tls }),
    });
    const report = new Report(surroundings, options);
    await body({ surroundings, platform, bootstrap, tls: config.tls, cluster, report });
  } finally {
    cluster?.close();
    await platform.close();
  }
}

/** Of VARVE_BOOTSTRAP; undefined where it is not set. Throws a CommandError where it names none. */
function ofVariable({ env: { VARVE_BOOTSTRAP = '' } }: Surroundings): readonly Address[] | undefined {
  return VARVE_BOOTSTRAP === '' ? undefined : bootstrapOf('VARVE_BOOTSTRAP', VARVE_BOOTSTRAP);
}

/** Addresses as the client takes them. */
export function bootstrapTexts(bootstrap: readonly Address[]): string[] {
  return bootstrap.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`));
}
