import { assert } from '../common/assert.js';
import { VarveError } from '../common/errors.js';
import { replaceRecords, setAppendTimestamp, setMaxTimestamp } from '../record/batch-builder.js';
import {
  batchAttributes,
  batchMaxTimestamp,
  batchSizeBytes,
  CompressionCodec,
  compressionCodec,
  isControl,
  isTransactional,
  NO_TIMESTAMP,
  RECORD_BATCH_OVERHEAD,
  RECORDS_AT,
} from '../record/batch-header.js';
import type { BatchValidator, ProduceRules } from '../record/batch-validation.js';
import { requireSingleBatch, requireSoundBatch } from '../record/batch-validation.js';
import { compressRecords, decompressRecords } from '../record/compression.js';
import { DEFAULT_MAX_DECOMPRESSED_BYTES as MAX_INFLATED_BYTES } from '../record/record-cursor.js';
import type { RecordRules, Workers } from '../platform/workers.js';
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

  /**
   * Whether a codec has to work on one of the batches, to look at its records or to compress them anew, which belongs
   * off the event loop. The bytes were not checked yet: what is no batch is left to the validation.
   */
  needsCodec(batches: Buffer): boolean {
    for (let at = 0; at + RECORD_BATCH_OVERHEAD <= batches.length;) {
      if (isCompressed(batches, at) || this.needsTranscoding(batches, at)) return true;
      const sizeBytes = batchSizeBytes(batches, at);
      if (sizeBytes < RECORD_BATCH_OVERHEAD) return false;
      at += sizeBytes;
    }
    return false;
  }

  /** Whether the topic stores another codec than the batch has. */
  needsTranscoding(batches: Buffer, at: number): boolean {
    return this.storedCodec !== undefined && compressionCodec(batchAttributes(batches, at)) !== this.storedCodec;
  }

  /** For the records of a compressed batch, as of now. */
  recordRules(nowMs: number): RecordRules {
    const { requiresKeys, isLogAppendTime, minTimestamp, maxTimestamp } = this.rules(nowMs);
    return {
      requiresKeys: requiresKeys === true,
      isLogAppendTime: isLogAppendTime === true,
      minTimestamp: minTimestamp ?? NO_TIMESTAMP,
      maxTimestamp: maxTimestamp ?? Number.MAX_SAFE_INTEGER,
      maxDecompressedBytes: MAX_INFLATED_BYTES,
    };
  }

  /** The rules as of now; one object, changed by the next call. */
  rules(nowMs: number): ProduceRules {
    this.#rules.minTimestamp = Math.max(-1, nowMs - this.config.messageTimestampBeforeMaxMs);
    this.#rules.maxTimestamp = Math.min(Number.MAX_SAFE_INTEGER, nowMs + this.config.messageTimestampAfterMaxMs);
    return this.#rules;
  }
}

function isCompressed(batches: Buffer, at: number): boolean {
  return compressionCodec(batchAttributes(batches, at)) !== CompressionCodec.none;
}

function storedCodec(config: LogConfig): CompressionCodec | undefined {
  if (config.compressionType === 'producer') return undefined;
  return config.compressionType === 'uncompressed' ? CompressionCodec.none : CompressionCodec[config.compressionType];
}

export interface ProduceContext {
  readonly policy: ProducePolicy;
  readonly validator: BatchValidator;
  readonly origin: 'client' | 'coordinator';
  /** No transaction can be open: a batch that says it belongs to one is refused. */
  readonly refusesTransactional: boolean;
  readonly nowMs: number;
}

/** A piece of work for a codec; its result is given back to the generator. */
type CodecTask =
  | { readonly task: 'decompress'; readonly codec: number; readonly data: Buffer }
  | { readonly task: 'compress'; readonly codec: number; readonly data: Buffer }
  | { readonly task: 'checkRecords'; readonly codec: number; readonly data: Buffer; readonly rules: RecordRules };

