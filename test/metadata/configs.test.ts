import assert from 'node:assert/strict';
import t from 'tap';
import { describeBrokerConfigs, describeTopicConfigs } from '../../src/metadata/configs/describe.js';
import {
  checkTopicConfigs,
  dynamicBrokerDefinition,
  parseBrokerConfig,
  topicConfig,
  topicDefinition,
  withDynamicConfigs,
} from '../../src/metadata/configs/parse.js';
import {
  defaultReplicationFactor,
  effectiveMinInsyncReplicas,
} from '../../src/metadata/configs/replication-defaults.js';
import { nearestName } from '../../src/metadata/configs/nearest-name.js';
import { BROKER_CONFIGS, BROKER_FIELDS, TOPIC_CONFIGS, TOPIC_FIELDS } from '../../src/metadata/configs/tables.js';

const texts = (values: Record<string, string>): Map<string, string> =>
  new Map(Object.entries({ 'node.id': '1', ...values }));

t.test('the tables: every key once, every default is its own valid value, every sentence is one', async (t) => {
  t.equal(BROKER_FIELDS.size, Object.keys(BROKER_CONFIGS).length);
  t.equal(TOPIC_FIELDS.size, Object.keys(TOPIC_CONFIGS).length);
  for (const definition of [...Object.values(BROKER_CONFIGS), ...Object.values(TOPIC_CONFIGS)]) {
    assert.match(definition.documentation, /^[A-Z][^\n]*\.$/, definition.name);
    const { defaultText, absent } = definition;
    if (defaultText !== undefined && defaultText !== '') {
      assert.deepEqual(definition.parse(defaultText), absent, `${definition.name} parses its default`);
    }
  }
});

t.test('defaults are the safe ones', async (t) => {
  const config = parseBrokerConfig(texts({}));
  t.equal(config.logFlushIntervalMessages, 1);
  t.equal(config.uncleanLeaderElectionEnable, false);
  t.equal(config.brokerHeartbeatIntervalMs, 200);
  t.equal(config.brokerSessionTimeoutMs, 1500);
  t.same(config.listeners, [
    { name: 'KAFKA', host: '127.0.0.1', port: 9092 },
    { name: 'INTERNAL', host: '127.0.0.1', port: 9093 },
    { name: 'GRPC', host: '127.0.0.1', port: 9094 },
    { name: 'HTTP', host: '127.0.0.1', port: 9095 },
  ]);
  t.same(
    [
      [1, 1],
      [1, 3],
      [2, 2],
      [7, 5],
      [0, 0],
    ].map(([registered = 0, voters = 0]) => defaultReplicationFactor(config, registered, voters)),
    [1, 3, 2, 3, 1],
  );
  t.same(
    [1, 2, 3, 4, 5].map((factor) => effectiveMinInsyncReplicas(undefined, factor)),
    [1, 2, 2, 3, 3],
  );
  t.equal(effectiveMinInsyncReplicas(3, 2), 2);
  t.equal(effectiveMinInsyncReplicas(1, 3), 1);
});

t.test('a bad value is refused with the key, the value and what is allowed', async (t) => {
  const bad: [Record<string, string>, RegExp][] = [
    [{ 'num.partitions': '0' }, /num\.partitions=0: .*integer from 1 to 10000/],
    [{ 'num.partitions': '1.5' }, /num\.partitions=1\.5: it is not an integer/],
    [{ 'log.segment.bytes': '4294967296' }, /log\.segment\.bytes=4294967296: it is out of range/],
    [{ 'log.retention.hours': 'x' }, /log\.retention\.hours=x: /],
    [{ 'compression.type': 'brotli' }, /must be one of producer, uncompressed, gzip/],
    [{ 'unclean.leader.election.enable': 'yes' }, /must be true or false/],
    [{ 'no.such.name': '1' }, /no\.such\.name=1: there is no such configuration; docs/],
    [{ listeners: 'KAFKA://127.0.0.1:9092' }, /INTERNAL is missing/],
    [{ listeners: 'INTERNAL://127.0.0.1:1,KAFKA://127.0.0.1:1' }, /same address/],
    [{ listeners: 'INTERNAL://:9093' }, /say in advertised\.listeners/],
    [{ 'advertised.listeners': 'KAFKA://0.0.0.0:1' }, /no address/],
    [{ 'controller.quorum.voters': '1@a:1,1@b:1' }, /names an id twice/],
    [{ 'controller.quorum.voters': '1@a' }, /'1@a' is not id@host:port/],
    [{ 'controller.quorum.voters': '2147483648@a:1' }, /id 2147483648 is above 2147483647/],
    [{ 'controller.quorum.voters': '1@a:0' }, /port 0 of '1@a:0' is none to connect to/],
    [{ 'process.roles': 'broker' }, /controller\.quorum\.voters is empty/],
    [{ 'broker.session.timeout.ms': '300' }, /at least twice/],
    [{ 'listener.security.protocol.map': 'KAFKA:SSL' }, /no certificate/],
    [{ 'listener.security.protocol.map': 'INTERNAL:PLAINTEXT,INTERNAL:SSL' }, /names a listener twice/],
    [{ 'log.cleanup.policy': 'delete,delete' }, /names a word twice/],
    [{ 'log.dirs': '/a,/b', 'metadata.log.dir': '/c' }, /metadata\.log\.dir=\/c: it must be one of log\.dirs=\/a,\/b/],
  ];
  for (const [values, message] of bad) {
    t.throws(() => parseBrokerConfig(texts(values)), { code: 'INVALID_CONFIG', message }, JSON.stringify(values));
  }
  t.throws(() => parseBrokerConfig(new Map()), /node\.id is not set/);
});

