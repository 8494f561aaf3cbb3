import t from 'tap';
import { LogManager } from '../../src/broker/log-manager.js';
import { LogMaintenance } from '../../src/broker/log-maintenance.js';
import type { LogMaintenanceOptions } from '../../src/broker/log-maintenance.js';
import { VarveError } from '../../src/common/errors.js';
import type { PartitionLog } from '../../src/log/partition-log.js';
import { topicConfig, withDynamicConfigs } from '../../src/metadata/configs/parse.js';
import { silentLogger } from '../../src/platform/observe.js';
import { BatchBuilder } from '../../src/record/batch-builder.js';
import { PoisonedBuffers } from '../../src/simulation/poisoned-buffers.js';
import { FakeDisk, Seeded } from '../log/fake-disk.js';
import { ManualClock, logConfig, makeBatch, openDirectory, settle, TOPIC_ID } from '../log/support.js';

t.test('the cleaner takes the dirtiest log that is due, and rests when none is', async (t) => {
  const { directory, clock } = await openDirectory(new FakeDisk(), { config: { checkpointIntervalMs: 1e9 } });
  const config = logConfig({ segmentBytes: 2000, cleanupCompact: true, minCleanableDirtyRatio: 0.4 });
  const logs = await Promise.all(
    ['a', 'b', 'kept'].map((topic) =>
      directory.openLog(topic, 0, TOPIC_ID, topic === 'kept' ? logConfig({ segmentBytes: 2000 }) : config),
    ),
  );
  for (const log of logs) {
    for (let index = 0; index < 60; index++) {
      const builder = new BatchBuilder();
      builder.reset({}).append(clock.wallMs(), 'key', 'x'.repeat(50));
      log.appendAsLeader(builder.detach(), 0);
    }
    await log.flush();
    log.updateHighWatermark(log.endOffset);
  }
  const sizes = logs.map((log) => log.sizeBytes);
  const brokerConfig = {
    logCleanerEnable: true,
    logCleanerBackoffMs: 100,
    logCleanerDedupeBufferSize: 65536,
    logCleanerIoMaxBytesPerSecond: 1e9,
    logScrubIntervalMs: -1,
    logRetentionCheckIntervalMs: 1e9,
  };
  const maintenance = new LogMaintenance({
    clock,
    logger: silentLogger,
    config: () => brokerConfig as ReturnType<LogMaintenanceOptions['config']>,
    logs: () => logs,
    configuredLogs: () => logs,
  });
  maintenance.start();
  for (let turn = 0; turn < 5; turn++) {
    clock.advance(100);
    await settle(5000);
  }
  const shrunk = logs.map((log, index) => log.sizeBytes < (sizes[index] ?? 0) / 2);
  t.same(shrunk, [true, true, false], 'compacted topics only');
  maintenance.close();
  await directory.close();
});

t.test('a log that cannot be compacted does not keep the others from it', async (t) => {
  const clock = new ManualClock();
  const turns: string[] = [];
  const log = (topic: string, dirtyRatio: number, compact: () => Promise<unknown>): PartitionLog =>
    ({
      topic,
      offline: false,
      config: logConfig({ cleanupCompact: true }),
      findCleanable: async () => ({ firstDirtyOffset: 0, endOffset: 1, dirtyRatio, isOverdue: false }),
      compact: () => {
        turns.push(topic);
        return compact();
      },
    }) as unknown as PartitionLog;
  const damaged = log('damaged', 1, () => Promise.reject(new VarveError('CORRUPT_MESSAGE')));
  const good = log('good', 0.9, async () => ({ cleanedOffset: 1, bytesBefore: 1, bytesAfter: 1 }));
  const config = {
    logCleanerEnable: true,
    logCleanerBackoffMs: 15_000,
    logCleanerDedupeBufferSize: 65536,
    logCleanerIoMaxBytesPerSecond: 1e9,
    logScrubIntervalMs: -1,
    logRetentionCheckIntervalMs: 1e9,
  };
  const maintenance = new LogMaintenance({
    clock,
    logger: silentLogger,
    config: () => config as ReturnType<LogMaintenanceOptions['config']>,
    logs: () => [],
    configuredLogs: () => [damaged, good],
  });
  maintenance.start();
  for (let seconds = 0; seconds < 300; seconds += 5) {
    clock.advance(5_000);
    await settle(20);
  }
  maintenance.close();
  t.equal(turns[0], 'damaged');
  t.ok(turns.filter((topic) => topic === 'good').length > 10, turns.join(' '));
  t.equal(turns.filter((topic) => topic === 'damaged').length, 3, 'tried again after one minute, then two');
});

