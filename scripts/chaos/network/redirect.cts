import net = require('node:net');

/**
 * Loaded into a node's process before it starts (`--require`): its connections to some ports of this machine go to
 * others. So every pair of nodes has a way of its own, though all nodes know a node by the one address that it tells.
 * `VARVE_CHAOS_ROUTES`: pairs of ports, as JSON.
 */
const routes = new Map(JSON.parse(process.env.VARVE_CHAOS_ROUTES ?? '[]') as [number, number][]);

interface WithPort {
  readonly port?: unknown;
}

function redirected(options: WithPort): WithPort {
  const port = routes.get(Number(options.port));
  return port === undefined ? options : { ...options, port };
}

const connect = Reflect.get(net.Socket.prototype, 'connect') as (...args: unknown[]) => net.Socket;

Reflect.set(net.Socket.prototype, 'connect', function (this: net.Socket, ...args: unknown[]): net.Socket {
  const [first] = args;
  // `net.connect` hands its options on within an array that it has marked; the mark must stay.
  if (Array.isArray(first)) first[0] = redirected(first[0] as WithPort);
  else if (typeof first === 'object' && first !== null) args[0] = redirected(first);
  return Reflect.apply(connect, this, args);
});