t.test('a sensitive value is neither shown in errors nor described', async (t) => {
  t.throws(() => parseBrokerConfig(texts({ 'ssl.keystore.key': '  ' })), /ssl\.keystore\.key=\(hidden\)/);
  const layers = {
    staticTexts: texts({ 'ssl.keystore.key': 'secret' }),
    clusterDefaults: new Map(),
    ofThisBroker: new Map(),
  };
  t.match(
    describeBrokerConfigs(layers).find((one) => one.name === 'ssl.keystore.key'),
    { value: undefined, sensitive: true, source: 'STATIC_BROKER_CONFIG' },
  );
});

t.test("Kafka's units and limits: hours, minutes and Long.MAX_VALUE", async (t) => {
  t.equal(parseBrokerConfig(texts({ 'log.retention.hours': '2' })).logRetentionMs, 7_200_000);
  const both = parseBrokerConfig(texts({ 'log.retention.hours': '2', 'log.retention.minutes': '1' }));
  t.equal(both.logRetentionMs, 60_000);
  t.equal(parseBrokerConfig(texts({ 'log.retention.hours': '-1' })).logRetentionMs, -1);
  const flush = parseBrokerConfig(texts({ 'log.flush.interval.messages': '9223372036854775807' }));
  t.equal(flush.logFlushIntervalMessages, Number.MAX_SAFE_INTEGER);
});

t.test('a topic takes its own values, then dynamic, then static ones of its brokers', async (t) => {
  const fixed = texts({ 'log.retention.ms': '1', 'message.max.bytes': '2' });
  const broker = withDynamicConfigs(fixed, new Map([['message.max.bytes', '3']]), new Map());
  const topic = topicConfig(
    broker,
    new Map([
      ['retention.ms', '9'],
      ['cleanup.policy', 'compact,delete'],
    ]),
  );
  t.match(topic, { retentionMs: 9, maxMessageBytes: 3, segmentBytes: 1024 ** 3, minInsyncReplicas: undefined });
  t.same(topic.cleanupPolicy, ['compact', 'delete']);

  const layers = {
    staticTexts: fixed,
    clusterDefaults: new Map([['message.max.bytes', '3']]),
    ofThisBroker: new Map(),
  };
  const described = new Map(describeTopicConfigs(new Map([['flush.ms', '7']]), layers).map((one) => [one.name, one]));
  t.match(described.get('flush.ms'), { value: '7', source: 'DYNAMIC_TOPIC_CONFIG' });
  t.match(described.get('max.message.bytes'), { value: '3', source: 'DYNAMIC_DEFAULT_BROKER_CONFIG' });
  t.match(described.get('retention.ms'), { value: '1', source: 'STATIC_BROKER_CONFIG' });
  t.match(described.get('segment.bytes'), { value: '1073741824', source: 'DEFAULT_CONFIG' });
});

t.test("a new topic's values are checked, alone and together", async (t) => {
  const broker = withDynamicConfigs(texts({ 'log.cleaner.max.compaction.lag.ms': '4' }), new Map(), new Map());
  const check = (values: Record<string, string>): void => {
    checkTopicConfigs(broker, 't', new Map(Object.entries(values)));
  };
  t.throws(() => check({ 'retention.bytes': '-2' }), /retention\.bytes=-2: .*at least -1/);
  t.throws(() => check({ 'log.retention.ms': '1' }), /no topic configuration/);
  t.throws(() => check({ 'min.compaction.lag.ms': '5' }), { code: 'INVALID_CONFIG', message: /5 of topic 't' .*=4;/ });
  t.doesNotThrow(() => check({ 'min.compaction.lag.ms': '5', 'max.compaction.lag.ms': '5' }));
});

