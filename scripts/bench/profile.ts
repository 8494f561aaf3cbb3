import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What of a .cpuprofile is used here. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

export interface ProfileLine {
  readonly what: string;
  /** Percent of the time in which the process did not idle. */
  readonly percent: number;
}

export interface ProfileSummary {
  /** Percent of the time. */
  readonly busyPercent: number;
  /** By part of the program: a folder of Varve, a package, Node itself, the collector. */
  readonly parts: readonly ProfileLine[];
  readonly functions: readonly ProfileLine[];
}

const SHOWN = 15;
const IDLE = '(idle)';

/** Where the time of one process went: the self times of its functions, and of the parts that these belong to. */
export function summarizeProfile(profile: Profile): ProfileSummary {
  const frames = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
  const byPart = new Map<string, number>();
  const byFunction = new Map<string, number>();
  let idle = 0;
  let busy = 0;
  for (const [index, id] of profile.samples.entries()) {
    const microseconds = profile.timeDeltas[index] ?? 0;
    const frame = frames.get(id);
    if (frame === undefined) continue;
    if (frame.functionName === IDLE) {
      idle += microseconds;
      continue;
    }
    busy += microseconds;
    const part = partOf(frame.url, frame.functionName);
    byPart.set(part, (byPart.get(part) ?? 0) + microseconds);
    const name = `${frame.functionName === '' ? '(anonymous)' : frame.functionName} [${part}]`;
    byFunction.set(name, (byFunction.get(name) ?? 0) + microseconds);
  }
  const lines = (times: ReadonlyMap<string, number>): ProfileLine[] =>
    [...times]
      .sort((a, b) => b[1] - a[1])
      .slice(0, SHOWN)
      .map(([what, microseconds]) => ({ what, percent: (microseconds / Math.max(busy, 1)) * 100 }));
  return { busyPercent: (busy / Math.max(busy + idle, 1)) * 100, parts: lines(byPart), functions: lines(byFunction) };
}

function partOf(url: string, functionName: string): string {
  if (url === '') return functionName === '(garbage collector)' ? 'garbage collector' : 'native';
  if (url.startsWith('node:')) return 'node';
  const packageName = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (packageName !== undefined) return packageName;
  return /\/src\/(platform\/node|[^/]+)\//.exec(url)?.[1] ?? url.split('/').at(-1) ?? url;
}

/** The summaries of all profiles in a folder, by file. */
export function readProfiles(directory: string): Map<string, ProfileSummary> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.cpuprofile'));
  return new Map(
    files
      .sort()
      .map((name) => [name, summarizeProfile(JSON.parse(readFileSync(join(directory, name), 'utf8')) as Profile)]),
  );
}
