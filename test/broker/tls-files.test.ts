import t from 'tap';
import { TlsFiles } from '../../src/broker/tls-files.js';
import { parseBrokerConfig } from '../../src/metadata/configs/parse.js';
import type { FileSystem } from '../../src/platform/file-system.js';
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
