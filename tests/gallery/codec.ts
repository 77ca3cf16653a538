/** Questions and answers as text: arrays of numbers keep their type, and as many digits as a picture needs. */

const ARRAYS = { f32: Float32Array, f64: Float64Array, u32: Uint32Array } as const;
type Kind = keyof typeof ARRAYS;

const isKind = (key: string): key is Kind => Object.hasOwn(ARRAYS, key);

/** `digits`: those that count of each number; null: all. */
export function encode(value: unknown, digits: number | null = null): string {
  const short = (x: number) => (digits === null ? x : Number(x.toPrecision(digits)));
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'number') return short(inner);
    for (const [kind, Type] of Object.entries(ARRAYS))
      if (inner instanceof Type) return { [kind]: Array.from(inner, short) };
    // The core gives many numbers as their bytes.
    if (inner instanceof Uint8Array)
      return { f32: Array.from(new Float32Array(inner.slice().buffer), short) };
    return inner;
  });
}

export function decode<T>(text: string): T {
  return JSON.parse(text, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return inner;
    const [[key, numbers] = ['', null], ...others] = Object.entries(inner);
    return others.length === 0 && isKind(key) ? ARRAYS[key].from(numbers as number[]) : inner;
  }) as T;
}
