import { readFileSync } from 'node:fs';
import t from 'tap';
import { parseOverride, parseProperties } from '../../src/cli/properties.js';
import { parseBrokerConfig } from '../../src/metadata/configs/parse.js';

const image = parseProperties(readFileSync('packaging/docker.properties', 'utf8')).values;

t.test("the image's settings are those of one node", async (t) => {
  const config = parseBrokerConfig(new Map(image));
  t.equal(config.nodeId, 1);
  t.same(config.logDirs, ['/var/lib/varve']);
});

t.test('compose.yaml makes three nodes of one cluster, each found where it says', async (t) => {
  const services = readFileSync('compose.yaml', 'utf8')
    .split(/^ {2}varve-\d:$/m)
    .slice(1);
  const overrides = services.map((text) => [...text.matchAll(/--override=(.+)$/gm)].map((match) => match[1] ?? ''));
  const nodes = overrides
    .filter((texts) => texts.length > 0)
    .map((texts) => parseBrokerConfig(new Map([...image, ...texts.map(parseOverride)])));
  t.same(
    nodes.map((node) => node.nodeId),
    [1, 2, 3],
  );
  for (const node of nodes) {
    t.same(node.controllerQuorumVoters, nodes[0]?.controllerQuorumVoters, 'the voters are the same everywhere');
    const internal = node.advertisedListeners.find(({ name }) => name === 'INTERNAL');
    const voter = node.controllerQuorumVoters.find(({ nodeId }) => nodeId === node.nodeId);
    t.match(voter, { host: internal?.host, port: internal?.port });
    for (const { name, port } of node.advertisedListeners)
      t.equal(node.listeners.find((listener) => listener.name === name)?.port, port, `${node.nodeId} ${name}`);
  }
});

t.test(
  'each node of compose.yaml is found under the name of its service, at the same ports from the host',
  async (t) => {
    const text = readFileSync('compose.yaml', 'utf8');
    const services = [...text.matchAll(/^ {2}(varve-\d):\n((?: {4}.*\n)+)/gm)];
    t.same(
      services.map(([, name]) => name),
      ['varve-1', 'varve-2', 'varve-3'],
    );
    const [, hosts = ''] = /^# +127\.0\.0\.1 (.+)$/m.exec(text) ?? [];
    for (const [, name = '', body = ''] of services) {
      t.match(body, `hostname: ${name}\n`);
      t.ok(hosts.split(' ').includes(name), 'the line for /etc/hosts has it');
      const overrides = [...body.matchAll(/--override=(.+)$/gm)].map(([, override = '']) => parseOverride(override));
      const { advertisedListeners } = parseBrokerConfig(new Map([...image, ...overrides]));
      t.equal(advertisedListeners.length, 4);
      for (const { name: listener, host } of advertisedListeners) t.equal(host, name, `${name} ${listener}`);
      const published = [...body.matchAll(/'127\.0\.0\.1:(\d+):(\d+)'/g)].map(([, outside, inside]) => [
        outside,
        inside,
      ]);
      const open = advertisedListeners.filter((one) => one.name !== 'INTERNAL').map(({ port }) => String(port));
      t.same(
        published,
        open.map((port) => [port, port]),
        `${name}: nothing but what is for clients, under the same port`,
      );
      const http = advertisedListeners.find((one) => one.name === 'HTTP')?.port;
      // The image's own check asks the first node's port.
      const check = body.includes('healthcheck') ? body : readFileSync('Dockerfile', 'utf8');
      t.match(check, `http://127.0.0.1:${http}/livez`);
    }
  },
);

t.test('the systemd unit names settings that a node takes', async (t) => {
  const unit = readFileSync('packaging/varve.service', 'utf8');
  const [, setting = ''] = /\(([a-z.]+=[^)]+)\)/.exec(unit) ?? [];
  t.same(parseBrokerConfig(new Map([parseOverride('node.id=1'), parseOverride(setting)])).logDirs, ['/var/lib/varve']);
});
