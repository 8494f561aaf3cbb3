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

t.test('the systemd unit names settings that a node takes', async (t) => {
  const unit = readFileSync('packaging/varve.service', 'utf8');
  const [, setting = ''] = /\(([a-z.]+=[^)]+)\)/.exec(unit) ?? [];
  t.same(parseBrokerConfig(new Map([parseOverride('node.id=1'), parseOverride(setting)])).logDirs, ['/var/lib/varve']);
});
