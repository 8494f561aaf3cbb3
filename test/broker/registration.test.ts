import t from 'tap';
import { ControllerLink } from '../../src/broker/controller-link.js';
import { Registration, longestHeartbeatIntervalMs } from '../../src/broker/registration.js';
import { errorCode, VarveError } from '../../src/common/errors.js';
import { withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import type { Clock } from '../../src/platform/clock.js';
import { silentLogger } from '../../src/platform/observe.js';
import type { RpcClient, RpcStream } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/controller.js';

/** Time that moves when told to; what is due runs, and so do the promises that it settles. */
class ManualClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; callback: () => void }[] = [];

  monotonicMs(): number {
    return this.#nowMs;
  }

  wallMs(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): { cancel(): void } {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return { cancel: () => (this.#timers = this.#timers.filter((one) => one !== timer)) };
  }

  defer(callback: () => void): void {
    this.after(0, callback);
  }

  atEndOfTurn(callback: () => void): void {
    queueMicrotask(callback);
  }

  takeLatenessMs(): number {
    return 0;
  }

  async advance(byMs: number): Promise<void> {
    for (const endMs = this.#nowMs + byMs; this.#nowMs < endMs; this.#nowMs += 10) {
      const due = this.#timers.filter((timer) => timer.atMs <= this.#nowMs);
      this.#timers = this.#timers.filter((timer) => !due.includes(timer));
      for (const timer of due) timer.callback();
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const QUIET_STREAM: RpcStream = {
  send: () => true,
  allocate: (sizeBytes) => Buffer.allocUnsafe(sizeBytes),
  recycle: () => {},
  queuedBytes: 0,
  pause() {},
  resume() {},
  onMessage() {},
  onBorrowedMessage() {},
  onDrain() {},
  onClose() {},
  onEnd() {},
  end() {},
  cancel() {},
};

function optionsOf(clock: Clock) {
  return {
    nodeId: 1,
    clock,
    logger: silentLogger,
    request: () => ({}),
    metadataOffset: () => 0,
    offlineLogDirs: () => [],
    diskHangs: () => false,
    heartbeatIntervalMs: 200,
    longestIntervalMs: 500,
    retryMs: 50,
    duplicateGraceMs: 3_000,
    onRegistered() {},
    onRefused() {},
  };
}

function setUp(
  answer: () => Uint8Array,
  heartbeats: RpcStream = QUIET_STREAM,
): { clock: ManualClock; registration: Registration; refused: VarveError[] } {
  const clock = new ManualClock();
  const refused: VarveError[] = [];
  const client: RpcClient = {
    unary: async () => Buffer.from(answer()),
    stream: () => heartbeats,
    close() {},
  };
  const registration = new Registration({
    ...optionsOf(clock),
    link: new ControllerLink({
      nodeId: 1,
      raft: { leaderId: 2, openStream: () => undefined },
      clientOf: () => client,
      serveOwnHeartbeats() {},
      timeoutMs: 1000,
    }),
    onRefused: (error) => refused.push(error),
  });
  return { clock, registration, refused };
}

const REGISTERED = varve.internal.RegisterBrokerResponse.encode({ version: 1, broker_epoch: 7 }).finish();

t.test('a node id that is in use is asked for again for some leases, and then given up', async (t) => {
  let tries = 0;
  const { clock, registration, refused } = setUp(() => {
    tries++;
    throw new VarveError('DUPLICATE_BROKER_REGISTRATION');
  });
  registration.controllerChanged();
  await clock.advance(2_900);
  t.ok(tries > 10, `${tries} tries`);
  t.same(refused, []);
  await clock.advance(300);
  t.match(refused, [{ code: 'DUPLICATE_BROKER_REGISTRATION' }]);
  registration.close();
});

t.test('once its former self is known to be dead it is registered', async (t) => {
  let tries = 0;
  const { clock, registration, refused } = setUp(() => {
    if (++tries < 5) throw new VarveError('DUPLICATE_BROKER_REGISTRATION');
    return REGISTERED;
  });
  registration.controllerChanged();
  await clock.advance(1_000);
  t.equal(registration.brokerEpoch, 7);
  t.same(refused, []);
  registration.close();
});

t.test('a node that has to register anew meets its former self again, with the same patience', async (t) => {
  let tries = 0;
  let answer: ((message: Buffer) => void) | undefined;
  const heartbeats = { ...QUIET_STREAM, onMessage: (listener: (message: Buffer) => void) => void (answer = listener) };
  const { clock, registration, refused } = setUp(() => {
    // In use at the start, and again for the second registration.
    if (++tries === 1 || tries === 3) throw new VarveError('DUPLICATE_BROKER_REGISTRATION');
    return REGISTERED;
  }, heartbeats);
  registration.controllerChanged();
  await clock.advance(10_000);
  t.equal(tries, 2);
  const unknown = { version: 1, error: errorCode('STALE_BROKER_EPOCH') };
  answer?.(Buffer.from(varve.internal.HeartbeatResponse.encode(unknown).finish()));
  await clock.advance(1_000);
  t.same(refused, [], 'what was long ago does not count');
  t.equal(tries, 4);
  t.equal(registration.brokerEpoch, 7);
  registration.close();
});

t.test('what no waiting mends is given up at once', async (t) => {
  const { clock, registration, refused } = setUp(() => {
    throw new VarveError('INCONSISTENT_CLUSTER_ID');
  });
  registration.controllerChanged();
  await clock.advance(50);
  t.match(refused, [{ code: 'INCONSISTENT_CLUSTER_ID' }]);
  registration.close();
});

t.test('a stop waits for the controller while it answers, and not for one that says nothing', async (t) => {
  let answer: ((message: Buffer) => void) | undefined;
  const heartbeats = { ...QUIET_STREAM, onMessage: (listener: (message: Buffer) => void) => void (answer = listener) };
  const { clock, registration } = setUp(() => REGISTERED, heartbeats);
  registration.controllerChanged();
  await clock.advance(100);
  let stopped = false;
  const patience = { timeoutMs: 30_000, loneMs: 500, silentMs: 3_000 };
  void registration.shutDown(patience).then(() => (stopped = true));
  for (let i = 0; i < 4; i++) {
    await clock.advance(2_000);
    answer?.(Buffer.from(varve.internal.HeartbeatResponse.encode({ version: 1 }).finish()));
  }
  await clock.advance(2_800);
  t.equal(stopped, false);
  await clock.advance(300);
  t.equal(stopped, true);
  registration.close();
});

t.test("a heartbeat travels with the quorum's, and goes by itself where there is none", async (t) => {
  const sentMs: number[] = [];
  const heartbeats = { ...QUIET_STREAM, send: () => sentMs.push(clock.monotonicMs()) > 0 };
  const { clock, registration } = setUp(() => REGISTERED, heartbeats);
  const advanceTo = (ms: number): Promise<void> => clock.advance(ms - clock.monotonicMs());
  registration.controllerChanged();
  await advanceTo(10);
  for (const ms of [140, 210, 300, 400]) {
    await advanceTo(ms);
    registration.quorumBeats();
  }
  t.same(sentMs, [0, 210, 400], 'when it is due, or soon will be');
  await advanceTo(1_500);
  t.same(sentMs.slice(3), [900, 1_400], 'the leader says nothing: at the longest interval');
  registration.close();
  await advanceTo(3_000);
  t.equal(sentMs.length, 5, 'no more of them once it is closed');
});

t.test('the longest interval leaves room for three heartbeats in a lease', async (t) => {
  const longest = (configs: Record<string, string>): number =>
    longestHeartbeatIntervalMs(withDynamicConfigs(new Map(Object.entries(configs)), new Map(), new Map()));
  t.equal(longest({ 'node.id': '1' }), 500);
  const short = { 'node.id': '1', 'broker.session.timeout.ms': '400' };
  t.equal(longest(short), 200, 'and is no shorter than the interval');
  const rare = { 'node.id': '1', 'controller.quorum.heartbeat.interval.ms': '250' };
  t.equal(longest(rare), 200, 'the quorum has too few heartbeats to travel with');
});

t.test('a registration that a vanished controller was asked for is not waited for', async (t) => {
  const clock = new ManualClock();
  const asked: number[] = [];
  const registered: number[] = [];
  const raft = { leaderId: 2, openStream: () => undefined };
  const registration = new Registration({
    ...optionsOf(clock),
    link: new ControllerLink({
      nodeId: 1,
      raft,
      clientOf: (nodeId) => ({
        unary: () => {
          asked.push(nodeId);
          return nodeId === 2 ? new Promise<never>(() => {}) : Promise.resolve(Buffer.from(REGISTERED));
        },
        stream: () => QUIET_STREAM,
        close() {},
      }),
      serveOwnHeartbeats() {},
      timeoutMs: 5_000,
    }),
    onRegistered: (brokerEpoch) => void registered.push(brokerEpoch),
  });
  registration.controllerChanged();
  registration.controllerChanged();
  await clock.advance(100);
  t.same(asked, [2], 'once of each');
  raft.leaderId = 3;
  registration.controllerChanged();
  await clock.advance(100);
  t.same(asked, [2, 3]);
  t.same(registered, [7]);
  registration.close();
});
