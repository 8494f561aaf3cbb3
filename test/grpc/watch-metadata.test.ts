import t from 'tap';
import type { BrokerApi, ClusterView } from '../../src/broker/broker-api.js';
import { defined } from '../../src/common/assert.js';
import { metadataHandlers } from '../../src/grpc/metadata.js';
import { maxWatchBytes, WatchBudget } from '../../src/grpc/watch-budget.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/varve.js';

const { v1 } = varve;

/** A WatchMetadata stream, by hand. */
class Watch implements RpcStream {
  readonly queuedBytes = 0;
  /** Of what was sent. */
  readonly offsets: number[] = [];
  endedWith: string | undefined;
  reads = true;
  tell: (metadataOffset: number) => void = () => {};
  /** As of which metadata the node answers. */
  now = 1;
  #onMessage: ((message: Buffer) => void) | undefined;
  #onDrain: (() => void) | undefined;
  #onClose: (() => void) | undefined;

  constructor(budget = new WatchBudget(32 * 1024 * 1024)) {
    const view = (metadataOffset: number): ClusterView => ({
      clusterId: 'c',
      controllerId: 1,
      brokers: [],
      topics: [],
      metadataOffset,
    });
    const broker: Pick<BrokerApi, 'metadata' | 'watchMetadata'> = {
      metadata: () => view(this.now),
      watchMetadata: (_query, listener) => {
        this.tell = (metadataOffset) => listener(view((this.now = metadataOffset)));
        return () => {};
      },
    };
    const { streams } = metadataHandlers(broker as BrokerApi, budget);
    const call = { peer: { address: 'p:1' }, headers: {}, timeoutMs: undefined, signal: new AbortController().signal };
    defined(streams['/varve.v1.Varve/WatchMetadata'], 'the method')(this, call);
  }

  ask(topics: string[]): void {
    this.#onMessage?.(Buffer.from(v1.MetadataRequest.encode({ topics }).finish()));
  }

  drain(): void {
    this.reads = true;
    this.#onDrain?.();
  }

  send(message: Uint8Array): boolean {
    this.offsets.push(v1.MetadataResponse.decode(message).metadata_offset);
    return this.reads;
  }

  allocate(sizeBytes: number): Buffer {
    return Buffer.alloc(sizeBytes);
  }
  recycle(): void {}

  onBorrowedMessage(): void {}

  onMessage(listener: (message: Buffer) => void): void {
    this.#onMessage = listener;
  }

  onDrain(listener: () => void): void {
    this.#onDrain = listener;
  }

  end(error?: { readonly code: string }): void {
    this.endedWith = error?.code;
  }

  onClose(listener: (error: undefined) => void): void {
    this.#onClose = () => listener(undefined);
  }

  close(): void {
    this.#onClose?.();
  }

  onEnd(): void {}
  pause(): void {}
  resume(): void {}
  cancel(): void {}
}

t.test('of what a watcher does not read nothing is kept, and it then hears what is known by then', async (t) => {
  const watch = new Watch();
  watch.ask(['log']);
  watch.reads = false;
  watch.tell(2);
  watch.tell(3);
  watch.tell(4);
  watch.now = 5;
  t.same(watch.offsets, [2]);
  watch.drain();
  t.same(watch.offsets, [2, 5]);
  watch.drain();
  watch.tell(6);
  t.same(watch.offsets, [2, 5, 6], 'once');
});

const names = (count: number, length: number): string[] =>
  Array.from({ length: count }, (_, index) => String(index).padStart(length, 'x'));

t.test('the names of one watch are bounded', async (t) => {
  for (const [topics, error] of [
    [names(1, 249), undefined],
    [names(1, 250), 'INVALID_TOPIC_EXCEPTION'],
    [names(4_000, 249), undefined],
    [names(5_000, 249), 'INVALID_REQUEST'],
  ] as const) {
    const watch = new Watch();
    watch.ask([...topics]);
    t.equal(watch.endedWith, error, `${topics.length} names of ${topics[0]?.length ?? 0} characters`);
  }
});

t.test('the names of all watches of a node are bounded, and make room when a watch ends', async (t) => {
  const budget = new WatchBudget(20 * 1024 * 1024);
  const watches: Watch[] = [];
  const open = (topics: readonly string[]): Watch => {
    const watch = new Watch(budget);
    watch.ask([...topics]);
    watches.push(watch);
    return watch;
  };
  const many = names(4_000, 249);
  let refused = open(many);
  while (refused.endedWith === undefined && watches.length < 100) refused = open(many);
  t.equal(refused.endedWith, 'THROTTLING_QUOTA_EXCEEDED');
  t.equal(watches.length, 4, 'the fourth has no room');
  t.equal(open([]).endedWith, undefined, 'who watches all topics names none');
  t.equal(open(['log']).endedWith, undefined, 'there is room for few names');
  refused.close();
  t.equal(open(many).endedWith, 'THROTTLING_QUOTA_EXCEEDED', 'one that was refused had taken nothing');
  watches[0]?.close();
  t.equal(open(many).endedWith, undefined);
  const twice = watches[1];
  twice?.ask(many);
  t.equal(twice?.endedWith, 'INVALID_REQUEST');
  for (const watch of watches) if (watch !== refused && watch !== watches[0]) watch.close();
  t.equal(budget.usedBytes, 0);
});

t.test('a node has room for what the clients of all its connections watch', async (t) => {
  const budget = new WatchBudget(maxWatchBytes(10_000));
  const fifty = names(50, 30);
  for (let client = 0; client < 10_000; client++) budget.take(fifty);
  t.ok(budget.usedBytes > 0);
  const small = new WatchBudget(maxWatchBytes(1));
  t.ok(small.take(names(4_000, 249)) > 0, 'one that has few connections takes the greatest watch');
});

t.test('a node says once that it has no room for more watches', async (t) => {
  const warnings: string[] = [];
  const logger = { ...silentLogger, warn: (_: unknown, message: string) => void warnings.push(message) };
  const budget = new WatchBudget(20_000, logger);
  const overfill = (): void => {
    for (let i = 0; i < 3; i++) t.throws(() => budget.take(names(20, 200)), { code: 'THROTTLING_QUOTA_EXCEEDED' });
  };
  const [small, great] = [budget.take(names(5, 30)), budget.take(names(20, 100))];
  overfill();
  t.equal(warnings.length, 1);
  t.match(warnings[0], /further streams are refused/);
  budget.give(small);
  overfill();
  t.equal(warnings.length, 1, 'it is nearly full still');
  budget.give(great);
  overfill();
  t.equal(warnings.length, 2, 'it had room meanwhile');
});
