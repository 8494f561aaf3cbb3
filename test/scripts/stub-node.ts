import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

/** In place of a node: reads its settings, says that it is ready, and ends in order on SIGTERM. */
const file = process.argv[process.argv.indexOf('--config') + 1] ?? '';
const settings = readFileSync(file, 'utf8');
if (settings.includes('stub.fails=true')) {
  console.error('the stub fails');
  process.exit(1);
}
const port = Number(/HTTP:\/\/127\.0\.0\.1:(\d+)/.exec(settings)?.[1]);
const server = createServer((request, response) => response.end(request.url === '/pid' ? String(process.pid) : 'ok'));
server.listen(port, '127.0.0.1');
process.on('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
