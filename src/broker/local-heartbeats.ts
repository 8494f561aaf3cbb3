import type { HeartbeatStream, ServedHeartbeatStream } from './controller-link.js';

interface End {
  isOpen: boolean;
  message: (message: Buffer) => void;
  close: (error: Error | undefined) => void;
}

/**
 * The heartbeat stream of a broker to the controller in its own process, without the network: what is sent arrives after
 * the present callback, as nothing does within it on any other stream.
 */
export function localHeartbeats(serve: (stream: ServedHeartbeatStream) => void): HeartbeatStream {
  const broker = newEnd();
  const controller = newEnd();
  const over = (): void => {
    for (const end of [controller, broker]) {
      if (!end.isOpen) continue;
      end.isOpen = false;
      end.close(undefined);
    }
  };
  serve({ ...endOf(controller, broker), end: () => queueMicrotask(over) });
  return { ...endOf(broker, controller), cancel: () => queueMicrotask(over) };
}

function newEnd(): End {
  return { isOpen: true, message: () => {}, close: () => {} };
}

function endOf(own: End, other: End): Pick<HeartbeatStream, 'send' | 'onMessage' | 'onClose'> {
  return {
    send: (message) => {
      const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength);
      queueMicrotask(() => {
        if (other.isOpen) other.message(bytes);
      });
      return own.isOpen;
    },
    onMessage: (listener) => void (own.message = listener),
    onClose: (listener) => void (own.close = listener),
  };
}
