import { existsSync } from 'node:fs';
import type { ChaosNetwork } from './chaos/network/chaos-network.js';
import { chooseNetwork, missingKinds } from './chaos/network/choice.js';
import { NamespaceNetwork, Namespaces } from './chaos/network/namespaces.js';
import { NODE_IDS, runChaos } from './chaos/run.js';
import type { ChaosReport } from './chaos/run.js';
import { chaosFailures } from './chaos/verdict.js';
import { printTable, thousands } from './cluster/tables.js';

/**
 * `SECONDS=60 SEED=7 node dist/scripts/chaos.js`: exits with 1 when anything acknowledged was not kept. `NETWORK`: `namespaces`
 * (Linux and root: each node has a network stack of its own, and cuts lose packets; the default where this user may make them),
 * `proxies` (the default elsewhere), or `none` to strike processes alone. `KEEP=1` keeps data and logs.
 */

const DEFAULT_SECONDS = 60;

function setting(name: string, otherwise: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a whole number, not '${text}'.`);
  return value;
}

function print(report: ChaosReport): void {
  const { live } = report;
  const onDisk = [...report.audits.values()];
  const worst = (of: (audit: { lost: number; duplicated: number; outOfOrder: number }) => number): number =>
    Math.max(0, ...onDisk.map(of));
  printTable(
    ['records', 'read live', 'worst replica', 'must be'],
    [
      ['sent', thousands(live.sent), '', ''],
      ['acknowledged', thousands(live.acknowledged), '', ''],
      ['neither acknowledged nor refused', thousands(live.failed), '', ''],
      ['read', thousands(live.readBack), thousands(Math.min(...onDisk.map((audit) => audit.records))), ''],
      ['lost', live.lost, worst((audit) => audit.lost), 0],
      ['duplicated', live.duplicated, worst((audit) => audit.duplicated), 0],
      ['reordered', live.outOfOrder, worst((audit) => audit.outOfOrder), 0],
      ['altered, or never sent', live.altered + live.unexpected, '', 0],
      ['replicas that diverged', '', report.differences.length, 0],
    ],
  );
  printTable(
    ['longest silence', 'any partition', 'worst partition'],
    report.silences.map(({ label, anyMs, worstPartitionMs }) => [
      label,
      `${anyMs.toFixed(0)} ms`,
      `${worstPartitionMs.toFixed(0)} ms`,
    ]),
  );
  printTable(
    ['history of partition', 'sent', 'acknowledged', 'read', 'anomalies', 'must be'],
    [...report.history].map(([partition, { sent, acknowledged, read, errors }]) => [
      partition,
      thousands(sent),
      thousands(acknowledged),
      thousands(read),
      [...errors].map(([name, anomalies]) => `${name}: ${anomalies.length}`).join(', ') || 0,
      0,
    ]),
  );
  const { seconds, kills, pauses, wipes, leaderChanges, networkFaults } = report;
  console.log(`${seconds} s, ${kills} kills, ${pauses} pauses, ${wipes} wipes, ${leaderChanges} leader changes`);
  if (networkFaults !== undefined) {
    const counts = [...networkFaults].map(([kind, count]) => `${count} ${kind}`);
    console.log(`Faults of the network: ${counts.join(', ')}`);
  }
  const longest = Math.max(...report.silences.map(({ anyMs }) => anyMs));
  const worstPartition = Math.max(...report.silences.map(({ worstPartitionMs }) => worstPartitionMs));
  console.log(`Longest unavailability: ${longest.toFixed(0)} ms, of one partition ${worstPartition.toFixed(0)} ms.`);
}

/** Set in the process that runs within the clients' namespace. */
const HUB = 'VARVE_CHAOS_HUB';

/** Runs this program within the clients' namespace. */
async function runInNamespaces(namespaces: Namespaces): Promise<number> {
  try {
    return await namespaces.runClients([process.execPath, ...process.argv.slice(1)], { [HUB]: namespaces.hub });
  } finally {
    namespaces.close();
  }
}

async function run(network: ChaosNetwork | undefined): Promise<number> {
  const seconds = setting('SECONDS', DEFAULT_SECONDS);
  const seed = setting('SEED', Math.floor(Math.random() * 1_000_000));
  console.log(`SECONDS=${seconds} SEED=${seed}`);
  const missing = network === undefined ? undefined : missingKinds(network);
  if (missing !== undefined) console.log(missing);
  const report = await runChaos({
    seconds,
    seed,
    say: (text) => console.log(text),
    network,
    keep: (result) => process.env.KEEP === '1' || chaosFailures(result).length > 0,
  });
  print(report);
  const failures = chaosFailures(report);
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  if (failures.length === 0) console.log('Passed.');
  if (existsSync(report.directory)) console.log(`Data and logs are in ${report.directory}.`);
  return failures.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const hub = process.env[HUB];
  if (hub !== undefined) return run(await NamespaceNetwork.open(Namespaces.named(hub, NODE_IDS)));
  const { namespaces, network, text } = chooseNetwork(process.env.NETWORK ?? '', () => {
    return Namespaces.create(NODE_IDS, process.pid);
  });
  console.log(text);
  return namespaces === undefined ? run(network) : runInNamespaces(namespaces);
}

process.exitCode = await main();
