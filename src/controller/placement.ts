import { assert, defined } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import type { NodeId } from '../common/ids.js';
import type { BrokerRegistration } from '../metadata/image.js';
import type { Random } from '../platform/random.js';

/**
 * Replicas for new partitions, the preferred leader first. Brokers stand in a ring in which racks alternate; a partition
 * takes the next place as its leader and the following ones, each shifted once more a round, as followers, so that
 * leaders and followers are even and what one broker leads is followed by all others. No two replicas share a rack while
 * another rack is free. Fenced brokers are used only when the others do not suffice, and never lead.
 *
 * Throws INVALID_REPLICATION_FACTOR when there are too few brokers, or none is live.
 */
export function placeReplicas(
  brokers: readonly BrokerRegistration[],
  partitions: number,
  replicationFactor: number,
  random: Random,
): NodeId[][] {
  const live = brokers.filter((broker) => !broker.fenced && !broker.inControlledShutdown);
  if (replicationFactor < 1 || replicationFactor > brokers.length) {
    throw new VarveError(
      'INVALID_REPLICATION_FACTOR',
      `A replication factor of ${replicationFactor} was asked for, and ${brokers.length} brokers are registered: ask for ` +
        '1 up to that number.',
    );
  }
  if (live.length === 0) {
    throw new VarveError('INVALID_REPLICATION_FACTOR', 'All brokers are fenced: try again when one is up.');
  }
  const ring = alternatingRacks(live);
  const fenced = alternatingRacks(brokers.filter((broker) => !live.includes(broker)));
  const start = random.below(ring.length);
  const firstShift = random.below(ring.length);
  return Array.from({ length: partitions }, (_, partition) => {
    const round = Math.floor((start + partition) / ring.length);
    const replicas = around(ring, start + partition, firstShift + round, Math.min(replicationFactor, ring.length));
    if (replicas.length < replicationFactor) {
      // Every live broker has a replica then: a partition of fenced ones alone would have no leader and no ISR to get
      // one from, for good.
      addFenced(replicas, fenced, start + partition, replicationFactor);
    }
    return replicas.map((broker) => broker.nodeId);
  });
}

/** Fills `replicas` up with fenced brokers, the next one in the ring first, racks that are free before others. */
function addFenced(
  replicas: BrokerRegistration[],
  fenced: readonly BrokerRegistration[],
  at: number,
  count: number,
): void {
  const rotated = fenced.map((_, i) => defined(fenced[(at + i) % fenced.length], 'a place of the ring'));
  while (replicas.length < count) {
    const left = rotated.filter((broker) => !replicas.includes(broker));
    const inFreeRack = left.find((broker) => !replicas.some((other) => other.rack === broker.rack));
    replicas.push(defined(inFreeRack ?? left[0], 'count <= number of brokers'));
  }
}

function alternatingRacks(brokers: readonly BrokerRegistration[]): BrokerRegistration[] {
  const racks = new Map<string, BrokerRegistration[]>();
  for (const broker of [...brokers].sort((a, b) => a.nodeId - b.nodeId)) {
    const rack = broker.rack ?? '';
    racks.set(rack, [...(racks.get(rack) ?? []), broker]);
  }
  const names = [...racks.keys()].sort();
  const ring: BrokerRegistration[] = [];
  for (let row = 0; ring.length < brokers.length; row++) {
    for (const name of names) {
      const broker = racks.get(name)?.[row];
      if (broker) ring.push(broker);
    }
  }
  return ring;
}

function around(ring: readonly BrokerRegistration[], at: number, shift: number, count: number): BrokerRegistration[] {
  const size = ring.length;
  const place = (i: number): BrokerRegistration => defined(ring[((i % size) + size) % size], 'a place of the ring');
  const leader = place(at);
  // The other places in a rotation that differs from round to round.
  const others = Array.from({ length: size - 1 }, (_, j) => place(at + 1 + ((shift + j) % (size - 1))));
  const chosen = [leader];
  const racks = new Set([leader.rack]);
  while (chosen.length < count) {
    const free = others.filter((broker) => !chosen.includes(broker));
    const next = defined(free.find((broker) => !racks.has(broker.rack)) ?? free[0], 'count <= size of the ring');
    // A round over all racks is complete: the next one begins.
    if (racks.has(next.rack)) racks.clear();
    racks.add(next.rack);
    chosen.push(next);
  }
  assert(new Set(chosen).size === count, 'replicas are distinct');
  return chosen;
}
