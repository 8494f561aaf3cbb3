import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Bits of `CapEff` (capabilities(7)). */
const CAP_NET_ADMIN = 12n;
const CAP_SYS_ADMIN = 21n;

/** Whether this user may make network namespaces, and has the command for it: then what needs them must work. */
export function mayMakeNamespaces(): boolean {
  if (process.platform !== 'linux') return false;
  const [, mask = '0'] = /^CapEff:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  const has = (bit: bigint): boolean => ((BigInt(`0x${mask}`) >> bit) & 1n) === 1n;
  if (!has(CAP_NET_ADMIN) || !has(CAP_SYS_ADMIN)) return false;
  try {
    execFileSync('ip', ['-V'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
