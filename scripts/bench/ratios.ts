import { LATENCY_SECTION } from './latency.js';
import { PEER_CLIENTS, PEER_FIGURES, PEER_SECTION } from './peer.js';
import type { BenchReport } from './report.js';
import { START_SECTION } from './startup.js';
import { ROLES, SILENCE_SECTION } from './unavailability.js';

const UNIT = 'times as short';

/** How much shorter Varve's latencies, silences and start are than the peer's, as far as both were measured. */
export function addRatios(report: BenchReport): void {
  const add = (name: string, section: string, own: string, peers: readonly string[]): void => {
    const ours = report.median(section, own);
    const theirs = peers.map((peer) => report.median(PEER_SECTION, peer)).filter((each) => each !== undefined);
    const ratio = Math.min(...theirs) / (ours ?? NaN);
    if (theirs.length > 0 && Number.isFinite(ratio)) report.add('against Kafka', name, UNIT, [ratio]);
  };
  add('start', START_SECTION, 'three processes', [PEER_FIGURES.start]);
  for (const to of ['acknowledgement', 'consumer']) {
    for (const share of ['p50', 'p99', 'p999']) {
      const peers = PEER_CLIENTS.map((client) => PEER_FIGURES.latency(client, to, share));
      add(`latency to the ${to}, ${share}`, LATENCY_SECTION, `synced, to the ${to}, ${share}`, peers);
    }
  }
  for (const signal of ['SIGKILL', 'SIGSTOP']) {
    for (const role of Object.values(ROLES)) {
      const peer = PEER_FIGURES.silence(signal, role);
      add(`silence after ${signal} of ${role}`, SILENCE_SECTION, `after ${signal} of ${role}`, [peer]);
    }
  }
}
