/** Numbers as files that other programs read. */

/** Comma-separated values with a heading; numbers as short as they can be written without a loss in single precision. */
export function csv(names: readonly string[], rows: Iterable<readonly number[]>): string {
  const lines = [names.join(',')];
  for (const row of rows) lines.push(row.map((v) => String(Number(v.toPrecision(9)))).join(','));
  return `${lines.join('\n')}\n`;
}

/** NumPy's format, version 1.0: an array of single-precision numbers in C order (numpy.lib.format). */
export function npy(values: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const head = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape.join(', ')}${shape.length === 1 ? ',' : ''}), }`;
  // The header ends at a multiple of 64 bytes.
  const length = Math.ceil((10 + head.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + length + 4 * values.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(`${head.padEnd(length - 1)}\n`), 10);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => view.setFloat32(10 + length + 4 * i, value, true));
  return bytes;
}

/** Pairs of row-major points. */
export function* pairs(points: ArrayLike<number>): Generator<[number, number]> {
  for (let i = 0; i + 1 < points.length; i += 2) yield [points[i] ?? NaN, points[i + 1] ?? NaN];
}

/** Hands a file to the person. */
export function save(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
