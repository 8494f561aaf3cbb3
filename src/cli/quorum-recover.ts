import type { BrokerConfig } from '../metadata/configs/tables.js';
import { metadataDirectoryOf, parseBrokerConfig } from '../metadata/configs/parse.js';
import type { ConfigTexts } from '../metadata/configs/parse.js';
import { META_PROPERTIES, parseMetaProperties } from '../log/meta-properties.js';
import { FileSystemError } from '../platform/file-system.js';
import type { FileSystem } from '../platform/file-system.js';
import type { Voter } from '../raft/api.js';
import { CommandError } from './command-error.js';
import { readNodeConfig } from './node-config.js';
import { Report } from './report.js';
import type { Surroundings } from './surroundings.js';

export interface RecoverOptions {
  readonly config: string;
  readonly override?: ConfigTexts;
  /** Do not ask. */
  readonly yes?: boolean;
}

/** Makes this stopped node the only voter of its cluster, once the person who runs it has agreed. */
export async function recoverQuorum(surroundings: Surroundings, options: RecoverOptions): Promise<void> {
  const texts = await readNodeConfig(surroundings.readFile, options.config, options.override ?? new Map());
  const config = parseBrokerConfig(texts);
  const platform = await surroundings.openPlatform({ logLevel: 'silent' });
  const { fileSystem, keyValueStores } = platform;
  const directory = metadataDirectoryOf(config);
  const report = new Report(surroundings, {});
  try {
    const self = await selfOf(fileSystem, config, directory);
    const lock = await fileSystem.lockDirectory(directory);
    try {
      const { recoverQuorum: recover } = await import('../raft/storage/recover.js');
      const path = `${directory}/quorum`;
      const done = await recover({ keyValueStores, fileSystem, directory: path, self }, async (plan) => {
        const voters = plan.voters.map((voter) => `${voter.nodeId}@${voter.host}:${voter.port}`).join(', ');
        report.line(`Node ${self.nodeId}, directory ${self.directoryId}. The voters are ${voters}.`);
        report.line(`Its log ends at entry ${plan.lastIndex} of term ${plan.lastTerm}, committed to ${plan.commit}.`);
        report.line(report.colors.yellow(plan.warning));
        return options.yes === true || agrees(surroundings, self.nodeId);
      });
      if (!done) throw new CommandError('Nothing was changed.', 'To agree, type the node.id, or give --yes.');
      report.line(
        `Node ${self.nodeId} is the only voter now. Start it; then bring the other voters back with empty directories.`,
      );
      if (!config.processRoles.includes('controller')) {
        report.line(
          `Before that, give it the role controller (process.roles), and name it alone in controller.quorum.voters of all nodes.`,
        );
      }
    } finally {
      await lock.release();
    }
  } finally {
    await platform.close();
  }
}

async function selfOf(fileSystem: FileSystem, config: BrokerConfig, directory: string): Promise<Voter> {
  const path = `${directory}/${META_PROPERTIES}`;
  let content: Buffer;
  try {
    content = await fileSystem.readFile(path);
  } catch (error) {
    if (!(error instanceof FileSystemError) || error.kind !== 'missing') throw error;
    throw new CommandError(
      `${directory} holds no node: there is no ${path}.`,
      'Name the settings of a node that was in the cluster.',
    );
  }
  const properties = parseMetaProperties(content, path);
  if (properties.nodeId !== config.nodeId) {
    throw new CommandError(
      `${directory} is that of node ${properties.nodeId}, the settings are those of node ${config.nodeId}.`,
      'Use the settings of that node.',
    );
  }
  const listener =
    config.advertisedListeners.find(({ name }) => name === 'INTERNAL') ??
    config.listeners.find(({ name }) => name === 'INTERNAL');
  if (listener === undefined) throw new CommandError('listeners has no INTERNAL.', 'A node needs one.');
  const { host, port } = listener;
  return { nodeId: config.nodeId, directoryId: properties.directoryId, host: host === '' ? '127.0.0.1' : host, port };
}

/** Asks on the terminal, or takes what comes on standard input. */
async function agrees({ stdin, stdout }: Surroundings, nodeId: number): Promise<boolean> {
  stdout.write(`Type the node.id, ${nodeId}, to go on: `);
  let answer = '';
  for await (const chunk of stdin.chunks) {
    answer += chunk.toString();
    if (answer.includes('\n') || answer.length > 100) break;
  }
  return answer.trim() === String(nodeId);
}
