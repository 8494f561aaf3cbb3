import { assert, defined, unreachable } from '../common/assert.js';
import { HEALTHY_DISK } from './disk/disk.js';
import type { Hang } from './disk/disk.js';
import { DAMAGING, FAULT_KINDS } from './fault-plan.js';
import type { FaultKind, FaultPlan, FaultRate } from './fault-plan.js';
import type { SimulatedHost } from './host.js';
import type { LinkBehaviour } from './network/network.js';
import type { SeededRandom } from './random.js';
import type { Simulation } from './simulation.js';
import { strikeName } from './strikes.js';
import type { Strikes } from './strikes.js';

/** A host that faults may strike, and how its program is started again. */
export interface FaultSubject {
  readonly host: SimulatedHost;
  readonly restart: () => void;
  /** Whether its disk may be exchanged for an empty one now (every other replica of its data is whole). */
  readonly mayWipe?: () => boolean;
}

export interface FaultInjectorOptions {
  readonly simulation: Simulation;
  readonly random: SeededRandom;
  readonly plan: FaultPlan;
  readonly subjects: readonly FaultSubject[];
  /** Names of hosts whose links suffer, too: clients. */
  readonly clients: readonly string[];
  /** Which files a flipped bit may be in. */
  readonly mayFlip: (path: string) => boolean;
  /** Whether the victim may lose what it has synced now; always without it. */
  readonly mayDestroy?: () => boolean;
  readonly strikes?: Strikes;
}

export const isOfQuorum = (path: string): boolean => /\/quorum(?:\/|$)/.test(path);
/** What of a host may be on the device that hangs. */
const HANGING: readonly (readonly [what: string, concerns: Hang['concerns']])[] = [
  ['the logs', (path) => !isOfQuorum(path)],
  ['the quorum', isOfQuorum],
  ['everything', () => true],
];

/** Strikes with the faults of a plan until it is ended. */
export class FaultInjector {
  readonly #options: FaultInjectorOptions;
  readonly #simulation: Simulation;
  /** One stream a kind, and of it one a strike: taking some out leaves what the others do as it was. */
  readonly #streams: ReadonlyMap<FaultKind, SeededRandom>;
  /** The one subject that damage may strike. */
  readonly #victim: FaultSubject;
  readonly #counts = new Map<FaultKind, number>();
  #active = false;

  constructor(options: FaultInjectorOptions) {
    assert(options.subjects.length > 0, 'faults need someone to strike');
    this.#options = options;
    this.#simulation = options.simulation;
    this.#streams = new Map(FAULT_KINDS.map((kind) => [kind, options.random.split(kind)]));
    this.#victim = options.random.pick(options.subjects);
  }

  get victim(): SimulatedHost {
    return this.#victim.host;
  }

  /** Whether the plan has faults that destroy what the victim synced. */
  get isDamaging(): boolean {
    return this.#options.plan.some(({ kind }) => DAMAGING.has(kind));
  }

  /** Whether the victim's disk may lose what it synced while it is the same disk. */
  get mayLie(): boolean {
    return this.#options.plan.some(({ kind }) => DAMAGING.has(kind) && kind !== 'wipe');
  }

