/** Perceptually uniform colour maps: straight lines in OKLCH (Ottosson, "A perceptual color space for image processing", 2020). */

interface Oklch {
  l: number;
  c: number;
  h: number;
}

function toSrgb({ l, c, h }: Oklch): [number, number, number] {
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  const encode = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  return linear.map((v) => Math.round(255 * Math.min(1, Math.max(0, encode(v))))) as [number, number, number];
}

/** 256 colours between two ends, lightness and chroma in even steps. */
function ramp(from: Oklch, to: Oklch): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 4);
  for (let i = 0; i < 256; i++) {
    const t = i / 255;
    const mix = (a: number, b: number) => a + (b - a) * t;
    table.set([...toSrgb({ l: mix(from.l, to.l), c: mix(from.c, to.c), h: mix(from.h, to.h) }), 255], 4 * i);
  }
  return table;
}

/** Two ramps that meet: signed quantities, zero in the middle. */
function diverging(least: Oklch, zero: Oklch, most: Oklch): Uint8ClampedArray {
  const table = new Uint8ClampedArray(256 * 4);
  const [below, above] = [ramp(zero, least), ramp(zero, most)];
  for (let i = 0; i < 128; i++) {
    const at = 4 * Math.round((i / 127) * 255);
    table.set(below.subarray(at, at + 4), 4 * (127 - i));
    table.set(above.subarray(at, at + 4), 4 * (128 + i));
  }
  return table;
}

/** Model blue and target orange, on paper and in the dark: nothing is the stage's own colour. */
export const maps = {
  light: {
    model: ramp({ l: 0.985, c: 0.004, h: 225 }, { l: 0.42, c: 0.135, h: 250 }),
    target: ramp({ l: 0.985, c: 0.006, h: 85 }, { l: 0.66, c: 0.165, h: 60 }),
    error: ramp({ l: 0.985, c: 0.004, h: 30 }, { l: 0.45, c: 0.16, h: 28 }),
    signed: diverging({ l: 0.45, c: 0.1, h: 195 }, { l: 0.96, c: 0.004, h: 80 }, { l: 0.48, c: 0.15, h: 28 }),
  },
  dark: {
    model: ramp({ l: 0.2, c: 0.012, h: 250 }, { l: 0.9, c: 0.09, h: 228 }),
    target: ramp({ l: 0.2, c: 0.012, h: 60 }, { l: 0.84, c: 0.145, h: 72 }),
    error: ramp({ l: 0.2, c: 0.01, h: 30 }, { l: 0.82, c: 0.13, h: 30 }),
    signed: diverging({ l: 0.85, c: 0.1, h: 195 }, { l: 0.3, c: 0.006, h: 250 }, { l: 0.8, c: 0.14, h: 30 }),
  },
} as const;

/** A map as a CSS gradient, for a legend. */
export function gradient(map: Uint8ClampedArray, direction: string): string {
  const stops = [0, 32, 64, 96, 128, 160, 192, 224, 255].map(
    (i) => `rgb(${map[4 * i]} ${map[4 * i + 1]} ${map[4 * i + 2]})`,
  );
  return `linear-gradient(${direction}, ${stops.join(', ')})`;
}
