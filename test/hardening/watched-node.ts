import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Test } from 'tap';
import { ClusterProcesses } from '../../scripts/cluster/cluster-processes.js';
import { defined } from '../../src/common/assert.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';
import { RawClient, encodedBatch } from './raw-client.js';

export const MIB = 1024 * 1024;
const BATCH_BYTES = 256 * 1024;
/** Together far more than any bound of the node. */
const BATCHES = 200;
/** What clients that stand still may cost a node. */
export const ALLOWED_BYTES = 32 * MIB;
const WATCH_MS = 3_000;

/** How consumers read: as thin clients do, or as those that decode by themselves. */
export type Reading = 'records' | 'batches';

export interface WatchedOptions {
  /** Another node leads the partition, and the watched one asks it for all that its clients want. */
  readonly forwards?: boolean;
  readonly reading?: Reading;
  /** The records are spread over so many, one if it is not given. */
  readonly partitions?: number;
}

/** A node in a process of its own, with 50 MiB in its partitions, warm from writing and reading them. */
export class WatchedNode {
  readonly #t: Test;
  readonly #cluster: ClusterProcesses;
  readonly #client: RawClient;

  readonly #nodeId: number;
  readonly #reading: Reading;
  readonly #partitions: number;
  #produced = 0;

  private constructor(t: Test, cluster: ClusterProcesses, client: RawClient, nodeId: number, options: WatchedOptions) {
    this.#t = t;
    this.#cluster = cluster;
    this.#client = client;
    this.#nodeId = nodeId;
    this.#reading = options.reading ?? 'batches';
    this.#partitions = options.partitions ?? 1;
  }

  static async start(t: Test, options: WatchedOptions = {}): Promise<WatchedNode> {
    const nodeId = options.forwards === true ? 2 : 1;
    const cluster = await ClusterProcesses.start({
      nodeCount: nodeId,
      config: { 'log.tail.cache.bytes': String(8 * MIB) },
      nodeArguments: ['--expose-gc', `--import=${new URL('collect-on-signal.js', import.meta.url).href}`],
    });
    t.teardown(() => cluster.close());
    const node = new WatchedNode(t, cluster, await connect(t, cluster, nodeId), nodeId, options);
    const assignment = Array.from({ length: node.#partitions }, () => ({ replicas: [1] }));
    const created = await node.#client.createTopic({ name: 'orders', assignment });
    if (created.error) throw new Error(created.error.message ?? 'no topic');
    let refused = '';
    for (let written = 0; written < BATCHES; written += refused === '' ? 1 : 0) refused = await node.produce();
    for (let i = 0; i < 3; i++) await node.readAll();
    return node;
  }

  connect(): Promise<RawClient> {
    return connect(this.#t, this.#cluster, this.#nodeId);
  }

  produce(): Promise<string> {
    const record_batch = encodedBatch(['x'.repeat(BATCH_BYTES)]);
    const partition = this.#produced++ % this.#partitions;
    return this.#client.produceError({ topic: 'orders', partition, record_batch });
  }

  get residentBytes(): number {
    return residentBytesOf(defined(this.#cluster.node(this.#nodeId).pid, 'the node runs'));
  }

  /** What the node holds once its garbage is collected: its heap and the buffers beside it. */
  async retainedBytes(): Promise<number> {
    const { pid, httpUrl } = this.#cluster.node(this.#nodeId);
    process.kill(defined(pid, 'the node runs'), 'SIGUSR2');
    // The signal is handled before the request: both wait for the same event loop.
    await fetch(`${httpUrl}/livez`);
    const metrics = await (await fetch(`${httpUrl}/metrics`)).text();
    const value = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
    return value('nodejs_heap_size_used_bytes') + value('nodejs_external_memory_bytes');
  }

  /** Reads everything at full speed. */
  async readAll(): Promise<void> {
    const client = await this.connect();
    const read = new Map<number, number>();
    await new Promise<void>((resolve, reject) => {
      const stream = this.consume(client);
      stream.onMessage((bytes) => {
        for (const { partition, next_offset } of varve.v1.ConsumeResponse.decode(bytes).partitions)
          read.set(partition ?? 0, next_offset ?? 0);
        if ([...read.values()].reduce((sum, records) => sum + records, 0) < BATCHES) return;
        resolve();
        stream.cancel();
      });
      stream.onClose((error) => reject(error ?? new Error('the stream ended')));
    });
  }

  /** A stream that reads the partitions from their start. */
  consume(client: RawClient): RpcStream {
    const stream = client.rpc.stream('/varve.v1.Varve/Consume');
    stream.send(
      varve.v1.ConsumeRequest.encode({
        positions: Array.from({ length: this.#partitions }, (_, partition) => ({
          topic: 'orders',
          partition,
          offset: 0,
        })),
        as_record_batches: this.#reading === 'batches',
        max_response_bytes: 4 * MIB,
      }).finish(),
    );
    return stream;
  }

  /** The greatest number of resident bytes while `client` goes on writing. */
  async greatestBytes(): Promise<number> {
    let greatest = 0;
    for (const deadline = Date.now() + WATCH_MS; Date.now() < deadline;) {
      const error = await this.produce();
      if (error !== '') throw new Error(`the others do not go on: ${error}`);
      greatest = Math.max(greatest, this.residentBytes);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return greatest;
  }
}

/** From /proc; systems without it have `ps`, which small images have not. */
function residentBytesOf(pid: number): number {
  const status = `/proc/${pid}/status`;
  const kib = existsSync(status)
    ? /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(kib) * 1024;
}

async function connect(t: Test, cluster: ClusterProcesses, nodeId: number): Promise<RawClient> {
  const [host = '', port = ''] = cluster.node(nodeId).grpcAddress.split(':');
  const client = await RawClient.connect({ host, port: Number(port) });
  t.teardown(() => client.close());
  return client;
}
