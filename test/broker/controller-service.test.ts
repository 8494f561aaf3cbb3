import t from 'tap';
import {
  ALLOCATE_PRODUCER_IDS,
  FORWARD_ADMIN,
  REGISTER_BROKER,
  REPORT_TRUNCATION,
} from '../../src/broker/controller-link.js';
import { ControllerService } from '../../src/broker/controller-service.js';
import { defined } from '../../src/common/assert.js';
import { VarveError } from '../../src/common/errors.js';
import { uuidToBytes } from '../../src/common/ids.js';
import { withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { MetadataState } from '../../src/metadata/metadata-state.js';
import { decodeMetadataBatch } from '../../src/metadata/record-codec.js';
import type { Platform } from '../../src/platform/platform.js';
import { silentLogger } from '../../src/platform/observe.js';
import { TransportError } from '../../src/platform/transport.js';
import { varve } from '../../src/protocol/controller.js';
import { varve as api } from '../../src/protocol/varve.js';
import type { AppliedEntry, Raft } from '../../src/raft/api.js';
import { CLUSTER_ID, directoryId, seededRandom } from '../controller/fixture.js';
import { ManualClock, settle } from '../log/support.js';

const {
  RegisterBrokerRequest,
  RegisterBrokerResponse,
  AllocateProducerIdsRequest,
  HeartbeatRequest,
  HeartbeatResponse,
  IdentifyResponse,
  ForwardAdminRequest,
  ReportTruncationRequest,
} = varve.internal;
const texts = new Map([['node.id', '1']]);

/** A controller in office whose log takes everything; `commit` applies what it has. */
class Office {
  readonly entries: AppliedEntry[] = [];
  readonly service: ControllerService;
  readonly clock = new ManualClock();
  /** By port: refuses connections, or gives its incarnation when it gets round to it. */
  readonly redialed = new Map<number, Promise<Uint8Array> | 'refuses'>();
  /** By node: its heartbeat stream ends. */
  readonly closeStream = new Map<number, () => void>();
  readonly #state: MetadataState;
  #applied = 0;

  constructor() {
    const ignore = (): void => {};
    this.#state = new MetadataState({ onLeader: ignore, onFollower: ignore });
    const raft = {
      clusterId: CLUSTER_ID,
      append: ([payload = Buffer.alloc(0)]: readonly Uint8Array[]) => {
        this.entries.push({ index: this.entries.length + 1, term: 1, payload });
        return { firstIndex: this.entries.length, lastIndex: this.entries.length, term: 1 };
      },
    };
    this.service = new ControllerService({
      nodeId: 1,
      incarnationId: directoryId(1, 1),
      config: withDynamicConfigs(texts, new Map(), new Map()),
      configTexts: texts,
      platform: {
        clock: this.clock,
        random: seededRandom(1),
        logger: silentLogger,
        transport: {
          connectBytes: async ({ port }: { port: number }) => {
            if (this.redialed.get(port) === 'refuses') throw new TransportError('refused', 'nothing listens there');
            return { onClose: ignore, destroy: ignore };
          },
          connectRpc: ({ port }: { port: number }) => ({ unary: () => this.redialed.get(port), close: ignore }),
        },
      } as unknown as Platform,
      raft: raft as unknown as Raft,
      state: this.#state,
      tls: undefined,
      addressOf: () => undefined,
    });
    this.service.activate(1);
  }

  commit(): void {
    this.#state.apply(this.entries.slice(this.#applied));
    this.#applied = this.entries.length;
  }

  async ask(method: string, request: Uint8Array): Promise<Buffer> {
    const handler = this.service.handlers.unary?.[method];
    if (handler === undefined) throw new Error(`no handler for ${method}`);
    return Buffer.from(
      await handler(Buffer.from(request), { peer: 'test' } as unknown as Parameters<typeof handler>[1]),
    );
  }

  async register(nodeId = 1, life = 1): Promise<number> {
    const answer = this.ask(
      REGISTER_BROKER,
      RegisterBrokerRequest.encode({
        version: 1,
        node_id: nodeId,
        cluster_id: CLUSTER_ID,
        incarnation_id: uuidToBytes(directoryId(nodeId, life)),
        listeners: [{ name: 'INTERNAL', host: '127.0.0.1', port: 9000 + nodeId, security_protocol: 'PLAINTEXT' }],
        log_dirs: [uuidToBytes(directoryId(nodeId))],
        min_metadata_version: 1,
        max_metadata_version: 1,
        previous_broker_epoch: -1,
      }).finish(),
    );
    this.commit();
    return Number(RegisterBrokerResponse.decode(await answer).broker_epoch);
  }

  /** Registers and is unfenced; gives the broker epoch. */
  async live(nodeId: number): Promise<number> {
    const epoch = await this.register(nodeId);
    let hear: (message: Buffer) => void = () => {};
    this.service.serveHeartbeats({
      send: () => true,
      onMessage: (listener) => (hear = listener),
      onClose: (listener) => void this.closeStream.set(nodeId, () => listener(undefined)),
      end() {},
    });
    const beat = { version: 1, node_id: nodeId, broker_epoch: epoch, metadata_offset: epoch };
    hear(Buffer.from(HeartbeatRequest.encode(beat).finish()));
    this.commit();
    return epoch;
  }
}

t.test('a request that is turned away had no effect, and one that lost its controller does not claim so', async (t) => {
  const office = new Office();
  const brokerEpoch = await office.register();
  const request = AllocateProducerIdsRequest.encode({ version: 1, node_id: 1, broker_epoch: brokerEpoch }).finish();
  const codes: string[] = [];
  let last: unknown;
  const answers: Promise<void>[] = [];
  const before = office.entries.length;
  for (let asked = 0; asked < 10_100; asked++) {
    const answer = office.ask(ALLOCATE_PRODUCER_IDS, request).then(
      () => void codes.push('NONE'),
      (error: unknown) => {
        last = error;
        codes.push(error instanceof VarveError ? error.code : String(error));
      },
    );
    answers.push(answer);
  }
  await Promise.all(answers.slice(-100));
  t.same(new Set(codes), new Set(['THROTTLING_QUOTA_EXCEEDED']));
  t.equal(office.entries.length - before + codes.length, 10_100, 'what was refused is not in the log');
  office.commit();
  await Promise.all(answers);
  t.equal(codes.filter((code) => code === 'NONE').length, office.entries.length - before);

  const lost = office.ask(ALLOCATE_PRODUCER_IDS, request);
  office.service.resign();
  await t.rejects(lost, { code: 'NETWORK_EXCEPTION', message: /before it knew whether the request took effect/ });
  t.match(last, { retriable: true });
  office.service.close();
});

/** The code that the only replica's leader is answered: it is to cut its log, unless what was proposed comes to nothing. */
function reportOfOnlyLeader(office: Office, brokerEpoch: number): Promise<string> {
  const request = api.v1.CreateTopicsRequest.encode({
    topics: [{ name: 'orders', assignment: [{ replicas: [2] }] }],
  }).finish();
  const create = { version: 1, method: '/varve.v1.Admin/CreateTopics', request };
  office.ask(FORWARD_ADMIN, ForwardAdminRequest.encode(create).finish()).catch(() => {});
  const made = decodeMetadataBatch(defined(office.entries.at(-1), 'the proposal').payload);
  const topic = defined(
    made.find((record) => record.kind === 'topic'),
    'the topic that was made',
  );
  const report = {
    version: 1,
    node_id: 2,
    broker_epoch: brokerEpoch,
    replica: { topic_id: uuidToBytes(topic.topicId), partition: 0, last_epoch: 0, end_offset: 7 },
    cannot_lead: true,
    leader_epoch: 0,
  };
  return office.ask(REPORT_TRUNCATION, ReportTruncationRequest.encode(report).finish()).then(
    () => 'NONE',
    (error: unknown) => (error instanceof VarveError ? error.code : String(error)),
  );
}

t.test('a leader is told to cut its log only once what that rests on is committed', async (t) => {
  for (const [commits, code] of [
    [true, 'ELIGIBLE_LEADERS_NOT_AVAILABLE'],
    [false, 'NETWORK_EXCEPTION'],
  ] as const) {
    const office = new Office();
    const brokerEpoch = await office.live(2);
    let told: string | undefined;
    const answer = reportOfOnlyLeader(office, brokerEpoch).then((code) => (told = code));
    await settle(50);
    t.equal(told, undefined, 'the partition may come to nothing');
    if (commits) office.commit();
    else office.service.resign();
    t.equal(await answer, code);
    office.service.close();
  }
});

interface Taken {
  readonly office: Office;
  /** Another incarnation of it answers. */
  answers(nodeId: number): Promise<void>;
  /** Who was fenced since, batch by batch. */
  fenced(): string[];
}

/** Brokers 2, 3 and 4 live, and a controller takes office that has asked each of them who it is. */
async function tookOffice(refusing: readonly number[] = []): Promise<Taken> {
  const office = new Office();
  for (const nodeId of [2, 3, 4]) await office.live(nodeId);
  office.service.resign();
  const before = office.entries.length;
  const tell = new Map<number, (answer: Uint8Array) => void>();
  for (const nodeId of [2, 3, 4]) {
    const answer = new Promise<Uint8Array>((resolve) => tell.set(nodeId, resolve));
    office.redialed.set(9000 + nodeId, refusing.includes(nodeId) ? 'refuses' : answer);
  }
  office.service.activate(2);
  return {
    office,
    async answers(nodeId) {
      tell.get(nodeId)?.(IdentifyResponse.encode({ version: 1, incarnation_id: Buffer.alloc(16, 99) }).finish());
      await settle(50);
    },
    fenced: () => fencedSince(office, before),
  };
}

/** Batch by batch. */
function fencedSince(office: Office, entries: number): string[] {
  return office.entries.slice(entries).map(({ payload }) =>
    decodeMetadataBatch(payload)
      .flatMap((record) => (record.kind === 'brokerChange' && record.fenced === true ? [record.nodeId] : []))
      .join(),
  );
}

t.test('brokers that have started anew are fenced in one batch', async (t) => {
  const { office, answers, fenced } = await tookOffice();
  await answers(3);
  await answers(2);
  t.same(fenced(), [], 'a third is asked still');
  await answers(4);
  t.same(fenced(), ['3,2,4']);
  office.service.close();
});

t.test('who has started anew is not waited with for long', async (t) => {
  const { office, answers, fenced } = await tookOffice();
  await answers(2);
  await answers(3);
  office.clock.advance(49);
  t.same(fenced(), []);
  office.clock.advance(1);
  t.same(fenced(), ['2,3']);
  await answers(4);
  t.same(fenced(), ['2,3', '4']);
  office.service.close();
});

t.test('who refuses a new controller is judged with those that are asked at the same time', async (t) => {
  const { office, answers, fenced } = await tookOffice([3]);
  await settle(50);
  await answers(2);
  t.same(fenced(), [], 'a third is asked still');
  await answers(4);
  t.same(fenced(), ['3,2,4']);
  office.service.close();

  const silent = await tookOffice([2, 3]);
  await settle(50);
  silent.office.clock.advance(49);
  t.same(silent.fenced(), []);
  silent.office.clock.advance(1);
  t.same(silent.fenced(), ['2,3'], 'not for long');
  silent.office.service.close();
});

t.test('who dies while a controller is in office, and refuses, is fenced at once', async (t) => {
  const office = new Office();
  for (const nodeId of [2, 3]) await office.live(nodeId);
  office.redialed.set(9002, new Promise(() => {}));
  office.redialed.set(9003, 'refuses');
  const before = office.entries.length;
  for (const nodeId of [2, 3]) office.closeStream.get(nodeId)?.();
  await settle(50);
  t.same(fencedSince(office, before), ['3'], 'though another is asked still');
  office.service.close();
});

t.test('a registration of a new incarnation waits to be judged with those that are asked', async (t) => {
  const { office, answers, fenced } = await tookOffice();
  await answers(2);
  let registered = false;
  const registration = office.register(3, 2).then(() => (registered = true));
  await answers(3);
  t.same(fenced(), [], 'a third is asked still');
  await answers(4);
  t.same(fenced(), ['2,3,4', ''], 'all of them are fenced in one batch, and then it is registered');
  office.commit();
  await registration;
  t.ok(registered);
  office.service.close();

  const early = await tookOffice();
  early.office.register(2, 2).catch(() => {});
  early.office.clock.advance(49);
  await settle(50);
  t.same(early.fenced(), []);
  early.office.clock.advance(1);
  await settle(50);
  t.same(early.fenced(), ['2', ''], 'not for long');
  early.office.service.close();
});

t.test('a registration that ends no incarnation does not end the wait of those that are gone', async (t) => {
  const { office, answers, fenced } = await tookOffice();
  await answers(2);
  await office.register(5);
  t.same(fenced(), ['']);
  await answers(3);
  await answers(4);
  t.same(fenced(), ['', '2,3,4']);
  office.service.close();
});

t.test('a registration that waits is told when its controller loses office', async (t) => {
  const { office } = await tookOffice();
  const registration = office.register(2, 2);
  await settle(50);
  office.service.resign();
  await t.rejects(registration, { code: 'NOT_CONTROLLER' });
  office.service.close();
});

t.test('a registration that would end an incarnation which beats, and answers for itself, is refused', async (t) => {
  const office = new Office();
  const epoch = await office.live(2);
  const answersAs = (life: number): void => {
    const answer = IdentifyResponse.encode({ version: 1, incarnation_id: uuidToBytes(directoryId(2, life)) }).finish();
    office.redialed.set(9002, Promise.resolve(answer));
  };
  answersAs(1);
  await t.rejects(office.register(2, 2), { code: 'INVALID_REGISTRATION', message: /a copy of its disk/ });
  // The same address, and it is another one: what still stands of the former stream counts for nothing.
  answersAs(2);
  const registration = office.register(2, 2);
  await settle(20);
  office.commit();
  t.ok((await registration) > epoch);
  office.service.close();
});

t.test('leases are looked at when the first of them ends, not before', async (t) => {
  const office = new Office();
  await office.register(2);
  const looks: number[] = [];
  const { after } = office.clock;
  office.clock.after = (delayMs, callback) => {
    looks.push(delayMs);
    return after.call(office.clock, delayMs, callback);
  };
  office.clock.advance(700);
  await office.register(3);
  office.clock.advance(799);
  t.same(looks, [], 'both leases go on');
  office.clock.advance(1);
  await Promise.resolve();
  t.same(looks, [700], 'that of broker 2 is over, that of broker 3 ends next');
  office.service.close();
});

t.test('a heartbeat is answered what its broker does not know yet', async (t) => {
  const office = new Office();
  const brokerEpoch = await office.register(2);
  const answers: string[] = [];
  let hear: (message: Buffer) => void = () => {};
  office.service.serveHeartbeats({
    send: (bytes) => {
      const { error, fenced, should_shut_down } = HeartbeatResponse.decode(bytes);
      const word = fenced ? 'fenced' : 'live';
      answers.push(`${word}${error === 0 ? '' : ', stale'}${should_shut_down ? ', may stop' : ''}`);
      return true;
    },
    onMessage: (listener) => (hear = listener),
    onClose() {},
    end() {},
  });
  const beat = (more: { metadata_offset: number; want_shut_down?: boolean; broker_epoch?: number }): void => {
    const request = { version: 1, node_id: 2, broker_epoch: brokerEpoch, ...more };
    hear(Buffer.from(HeartbeatRequest.encode(request).finish()));
    office.commit();
  };
  beat({ metadata_offset: 0 });
  beat({ metadata_offset: 0 });
  t.same(answers, ['fenced'], 'behind its own registration');
  beat({ metadata_offset: brokerEpoch });
  for (let i = 0; i < 5; i++) beat({ metadata_offset: brokerEpoch });
  t.same(answers, ['fenced', 'live'], 'nothing is new');
  beat({ metadata_offset: brokerEpoch, want_shut_down: true });
  beat({ metadata_offset: brokerEpoch, want_shut_down: true });
  beat({ metadata_offset: brokerEpoch, want_shut_down: true });
  t.same(answers.slice(2), ['live', 'fenced, may stop', 'fenced, may stop'], 'whoever asks is answered each time');
  beat({ metadata_offset: brokerEpoch, broker_epoch: brokerEpoch + 1 });
  t.same(answers.slice(5), ['fenced, stale']);
  office.service.close();
});
