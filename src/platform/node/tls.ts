import { createPrivateKey } from 'node:crypto';
import type { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import type { SecureContext, Server, TLSSocket } from 'node:tls';
import type { Logger } from '../observe.js';
import type { TlsMaterial, TlsSource } from '../transport.js';

/** Applies what a TlsSource gives now: contexts are made anew only when the texts changed. */
export class TlsContexts {
  readonly #source: TlsSource;
  /** As the source gave it. */
  #given: TlsMaterial;
  /** With a key that is not encrypted: not all who use it take a password. */
  #material: TlsMaterial;
  #context: SecureContext;

  /** Throws what the source or OpenSSL throws for material that cannot be used. */
  constructor(source: TlsSource) {
    this.#source = source;
    this.#given = source.current();
    this.#material = withPlainKey(this.#given);
    this.#context = createSecureContext(secureContextOptions(this.#material));
  }

  get material(): TlsMaterial {
    return this.#material;
  }

  /** The context of now. Throws for new material that cannot be used; the old one then stays. */
  current(): SecureContext {
    this.refresh();
    return this.#context;
  }

  /** Looks again; true when the texts have changed. Throws as `current` does. */
  refresh(): boolean {
    const given = this.#source.current();
    const { certificate, key, ca } = this.#given;
    if (given.certificate === certificate && given.key === key && given.ca === ca) return false;
    const material = withPlainKey(given);
    this.#context = createSecureContext(secureContextOptions(material));
    this.#given = given;
    this.#material = material;
    return true;
  }
}

function withPlainKey(material: TlsMaterial): TlsMaterial {
  const { key, keyPassword } = material;
  if (key === undefined || keyPassword === undefined) return material;
  const plain = createPrivateKey({ key, passphrase: keyPassword });
  return { ...material, key: plain.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

interface SecureContextTexts {
  cert?: string;
  key?: string;
  ca?: string;
}

export function secureContextOptions({ certificate, key, ca }: TlsMaterial): SecureContextTexts {
  return {
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(ca === undefined ? {} : { ca }),
  };
}

/** Server options: a `ca` asks for client certificates, `requireClientCertificate` refuses those without. */
export function tlsServerOptions(material: TlsMaterial): SecureContextTexts & {
  requestCert: boolean;
  rejectUnauthorized: boolean;
  minVersion: 'TLSv1.2';
} {
  return {
    ...secureContextOptions(material),
    requestCert: material.ca !== undefined,
    rejectUnauthorized: material.requireClientCertificate === true,
    minVersion: 'TLSv1.2',
  };
}

/** Looks for changed certificates before each new connection's handshake, and turns away untrusted clients. */
export function watchTls(server: Server, contexts: TlsContexts, logger: Logger): void {
  server.prependListener('connection', () => {
    try {
      if (contexts.refresh()) server.setSecureContext(secureContextOptions(contexts.material));
    } catch (error) {
      logger.error({ error }, 'The changed TLS certificate or key cannot be used; the one before stays in use.');
    }
  });
  server.on('secureConnection', (socket) => {
    // Where certificates are optional, one that is not trusted is still no anonymous client's.
    if (!socket.authorized && certificateSubject(socket, false) !== undefined) socket.destroy();
  });
  server.on('tlsClientError', (error) => {
    logger.debug({ error }, 'A TLS handshake failed.');
  });
}

/**
 * The subject of the peer's certificate as Kafka writes a principal (RFC 2253: the most specific part first); undefined
 * without one, or for one that was not verified.
 */
export function certificateSubject(socket: TLSSocket, verified = true): string | undefined {
  if (verified && !socket.authorized) return undefined;
  const certificate = socket.getPeerX509Certificate();
  return certificate === undefined ? undefined : subjectText(certificate);
}

export function subjectText(certificate: X509Certificate): string {
  return certificate.subject.split('\n').reverse().join(',');
}
