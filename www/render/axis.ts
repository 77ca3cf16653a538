/** The axes under every chart, curve and stage: one kind of scale, one set of ticks. */

import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3-scale';

export type Axis = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

/** How many times the least value the greatest has to be for powers of ten to be ticks enough. */
const FEW_TENS = 50;

/** From values to pixels; logarithmic ones by powers of ten or, where there would be few, of two. */
export function axis(
  [from, to]: readonly [number, number],
  pixels: readonly [number, number],
  logarithmic = false,
): Axis {
  if (!logarithmic) return scaleLinear([from, to], pixels);
  return scaleLog([from, to], pixels).base(to / from > FEW_TENS ? 10 : 2);
}

const isPower = (value: number, base: number) => {
  const exponent = Math.log(value) / Math.log(base);
  return Math.abs(exponent - Math.round(exponent)) < 1e-9;
};

/** Round values inside an axis, about `count` of them; on a logarithmic one the powers of its base. */
export function ticks(of: Axis, count: number): number[] {
  const all = of.ticks(count);
  if (!('base' in of)) return all;
  const powers = all.filter((value) => isPower(value, of.base()));
  return powers.length > 1 ? powers : all;
}