t.test('what a newer release set counts as not set', async (t) => {
  const dynamic = new Map([
    ['compression.type', 'zpaq'],
    ['of.a.newer.release', '1'],
    ['message.max.bytes', '7'],
  ]);
  const broker = withDynamicConfigs(texts({ 'compression.type': 'gzip' }), new Map(), dynamic);
  t.match(broker, { compressionType: 'gzip', messageMaxBytes: 7 });
  t.match(topicConfig(broker, dynamic), { compressionType: 'gzip', maxMessageBytes: 7 });
  const layers = { staticTexts: texts({}), clusterDefaults: new Map(), ofThisBroker: dynamic };
  const described = [...describeBrokerConfigs(layers), ...describeTopicConfigs(dynamic, layers)];
  t.same(
    described.filter(({ name }) => dynamic.has(name)).map(({ name, value }) => `${name}=${value}`),
    ['compression.type=producer', 'message.max.bytes=7', 'compression.type=producer'],
    'nor is it described as in force',
  );
});

t.test('client certificates that are required need an authority', async (t) => {
  const tls = {
    'listener.security.protocol.map': 'GRPC:SSL',
    'ssl.keystore.location': '/node.pem',
    'ssl.client.auth': 'required',
  };
  t.throws(() => parseBrokerConfig(texts(tls)), /ssl\.client\.auth=required: .*set ssl\.truststore\.location/);
  const config = parseBrokerConfig(texts({ ...tls, 'ssl.truststore.location': '/ca.pem' }));
  t.match(config, { sslClientAuth: 'required', sslTruststoreLocation: '/ca.pem' });
});

t.test('only dynamic keys can be set while brokers run', async (t) => {
  for (const name of ['node.id', 'max.connections', 'ssl.keystore.location']) {
    t.throws(() => dynamicBrokerDefinition(name, true), /cannot be changed/, `${name}: nothing would apply it`);
  }
  t.throws(() => dynamicBrokerDefinition('leader.replication.throttled.rate', true), /name the broker/);
  t.equal(dynamicBrokerDefinition('leader.replication.throttled.rate', false).type, 'long');
  t.throws(() => dynamicBrokerDefinition('x', false), /no broker configuration 'x'; docs/);
  t.throws(() => dynamicBrokerDefinition('log.retention.m', false), /is log\.retention\.ms meant\?/);
  t.throws(() => topicDefinition('retension.ms'), /no topic configuration .*; is retention\.ms meant\?/);
  // A megabyte would be compared with each name letter by letter: the controller does nothing else meanwhile.
  t.equal(nearestName('retention.ms'.repeat(100_000), ['retention.ms'.repeat(100_000)]), undefined);
});

t.test('listeners and voters are read in all their forms', async (t) => {
  const config = parseBrokerConfig(
    texts({
      listeners: 'INTERNAL://[::1]:0,KAFKA://:9092',
      'advertised.listeners': 'KAFKA://kafka.example:19092',
      'controller.quorum.voters': '1@[::1]:9093, 2@b.example:9093',
    }),
  );
  t.same(config.listeners[0], { name: 'INTERNAL', host: '::1', port: 0 });
  t.same(config.advertisedListeners, [{ name: 'KAFKA', host: 'kafka.example', port: 19092 }]);
  t.same(config.controllerQuorumVoters[1], { nodeId: 2, host: 'b.example', port: 9093 });
});

t.test('a list that was read before is not read again, and is nobody else’s', async (t) => {
  const { parse } = TOPIC_CONFIGS.leaderThrottledReplicas;
  const first = parse('0:1,1:2');
  t.equal(parse('0:1,1:2'), first);
  // More than are remembered.
  for (let partition = 0; partition < 40; partition++) t.same(parse(`${partition}:3`), [{ partition, nodeId: 3 }]);
  for (let partition = 0; partition < 40; partition++) t.same(parse(`${partition}:3`), [{ partition, nodeId: 3 }]);
  t.not(parse('0:1,1:2'), first, 'the oldest were forgotten');
  t.same(parse('0:1,1:2'), first);
  for (let time = 0; time < 2; time++) t.throws(() => parse('0:one'), /is not partition:node/);
});
