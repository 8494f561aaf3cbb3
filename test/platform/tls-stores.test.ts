import t from 'tap';
import { type TlsStores, readTlsMaterial } from '../../src/platform/tls-stores.js';

const NOTHING: TlsStores = {
  keystoreLocation: undefined,
  keystoreCertificateChain: undefined,
  keystoreKey: undefined,
  keyPassword: undefined,
  truststoreLocation: undefined,
  truststoreCertificates: undefined,
};
const PEM = '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n';

/** Each file holds its own name. */
const readFile = async (path: string): Promise<string> => {
  if (path.startsWith('missing')) throw new Error(`ENOENT ${path}`);
  return `<${path}>`;
};

t.test('a keystore file is both the chain and the key, and wins over texts', async (t) => {
  const material = await readTlsMaterial(
    { ...NOTHING, keystoreLocation: 'node.pem', keystoreCertificateChain: PEM, keystoreKey: PEM, keyPassword: 'word' },
    readFile,
  );
  t.strictSame(material, { certificate: '<node.pem>', key: '<node.pem>', keyPassword: 'word' });
});

t.test('a chain, a key and authorities are PEM texts, or files that hold them', async (t) => {
  t.strictSame(
    await readTlsMaterial(
      { ...NOTHING, keystoreCertificateChain: PEM, keystoreKey: 'key.pem', truststoreCertificates: PEM },
      readFile,
    ),
    { certificate: PEM, key: '<key.pem>', ca: PEM },
  );
  t.strictSame(
    await readTlsMaterial({ ...NOTHING, truststoreLocation: 'ca.pem', truststoreCertificates: PEM }, readFile),
    { ca: '<ca.pem>' },
  );
});

t.test('what is empty is not set, and a file that cannot be read is an error', async (t) => {
  t.strictSame(await readTlsMaterial({ ...NOTHING, keystoreLocation: '', truststoreCertificates: '' }, readFile), {});
  await t.rejects(readTlsMaterial({ ...NOTHING, truststoreLocation: 'missing.pem' }, readFile), /ENOENT missing\.pem/);
});
