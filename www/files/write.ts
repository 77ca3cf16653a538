/** Numbers as files that other programs read. */

import { fileName } from './names';

/**
 * Comma-separated values with a heading; numbers as short as they can be written without a loss, in single precision where nothing else
 * is said.
 */
export function csv(
  names: readonly string[],
  rows: Iterable<readonly (number | null)[]>,
  precision: 'single' | 'double' = 'single',
): string {
  const quoted = (name: string) => (/[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name);
  // Names come from a person's table: a spreadsheet would run one that begins like a formula (OWASP, CSV injection).
  const inert = (name: string) => (/^[=+\-@\t\r\n]/.test(name) ? `'${name}` : name);
  const lines = [names.map((name) => quoted(inert(name))).join(',')];
  const written = (v: number | null) =>
    v === null ? '' : String(precision === 'single' ? Number(v.toPrecision(9)) : v);
  for (const row of rows) lines.push(row.map(written).join(','));
  return `${lines.join('\n')}\n`;
}

/** NumPy's format, version 1.0: an array of single- or double-precision numbers in C order (numpy.lib.format). */
export function npy(values: Float32Array | Float64Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const size = values.BYTES_PER_ELEMENT;
  const head = `{'descr': '<f${size}', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  // The header ends at a multiple of 64 bytes.
  const length = Math.ceil((10 + head.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + size * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(`${head.padEnd(length - 1)}\n`), 10);
  const view = new DataView(bytes.buffer);
  const set = size === 4 ? 'setFloat32' : 'setFloat64';
  values.forEach((value, i) => view[set](10 + length + size * i, value, true));
  return bytes;
}

/** The rows of row-major points of `dim` variables. */
export function* rowsOf(points: Float32Array | Float64Array, dim: number): Generator<number[]> {
  for (let i = 0; i + dim <= points.length; i += dim) yield Array.from(points.subarray(i, i + dim));
}

/** Hands a file to the person. */
export function save(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName(name);
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
