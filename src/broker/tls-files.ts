import { VarveError } from '../common/errors.js';
import type { BrokerConfig } from '../metadata/configs/tables.js';
import type { Clock, Timer } from '../platform/clock.js';
import type { FileSystem } from '../platform/file-system.js';
import type { Logger } from '../platform/observe.js';
import { readTlsMaterial } from '../platform/tls-stores.js';
import type { TlsMaterial, TlsSource } from '../platform/transport.js';

/**
 * The node's keys and certificates from `ssl.*`: PEM texts, or paths of PEM files that are read anew every
 * `ssl.reload.interval.ms`. Connections take what is current when they are made.
 */
export class TlsFiles implements TlsSource {
  readonly #config: BrokerConfig;
  readonly #fileSystem: FileSystem;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #material: TlsMaterial;
  #timer: Timer | undefined;
  #closed = false;

  private constructor(config: BrokerConfig, outside: { fileSystem: FileSystem; clock: Clock; logger: Logger }) {
    this.#config = config;
    this.#fileSystem = outside.fileSystem;
    this.#clock = outside.clock;
    this.#logger = outside.logger;
    this.#material = {};
  }

  /** Rejects with INVALID_CONFIG when a file cannot be read. */
  static async open(
    config: BrokerConfig,
    outside: { fileSystem: FileSystem; clock: Clock; logger: Logger },
  ): Promise<TlsFiles> {
    const files = new TlsFiles(config, outside);
    files.#material = await files.#read();
    files.#schedule();
    return files;
  }

  current(): TlsMaterial {
    return this.#material;
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  #schedule(): void {
    this.#timer = this.#clock.after(this.#config.sslReloadIntervalMs, () => {
      this.#read().then(
        (material) => {
          if (this.#closed) return;
          this.#material = material;
          this.#schedule();
        },
        (error: unknown) => {
          if (this.#closed) return;
          this.#logger.warn({ error: String(error) }, 'The certificates could not be read anew; the old ones stay.');
          this.#schedule();
        },
      );
    });
  }

  async #read(): Promise<TlsMaterial> {
    const config = this.#config;
    const stores = {
      keystoreLocation: config.sslKeystoreLocation,
      keystoreCertificateChain: config.sslKeystoreCertificateChain,
      keystoreKey: config.sslKeystoreKey,
      keyPassword: config.sslKeyPassword,
      truststoreLocation: config.sslTruststoreLocation,
      truststoreCertificates: config.sslTruststoreCertificates,
    };
    const material = await readTlsMaterial(stores, (path) => this.#file(path));
    return { ...material, requireClientCertificate: config.sslClientAuth === 'required' };
  }

  async #file(path: string): Promise<string> {
    try {
      return (await this.#fileSystem.readFile(path)).toString('utf8');
    } catch (error) {
      throw new VarveError('INVALID_CONFIG', `The PEM file ${path} cannot be read: ${String(error)}`, { cause: error });
    }
  }
}
