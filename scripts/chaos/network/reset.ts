import type { Socket } from 'node:net';

/**
 * Breaks a connection off with a reset. Behind its own end a socket takes none: libuv refuses (uv_tcp_close_reset after
 * uv_shutdown), and Node leaves the handle open for ever, on which the process then spins when it ends.
 */
export function reset(socket: Socket): void {
  if (socket.writableEnded) socket.destroy();
  else socket.resetAndDestroy();
}
