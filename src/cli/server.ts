import type { NodeDoor } from '../broker/node-door.js';
import type { VarveNode } from '../broker/node.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import { parseBrokerConfig } from '../metadata/configs/parse.js';
import type { OwnedPlatform, Surroundings } from './surroundings.js';
import { readNodeConfig } from './node-config.js';
import { Report } from './report.js';

export interface ServerOptions {
  readonly config: string;
  readonly override?: ConfigTexts;
}

export interface DevOptions {
  readonly dir?: string;
  /** The first of four; 0 takes free ones. */
  readonly port: number;
  readonly override?: ConfigTexts;
  readonly json?: boolean;
}

const LISTENERS = ['KAFKA', 'INTERNAL', 'GRPC', 'HTTP'] as const;

/** Runs a node until it is told to stop; rejects when it cannot start or cannot go on. */
export async function runServer(surroundings: Surroundings, options: ServerOptions): Promise<void> {
  const texts = await readNodeConfig(surroundings.readFile, options.config, options.override ?? new Map());
  const { logLevel } = parseBrokerConfig(texts);
  const platform = await surroundings.openPlatform({ logLevel, metrics: true });
  const { logger } = platform;
  try {
    await runNode(surroundings, texts, platform, async (node) => {
      const listeners = LISTENERS.flatMap((name) => {
        const address = node.address(name);
        return address === undefined ? [] : [`${name}://${address.host}:${address.port}`];
      });
      logger.info({ nodeId: node.nodeId, version: surroundings.version, listeners }, 'The node listens.');
      await node.ready();
      logger.info({ nodeId: node.nodeId, clusterId: node.clusterId }, 'The node serves.');
    });
    logger.info({}, 'The node has stopped.');
  } finally {
    await platform.close();
  }
}

/** Runs one node that is a whole cluster. */
export async function runDev(surroundings: Surroundings, options: DevOptions): Promise<void> {
  const port = (index: number): number => (options.port === 0 ? 0 : options.port + index);
  const texts = new Map([
    ['node.id', '1'],
    ['log.level', 'warn'],
    ['listeners', LISTENERS.map((name, index) => `${name}://127.0.0.1:${port(index)}`).join(',')],
    ...(options.override ?? []),
  ]);
  const { logLevel } = parseBrokerConfig(texts);
  const platform = await surroundings.openPlatform({ logLevel, metrics: true });
  const { fileSystem } = platform;
  const suffix = platform.random.bytes(6).toString('base64url');
  const own = `${surroundings.temporaryDirectory}/varve-dev-${suffix}`;
  const dir = texts.get('log.dirs') ?? options.dir ?? own;
  texts.set('log.dirs', dir);
  try {
    await runNode(surroundings, texts, platform, async (node) => {
      await node.ready();
      announce(surroundings, options, node, { dir, isTemporary: dir === own });
    });
  } finally {
    if (dir === own) await fileSystem.removeTree(dir);
    await platform.close();
  }
}

function announce(
  surroundings: Surroundings,
  options: DevOptions,
  node: VarveNode,
  { dir, isTemporary }: { readonly dir: string; readonly isTemporary: boolean },
): void {
  const report = new Report(surroundings, options);
  const addresses = LISTENERS.flatMap((name) => {
    const address = node.address(name);
    return address === undefined ? [] : [[name, `${address.host}:${address.port}`] as const];
  });
  report.give({ nodeId: node.nodeId, dir, listeners: Object.fromEntries(addresses) }, () => {
    const kept = isTemporary ? 'removed when it stops' : 'kept';
    report.line(`${report.colors.bold('Varve is ready.')} One node, data in ${dir} (${kept}).`);
    report.table(['LISTENER', 'ADDRESS'], addresses);
    const grpc = addresses.find(([name]) => name === 'GRPC')?.[1];
    const bootstrap = grpc === undefined || grpc === '127.0.0.1:9094' ? '' : ` --bootstrap ${grpc}`;
    report.line(`\nTry:  varve topics create hello${bootstrap}`);
    report.line(`      echo world | varve produce hello${bootstrap}`);
    report.line(`      varve consume hello --from-beginning${bootstrap}\nStop: Ctrl-C`);
  });
}

/** Starts the node, calls `started`, and closes the node when it is told to stop, fails, or `started` does. */
async function runNode(
  surroundings: Surroundings,
  config: ConfigTexts,
  platform: OwnedPlatform,
  started: (node: VarveNode) => Promise<void>,
): Promise<void> {
  const [{ VarveNode: Node }, doors] = await Promise.all([import('../broker/node.js'), loadDoors()]);
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const node = await Node.start({ config, platform, doors, onFailure: (error) => fail(error) });
  try {
    const { stop } = surroundings;
    const stopped = new Promise<void>((resolve) => {
      if (stop.aborted) resolve();
      else stop.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([failed, stopped, started(node).then(() => stopped)]);
  } finally {
    await node.close();
  }
}

async function loadDoors(): Promise<NodeDoor[]> {
  const [{ grpcDoor }, { httpDoor }] = await Promise.all([
    import('../grpc/grpc-node-door.js'),
    import('../http/http-node-door.js'),
  ]);
  return [grpcDoor, httpDoor];
}
