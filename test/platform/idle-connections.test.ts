import { connect as connectHttp2 } from 'node:http2';
import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { NodeTransport } from '../../src/platform/node/transport.js';

t.test('raw connections without traffic, and gRPC ones without a call, are closed after their time', async (t) => {
  const transport = new NodeTransport();
  const address = { host: '127.0.0.1', port: 0 };
  const bytes = await transport.serveBytes({ ...address, maxIdleMs: 100, onConnection: () => {} });
  t.teardown(() => bytes.close());
  const socket = connect(bytes.address.port, bytes.address.host);
  await once(socket, 'close');
  t.pass('the raw one');

  const handlers = { unary: {}, streams: { '/t/Open': () => {} } };
  const rpc = await transport.serveRpc({ ...address, maxIdleMs: 1_000, maxMessageBytes: 1000, handlers });
  t.teardown(() => rpc.close(0));
  const url = `http://${rpc.address.host}:${rpc.address.port}`;
  const busy = connectHttp2(url);
  t.teardown(() => busy.destroy());
  const call = busy.request({ ':method': 'POST', ':path': '/t/Open', 'content-type': 'application/grpc' });
  call.on('error', () => {});
  const idle = connectHttp2(url);
  await once(idle, 'close');
  t.equal(busy.closed, false, 'one with an open call stays');
});
