import { spawnSync } from 'node:child_process';

/** What decides a run of a cluster, as the options of `make sim` have it. */
export interface Replay {
  readonly seed: number;
  readonly seconds: number;
  readonly nodes: number;
  /** Kinds to draw from, or `none`; not heeded where there is a plan. */
  readonly faults: string;
  readonly plan?: string;
  /** Names of the only faults of it that strike, with commas. */
  readonly strikes?: string;
  readonly thin?: boolean;
  readonly plain?: boolean;
}

/** The command that runs a seed again, the same run to the last event. */
export function replayCommand(replay: Replay): string {
  const { seed, seconds, nodes, faults, plan = '', strikes = '', thin = false, plain = false } = replay;
  const options = [
    `SEED=${seed}`,
    `SECONDS=${seconds}`,
    ...(nodes === 3 ? [] : [`NODES=${nodes}`]),
    plan === '' ? `FAULTS=${faults}` : `PLAN="${plan}"`,
    ...(strikes === '' ? [] : [`STRIKES=${strikes}`]),
    ...(thin ? ['THIN=1'] : []),
    ...(plain ? ['PLAIN=1'] : []),
  ];
  return `make sim ${options.join(' ')}`;
}

/** The commit that this code was built from, as far as git tells: another one makes another run of the same seed. */
export function commitId(): string | undefined {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  const id = (stdout ?? '').trim();
  return /^[0-9a-f]{40,}$/.test(id) ? id : undefined;
}

/** `at commit ...`, and whether the code differs from it; empty outside a repository. */
export function sourceOf(): string {
  const id = commitId();
  if (id === undefined) return '';
  const { stdout } = spawnSync('git', ['status', '--porcelain', '--untracked-files=no', 'src'], { encoding: 'utf8' });
  return `at commit ${id}${(stdout ?? '') === '' ? '' : ', with changes that are not committed'}`;
}