t.test('a log that is at work does not keep the others from their retention', async (t) => {
  const clock = new ManualClock();
  const turns: string[] = [];
  const log = (topic: string, applyRetention: () => Promise<void>): PartitionLog =>
    ({
      topic,
      offline: false,
      applyRetention: () => {
        turns.push(topic);
        return applyRetention();
      },
    }) as unknown as PartitionLog;
  let end = (): void => {};
  const busy = log('busy', () => new Promise<void>((resolve) => (end = resolve)));
  const idle = log('idle', async () => {});
  const config = { logScrubIntervalMs: -1, logRetentionCheckIntervalMs: 60_000, logCleanerEnable: false };
  const maintenance = new LogMaintenance({
    clock,
    logger: silentLogger,
    config: () => config as ReturnType<LogMaintenanceOptions['config']>,
    logs: () => [],
    configuredLogs: () => [busy, idle],
  });
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) {
      clock.advance(1_000);
      await settle(20);
    }
  };
  maintenance.start();
  await pass(62);
  t.same(turns, ['busy', 'idle']);
  await pass(62);
  t.same(turns, ['busy', 'idle', 'idle'], 'and not twice at once on the same log');
  end();
  await pass(62);
  t.same(turns, ['busy', 'idle', 'idle', 'busy', 'idle']);
  maintenance.close();
});

t.test('the scrub reads all logs once in its interval, however large they are', async (t) => {
  const clock = new ManualClock();
  let slices = 0;
  const scrubbed = (mebibytes: number): PartitionLog => {
    let left = mebibytes;
    const scrubSlice = async (): Promise<boolean> => {
      slices++;
      left = left === 1 ? mebibytes : left - 1;
      return left === mebibytes;
    };
    return { sizeBytes: mebibytes * 1024 * 1024, offline: false, scrubSlice } as unknown as PartitionLog;
  };
  const config = { logScrubIntervalMs: 20_000, logRetentionCheckIntervalMs: 1e9, logCleanerEnable: false };
  const maintenance = new LogMaintenance({
    clock,
    logger: silentLogger,
    config: () => config as ReturnType<LogMaintenanceOptions['config']>,
    logs: () => [scrubbed(15), scrubbed(4), scrubbed(1)],
    configuredLogs: () => [],
  });
  const pass = async (milliseconds: number): Promise<void> => {
    for (let passed = 0; passed < milliseconds; passed += 100) {
      clock.advance(100);
      await settle(20);
    }
  };
  maintenance.start();
  await pass(10_000);
  t.ok(Math.abs(slices - 10) <= 1, `${slices} of 20 slices in half of the interval`);
  config.logScrubIntervalMs = -1;
  await pass(1_500);
  const before = slices;
  await pass(200_000);
  t.equal(slices, before, 'turned off');
  config.logScrubIntervalMs = 20_000;
  await pass(70_000);
  t.ok(slices > before, 'and on again, without a restart');
  maintenance.close();
});

t.test('nothing is removed from a log before its topic has told how long it keeps', async (t) => {
  const disk = new FakeDisk();
  const small = logConfig({ segmentBytes: 200, retentionMs: Infinity });
  const first = await openDirectory(disk);
  const kept = await first.directory.openLog('kept', 0, TOPIC_ID, small);
  for (let index = 0; index < 10; index++) kept.appendAsLeader(makeBatch({ timestamp: 1000 }), 0);
  kept.updateHighWatermark(10);
  await first.directory.close();

  const texts = new Map([
    ['node.id', '1'],
    ['log.dirs', '/data'],
  ]);
  const config = withDynamicConfigs(texts, new Map(), new Map());
  const clock = new ManualClock();
  const logs = await LogManager.open({
    nodeId: 1,
    config,
    platform: {
      clock,
      random: new Seeded(1),
      fileSystem: disk,
      logger: silentLogger,
      workers: { run: () => Promise.reject(new Error('no workers here')), close: async () => undefined },
      buffers: new PoisonedBuffers(),
    },
    topicConfig: () => topicConfig(config, new Map()),
    onOffline: () => {},
  });
  await logs.recover();
  const [log] = logs.logs;
  if (log === undefined) throw new Error('the log was found');
  const maintenance = new LogMaintenance({
    clock,
    logger: silentLogger,
    config: () => config,
    logs: () => logs.logs,
    configuredLogs: () => logs.configuredLogs,
  });
  maintenance.start();
  const check = async (): Promise<void> => {
    clock.advance(config.logRetentionCheckIntervalMs);
    await settle(2000);
  };
  await check();
  t.equal(log.startOffset, 0, "the broker's seven days are not the topic's");
  logs.configChanged('kept', topicConfig(config, new Map([['retention.ms', '-1']])), 1);
  await check();
  t.equal(log.startOffset, 0, 'the topic keeps everything');
  logs.configChanged('kept', topicConfig(config, new Map()), 1);
  await check();
  t.ok(log.startOffset > 5, 'and now it does not');
  maintenance.close();
  await logs.close();
});
