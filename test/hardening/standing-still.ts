import type { Test } from 'tap';
import { ALLOWED_BYTES, MIB } from './watched-node.js';
import type { WatchedNode } from './watched-node.js';

const ROUNDS = 40;

/** A client that sends as long as it may. */
export interface SendingClient {
  /** How much it has sent. */
  readonly sent: number;
}

/** Checks that the clients come to stand still, and what the node then holds for them; `before` is what it held without. */
export async function checkStandingStill(
  t: Test,
  node: WatchedNode,
  clients: readonly SendingClient[],
  before: number,
): Promise<void> {
  const sentByAll = (): number => clients.reduce((sum, each) => sum + each.sent, 0);
  let sent = -1;
  for (let round = 0; round < ROUNDS && sent !== sentByAll(); round++) {
    sent = sentByAll();
    await node.greatestBytes();
  }
  t.equal(sentByAll(), sent, 'they stand still');
  const grown = (await node.retainedBytes()) - before;
  t.comment(`${before} bytes held before, ${grown} more then; ${sent} sent`);
  t.ok(grown < ALLOWED_BYTES, `the node holds ${(grown / MIB).toFixed(1)} MiB more`);
}
