import t from 'tap';
import { SilenceMeter } from '../../scripts/workload/silence-meter.js';

t.test('the longest silence of any partition, and of all together, window by window', (t) => {
  let now = 0;
  const meter = new SilenceMeter(2, () => now, 'steady');
  const at = (ms: number, partition: number): void => {
    now = ms;
    meter.acknowledged(partition);
  };
  at(10, 0);
  at(20, 1);
  at(30, 0);
  t.strictSame(meter.next('kill'), { label: 'steady', anyMs: 10, worstPartitionMs: 20 });
  at(330, 1);
  at(340, 0);
  t.strictSame(meter.current(), { label: 'kill', anyMs: 300, worstPartitionMs: 310 });
  now = 1340;
  t.strictSame(meter.current(), { label: 'kill', anyMs: 1000, worstPartitionMs: 1010 }, 'a silence that goes on');
  meter.next('after');
  at(1350, 0);
  t.strictSame(
    meter.windows().map((window) => window.label),
    ['steady', 'kill', 'after'],
  );
  t.strictSame(meter.current(), { label: 'after', anyMs: 1010, worstPartitionMs: 1020 }, 'counts where it ends');
  t.end();
});