  begin(): void {
    assert(!this.#active, 'faults begin once');
    this.#active = true;
    for (const rate of this.#options.plan) this.#scheduleNext(rate);
  }

  /** Ends all faults: links and disks are well again, everyone runs. What was lost stays lost. */
  end(): void {
    this.#active = false;
    const { network } = this.#simulation;
    network.healAll();
    network.restoreLinks();
    for (const { host, restart } of this.#options.subjects) {
      host.disk.behaviour = { ...HEALTHY_DISK };
      host.disk.capacityBytes = Number.POSITIVE_INFINITY;
      host.time.setRate(1);
      host.resume();
      if (!host.running) restart();
    }
    this.#simulation.say('fault', 'All faults end.');
  }

  #scheduleNext(rate: FaultRate): void {
    this.#simulation.at(this.#streamOf(rate.kind).between(0, 2 * rate.meanEveryMs), () => {
      if (!this.#active) return;
      const { kind } = rate;
      const count = this.#counts.get(kind) ?? 0;
      this.#counts.set(kind, count + 1);
      const name = strikeName(kind, count);
      if (this.#options.strikes?.allows(name) !== false) this.#strikeAs(name, rate, this.#streamOf(kind).split(name));
      this.#scheduleNext(rate);
    });
  }

  #strikeAs(name: string, { kind, meanLastingMs }: FaultRate, random: SeededRandom): void {
    if (DAMAGING.has(kind) && this.#options.mayDestroy?.() === false) return;
    const lastingMs = random.between(0, 2 * meanLastingMs);
    const subject = DAMAGING.has(kind) ? this.#victim : random.pick(this.#options.subjects);
    const what = this.#strike(kind, subject, lastingMs, random);
    if (what === undefined) return;
    this.#simulation.reached(`fault: ${kind}`);
    this.#simulation.say('fault', `${name}: ${what}`);
    this.#options.strikes?.happened(name, what);
  }

  #streamOf(kind: FaultKind): SeededRandom {
    return defined(this.#streams.get(kind), 'every kind has a stream');
  }

  /** Says what it did; undefined when there was nothing to strike. */
  #strike(kind: FaultKind, subject: FaultSubject, lastingMs: number, random: SeededRandom): string | undefined {
    const { host } = subject;
    const ms = `for ${Math.round(lastingMs)} ms`;
    switch (kind) {
      case 'kill':
        return this.#takeDown([subject], lastingMs, random, () => host.kill()) && `${host.name} is killed ${ms}`;
      case 'powerOff':
        return this.#takeDown([subject], lastingMs, random, () => host.powerOff()) && `${host.name} loses power ${ms}`;
      case 'powerOffAll': {
        const all = this.#options.subjects;
        const off = (): void => all.forEach((one) => one.host.powerOff());
        return this.#takeDown(all, lastingMs, random, off) && 'all hosts lose power';
      }
      case 'wipe':
        return this.#wipe(subject, lastingMs, random);
      case 'pause':
        if (!host.running || host.paused) return undefined;
        host.pause();
        this.#later(lastingMs, () => host.resume());
        return `${host.name} is paused ${ms}`;
      case 'slowDisk':
      case 'hungDisk':
      case 'fullDisk':
      case 'syncFailure':
      case 'bitFlip':
      case 'misdirectedRead':
        return this.#strikeDisk(kind, host, lastingMs, random);
      case 'clockJump': {
        const byMs = random.integer(-60_000, 60_000);
        host.time.jumpWall(byMs);
        return `the wall clock of ${host.name} jumps by ${byMs} ms`;
      }
      case 'clockDrift': {
        const rate = 1 + random.between(-0.001, 0.001);
        host.time.setRate(rate);
        return `the clock of ${host.name} runs at ${rate.toFixed(6)}`;
      }
      case 'partition':
        return this.#partition(lastingMs, random);
      case 'oneWayCut':
      case 'clog':
      case 'slowLink':
      case 'loss':
      case 'reset':
        return this.#strikeLink(kind, lastingMs, random);
      default:
        return unreachable(kind);
    }
  }

