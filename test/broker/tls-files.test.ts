import t from 'tap';
import { VarveNode } from '../../src/broker/node.js';
import { TlsFiles } from '../../src/broker/tls-files.js';
import { parseBrokerConfig } from '../../src/metadata/configs/parse.js';
import type { Timer } from '../../src/platform/clock.js';
import type { FileSystem } from '../../src/platform/file-system.js';
import { createNodePlatform } from '../../src/platform/node/platform.js';
import { silentLogger } from '../../src/platform/observe.js';
import { ManualClock } from '../replication/manual-clock.js';

t.test('a node that closes while its certificates are read anew never reads them again', async (t) => {
  const waiting: Array<(text: Buffer) => void> = [];
  let reads = 0;
  const fileSystem = {
    readFile: () => {
      reads += 1;
      return reads === 1 ? Promise.resolve(Buffer.from('ca')) : new Promise<Buffer>((resolve) => waiting.push(resolve));
    },
  } as unknown as FileSystem;
  const config = parseBrokerConfig(
    new Map([
      ['node.id', '1'],
      ['ssl.truststore.location', 'ca.pem'],
      ['ssl.reload.interval.ms', '100'],
    ]),
  );
  const clock = new ManualClock();
  const files = await TlsFiles.open(config, { fileSystem, clock, logger: silentLogger });
  await clock.advance(100);
  t.equal(reads, 2);
  files.close();
  for (const resolve of waiting) resolve(Buffer.from('later'));
  await clock.advance(1_000);
  t.equal(reads, 2);
  t.equal(files.current().ca, 'ca');
});

t.test('a node whose directory cannot be opened leaves no timer of its certificates', async (t) => {
  class CountingClock extends ManualClock {
    readonly pending = new Set<Timer>();
    made = 0;

    override after(delayMs: number, callback: () => void): Timer {
      this.made += 1;
      const timer = super.after(delayMs, callback);
      this.pending.add(timer);
      return {
        cancel: () => {
          timer.cancel();
          this.pending.delete(timer);
        },
      };
    }
  }
  const clock = new CountingClock();
  const platform = await createNodePlatform({ logLevel: 'silent', metrics: false });
  t.teardown(() => platform.close());
  const config = new Map([
    ['node.id', '1'],
    ['controller.quorum.voters', '1@127.0.0.1:1'],
    ['listeners', 'INTERNAL://127.0.0.1:0'],
    ['listener.security.protocol.map', 'INTERNAL:SSL'],
    ['ssl.keystore.certificate.chain', '-----BEGIN CERTIFICATE-----'],
    ['ssl.keystore.key', '-----BEGIN PRIVATE KEY-----'],
    ['ssl.truststore.certificates', '-----BEGIN CERTIFICATE-----'],
    ['log.dirs', '/dev/null/a-file-has-no-folders'],
  ]);
  await t.rejects(VarveNode.start({ config, platform: { ...platform, clock }, doors: [], onFailure: () => {} }));
  t.equal(clock.made, 1, 'the certificates were opened');
  t.equal(clock.pending.size, 0);
});
