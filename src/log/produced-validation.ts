import { VarveError } from '../common/errors.js';
import { replaceRecords, setAppendTimestamp } from '../record/batch-builder.js';
import {
  batchAttributes,
  batchSizeBytes,
  CompressionCodec,
  compressionCodec,
  isControl,
  RECORDS_AT,
} from '../record/batch-header.js';
import type { BatchValidator, ProduceRules } from '../record/batch-validation.js';
import { requireSoundBatch } from '../record/batch-validation.js';
import { compressRecords, decompressRecords } from '../record/compression.js';
import { DEFAULT_MAX_DECOMPRESSED_BYTES as MAX_INFLATED_BYTES } from '../record/record-cursor.js';
import type { Workers } from '../platform/workers.js';
import type { LogConfig } from './log-config.js';

/** What a topic's configuration asks of produced batches; made once a configuration. */
export class ProducePolicy {
  readonly config: LogConfig;
  /** The codec that the broker stores; undefined keeps each producer's. */
  readonly storedCodec: CompressionCodec | undefined;
  readonly #rules: { -readonly [Key in keyof ProduceRules]: ProduceRules[Key] };

  constructor(config: LogConfig) {
    this.config = config;
    this.storedCodec = storedCodec(config);
    this.#rules = {
      maxBatchBytes: config.maxMessageBytes,
      requiresKeys: config.cleanupCompact,
      isLogAppendTime: config.messageTimestampType === 'LogAppendTime',
      minTimestamp: 0,
      maxTimestamp: Number.MAX_SAFE_INTEGER,
      inflates: false,
    };
  }

  /** Whether the batch must be inflated or compressed anew, which belongs off the event loop. */
  needsTranscoding(batches: Buffer, at: number): boolean {
    const codec = compressionCodec(batchAttributes(batches, at));
    if (this.storedCodec !== undefined && codec !== this.storedCodec) return true;
    return this.config.cleanupCompact && codec !== CompressionCodec.none;
  }

  /** The rules as of now; one object, changed by the next call. */
  rules(nowMs: number): ProduceRules {
    this.#rules.minTimestamp = Math.max(-1, nowMs - this.config.messageTimestampBeforeMaxMs);
    this.#rules.maxTimestamp = Math.min(Number.MAX_SAFE_INTEGER, nowMs + this.config.messageTimestampAfterMaxMs);
    return this.#rules;
  }
}

function storedCodec(config: LogConfig): CompressionCodec | undefined {
  if (config.compressionType === 'producer') return undefined;
  return config.compressionType === 'uncompressed' ? CompressionCodec.none : CompressionCodec[config.compressionType];
}

export interface ProduceContext {
  readonly policy: ProducePolicy;
  readonly validator: BatchValidator;
  readonly origin: 'client' | 'coordinator';
  readonly nowMs: number;
}

/** A piece of work for a codec; its result is given back to the generator. */
interface CodecTask {
  readonly task: 'decompress' | 'compress';
  readonly codec: number;
  readonly data: Buffer;
}

/**
 * Checks the batches that a client (or a coordinator) wants appended, as a stranger's bytes, and gives what is to be
 * stored: the same buffer, patched on a LogAppendTime topic, or a new one where `compression.type` demands another
 * codec.
 * @throws VarveError with the field's standard code
 */
export function prepareProduced(batches: Buffer, context: ProduceContext): Buffer {
  const steps = preparation(batches, context);
  for (let step = steps.next(); ;) {
    if (step.done) return step.value;
    const { task, codec, data } = step.value;
    step = steps.next(
      task === 'compress' ? compressRecords(codec, data) : decompressRecords(codec, data, MAX_INFLATED_BYTES),
    );
  }
}

/** As prepareProduced, with the codecs' work on the workers. */
export async function prepareProducedOnWorkers(
  batches: Buffer,
  context: ProduceContext,
  workers: Workers,
): Promise<Buffer> {
  const steps = preparation(batches, context);
  for (let step = steps.next(); ;) {
    if (step.done) return step.value;
    const { task, codec, data } = step.value;
    const result =
      task === 'compress'
        ? await workers.run('compress', { codec, data })
        : await workers.run('decompress', { codec, data, maxBytes: MAX_INFLATED_BYTES });
    step = steps.next(result);
  }
}

function* preparation(batches: Buffer, context: ProduceContext): Generator<CodecTask, Buffer, Uint8Array> {
  const { policy, origin, nowMs } = context;
  const { config } = policy;
  if (batches.length === 0) throw new VarveError('INVALID_RECORD', 'The append has no batch.');
  const rules = policy.rules(nowMs);
  let transcodes = false;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    if (origin === 'coordinator') requireSoundBatch(batches, at);
    else context.validator.validate(batches, at, batches.length, rules);
    if (config.messageTimestampType === 'LogAppendTime') setAppendTimestamp(batches, at, nowMs);
    transcodes ||= policy.needsTranscoding(batches, at) && !isControl(batchAttributes(batches, at));
  }
  const stored = transcodes ? yield* transcode(batches, context) : batches;
  if (stored.length > config.segmentBytes) {
    throw new VarveError(
      'RECORD_LIST_TOO_LARGE',
      `The append has ${stored.length} bytes and segment.bytes is ${config.segmentBytes}: send smaller batches.`,
    );
  }
  return stored;
}

/** Inflates and checks what must be looked at, and compresses it with the topic's codec. */
function* transcode(batches: Buffer, context: ProduceContext): Generator<CodecTask, Buffer, Uint8Array> {
  const { policy, validator, nowMs } = context;
  const stored: Buffer[] = [];
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    const end = at + batchSizeBytes(batches, at);
    const batch = batches.subarray(at, end);
    if (!policy.needsTranscoding(batches, at)) {
      stored.push(batch);
      continue;
    }
    const codec = compressionCodec(batchAttributes(batches, at));
    const data = batch.subarray(RECORDS_AT);
    const records = codec === CompressionCodec.none ? data : yield { task: 'decompress', codec, data };
    const plain = replaceRecords(batch, 0, CompressionCodec.none, records);
    // The size that counts is the one that was sent.
    const rules = { ...policy.rules(nowMs), maxBatchBytes: Infinity };
    validator.validate(plain, 0, plain.length, rules);
    const wanted = policy.storedCodec;
    if (wanted === undefined || wanted === codec) stored.push(batch);
    else if (wanted === CompressionCodec.none) stored.push(plain);
    else {
      const compressed = yield { task: 'compress', codec: wanted, data: plain.subarray(RECORDS_AT) };
      stored.push(replaceRecords(plain, 0, wanted, compressed));
    }
  }
  return Buffer.concat(stored);
}