type CodecResult = Uint8Array | { readonly maxTimestamp: number };

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
    step = steps.next(runHere(step.value, context.validator));
  }
}

function runHere(task: CodecTask, validator: BatchValidator): CodecResult {
  if (task.task === 'checkRecords') return { maxTimestamp: validator.checkRecords(task.data, 0, task.rules) };
  if (task.task === 'compress') return compressRecords(task.codec, task.data);
  return decompressRecords(task.codec, task.data, MAX_INFLATED_BYTES);
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
    step = steps.next(await runOn(workers, step.value));
  }
}

function runOn(workers: Workers, task: CodecTask): Promise<CodecResult> {
  const { codec, data } = task;
  if (task.task === 'checkRecords') return workers.run('checkRecords', { codec, data, rules: task.rules });
  if (task.task === 'compress') return workers.run('compress', { codec, data });
  return workers.run('decompress', { codec, data, maxBytes: MAX_INFLATED_BYTES });
}

function* preparation(batches: Buffer, context: ProduceContext): Generator<CodecTask, Buffer, CodecResult> {
  const { policy, origin, nowMs } = context;
  const { config } = policy;
  if (batches.length === 0) throw new VarveError('INVALID_RECORD', 'The append has no batch.');
  // As in Kafka: what keeps the order of a producer's batches, and knows a retry again, looks at one header.
  if (origin === 'client') requireSingleBatch(batches);
  const rules = policy.rules(nowMs);
  let transcodes = false;
  for (let at = 0; at < batches.length; at += batchSizeBytes(batches, at)) {
    if (origin === 'coordinator') requireSoundBatch(batches, at);
    else context.validator.validate(batches, at, batches.length, rules);
    if (context.refusesTransactional && isTransactional(batchAttributes(batches, at))) {
      throw new VarveError(
        'INVALID_TXN_STATE',
        'The batch is marked as part of a transaction, and there are no transactions here: send it without the mark.',
      );
    }
    if (config.messageTimestampType === 'LogAppendTime') setAppendTimestamp(batches, at, nowMs);
    if (isControl(batchAttributes(batches, at))) continue;
    if (policy.needsTranscoding(batches, at)) transcodes = true;
    else if (origin === 'client' && isCompressed(batches, at)) yield* checkCompressed(batches, at, context);
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

/** Looks at the records of a batch that is stored as it is. */
function* checkCompressed(
  batches: Buffer,
  at: number,
  { policy, nowMs }: ProduceContext,
): Generator<CodecTask, void, CodecResult> {
  const data = batches.subarray(at, at + batchSizeBytes(batches, at));
  const codec = compressionCodec(batchAttributes(batches, at));
  const found = yield { task: 'checkRecords', codec, data, rules: policy.recordRules(nowMs) };
  assert('maxTimestamp' in found, 'checking records gives their greatest timestamp');
  if (policy.config.messageTimestampType === 'LogAppendTime') return;
  if (found.maxTimestamp !== batchMaxTimestamp(batches, at)) setMaxTimestamp(batches, at, found.maxTimestamp);
}

/** Inflates and checks what must be looked at, and compresses it with the topic's codec. */
function* transcode(batches: Buffer, context: ProduceContext): Generator<CodecTask, Buffer, CodecResult> {
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
    assert(records instanceof Uint8Array, 'inflating gives records');
    const plain = replaceRecords(batch, 0, CompressionCodec.none, records);
    // The size that counts is the one that was sent.
    const rules = { ...policy.rules(nowMs), maxBatchBytes: Infinity };
    validator.validate(plain, 0, plain.length, rules);
    const wanted = policy.storedCodec;
    if (wanted === undefined || wanted === CompressionCodec.none) stored.push(plain);
    else {
      const compressed = yield { task: 'compress', codec: wanted, data: plain.subarray(RECORDS_AT) };
      assert(compressed instanceof Uint8Array, 'compressing gives records');
      stored.push(replaceRecords(plain, 0, wanted, compressed));
    }
  }
  return Buffer.concat(stored);
}
