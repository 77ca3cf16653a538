/**
 * The axes under every chart, curve and stage: one kind of scale, one set of ticks. They are those of d3-scale, which the tests hold them
 * against; but that brings colours and formats of numbers, more than all charts together, and every first visit would load it.
 */

export interface Axis {
  /** From a value to its pixel. */
  (value: number): number;
  invert(pixel: number): number;
  domain: readonly [number, number];
  /** Of a logarithmic axis: its ticks are powers of it. */
  base: number | null;
}

/** How many times the least value the greatest has to be for powers of ten to be ticks enough. */
const FEW_TENS = 50;

/** From values to pixels; logarithmic ones by powers of ten or, where there would be few, of two. */
export function axis(
  domain: readonly [number, number],
  [first, last]: readonly [number, number],
  logarithmic = false,
): Axis {
  const [from, to] = domain;
  const [ahead, back] = logarithmic ? [Math.log, Math.exp] : [(x: number) => x, (x: number) => x];
  const length = ahead(to) - ahead(from);
  const place = (value: number) => {
    // One value alone stands in the middle.
    const share = length === 0 ? 0.5 : (ahead(value) - ahead(from)) / length;
    return first * (1 - share) + last * share;
  };
  const invert = (pixel: number) => {
    const share = first === last ? 0.5 : (pixel - first) / (last - first);
    return back(ahead(from) * (1 - share) + ahead(to) * share);
  };
  return Object.assign(place, { invert, domain, base: logarithmic ? (to / from > FEW_TENS ? 10 : 2) : null });
}

/** Round values from `from` to `to`, about `count` of them: 1, 2 or 5 times a power of ten apart. */
function round(from: number, to: number, count: number): number[] {
  if (from === to) return [from];
  const wanted = (to - from) / count;
  const power = Math.floor(Math.log10(wanted));
  const rest = wanted / 10 ** power;
  const factor = rest >= Math.sqrt(50) ? 10 : rest >= Math.sqrt(10) ? 5 : rest >= Math.SQRT2 ? 2 : 1;
  // Whole numbers are multiplied, or divided by whole numbers: 3 / 10 is 0.3, and 3 * 0.1 is not.
  const [times, over] = power < 0 ? [1, 10 ** -power / factor] : [10 ** power * factor, 1];
  const values: number[] = [];
  for (let i = Math.round((from / times) * over) - 1; (i * times) / over <= to; i++)
    // Not minus zero.
    if ((i * times) / over >= from) values.push((i * times) / over + 0);
  return values;
}

/** Round values inside an axis, about `count` of them; on a logarithmic one the powers of its base. */
export function ticks({ domain: [from, to], base }: Axis, count: number): number[] {
  if (base === null) return round(from, to, count);
  const exponent = (value: number) => Math.log(value) / Math.log(base);
  const [least, most] = [exponent(from), exponent(to)];
  const power = (by: number) => (by < 0 ? 1 / base ** -by : base ** by);
  if (most - least >= count) return round(least, most, count).map(power);
  const multiples: number[] = [];
  for (let i = Math.floor(least); i <= Math.ceil(most); i++)
    for (let k = 1; k < base; k++) multiples.push(i < 0 ? k / base ** -i : k * base ** i);
  const inside = multiples.filter((value) => value >= from && value <= to);
  const all = inside.length * 2 < count ? round(from, to, count) : inside;
  const powers = all.filter((value) => Math.abs(exponent(value) - Math.round(exponent(value))) < 1e-9);
  return powers.length > 1 ? powers : all;
}
