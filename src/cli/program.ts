import { Argument, Command, Option } from 'commander';
import { parseBootstrap, DEFAULT_BOOTSTRAP } from './addresses.js';
import {
  collect,
  collectInteger,
  each,
  escaped,
  integerFrom,
  keyValue,
  partitionReplicas,
  replicaAssignment,
  topicPartition,
} from './arguments.js';
import type { DumpOptions } from './log-dump/dump.js';
import type { ElectOptions, PartitionName, PartitionReplicas, ReassignOptions } from './partitions.js';
import type { UnthrottleOptions } from './move-throttle.js';
import type { VoterOptions } from './quorum.js';
import type { RecoverOptions } from './quorum-recover.js';
import type { DevOptions, ServerOptions } from './server.js';
import type { ConsumeOptions } from './consume.js';
import type { ProduceOptions } from './produce.js';
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
  addServerCommands(program, surroundings);
  addTopicCommands(program, surroundings);
  addProduceCommand(program, surroundings);
  addConsumeCommand(program, surroundings);
  addClusterCommands(program, surroundings);
  addPartitionCommands(program, surroundings);
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
function withConnection(command: Command, { json = true } = {}): Command {
  command.addOption(
    new Option(
      '--bootstrap <host:port,...>',
      `nodes to ask first (default: ${DEFAULT_BOOTSTRAP}, or $VARVE_BOOTSTRAP)`,
    ).argParser(parseBootstrap),
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

function addServerCommands(program: Command, surroundings: Surroundings): void {
  program
    .command('server')
    .description('Run a node until SIGINT, SIGTERM or SIGHUP')
    .requiredOption('--config <file>', "the node's settings, in Kafka's key=value form")
    .addOption(
      new Option('--override <key=value>', 'a setting that replaces the one in the file; repeatable').argParser(
        keyValue,
      ),
    )
    .addHelpText('after', '\nExample:\n  varve server --config server.properties --override node.id=2')
    .action(async (options: ServerOptions) => (await import('./server.js')).runServer(surroundings, options));
  program
    .command('dev')
    .description('Run a one-node cluster, for development')
    .option('--dir <folder>', 'where to keep the data (default: a temporary folder, removed at the end)')
    .addOption(
      new Option('--port <port>', 'the first of four ports: Kafka, internal, gRPC, HTTP; 0 takes free ones')
        .argParser(integerFrom(0, 65_532))
        .default(9092),
    )
    .addOption(new Option('--override <key=value>', 'a setting to replace; repeatable').argParser(keyValue))
    .option('--json', 'print the addresses as JSON')
    .action(async (options: DevOptions) => (await import('./server.js')).runDev(surroundings, options));
}

function addTopicCommands(program: Command, surroundings: Surroundings): void {
  const topics = program.command('topics').description('Create, list, describe, alter and delete topics');
  const actions = () => import('./topics.js');
  const config = new Option('--config <key=value>', 'a topic setting, as retention.ms=3600000; repeatable').argParser(
    keyValue,
  );
  withConnection(topics.command('create'))
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
  withConnection(topics.command('list'))
    .description('List the topics')
    .option('--internal', 'internal topics too')
    .action(async (options: ListTopicsOptions) => (await actions()).listTopics(surroundings, options));
  withConnection(topics.command('describe'))
    .description('Show partitions, leaders, replicas and settings')
    .argument('[names...]', 'all topics when none is named')
    .option('--under-replicated', 'only partitions with a replica out of sync')
    .option('--unavailable', 'only partitions without a leader')
    .action(async (names: string[], options: DescribeTopicsOptions) =>
      (await actions()).describeTopics(surroundings, names, options),
    );
  withConnection(topics.command('alter'))
    .description('Change settings or add partitions')
    .argument('<name>')
    .addOption(new Option('--partitions <count>', 'the new total').argParser(integerFrom(1)))
    .addOption(config)
    .addOption(new Option('--delete-config <key>', 'back to the default; repeatable').argParser(collect))
    .action(async (name: string, options: AlterTopicOptions) =>
      (await actions()).alterTopic(surroundings, name, options),
    );
  withConnection(topics.command('delete'))
    .description('Delete topics and all that is in them')
    .argument('<names...>')
    .option('--if-exists', 'do nothing for a topic that does not exist')
    .action(async (names: string[], options: DeleteTopicsOptions) =>
      (await actions()).deleteTopics(surroundings, names, options),
    );
}

function addProduceCommand(program: Command, surroundings: Surroundings): void {
  withConnection(program.command('produce'))
    .description('Write the lines of standard input to a topic')
    .argument('<topic>')
    .addOption(
      new Option('--key-separator <text>', 'what stands between key and value of a line, as \\t').argParser(escaped),
    )
    .addOption(new Option('--partition <number>', 'to this partition alone').argParser(integerFrom(0)))
    .addOption(new Option('--header <key=value>', 'a header for every record; repeatable').argParser(keyValue))
    .addOption(new Option('--null-marker <text>', 'a value that stands for null, a tombstone'))
    .addOption(new Option('--acks <acks>', 'who must have a record on disk').choices(['all', '1', '0']).default('all'))
    .addOption(new Option('--compression <codec>').choices(['none', 'gzip', 'snappy', 'lz4', 'zstd']).default('none'))
    .addOption(new Option('--linger-ms <ms>', 'how long a batch waits for more').argParser(integerFrom(0)).default(5))
    .addOption(new Option('--batch-size <bytes>', 'of one batch at most').argParser(integerFrom(1)).default(65_536))
    .option('--quiet', 'no progress on a terminal')
    .addHelpText(
      'after',
      '\nExamples:\n  seq 1000 | varve produce numbers\n  printf "k1\\tv1\\n" | varve produce pairs --key-separator "\\t"',
    )
    .action(async (topic: string, options: ProduceOptions) =>
      (await import('./produce.js')).produceLines(surroundings, topic, options),
    );
}

function addConsumeCommand(program: Command, surroundings: Surroundings): void {
  const positions = ['fromBeginning', 'offset', 'timestamp', 'last'];
  const others = (own: string): string[] => positions.filter((position) => position !== own);
  withConnection(program.command('consume'), { json: false })
    .description('Read a topic: new records, or from a given place')
    .argument('<topic>')
    .addOption(
      new Option('--partition <numbers>', 'only these; repeatable or with commas').argParser(collectInteger(0)),
    )
    .addOption(new Option('--from-beginning', 'from the first record kept').conflicts(others('fromBeginning')))
    .addOption(
      new Option('--offset <offset>', 'from this offset').argParser(integerFrom(0)).conflicts(others('offset')),
    )
    .addOption(
      new Option('--timestamp <time>', 'from the first record at or after it: Unix ms or a date').conflicts(
        others('timestamp'),
      ),
    )
    .addOption(
      new Option('--last <count>', 'from so many offsets before the end of each partition')
        .argParser(integerFrom(0))
        .conflicts(others('last')),
    )
    .addOption(new Option('--count <records>', 'stop after so many').argParser(integerFrom(1)))
    .option('--exit-at-end', 'stop at the end that each partition had at the start')
    .option('--read-committed', 'skip records of open and aborted transactions')
    .addOption(
      new Option(
        '--format <template>',
        '%k key, %v value, %o offset, %p partition, %t topic, %T timestamp, %h headers, \\n, \\t',
      ).conflicts('json'),
    )
    .option('--json', 'one JSON object a line')
    .addHelpText(
      'after',
      '\nExamples:\n  varve consume numbers --from-beginning --exit-at-end\n  varve consume pairs --from-beginning --format "%p:%o %k=%v\\n"',
    )
    .action(async (topic: string, options: ConsumeOptions) =>
      (await import('./consume.js')).consumeTopic(surroundings, topic, options),
    );
}

function addClusterCommands(program: Command, surroundings: Surroundings): void {
  const cluster = program.command('cluster').description('Look at the cluster');
  withConnection(cluster.command('status'))
    .description('Show brokers, controller and partitions that lack replicas')
    .action(async (options: ConnectionOptions) => (await import('./cluster.js')).clusterStatus(surroundings, options));
  withConnection(cluster.command('unregister'))
    .description('Take a stopped broker out of the cluster for good, after its partitions were moved away')
    .addArgument(new Argument('<node.id>').argParser(integerFrom(0)))
    .action(async (node: number, options: ConnectionOptions) =>
      (await import('./cluster.js')).unregisterBroker(surroundings, node, options),
    );
}

function addPartitionCommands(program: Command, surroundings: Surroundings): void {
  const partitions = program.command('partitions').description('Move partitions and elect their leaders');
  const actions = () => import('./partitions.js');
  withConnection(partitions.command('reassign'))
    .description('Move partitions to other brokers; the first named becomes the preferred leader')
    .addArgument(new Argument('<topic:partition=replicas...>').argParser(each(partitionReplicas)))
    .addOption(
      new Option('--throttle <bytes>', 'a second, of what each broker sends and receives for the moves').argParser(
        integerFrom(1),
      ),
    )
    .addHelpText('after', '\nExample:\n  varve partitions reassign orders:0=1,2,4 orders:1=2,4,1 --throttle 50000000')
    .action(async (moves: PartitionReplicas[], options: ReassignOptions) =>
      (await actions()).reassignPartitions(surroundings, moves, options),
    );
  withConnection(partitions.command('unthrottle'))
    .description('Take the throttles of moves from all topics and brokers, after the moves')
    .option('--force', 'also while partitions are being moved')
    .action(async (options: UnthrottleOptions) =>
      (await import('./move-throttle.js')).removeThrottles(surroundings, options),
    );
  withConnection(partitions.command('reassignments'))
    .description('Show the moves under way')
    .action(async (options: ConnectionOptions) => (await actions()).listReassignments(surroundings, options));
  withConnection(partitions.command('cancel'))
    .description('Take back moves under way')
    .addArgument(new Argument('<topic:partition...>').argParser(each(topicPartition)))
    .action(async (names: PartitionName[], options: ConnectionOptions) =>
      (await actions()).cancelReassignments(surroundings, names, options),
    );
  withConnection(partitions.command('elect'))
    .description('Give leadership back to the preferred replicas, of all partitions when none is named')
    .addArgument(new Argument('[topic:partition...]').argParser(each(topicPartition)))
    .option('--unclean', 'where no replica with everything is left, elect one that lacks records: they are lost')
    .action(async (names: PartitionName[] | undefined, options: ElectOptions) =>
      (await actions()).electLeaders(surroundings, names ?? [], options),
    );
}

function addQuorumCommands(program: Command, surroundings: Surroundings): void {
  const quorum = program.command('quorum').description('Look at and change the metadata quorum');
  const actions = () => import('./quorum.js');
  const directory = new Option(
    '--directory-id <id>',
    "the node's log directory, where it is not clear from the status",
  );
  withConnection(quorum.command('status'))
    .description('Show the leader, voters and observers')
    .action(async (options: ConnectionOptions) => (await actions()).quorumStatus(surroundings, options));
  withConnection(quorum.command('add-voter'))
    .description('Make an observer a voter')
    .addArgument(new Argument('<node.id>').argParser(integerFrom(0)))
    .addOption(directory)
    .action(async (node: number, options: VoterOptions) => (await actions()).addVoter(surroundings, node, options));
  withConnection(quorum.command('remove-voter'))
    .description('Take a voter out of the quorum')
    .addArgument(new Argument('<node.id>').argParser(integerFrom(0)))
    .addOption(directory)
    .action(async (node: number, options: VoterOptions) => (await actions()).removeVoter(surroundings, node, options));
  withConnection(quorum.command('transfer'))
    .description('Hand the leadership to another voter')
    .addArgument(new Argument('[node.id]', 'the most caught-up voter when none is named').argParser(integerFrom(0)))
    .action(async (node: number | undefined, options: ConnectionOptions) =>
      (await actions()).transferLeadership(surroundings, node, options),
    );
  quorum
    .command('recover')
    .description('Make this stopped node the only voter, after a majority of voters is lost for good')
    .requiredOption('--config <file>', "the node's settings")
    .addOption(new Option('--override <key=value>', 'a setting to replace; repeatable').argParser(keyValue))
    .option('--yes', 'do not ask')
    .action(async (options: RecoverOptions) =>
      (await import('./quorum-recover.js')).recoverQuorum(surroundings, options),
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
