import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Test } from 'tap';
import { silentLogger } from '../../src/platform/observe.js';
import { NodeTransport } from '../../src/platform/node/transport.js';
import type { ByteStream, TlsMaterial, TlsSource, TransportError } from '../../src/platform/transport.js';

const pem = (name: string): string => readFileSync(`test/fixtures/tls/${name}`, 'utf8');
const pair = (name: string): { certificate: string; key: string } => ({
  certificate: pem(`${name}.pem`),
  key: pem(`${name}.key`),
});
const ca = pem('ca.pem');
const timeoutMs = 10_000;
const maxMessageBytes = 1_000_000;

/** Material that a test may change while it is in use. */
class ChangingTls implements TlsSource {
  material: TlsMaterial;

  constructor(material: TlsMaterial) {
    this.material = material;
  }

  current(): TlsMaterial {
    return this.material;
  }
}

async function serveWho(
  t: Test,
  tls: TlsSource,
  transport = new NodeTransport(),
): Promise<{ host: string; port: number }> {
  const server = await transport.serveRpc({
    host: '127.0.0.1',
    port: 0,
    maxMessageBytes,
    tls,
    handlers: {
      streams: {},
      unary: { '/t/Who': async (_request, call) => Buffer.from(call.peer.certificateSubject ?? 'nobody') },
    },
  });
  t.teardown(() => server.close(0));
  return server.address;
}

function connect(t: Test, address: { host: string; port: number }, tls?: TlsSource) {
  const options = { ...address, host: 'localhost', channel: 'x', maxMessageBytes };
  const client = new NodeTransport().connectRpc(tls === undefined ? options : { ...options, tls });
  t.teardown(() => client.close());
  return client;
}

async function who(t: Test, address: { host: string; port: number }, tls?: TlsMaterial): Promise<string> {
  const client = connect(t, address, tls === undefined ? undefined : { current: () => tls });
  const answer = await client.unary('/t/Who', Buffer.alloc(0), { timeoutMs });
  client.close();
  return answer.toString();
}

const failed = (work: Promise<unknown>): Promise<TransportError> =>
  work.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: TransportError) => error,
  );

t.test('RPC over TLS', async (t) => {
  const address = await serveWho(t, new ChangingTls(pair('server')));
  t.equal(await who(t, address, { ca }), 'nobody');
  const untrusted = await failed(who(t, address, { ca: pem('client.pem') }));
  t.match(untrusted, { name: 'TransportError', kind: 'unreachable', message: /certificate|issuer/ });
  const plain = await failed(who(t, address));
  t.match(plain, { name: 'TransportError' }, 'without TLS nobody answers');
});

t.test('mutual TLS over RPC', async (t) => {
  const address = await serveWho(t, new ChangingTls({ ...pair('server'), ca, requireClientCertificate: true }));
  t.equal(await who(t, address, { ca, ...pair('client') }), 'CN=alice,OU=Tests,O=Varve,C=NL');
  t.match(await failed(who(t, address, { ca })), {
    kind: 'unreachable',
    message: /^localhost:\d+ refused the TLS handshake \(certificate required\): show it a certificate/,
  });
  const turnedAway = { kind: 'unreachable', message: /ended the connection in its handshake/ };
  t.match(await failed(who(t, address, { ca, ...pair('stranger') })), turnedAway);
  t.match(await failed(who(t, address)), turnedAway);
});

t.test('client certificates that are asked for and not required', async (t) => {
  const address = await serveWho(t, new ChangingTls({ ...pair('server'), ca }));
  t.equal(await who(t, address, { ca, ...pair('client') }), 'CN=alice,OU=Tests,O=Varve,C=NL');
  t.equal(await who(t, address, { ca }), 'nobody');
});

t.test('changed certificates apply to the next connection, on both sides, without a restart', async (t) => {
  const errors: string[] = [];
  const logger = { ...silentLogger, error: (_fields: unknown, message: string) => errors.push(message) };
  const server = new ChangingTls({ ...pair('server'), ca, requireClientCertificate: true });
  const address = await serveWho(t, server, new NodeTransport({ logger }));
  const client = new ChangingTls({ ca, ...pair('client') });
  const kept = connect(t, address, client);
  t.equal((await kept.unary('/t/Who', Buffer.alloc(0), { timeoutMs })).toString(), 'CN=alice,OU=Tests,O=Varve,C=NL');

  server.material = { ...pair('server-renewed'), ca: pem('stranger.pem'), requireClientCertificate: true };
  t.match(await failed(who(t, address, client.material)), { name: 'TransportError' }, 'another ca counts at once');
  server.material = { ...pair('server-renewed'), ca, requireClientCertificate: true };
  t.equal(await who(t, address, client.material), 'CN=alice,OU=Tests,O=Varve,C=NL');
  server.material = { certificate: 'not a certificate', key: 'nor a key', ca, requireClientCertificate: true };
  t.equal(await who(t, address, client.material), 'CN=alice,OU=Tests,O=Varve,C=NL', 'what is broken is not taken');
  t.match(errors[0], /stays in use/);
  t.equal((await kept.unary('/t/Who', Buffer.alloc(0), { timeoutMs })).toString(), 'CN=alice,OU=Tests,O=Varve,C=NL');
});

t.test('byte streams over TLS', async (t) => {
  const tls = new ChangingTls({ ...pair('server'), ca });
  const subjects: Array<string | undefined> = [];
  const server = await new NodeTransport().serveBytes({
    host: '127.0.0.1',
    port: 0,
    tls,
    onConnection: (stream: ByteStream) => {
      subjects.push(stream.peer.certificateSubject);
      stream.onData((chunk) => stream.write(chunk));
    },
  });
  t.teardown(() => server.close());
  const open = (material: TlsMaterial): Promise<ByteStream> =>
    new NodeTransport().connectBytes({
      host: 'localhost',
      port: server.address.port,
      timeoutMs,
      tls: { current: () => material },
    });
  const echo = async (stream: ByteStream): Promise<string> =>
    new Promise((resolve, reject) => {
      stream.onData((chunk) => {
        resolve(chunk.toString());
        stream.destroy();
      });
      stream.onClose(() => reject(new Error('closed')));
      stream.write(Buffer.from('hello'));
    });
  t.equal(await echo(await open({ ca, ...pair('client') })), 'hello');
  t.equal(await echo(await open({ ca })), 'hello');
  await t.rejects(open({ ca: pem('client.pem') }), { name: 'TransportError', kind: 'unreachable' });
  tls.material = { ...pair('server-renewed'), ca };
  t.equal(await echo(await open({ ca, ...pair('client') })), 'hello');
  t.same(subjects, ['CN=alice,OU=Tests,O=Varve,C=NL', undefined, 'CN=alice,OU=Tests,O=Varve,C=NL']);
  const stranger = await open({ ca, ...pair('stranger') });
  await t.rejects(echo(stranger), { message: 'closed' }, 'a certificate of nobody known is not let in as nobody');
});

t.test('an encrypted key is used with its password, by both sides', async (t) => {
  const encrypted = (name: string): TlsMaterial => ({
    certificate: pem(`${name}.pem`),
    key: createPrivateKey(pem(`${name}.key`))
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
      .toString(),
    keyPassword: 'secret',
    ca,
  });
  const server = { ...encrypted('server'), requireClientCertificate: true };
  const address = await serveWho(t, new ChangingTls(server));
  t.not(await who(t, address, encrypted('client')), 'nobody');
  await t.rejects(serveWho(t, new ChangingTls({ ...server, keyPassword: 'wrong' })));
});