  #takeDown(
    subjects: readonly FaultSubject[],
    lastingMs: number,
    random: SeededRandom,
    down: () => void,
  ): true | undefined {
    const struck = subjects.filter(({ host }) => host.running);
    if (struck.length === 0) return undefined;
    down();
    for (const { host, restart } of struck) {
      this.#later(lastingMs * random.between(0.5, 1), () => {
        if (!host.running) restart();
      });
    }
    return true;
  }

  #wipe(subject: FaultSubject, lastingMs: number, random: SeededRandom): string | undefined {
    const { host, mayWipe } = subject;
    if (!host.running || mayWipe?.() !== true) return undefined;
    this.#takeDown([subject], lastingMs, random, () => host.kill());
    host.wipe();
    return `${host.name} gets an empty disk`;
  }

  #strikeDisk(kind: FaultKind, host: SimulatedHost, lastingMs: number, random: SeededRandom): string | undefined {
    const { disk } = host;
    switch (kind) {
      case 'slowDisk': {
        const factor = 2 ** random.integer(1, 7);
        const [from, to] = HEALTHY_DISK.syncMs;
        disk.behaviour.syncMs = [from * factor, to * factor];
        this.#later(lastingMs, () => {
          disk.behaviour.syncMs = HEALTHY_DISK.syncMs;
        });
        return `the disk of ${host.name} is ${factor} times slower`;
      }
      case 'hungDisk':
        return this.#hangSyncs(host, lastingMs, random);
      case 'fullDisk': {
        const room = random.below(100_000);
        disk.capacityBytes = disk.usedBytes + room;
        this.#later(lastingMs, () => {
          disk.capacityBytes = Number.POSITIVE_INFINITY;
        });
        return `the disk of ${host.name} has ${room} bytes left`;
      }
      case 'syncFailure':
        disk.behaviour.syncFailureRate = random.between(0.01, 0.5);
        this.#later(lastingMs, () => {
          disk.behaviour.syncFailureRate = 0;
        });
        return `syncs of ${host.name} fail`;
      case 'misdirectedRead':
        disk.behaviour.misdirectedReadRate = random.between(0.001, 0.1);
        this.#later(lastingMs, () => {
          disk.behaviour.misdirectedReadRate = 0;
        });
        return `reads of ${host.name} go astray`;
      default: {
        const paths = disk.filePaths().filter(this.#options.mayFlip);
        if (paths.length === 0) return undefined;
        const path = random.pick(paths);
        return disk.flipBit(path) ? `a bit of ${path} on ${host.name} flips` : undefined;
      }
    }
  }

  /** Syncs that begin meanwhile end seconds later, as on a device that is being reset: those of the logs, of the quorum, or all. */
  #hangSyncs({ name, disk }: SimulatedHost, lastingMs: number, random: SeededRandom): string {
    const [what, concerns] = random.pick(HANGING);
    const hang: Hang = { ms: random.between(1_000, 10_000), concerns };
    disk.behaviour.hang = hang;
    this.#later(lastingMs, () => {
      if (disk.behaviour.hang === hang) disk.behaviour.hang = undefined;
    });
    return `syncs of ${what} on ${name} take ${Math.round(hang.ms)} ms, for ${Math.round(lastingMs)} ms`;
  }

  /** Parts all hosts, clients among them, into two groups that do not hear each other. */
  #partition(lastingMs: number, random: SeededRandom): string | undefined {
    const names = random.shuffle(this.#names());
    if (names.length < 2) return undefined;
    const size = random.integer(1, names.length - 1);
    const [one, other] = [names.slice(0, size), names.slice(size)];
    const { network } = this.#simulation;
    for (const a of one) for (const b of other) network.cutBoth(a, b);
    this.#later(lastingMs, () => {
      for (const a of one) for (const b of other) network.healBoth(a, b);
    });
    return `${one.join(', ')} are parted from ${other.join(', ')} for ${Math.round(lastingMs)} ms`;
  }

  #strikeLink(kind: FaultKind, lastingMs: number, random: SeededRandom): string | undefined {
    const names = random.shuffle(this.#names());
    if (names.length < 2) return undefined;
    const from = defined(names[0], 'there are two hosts');
    const to = defined(names[1], 'there are two hosts');
    const { network } = this.#simulation;
    const link = network.link(from, to);
    const behave = (change: Partial<LinkBehaviour>): void => {
      link.behaviour = { ...network.behaviour, ...change };
      this.#later(lastingMs, () => {
        link.behaviour = undefined;
      });
    };
    switch (kind) {
      case 'oneWayCut':
        network.cut(from, to);
        this.#later(lastingMs, () => network.heal(from, to));
        return `${to} does not hear ${from} for ${Math.round(lastingMs)} ms`;
      case 'clog': {
        if (random.chance(0.5)) {
          const others = names.slice(1);
          for (const other of others) network.clog(from, other);
          this.#later(lastingMs, () => others.forEach((other) => network.unclog(from, other)));
          return `what ${from} sends and gets stands still for ${Math.round(lastingMs)} ms`;
        }
        const latencyMs = random.between(5, 800);
        behave({ latencyMs: [latencyMs / 2, latencyMs] });
        return `from ${from} to ${to} it takes up to ${Math.round(latencyMs)} ms`;
      }
      case 'slowLink':
        behave({ bytesPerMs: random.between(50, 5_000) });
        return `from ${from} to ${to} the link is slow`;
      case 'loss':
        behave({ lossRate: random.between(0.01, 0.4) });
        return `from ${from} to ${to} packets are lost`;
      default: {
        const count = network.resetConnections(from, to);
        return count === 0 ? undefined : `${count} connections between ${from} and ${to} break`;
      }
    }
  }

  #names(): string[] {
    return [...this.#options.subjects.map(({ host }) => host.name), ...this.#options.clients];
  }

  #later(delayMs: number, callback: () => void): void {
    this.#simulation.at(delayMs, () => {
      if (this.#active) callback();
    });
  }
}
