import type { HistoryReport } from '../../src/simulation/checkers/check-history.js';
import type { DeliveryCounts } from '../workload/delivery-ledger.js';
import type { AuditCounts } from '../workload/replica-audit.js';
import type { NetworkFaultKind } from './network/chaos-network.js';
import { CARDS, networkCards } from './plan.js';

/** What a run has found out. */
export interface ChaosResult {
  readonly seconds: number;
  readonly kills: number;
  readonly pauses: number;
  readonly wipes: number;
  /** How often each card of the deck was played, of the processes and of the network. */
  readonly cards: ReadonlyMap<string, number>;
  readonly networkCards: ReadonlyMap<string, number>;
  /** How often the network had each kind of fault; undefined where only processes were struck. */
  readonly networkFaults: ReadonlyMap<NetworkFaultKind, number> | undefined;
  /** The kinds that the network can have. */
  readonly networkKinds: readonly NetworkFaultKind[];
  readonly leaderChanges: number;
  readonly live: DeliveryCounts;
  /** By partition: the judgement of what the clients did and saw. */
  readonly history: ReadonlyMap<number, HistoryReport>;
  /** By node: what its replicas hold. */
  readonly audits: ReadonlyMap<number, AuditCounts>;
  readonly differences: readonly string[];
  readonly comparedReplicas: number;
  readonly expectedReplicas: number;
  /** Records that the producers had no room for. */
  readonly refused: number;
  /** Anything else that went wrong, each a sentence. */
  readonly problems: readonly string[];
}

const KILLS_A_MINUTE = 5;
const LEADER_CHANGES_A_MINUTE = 3;
const ACKNOWLEDGED_A_MINUTE = 10_000;
/** In so long a run each card has its turn: a deal of the deck takes a minute, on a slow machine some more. */
const EACH_CARD_SECONDS = 180;

/** Sentences on all that is not as it must be; none: the run has passed. */
export function chaosFailures(result: ChaosResult): string[] {
  const failures: string[] = [...result.problems, ...result.differences];
  const minutes = result.seconds / 60;
  const atLeast = (name: string, value: number, aMinute: number): void => {
    // The shortest run, too, must have seen some of it.
    const least = Math.max(1, Math.ceil(aMinute * minutes));
    if (value < least) failures.push(`There were ${value} ${name}: a run of ${result.seconds} s needs ${least}.`);
  };
  const mustBeZero = (name: string, value: number): void => {
    if (value !== 0) failures.push(`${value} records ${name}.`);
  };
  atLeast('kills', result.kills, KILLS_A_MINUTE);
  atLeast('leader changes', result.leaderChanges, LEADER_CHANGES_A_MINUTE);
  atLeast('acknowledged records', result.live.acknowledged, ACKNOWLEDGED_A_MINUTE);
  if (minutes >= 1 && result.networkFaults !== undefined) {
    for (const kind of result.networkKinds) {
      const faults = result.networkFaults.get(kind) ?? 0;
      const least = Math.floor(minutes);
      if (faults < least)
        failures.push(`There were ${faults} faults of the kind ${kind}: a run of ${result.seconds} s needs ${least}.`);
    }
  }
  if (result.seconds >= EACH_CARD_SECONDS) {
    const missing = [
      ...CARDS.filter((card) => !result.cards.has(card)),
      ...networkCards(result.networkKinds).filter((card) => !result.networkCards.has(card)),
    ];
    if (missing.length > 0) failures.push(`In ${result.seconds} s there was no ${missing.join(', no ')}.`);
  }
  for (const [partition, report] of result.history) {
    for (const [name, anomalies] of report.errors) {
      const [first] = anomalies;
      failures.push(`${name}, ${anomalies.length} times in partition ${partition}, first: ${first?.text ?? ''}.`);
    }
  }
  mustBeZero('were lost', result.live.lost);
  mustBeZero('were duplicated', result.live.duplicated);
  mustBeZero('were out of order', result.live.outOfOrder);
  mustBeZero('were altered', result.live.altered);
  mustBeZero('were never sent', result.live.unexpected);
  for (const [nodeId, audit] of result.audits) {
    mustBeZero(`are missing on node ${nodeId}`, audit.lost);
    mustBeZero(`are twice on node ${nodeId}`, audit.duplicated);
    mustBeZero(`are out of order on node ${nodeId}`, audit.outOfOrder);
    mustBeZero(`on node ${nodeId} were never sent`, audit.unexpected);
  }
  if (result.comparedReplicas !== result.expectedReplicas || result.expectedReplicas === 0) {
    failures.push(`${result.comparedReplicas} replicas were compared, not ${result.expectedReplicas}.`);
  }
  return failures;
}
