import t from 'tap';
import { sleep } from '../../src/platform/clock.js';
import type { Platform } from '../../src/platform/platform.js';
import type { RpcHandlers } from '../../src/platform/transport.js';
import { FaultInjector } from '../../src/simulation/fault-injector.js';
import { FAULT_KINDS, SWARM_KINDS, drawFaultPlan, formatPlan, parsePlan } from '../../src/simulation/fault-plan.js';
import { SeededRandom } from '../../src/simulation/random.js';
import { Simulation } from '../../src/simulation/simulation.js';

const PORT = 9093;
const NAMES = ['n1', 'n2', 'n3'];

/** Writes, syncs and answers; gives up on whatever error, as a program under a supervisor may. */
async function server(name: string, { transport, fileSystem }: Platform): Promise<void> {
  await fileSystem.makeDirectory('/d');
  const file = await fileSystem.open('/d/log', 'write');
  let position = await file.sizeBytes();
  const handlers: RpcHandlers = {
    unary: {
      '/t/Put': async (request) => {
        const at = position;
        position += request.length;
        await file.write([request], at);
        await file.sync();
        return Buffer.alloc(0);
      },
    },
    streams: {},
  };
  await transport.serveRpc({ host: name, port: PORT, handlers, maxMessageBytes: 1_000_000 });
  await new Promise(() => {});
}

async function run(seed: number): Promise<{ coverage: ReadonlyMap<string, number>; digest: string; answered: number }> {
  const simulation = new Simulation({ seed });
  let answered = 0;
  await simulation.run(
    async ({ clock, transport }) => {
      const subjects = NAMES.map((name) => {
        const host = simulation.host(name);
        const restart = (): void => host.start((platform) => server(name, platform), { mayFail: true });
        restart();
        return { host, restart, mayWipe: () => true };
      });
      const random = simulation.random.split('faults');
      const injector = new FaultInjector({
        simulation,
        random,
        plan: drawFaultPlan(random, FAULT_KINDS),
        subjects,
        clients: ['scenario'],
        mayFlip: (path) => path.endsWith('/log'),
      });
      const clients = NAMES.map((host) =>
        transport.connectRpc({ host, port: PORT, channel: 'test', maxMessageBytes: 1_000_000 }),
      );
      const put = async (index: number): Promise<void> => {
        const client = clients[index % clients.length];
        try {
          await client?.unary('/t/Put', Buffer.alloc(500, index), { timeoutMs: 200 });
          answered++;
        } catch {
          simulation.reached('put failed');
        }
      };
      injector.begin();
      for (let i = 0; i < 600; i++) {
        void put(i);
        await sleep(clock, 50);
      }
      injector.end();
      // Longer than a keepalive: then the last half-open connection is found out.
      await sleep(clock, 30_000);
      answered = 0;
      for (let i = 0; i < 30; i++) await put(i);
    },
    { limitMs: 600_000 },
  );
  return { coverage: simulation.coverage, digest: simulation.digest, answered };
}

t.test('over some seeds every kind of fault strikes, runs repeat, and all ends when faults end', async (t) => {
  const total = new Map<string, number>();
  for (let seed = 0; seed < 24; seed++) {
    const { coverage, digest, answered } = await run(seed);
    for (const [name, count] of coverage) total.set(name, (total.get(name) ?? 0) + count);
    t.equal(answered, 30, `seed ${seed}: everyone answers again`);
    if (seed % 8 === 0) t.equal((await run(seed)).digest, digest);
  }
  t.same(
    FAULT_KINDS.filter((kind) => !total.has(`fault: ${kind}`)),
    [],
    'none is missing',
  );
  t.ok((total.get('put failed') ?? 0) > 0);
});

t.test('a swarm leaves kinds out, and others in', (t) => {
  const sizes = new Set<number>();
  for (let seed = 0; seed < 50; seed++) sizes.add(drawFaultPlan(new SeededRandom(seed), FAULT_KINDS).length);
  t.ok(sizes.size > 5);
  t.notOk(sizes.has(FAULT_KINDS.length));
  t.end();
});

t.test('a plan is written and read', async (t) => {
  const plan = drawFaultPlan(new SeededRandom(7), SWARM_KINDS);
  const text = formatPlan(plan);
  t.equal(formatPlan(parsePlan(text) ?? []), text);
  for (const wrong of ['', 'kill', 'murder every 5 ms for 5 ms', 'kill every 5 ms for 5 ms; pause']) {
    t.equal(parsePlan(wrong), undefined, wrong);
  }
});
