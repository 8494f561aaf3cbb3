import { TransportError } from '../../platform/transport.js';
import type { Address, ByteServeOptions, ByteServer, ByteStream, RpcPeer } from '../../platform/transport.js';
import type { SimulatedProcess } from '../process.js';
import type { SeededRandom } from '../random.js';
import type { ConnectionEnd } from './connection.js';
import { Inbox, Outbox } from './flow.js';
import type { FlowBounds } from './flow.js';
import type { SimulatedNetwork } from './network.js';

const BOUNDS: FlowBounds = { maxQueuedBytes: 1024 * 1024, windowBytes: 256 * 1024 };
/** The largest piece that a read of a socket gives. */
const MAX_CHUNK_BYTES = 64 * 1024;
/** That a piece is cut somewhere: a stream of bytes keeps no boundaries, and no reader may count on any. */
const SPLIT_RATE = 0.1;

/** A raw connection: bytes in order, in pieces of any size. */
export class SimulatedByteStream implements ByteStream {
  readonly #end: ConnectionEnd;
  readonly #random: SeededRandom;
  readonly #outbox = new Outbox(BOUNDS);
  readonly #inbox: Inbox;
  #ended = false;
  #closed = false;
  #outcome: { readonly error: Error | undefined } | undefined;
  #closeListener: ((error: Error | undefined) => void) | undefined;

  constructor(end: ConnectionEnd, random: SeededRandom) {
    this.#end = end;
    this.#random = random;
    this.#inbox = new Inbox({
      process: end.process,
      bounds: BOUNDS,
      credit: (bytes) => end.send({ type: 'window', bytes }, 0),
    });
    this.#inbox.emptyListener = () => this.#onEmpty();
    this.#outbox.attach((chunk) => end.send({ type: 'data', chunk }, chunk.length));
    end.handle({
      onFrame: (frame) => {
        if (frame.type === 'data') this.#inbox.push(Buffer.from(frame.chunk));
        else if (frame.type === 'window') this.#outbox.credit(frame.bytes);
      },
      onBreak: (error) => this.#onBreak(error),
    });
  }

  get peer(): RpcPeer {
    return this.#end.peer;
  }

  get queuedBytes(): number {
    return this.#outbox.queuedBytes;
  }

  write(chunk: Uint8Array): boolean {
    if (this.#ended || this.#outcome !== undefined) return false;
    let under = this.#outbox.queuedBytes <= BOUNDS.maxQueuedBytes;
    for (let start = 0; start < chunk.length;) {
      let size = Math.min(MAX_CHUNK_BYTES, chunk.length - start);
      if (size > 1 && this.#random.chance(SPLIT_RATE)) size = this.#random.integer(1, size - 1);
      under = this.#outbox.push(chunk.subarray(start, start + size));
      start += size;
    }
    return under;
  }

  pause(): void {
    this.#inbox.pause();
  }

  resume(): void {
    this.#inbox.resume();
  }

  onData(listener: (chunk: Buffer) => void): void {
    this.#inbox.messageListener = listener;
  }

  onDrain(listener: () => void): void {
    this.#outbox.drainListener = listener;
  }

  onClose(listener: (error: Error | undefined) => void): void {
    this.#closeListener = listener;
  }

  end(): void {
    if (this.#ended || this.#outcome !== undefined) return;
    this.#ended = true;
    this.#outbox.whenFlushed(() => {
      this.#end.close();
      this.#finishSoon(undefined);
    });
  }

  destroy(): void {
    if (this.#outcome !== undefined) return;
    this.#end.destroy();
    this.#finishSoon(undefined);
  }

  #onBreak(error: TransportError | undefined): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = { error };
    this.#outbox.clear();
    // In order: what came before is read first. With an error it is not.
    if (error !== undefined) this.#tell();
    else this.#inbox.deliver();
  }

  #onEmpty(): void {
    if (this.#outcome !== undefined) this.#tell();
  }

  #finishSoon(error: Error | undefined): void {
    this.#outcome = { error };
    this.#outbox.clear();
    this.#inbox.close();
    if (this.#end.process.alive) this.#end.process.schedule(0, 'network', () => this.#tell());
  }

  #tell(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#inbox.close();
    this.#closeListener?.(this.#outcome?.error);
  }
}

/** Listens for raw connections on the process's host. */
export class SimulatedByteServer implements ByteServer {
  readonly address: Address;
  readonly #process: SimulatedProcess;
  readonly #stopListening: () => void;
  readonly #streams = new Map<ConnectionEnd, SimulatedByteStream>();
  #accepted = 0;

  constructor(options: {
    network: SimulatedNetwork;
    process: SimulatedProcess;
    random: SeededRandom;
    serve: ByteServeOptions;
  }) {
    const { network, process, random, serve } = options;
    this.#process = process;
    const ends = new Set<ConnectionEnd>();
    const listening = network.listen(serve, {
      process,
      mayAccept: () => {
        for (const end of ends) if (!end.open) ends.delete(end);
        return serve.maxConnections === undefined || ends.size < serve.maxConnections;
      },
      accept: (end) => {
        ends.add(end);
        this.#accepted++;
        process.enter('network', () => {
          for (const known of this.#streams.keys()) if (!known.open) this.#streams.delete(known);
          const stream = new SimulatedByteStream(end, random.split(`${serve.port}/${this.#accepted}`));
          this.#streams.set(end, stream);
          serve.onConnection(stream);
        });
      },
    });
    this.address = listening.address;
    this.#stopListening = listening.close;
  }

  close(): Promise<void> {
    this.#stopListening();
    for (const stream of this.#streams.values()) stream.destroy();
    this.#streams.clear();
    return new Promise((resolve) => {
      if (this.#process.alive) this.#process.schedule(0, 'network', resolve);
    });
  }
}
