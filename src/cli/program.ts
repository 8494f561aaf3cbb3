import { Argument, Command, Option } from 'commander';
import { parseBootstrap, DEFAULT_BOOTSTRAP } from './addresses.js';
import { collect, integerFrom, keyValue, replicaAssignment } from './arguments.js';
import type { DumpOptions } from './log-dump/dump.js';
import type { VoterOptions } from './quorum.js';
import type { ConnectionOptions } from './session.js';
import type { Surroundings } from './surroundings.js';
import type {
  AlterTopicOptions,
  CreateTopicOptions,
  DeleteTopicsOptions,
  DescribeTopicsOptions,
  ListTopicsOptions,
} from './topics.js';

/**
 * The whole command line, in one place. Only the definitions are loaded here: an action imports its code when it runs,
 * so that `varve --help` and `varve server` start at once.
 */
export function buildProgram(surroundings: Surroundings): Command {
  const program = new Command('varve')
    .description('Varve: a replicated, durable, Kafka-style log.')
    .version(surroundings.version, '-V, --version', 'Show the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage. More about each: varve COMMAND --help');
  addTopicCommands(program, surroundings);
  addClusterCommands(program, surroundings);
  addQuorumCommands(program, surroundings);
  addLogCommands(program, surroundings);
  program
    .command('completion')
    .description('Print a completion script for a shell')
    .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
    .addHelpText('after', '\nExample:\n  source <(varve completion bash)')
    .action(async (shell: 'bash' | 'zsh' | 'fish') => {
      const { completionScript } = await import('./completion.js');
      surroundings.stdout.write(completionScript(program, shell));
    });
  return program;
}

/** Adds the options of a command that talks to a cluster. */
function withConnection(command: Command, surroundings: Surroundings, { json = true } = {}): Command {
  command.addOption(
    new Option('--bootstrap <host:port,...>', `nodes to ask first (default: ${DEFAULT_BOOTSTRAP}, or $VARVE_BOOTSTRAP)`)
      .argParser(parseBootstrap)
      .default(surroundings.env.VARVE_BOOTSTRAP ? parseBootstrap(surroundings.env.VARVE_BOOTSTRAP) : undefined),
  );
  command.option('--command-config <file>', 'properties with security.protocol and ssl.* settings');
  command.addOption(
    new Option('--timeout-ms <ms>', 'how long to wait for an answer')
      .argParser(integerFrom(1, 2 ** 31 - 1))
      .default(10_000),
  );
  if (json) command.option('--json', 'print JSON, for scripts');
  return command;
}

function addTopicCommands(program: Command, surroundings: Surroundings): void {
  const topics = program.command('topics').description('Create, list, describe, alter and delete topics');
  const actions = () => import('./topics.js');
  const config = new Option('--config <key=value>', 'a topic setting, as retention.ms=3600000; repeatable').argParser(
    keyValue,
  );
  withConnection(topics.command('create'), surroundings)
    .description('Create a topic')
    .argument('<name>')
    .addOption(
      new Option('--partitions <count>', 'how many partitions (default: num.partitions)').argParser(integerFrom(1)),
    )
    .addOption(
      new Option(
        '--replication-factor <count>',
        'copies of each partition (default: default.replication.factor)',
      ).argParser(integerFrom(1, 32_767)),
    )
    .addOption(
      new Option('--replica-assignment <list>', 'node ids instead of both: 1:2:3,2:3:1 for two partitions')
        .argParser(replicaAssignment)
        .conflicts(['partitions', 'replicationFactor']),
    )
    .addOption(config)
    .option('--if-not-exists', 'do nothing when the topic exists')
    .option('--dry-run', 'check the request and create nothing')
    .action(async (name: string, options: CreateTopicOptions) =>
      (await actions()).createTopic(surroundings, name, options),
    );
  withConnection(topics.command('list'), surroundings)
    .description('List the topics')
    .option('--internal', 'internal topics too')
    .action(async (options: ListTopicsOptions) => (await actions()).listTopics(surroundings, options));
  withConnection(topics.command('describe'), surroundings)
    .description('Show partitions, leaders, replicas and settings')
    .argument('[names...]', 'all topics when none is named')
    .option('--under-replicated', 'only partitions with a replica out of sync')
    .option('--unavailable', 'only partitions without a leader')
    .action(async (names: string[], options: DescribeTopicsOptions) =>
      (await actions()).describeTopics(surroundings, names, options),
    );
  withConnection(topics.command('alter'), surroundings)
    .description('Change settings or add partitions')
    .argument('<name>')
    .addOption(new Option('--partitions <count>', 'the new total').argParser(integerFrom(1)))
    .addOption(config)
    .addOption(new Option('--delete-config <key>', 'back to the default; repeatable').argParser(collect))
    .action(async (name: string, options: AlterTopicOptions) =>
      (await actions()).alterTopic(surroundings, name, options),
    );
  withConnection(topics.command('delete'), surroundings)
    .description('Delete topics and all that is in them')
    .argument('<names...>')
    .option('--if-exists', 'do nothing for a topic that does not exist')
    .action(async (names: string[], options: DeleteTopicsOptions) =>
      (await actions()).deleteTopics(surroundings, names, options),
    );
}

function addClusterCommands(program: Command, surroundings: Surroundings): void {
  const cluster = program.command('cluster').description('Look at the cluster');
  withConnection(cluster.command('status'), surroundings)
    .description('Show brokers, controller and partitions that lack replicas')
    .action(async (options: ConnectionOptions) => (await import('./cluster.js')).clusterStatus(surroundings, options));
}

function addQuorumCommands(program: Command, surroundings: Surroundings): void {
  const quorum = program.command('quorum').description('Look at and change the metadata quorum');
  const actions = () => import('./quorum.js');
  const directory = new Option(
    '--directory-id <id>',
    "the node's log directory, where it is not clear from the status",
  );
  withConnection(quorum.command('status'), surroundings)
    .description('Show the leader, voters and observers')
    .action(async (options: ConnectionOptions) => (await actions()).quorumStatus(surroundings, options));
  withConnection(quorum.command('add-voter'), surroundings)
    .description('Make an observer a voter')
    .addArgument(new Argument('<node.id>').argParser(integerFrom(0)))
    .addOption(directory)
    .action(async (node: number, options: VoterOptions) => (await actions()).addVoter(surroundings, node, options));
  withConnection(quorum.command('remove-voter'), surroundings)
    .description('Take a voter out of the quorum')
    .addArgument(new Argument('<node.id>').argParser(integerFrom(0)))
    .addOption(directory)
    .action(async (node: number, options: VoterOptions) => (await actions()).removeVoter(surroundings, node, options));
  withConnection(quorum.command('transfer'), surroundings)
    .description('Hand the leadership to another voter')
    .addArgument(new Argument('[node.id]', 'the most caught-up voter when none is named').argParser(integerFrom(0)))
    .action(async (node: number | undefined, options: ConnectionOptions) =>
      (await actions()).transferLeadership(surroundings, node, options),
    );
}

function addLogCommands(program: Command, surroundings: Surroundings): void {
  const log = program.command('log').description('Look into log files');
  log
    .command('dump')
    .description(
      "Print and verify segments, indexes, snapshots and checkpoints, in the form of Kafka's DumpLogSegments",
    )
    .argument('<paths...>', 'files, or partition folders')
    .option('--records', 'print every record')
    .option('--verify', 'print what is wrong only')
    .option('--json', 'one JSON object a line')
    .action(async (paths: string[], options: DumpOptions) =>
      (await import('./log-dump/dump.js')).dumpLog(surroundings, paths, options),
    );
}
