import t from 'tap';
import { NETWORK_FAULT_KINDS } from '../../scripts/chaos/network/chaos-network.js';
import { chooseNetwork, missingKinds } from '../../scripts/chaos/network/choice.js';
import type { Namespaces } from '../../scripts/chaos/network/namespaces.js';
import { ProxyNetwork } from '../../scripts/chaos/network/proxies.js';

const MADE = { hub: 'hub' } as Namespaces;
const make = (): Namespaces => MADE;
const refuse = (): never => {
  throw new Error('Network namespaces cannot be made here: it is not allowed.');
};

t.test('namespaces are the network where the user may make them, unless another one is asked for', (t) => {
  t.match(chooseNetwork('', make), { namespaces: MADE, network: undefined, text: /a network namespace of its own/ });
  t.equal(chooseNetwork('namespaces', make).namespaces, MADE);
  const proxies = chooseNetwork('proxies', refuse);
  t.ok(proxies.network instanceof ProxyNetwork && proxies.namespaces === undefined);
  t.match(chooseNetwork('none', refuse), { network: undefined, namespaces: undefined, text: /No fault strikes/ });
  t.throws(() => chooseNetwork('wires', make), /NETWORK must be namespaces, proxies or none, not 'wires'/);
  t.end();
});

t.test('where the user may not make them proxies are, and it is said why', (t) => {
  const { network, namespaces, text } = chooseNetwork('', refuse);
  t.ok(network instanceof ProxyNetwork && namespaces === undefined);
  t.equal(text, 'Proxies are between the hosts. Network namespaces cannot be made here: it is not allowed.');
  t.throws(() => chooseNetwork('namespaces', refuse), /cannot be made here/, 'who asks for them gets nothing else');
  t.end();
});

t.test('faults that a network cannot have are said', (t) => {
  t.match(missingKinds({ kinds: ['cut', 'oneWay', 'clog', 'reset'] }), /cannot have: latency, slow\./);
  t.equal(missingKinds({ kinds: NETWORK_FAULT_KINDS }), undefined);
  t.equal(missingKinds(new ProxyNetwork()), undefined);
  t.end();
});
