/** Bytes as text: base64 as an Experiment holds a drawing, and deflated as a link holds it. */

/** Base64 to bytes; throws where it is none. */
export function cellsOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

/** Bytes to base64. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

/** Passes bytes through a stream; throws a RangeError as soon as more than `most` bytes came out. */
async function pipe(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most = Infinity,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    pieces.push(next.value);
    length += next.value.length;
    if (length <= most) continue;
    await reader.cancel();
    throw new RangeError(`more than ${most} bytes`);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** Bytes deflated, as base64url. */
export async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const deflated = await pipe(bytes, new CompressionStream('deflate-raw'));
  return base64Of(deflated).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * The bytes again: a few kilobytes of a link could inflate to gigabytes, so that more than `most` are none. Throws a RangeError then, and
 * something else where the text is damaged.
 */
export function unpacked(text: string, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = cellsOf(text.replaceAll('-', '+').replaceAll('_', '/'));
  return pipe(bytes, new DecompressionStream('deflate-raw'), most);
}
