import t from 'tap';
import { FakeDisk, Seeded } from './fake-disk.js';
import { logConfig, makeBatch, openDirectory, readAll, TOPIC_ID } from './support.js';

t.test('a mended batch that begins a leader epoch gives the epoch its start back, and is served', async (t) => {
  for (const epochs of [
    [0, 0, 1, 1, 1],
    [0, 0, 1, 2, 2],
  ]) {
    const disk = new FakeDisk();
    const first = await openDirectory(disk);
    const log = await first.directory.openLog('t', 0, TOPIC_ID, logConfig());
    for (const epoch of epochs) log.appendAsLeader(makeBatch(), epoch);
    await log.flush();
    await first.directory.checkpoint();
    const good = await readAll(log);
    const { epochs: before } = log;
    disk.crash(new Seeded(1), 'keepAll');
    const path = '/data/t-0/00000000000000000000.log';
    const damaged = Buffer.from(disk.bytesOf(path));
    const inThird = 2 * makeBatch().length + 70;
    damaged[inThird] = (damaged[inThird] ?? 0) ^ 1;
    disk.put(path, damaged);
    const second = await openDirectory(disk, { cacheBytes: 0 });
    const again = await second.directory.openLog('t', 0, TOPIC_ID, logConfig());
    t.same(again.damagedRanges, [{ fromOffset: 2, toOffset: 3 }]);
    t.same(again.endOffsetForEpoch(0), { epoch: 0, endOffset: 2 }, 'followers are cut where the epoch really ended');
    t.ok(await again.repair(2, Buffer.from(good[2] ?? Buffer.alloc(0))));
    t.same(again.epochs, before);
    t.same(await readAll(again), good);
    t.same(again.damagedRanges, []);
    await second.directory.close();
  }
});
