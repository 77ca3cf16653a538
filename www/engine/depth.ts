/** Values that nest far deeper than anything that the page or the core reads: whoever walks them, also a browser that copies them, runs out of stack. */

/** Lists and objects within each other at most; the core refuses more (src/bindings/reader.rs). */
const MAX_DEPTH = 32;

/** Level by level, so that it takes no stack itself. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const next: unknown[] = [];
    for (const one of level)
      if (typeof one === 'object' && one !== null) for (const inner of Object.values(one)) next.push(inner);
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}
