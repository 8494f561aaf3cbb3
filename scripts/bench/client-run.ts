import { spawn } from 'node:child_process';

/** What a client program of its own process is asked to do; it comes as its one argument, in JSON. */
export interface ClientTask {
  /** `deleteTopic`, `first` and `silence` are the peer's alone: Varve's are done in the benchmark's own process. */
  readonly do: 'createTopic' | 'deleteTopic' | 'produce' | 'consume' | 'latency' | 'first' | 'silence';
  readonly bootstrap: readonly string[];
  readonly topic: string;
  /** For createTopic. */
  readonly partitions?: number;
  readonly configs?: Readonly<Record<string, string>>;
  /** For createTopic of the peer: the brokers of each partition, its leader first. */
  readonly replicas?: readonly (readonly number[])[];
  readonly valueBytes?: number;
  readonly seconds?: number;
  /** For produce: all through the first node, which forwards. */
  readonly forwarded?: boolean;
  /** For produce: record after record to the next partition, in place of the client's own choice. */
  readonly spread?: boolean;
  readonly recordsPerSecond?: number;
}

/** What it prints as its last line, in JSON. */
export interface ClientResult {
  readonly records: number;
  /** Of values. */
  readonly bytes: number;
  readonly seconds: number;
  /** For latency, in ms: from sending to the acknowledgement, and to the consumer. */
  readonly acknowledged?: { readonly p50: number; readonly p99: number; readonly p999: number };
  readonly consumed?: { readonly p50: number; readonly p99: number; readonly p999: number };
}

export const MEGABYTE = 1_000_000;

export function recordsPerSecond(result: ClientResult): number {
  return result.records / result.seconds;
}

export function megabytesPerSecond(result: ClientResult): number {
  return result.bytes / MEGABYTE / result.seconds;
}

const TIMEOUT_MS = 240_000;

/** Runs a client program in a process of its own; rejects with what it said when it fails. */
export async function runClient(command: readonly string[], task: ClientTask): Promise<ClientResult> {
  const [program, ...args] = command;
  const child = spawn(program ?? '', [...args, JSON.stringify(task)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-4000)));
  const timer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(timer);
  if (code !== 0) throw new Error(`${command.join(' ')}: ${task.do} of '${task.topic}' ended with ${code}.\n${errors}`);
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  return JSON.parse(last) as ClientResult;
}
