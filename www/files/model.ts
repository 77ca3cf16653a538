/**
 * Trained models in the format of safetensors (huggingface.co/docs/safetensors): eight bytes with the length of a header in JSON, the
 * header, the numbers. One tensor, `parameters`, holds all of them in the core's order; the header's metadata has the Experiment, the step,
 * the version of this form and a checksum (CRC-32, as in zip, of the tensor's bytes). Files of version 1 say neither. Of a table it also has where
 * its columns lie, so that the model can be asked without the rows; files of before have not.
 */

import { buf as crc32 } from 'crc-32';
import { isTooDeep } from '../engine/depth';
import type { Saved } from '../engine/protocol';
import { message } from './message';
import { problem } from './problem';

/** Counts up when a page of before would misread the file. */
const VERSION = 2;

/** Eight hexadecimal digits. */
const checksumOf = (bytes: Uint8Array): string => (crc32(bytes) >>> 0).toString(16).padStart(8, '0');

/** A model from a file; its Experiment is not checked yet. */
export interface Model {
  experiment: unknown;
  saved: Saved;
  /** What is known of the columns that were learned, not checked yet; null where the file does not say. */
  table: unknown;
}

/**
 * The bytes of a file. `flow` says what the parameters mean, for programs that don't know the core: density_model.py; `table` where the columns of
 * a table lie (src/targets/columns.rs).
 */
export function writeModel(
  experiment: unknown,
  { step, values }: Saved,
  flow: unknown = null,
  table: unknown = null,
): Uint8Array<ArrayBuffer> {
  const numbers = new Uint8Array(4 * values.length);
  const view = new DataView(numbers.buffer);
  values.forEach((value, i) => view.setFloat32(4 * i, value, true));
  const header = JSON.stringify({
    __metadata__: {
      format: 'density-playground',
      version: String(VERSION),
      checksum: checksumOf(numbers),
      experiment: JSON.stringify(experiment),
      step: String(step),
      ...(table === null ? {} : { table: JSON.stringify(table) }),
      ...(flow === null ? {} : { flow: JSON.stringify(flow) }),
    },
    parameters: { dtype: 'F32', shape: [values.length], data_offsets: [0, numbers.length] },
  });
  const text = new TextEncoder().encode(header);
  // Numbers begin at a multiple of eight bytes; blanks fill up.
  const length = 8 * Math.ceil(text.length / 8);
  const bytes = new Uint8Array(8 + length + numbers.length).fill(0x20, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  bytes.set(numbers, 8 + length);
  return bytes;
}

const headerLength = (bytes: Uint8Array): number =>
  bytes.length < 10 ? NaN : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));

/** True where bytes begin as such a file does. */
export const isModel = (bytes: Uint8Array): boolean => bytes[8] === 0x7b && headerLength(bytes) < 1e8;

type Damage =
  | 'modelShort'
  | 'modelHeader'
  | 'modelForeign'
  | 'modelNewer'
  | 'modelExperiment'
  | 'modelParameters'
  | 'modelChecksum';

/** Reads a file; refuses what is damaged, or of another program, with a sentence. */
export function readModel(bytes: Uint8Array): Model {
  const length = headerLength(bytes);
  const damaged = (why: Damage) => problem('model', message(why));
  if (!(8 + length <= bytes.length)) throw damaged('modelShort');
  let header: Record<string, unknown>;
  let experiment: unknown;
  let table: unknown = null;
  let metadata: Record<string, unknown> | undefined;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as typeof header;
    metadata = header['__metadata__'] as typeof metadata;
  } catch {
    throw damaged('modelHeader');
  }
  if (metadata?.['format'] !== 'density-playground' || typeof metadata['experiment'] !== 'string')
    throw damaged('modelForeign');
  if (Number(metadata['version'] ?? 1) > VERSION) throw damaged('modelNewer');
  try {
    experiment = JSON.parse(metadata['experiment']) as unknown;
    if (typeof metadata['table'] === 'string') table = JSON.parse(metadata['table']) as unknown;
  } catch {
    throw damaged('modelExperiment');
  }
  if (isTooDeep(experiment) || isTooDeep(table)) throw damaged('modelExperiment');
  const tensor = header['parameters'] as { dtype?: unknown; data_offsets?: unknown } | undefined;
  const [from, to] = Array.isArray(tensor?.data_offsets)
    ? (tensor.data_offsets as unknown[]).map(Number)
    : [];
  const step = Number(metadata['step']);
  const whole = (value: number | undefined): value is number =>
    value !== undefined && Number.isInteger(value) && value >= 0;
  if (tensor?.dtype !== 'F32' || !whole(from) || !whole(to) || to < from || !whole(step) || step >= 2 ** 32)
    throw damaged('modelParameters');
  if (8 + length + to > bytes.length) throw damaged('modelShort');
  const numbers = bytes.subarray(8 + length + from, 8 + length + to);
  if (metadata['checksum'] !== undefined && metadata['checksum'] !== checksumOf(numbers))
    throw damaged('modelChecksum');
  const view = new DataView(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  const values = Float32Array.from({ length: Math.floor((to - from) / 4) }, (_, i) =>
    view.getFloat32(4 * i, true),
  );
  return { experiment, saved: { step, values }, table };
}
