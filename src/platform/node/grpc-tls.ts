import { experimental } from '@grpc/grpc-js';
import type { ServerCredentials } from '@grpc/grpc-js';
import type { Logger } from '../observe.js';
import type { TlsSource } from '../transport.js';
import { TlsContexts } from './tls.js';

type Provider = experimental.CertificateProvider;
type CaListener = experimental.CaCertificateUpdateListener;
type IdentityListener = experimental.IdentityCertificateUpdateListener;

/** Credentials of a server whose certificates may change while it runs. */
export class TlsServerCredentials implements Provider {
  readonly credentials: ServerCredentials;
  readonly #contexts: TlsContexts;
  readonly #logger: Logger;
  readonly #caListeners = new Set<CaListener>();
  readonly #identityListeners = new Set<IdentityListener>();

  /** Throws for material that cannot be used. */
  constructor(source: TlsSource, logger: Logger) {
    this.#logger = logger;
    this.#contexts = new TlsContexts(source);
    const { ca, requireClientCertificate } = this.#contexts.material;
    this.credentials = experimental.createCertificateProviderServerCredentials(
      this,
      ca === undefined ? null : this,
      requireClientCertificate === true,
    );
  }

  /** Looks for changed certificates; what cannot be used is told and left, the ones before stay. */
  refresh(): void {
    try {
      if (!this.#contexts.refresh()) return;
    } catch (error) {
      this.#logger.error({ error }, 'The changed TLS certificate or key cannot be used; the one before stays in use.');
      return;
    }
    for (const listener of this.#caListeners) this.#tellCa(listener);
    for (const listener of this.#identityListeners) this.#tellIdentity(listener);
  }

  addCaCertificateListener(listener: CaListener): void {
    this.#caListeners.add(listener);
    // Not at once: the credentials hear of it first, and of who wants to know from them only after this call.
    process.nextTick(() => this.#tellCa(listener));
  }

  removeCaCertificateListener(listener: CaListener): void {
    this.#caListeners.delete(listener);
  }

  addIdentityCertificateListener(listener: IdentityListener): void {
    this.#identityListeners.add(listener);
    process.nextTick(() => this.#tellIdentity(listener));
  }

  removeIdentityCertificateListener(listener: IdentityListener): void {
    this.#identityListeners.delete(listener);
  }

  #tellCa(listener: CaListener): void {
    const { ca } = this.#contexts.material;
    if (ca !== undefined) listener({ caCertificate: Buffer.from(ca) });
  }

  #tellIdentity(listener: IdentityListener): void {
    const { certificate = '', key = '' } = this.#contexts.material;
    listener({ certificate: Buffer.from(certificate), privateKey: Buffer.from(key) });
  }
}
