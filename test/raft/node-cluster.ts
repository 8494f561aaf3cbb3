import { assert, defined } from '../../src/common/assert.js';
import { uuidFromBytes } from '../../src/common/ids.js';
import { sleep } from '../../src/platform/clock.js';
import type { Clock } from '../../src/platform/clock.js';
import type { KeyValueStores } from '../../src/platform/key-value-store.js';
import type { Platform } from '../../src/platform/platform.js';
import type { Address } from '../../src/platform/transport.js';
import type { AppliedEntry, ConfiguredVoter, RaftConfig, StateMachine } from '../../src/raft/api.js';
import { RaftNode } from '../../src/raft/raft-node.js';
import { Simulation } from '../../src/simulation/simulation.js';
import type { SimulatedHost } from '../../src/simulation/host.js';

const PORT = 9093;
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** All payloads in order: the simplest state that shows any mistake. */
export class ListMachine implements StateMachine {
  values: string[] = [];
  leadingTerm: number | undefined;
  /** What it held when it was last told that it may decide. */
  valuesInOffice: readonly string[] = [];

  apply(entries: readonly AppliedEntry[]): void {
    for (const { payload } of entries) this.values.push(Buffer.from(payload).toString());
  }

  takeSnapshot(): Iterable<Uint8Array> {
    const bytes = Buffer.from(JSON.stringify(this.values));
    return [bytes.subarray(0, 3), bytes.subarray(3)];
  }

  restoreSnapshot(chunks: readonly Uint8Array[]): void {
    this.values = JSON.parse(Buffer.concat(chunks).toString()) as string[];
  }

  onLeader(term: number): void {
    assert(this.leadingTerm === undefined, 'a leader is told once');
    this.leadingTerm = term;
    this.valuesInOffice = [...this.values];
  }

  onFollower(): void {
    assert(this.leadingTerm !== undefined, 'only a leader is told that it leads no more');
    this.leadingTerm = undefined;
  }
}

/** One simulated machine and the node that runs on it, while it runs. */
export class Member {
  readonly nodeId: number;
  readonly host: SimulatedHost;
  directoryId: string;
  /** What stands between its node and its stores. */
  stores: (stores: KeyValueStores) => KeyValueStores = (stores) => stores;
  clockOver: (clock: Clock) => Clock = (clock) => clock;
  node: RaftNode | undefined;
  machine = new ListMachine();
  failure: Error | undefined;
  /** What it knows of where others have registered. */
  registeredAddress: (nodeId: number) => Address | undefined = () => undefined;

  constructor(nodeId: number, host: SimulatedHost) {
    this.nodeId = nodeId;
    this.host = host;
    this.directoryId = uuidFromBytes(Buffer.alloc(16, nodeId));
  }

  get leads(): boolean {
    return this.node?.role === 'leader' && this.machine.leadingTerm !== undefined;
  }
}

/** Nodes of the metadata quorum in a simulation, with helpers that wait for what should happen. */
export class NodeCluster {
  readonly simulation: Simulation;
  readonly clock: Clock;
  readonly members: readonly Member[];
  readonly #config: Partial<RaftConfig>;
  readonly #voters: readonly ConfiguredVoter[];

  constructor(options: {
    simulation: Simulation;
    clock: Clock;
    voters: number;
    observers?: number;
    config?: Partial<RaftConfig>;
  }) {
    this.simulation = options.simulation;
    this.clock = options.clock;
    this.#config = options.config ?? {};
    const ids = Array.from({ length: options.voters + (options.observers ?? 0) }, (_, i) => i + 1);
    this.members = ids.map((id) => new Member(id, this.simulation.host(`n${id}`)));
    this.#voters = ids.slice(0, options.voters).map((nodeId) => ({ nodeId, host: `n${nodeId}`, port: PORT }));
  }

  member(nodeId: number): Member {
    return defined(this.members[nodeId - 1], 'the member exists');
  }

  get running(): readonly Member[] {
    return this.members.filter((member) => member.node !== undefined && member.host.running);
  }

  start(member: Member, voters: readonly ConfiguredVoter[] = this.#voters): void {
    member.machine = new ListMachine();
    member.failure = undefined;
    member.host.start((platform) => this.#program(member, voters, platform), { mayFail: true });
  }

  /** Starts a member that is configured to be its own cluster. */
  foundAlone(member: Member): void {
    this.start(member, [{ nodeId: member.nodeId, host: member.host.name, port: PORT }]);
  }

  startAll(): void {
    for (const member of this.members) this.start(member);
  }

  async #program(member: Member, voters: readonly ConfiguredVoter[], platform: Platform): Promise<void> {
    let failed: (error: Error) => void = () => {};
    const failure = new Promise<never>((_, reject) => {
      failed = reject;
    });
    try {
      const node = await RaftNode.open({
        nodeId: member.nodeId,
        directoryId: member.directoryId,
        voters,
        registeredAddress: (nodeId) => member.registeredAddress(nodeId),
        directory: '/data/raft',
        platform: {
          ...platform,
          clock: member.clockOver(platform.clock),
          keyValueStores: member.stores(platform.keyValueStores),
        },
        config: this.#config,
        stateMachine: member.machine,
        onFailure: failed,
      });
      const handlers = { unary: {}, streams: node.streamHandlers };
      const { transport } = platform;
      await transport.serveRpc({
        host: `n${member.nodeId}`,
        port: PORT,
        handlers,
        maxMessageBytes: MAX_MESSAGE_BYTES,
      });
      member.node = node;
      node.start();
      await failure;
    } catch (error) {
      member.node = undefined;
      member.failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  kill(member: Member): void {
    member.host.kill();
    member.node = undefined;
  }

  powerOff(member: Member): void {
    member.host.powerOff();
    member.node = undefined;
  }

  /** An empty directory: blank, with a new directory id. */
  wipe(member: Member): void {
    this.kill(member);
    member.host.wipe();
    member.directoryId = uuidFromBytes(this.simulation.random.bytes(16));
  }

  /** Waits until `condition` holds; fails after `timeoutMs` of simulated time. */
  async until(what: string, condition: () => boolean, timeoutMs = 10_000): Promise<void> {
    const deadlineMs = this.clock.monotonicMs() + timeoutMs;
    while (!condition()) {
      if (this.clock.monotonicMs() > deadlineMs) throw new Error(`${what}: not within ${timeoutMs} ms`);
      await sleep(this.clock, 5);
    }
  }

  leader(): Member | undefined {
    return this.running.find((member) => member.leads);
  }

  async untilLeader(timeoutMs?: number): Promise<Member> {
    await this.until('a leader decides', () => this.leader() !== undefined, timeoutMs);
    return defined(this.leader(), 'there is a leader');
  }

  async propose(value: string): Promise<void> {
    const leader = await this.untilLeader();
    await defined(leader.node, 'a leader runs').propose([Buffer.from(value)]);
  }

  async untilEqual(values: readonly string[], members: readonly Member[] = this.members): Promise<void> {
    const expected = JSON.stringify(values);
    await this.until(`all members hold ${expected}`, () =>
      members.every((member) => JSON.stringify(member.machine.values) === expected),
    );
  }
}

/** Runs `scenario` with a cluster that is not yet started. */
export function withCluster(
  options: { seed: number; voters: number; observers?: number; config?: Partial<RaftConfig> },
  scenario: (cluster: NodeCluster) => Promise<void>,
): Promise<Simulation> {
  const simulation = new Simulation({ seed: options.seed });
  return simulation
    .run(({ clock }) => scenario(new NodeCluster({ ...options, simulation, clock })), { limitMs: 600_000 })
    .then(() => simulation);
}
