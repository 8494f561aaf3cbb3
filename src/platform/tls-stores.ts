import type { TlsMaterial } from './transport.js';

/** What `ssl.*` says of keys and certificates, on a node and in a client's file alike: PEM alone (KIP-651). */
export interface TlsStores {
  /** Path of a file with both the certificate chain and its key. */
  readonly keystoreLocation: string | undefined;
  /** The PEM text itself, or the path of a file that holds it; so are the key and the truststore's certificates. */
  readonly keystoreCertificateChain: string | undefined;
  readonly keystoreKey: string | undefined;
  readonly keyPassword: string | undefined;
  /** Path of a file with the authorities' certificates. */
  readonly truststoreLocation: string | undefined;
  readonly truststoreCertificates: string | undefined;
}

/** Where a location is given, it wins over texts. Rejects with what `readFile` rejects with. */
export async function readTlsMaterial(
  stores: TlsStores,
  readFile: (path: string) => Promise<string>,
): Promise<TlsMaterial> {
  const file = async (path: string | undefined): Promise<string | undefined> =>
    path === undefined || path === '' ? undefined : readFile(path);
  const pem = async (value: string | undefined): Promise<string | undefined> =>
    value?.includes('-----BEGIN') === true ? value : file(value);
  const keystore = await file(stores.keystoreLocation);
  const certificate = keystore ?? (await pem(stores.keystoreCertificateChain));
  const key = keystore ?? (await pem(stores.keystoreKey));
  const ca = (await file(stores.truststoreLocation)) ?? (await pem(stores.truststoreCertificates));
  return {
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(stores.keyPassword === undefined ? {} : { keyPassword: stores.keyPassword }),
    ...(ca === undefined ? {} : { ca }),
  };
}
