/** Bars on both sides of zero. */

/** Where bars of these values begin and how long they are, in percent of a strip that holds them all and zero. */
export function spans(values: readonly number[]): { zero: number; bars: { from: number; length: number }[] } {
  const finite = values.filter(Number.isFinite);
  const [least, most] = [Math.min(0, ...finite), Math.max(0, ...finite)];
  const whole = most - least || 1;
  const at = (value: number) => (100 * (Math.max(least, Math.min(most, value)) - least)) / whole;
  return {
    zero: at(0),
    bars: values.map((value) => ({
      from: Math.min(at(0), at(value)),
      length: Math.abs(at(value) - at(0)),
    })),
  };
}
