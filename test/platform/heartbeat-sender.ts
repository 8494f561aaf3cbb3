/** A process of its own that opens an RPC stream to the port it is told, and sends a message every 5 ms until killed. */
import { defined } from '../../src/common/assert.js';
import { NodeTransport } from '../../src/platform/node/transport.js';

const port = Number(defined(process.argv[2], 'the port is named'));
const client = new NodeTransport().connectRpc({ host: '127.0.0.1', port, channel: 'raft', maxMessageBytes: 1000 });
const stream = client.stream('/t.T/Heartbeat');
stream.onClose(() => process.exit());
setInterval(() => stream.send(Buffer.from('alive')), 5);
