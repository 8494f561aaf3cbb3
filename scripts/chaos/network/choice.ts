import type { ChaosNetwork } from './chaos-network.js';
import { NETWORK_FAULT_KINDS } from './chaos-network.js';
import type { Namespaces } from './namespaces.js';
import { ProxyNetwork } from './proxies.js';

/** What is between the hosts of a run, and a sentence that says so. */
export interface NetworkChoice {
  /** To be closed by whoever chose; the network is then that of the process that runs within them. */
  readonly namespaces?: Namespaces;
  readonly network?: ChaosNetwork;
  readonly text: string;
}

const WITH_NAMESPACES = 'Each node has a network namespace of its own.';

/**
 * As `NETWORK` says: `namespaces`, `proxies` or `none`; without it namespaces where this user may make them, and else proxies.
 * `make` throws where the user may not.
 */
export function chooseNetwork(name: string, make: () => Namespaces): NetworkChoice {
  switch (name) {
    case 'none':
      return { text: 'No fault strikes the network.' };
    case 'proxies':
      return { network: new ProxyNetwork(), text: 'Proxies are between the hosts.' };
    case 'namespaces':
      return { namespaces: make(), text: WITH_NAMESPACES };
    case '':
      try {
        return { namespaces: make(), text: WITH_NAMESPACES };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        return { network: new ProxyNetwork(), text: `Proxies are between the hosts. ${reason}` };
      }
    default:
      throw new Error(`NETWORK must be namespaces, proxies or none, not '${name}'.`);
  }
}

/** A sentence on the faults that a network cannot have; undefined where it can have all. */
export function missingKinds({ kinds }: Pick<ChaosNetwork, 'kinds'>): string | undefined {
  const missing = NETWORK_FAULT_KINDS.filter((kind) => !kinds.includes(kind));
  if (missing.length === 0) return undefined;
  return `Faults that this network cannot have: ${missing.join(', ')}. NETWORK=proxies has all.`;
}
