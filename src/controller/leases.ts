import { assert } from '../common/assert.js';
import type { NodeId, Uuid } from '../common/ids.js';

interface Lease {
  readonly nodeId: NodeId;
  readonly incarnationId: Uuid;
  readonly brokerEpoch: number;
  lastContactMs: number;
  expiresMs: number;
  /** How far the broker's metadata is, as its last heartbeat said; -1: no heartbeat yet. */
  metadataOffset: number;
}

/**
 * Who has been heard of lately: the active controller's only state that is not in the log. A new controller starts with
 * fresh leases for all, since it cannot know what the last one heard.
 */
export class Leases {
  readonly #sessionTimeoutMs: number;
  readonly #leases = new Map<NodeId, Lease>();

  constructor(sessionTimeoutMs: number) {
    assert(sessionTimeoutMs > 0, 'a lease lasts longer than nothing');
    this.#sessionTimeoutMs = sessionTimeoutMs;
  }

  clear(): void {
    this.#leases.clear();
  }

  remove(nodeId: NodeId): void {
    this.#leases.delete(nodeId);
  }

  /** A fresh lease for an incarnation, without a word from it. */
  grant(nodeId: NodeId, incarnationId: Uuid, brokerEpoch: number, nowMs: number): void {
    const expiresMs = nowMs + this.#sessionTimeoutMs;
    this.#leases.set(nodeId, {
      nodeId,
      incarnationId,
      brokerEpoch,
      lastContactMs: -Infinity,
      expiresMs,
      metadataOffset: -1,
    });
  }

  /** A heartbeat of the incarnation with this epoch. */
  renew(nodeId: NodeId, incarnationId: Uuid, brokerEpoch: number, metadataOffset: number, nowMs: number): void {
    if (this.#leases.get(nodeId)?.brokerEpoch !== brokerEpoch) this.grant(nodeId, incarnationId, brokerEpoch, nowMs);
    const lease = this.#leases.get(nodeId);
    if (!lease) return;
    lease.lastContactMs = nowMs;
    lease.expiresMs = nowMs + this.#sessionTimeoutMs;
    lease.metadataOffset = metadataOffset;
  }

  /** Lets a lease go on without a heartbeat. */
  extend(nodeId: NodeId, nowMs: number): void {
    const lease = this.#leases.get(nodeId);
    if (lease) lease.expiresMs = nowMs + this.#sessionTimeoutMs;
  }

  isValid(nodeId: NodeId, brokerEpoch: number, nowMs: number): boolean {
    const lease = this.#leases.get(nodeId);
    return lease?.brokerEpoch === brokerEpoch && nowMs < lease.expiresMs;
  }

  heardSince(nodeId: NodeId, brokerEpoch: number, sinceMs: number): boolean {
    const lease = this.#leases.get(nodeId);
    return lease?.brokerEpoch === brokerEpoch && lease.lastContactMs > sinceMs;
  }

  metadataOffset(nodeId: NodeId): number {
    return this.#leases.get(nodeId)?.metadataOffset ?? -1;
  }

  /** When the first lease ends unless it is renewed; Infinity without any. */
  get nextExpiryMs(): number {
    let nextMs = Infinity;
    for (const { expiresMs } of this.#leases.values()) nextMs = Math.min(nextMs, expiresMs);
    return nextMs;
  }

  /** Ascending node ids whose lease is over. */
  expired(nowMs: number): NodeId[] {
    const over: NodeId[] = [];
    for (const lease of this.#leases.values()) if (nowMs >= lease.expiresMs) over.push(lease.nodeId);
    return over.sort((a, b) => a - b);
  }
}
