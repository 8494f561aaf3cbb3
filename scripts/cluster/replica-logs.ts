import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  RECORDS_AT,
  batchBaseOffset,
  batchLastOffset,
  batchSizeBytes,
  checkCrc,
} from '../../src/record/batch-header.js';

export interface PartitionReplicas {
  readonly topic: string;
  readonly partition: number;
  /** Node ids. */
  readonly replicas: readonly number[];
  readonly highWatermark: number;
}

export interface ReplicaComparison {
  readonly comparedReplicas: number;
  readonly comparedBytes: number;
  /** One sentence for each replica that is not as the others are. */
  readonly differences: readonly string[];
}

/** Gets each batch of a replica, in order; the bytes are valid during the call. */
export type BatchVisitor = (replica: { nodeId: number; topic: string; partition: number }, batch: Buffer) => void;

interface ReplicaDigest {
  readonly nodeId: number;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly sizeBytes: number;
  readonly digest: string;
  /** The base offset of the first batch that fails its CRC. */
  readonly damagedAt: number | undefined;
}

const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Reads the log of every replica, below the high watermark, straight from the nodes' directories, and compares the bytes.
 * The nodes must not run. `directoryOf` names a node's log directory.
 */
export function compareReplicas(
  partitions: readonly PartitionReplicas[],
  directoryOf: (nodeId: number) => string,
  visit?: BatchVisitor,
): ReplicaComparison {
  const differences: string[] = [];
  let comparedReplicas = 0;
  let comparedBytes = 0;
  for (const each of partitions) {
    const { topic, partition, highWatermark } = each;
    const digests = each.replicas.map((nodeId) => {
      const folder = join(directoryOf(nodeId), `${topic}-${partition}`);
      return digestReplica(nodeId, folder, highWatermark, (batch) => visit?.({ nodeId, topic, partition }, batch));
    });
    comparedReplicas += digests.length;
    comparedBytes += digests.reduce((total, digest) => total + digest.sizeBytes, 0);
    const usual = mostCommon(digests.map((digest) => digest.digest));
    for (const replica of digests) {
      const name = `${topic}-${partition} on node ${replica.nodeId}`;
      // All of them may have the same damage.
      if (replica.damagedAt !== undefined) {
        differences.push(`${name} has a damaged batch at ${replica.damagedAt}`);
      } else if (replica.endOffset < highWatermark) {
        differences.push(`${name} ends at ${replica.endOffset}, below the high watermark ${highWatermark}`);
      } else if (replica.digest !== usual) {
        differences.push(
          `${name} has other bytes in [${replica.startOffset}, ${highWatermark}) than the other replicas`,
        );
      }
    }
  }
  return { comparedReplicas, comparedBytes, differences };
}

function digestReplica(
  nodeId: number,
  folder: string,
  highWatermark: number,
  visit: (batch: Buffer) => void,
): ReplicaDigest {
  const hash = createHash('sha1');
  let startOffset = -1;
  let endOffset = 0;
  let sizeBytes = 0;
  let damagedAt: number | undefined;
  for (const batch of batchesBelow(folder, highWatermark)) {
    if (startOffset < 0) startOffset = batchBaseOffset(batch, 0);
    endOffset = batchLastOffset(batch, 0) + 1;
    sizeBytes += batch.length;
    hash.update(batch);
    if (!checkCrc(batch, 0)) damagedAt ??= batchBaseOffset(batch, 0);
    visit(batch);
  }
  return { nodeId, startOffset, endOffset, sizeBytes, digest: hash.digest('hex'), damagedAt };
}

/** The batches of a partition's directory whose base offset is below `offset`; each is valid until the next is asked for. */
export function* batchesBelow(folder: string, offset: number): Generator<Buffer, void, undefined> {
  if (!existsSync(folder)) return;
  const segments = readdirSync(folder).filter((name) => /^\d{20}\.log$/.test(name));
  for (const segment of segments.sort()) {
    for (const batch of batchesOfFile(join(folder, segment))) {
      if (batchBaseOffset(batch, 0) >= offset) return;
      yield batch;
    }
  }
}

/** Ends at the end of the file, at a zero tail (a file that is extended ahead), or at a batch that is cut short. */
function* batchesOfFile(path: string): Generator<Buffer, void, undefined> {
  const file = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let filled = 0;
    let position = 0;
    for (;;) {
      const read = readSync(file, buffer, filled, buffer.length - filled, position);
      position += read;
      filled += read;
      let at = 0;
      while (filled - at >= RECORDS_AT) {
        const size = batchSizeBytes(buffer, at);
        if (size < RECORDS_AT) return;
        if (size > filled - at) break;
        yield buffer.subarray(at, at + size);
        at += size;
      }
      if (read === 0) return;
      if (at === 0 && filled === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      else buffer.copy(buffer, 0, at, filled);
      filled -= at;
    }
  } finally {
    closeSync(file);
  }
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
