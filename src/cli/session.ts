import type { Address, TlsSource } from '../platform/transport.js';
import { bootstrapOf } from './addresses.js';
import { ClusterClient } from './cluster-client.js';
import { readClientConfig } from './client-config.js';
import { Report } from './report.js';
import type { OwnedPlatform, Surroundings } from './surroundings.js';

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
    const { VARVE_BOOTSTRAP: variable = '' } = surroundings.env;
    const ofVariable = (): readonly Address[] | undefined =>
      variable === '' ? undefined : bootstrapOf('VARVE_BOOTSTRAP', variable);
    const bootstrap = options.bootstrap ?? ofVariable() ?? config.bootstrap ?? [{ host: '127.0.0.1', port: 9094 }];
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

/** Addresses as the client takes them. */
export function bootstrapTexts(bootstrap: readonly Address[]): string[] {
  return bootstrap.map(({ host, port }) => (host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`));
}
