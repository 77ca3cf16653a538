/** SVG paths through points in pixels, to a tenth of one. `null` is a gap. */

export type Point = readonly [number, number] | null;

const tenth = (value: number) => Math.round(value * 10) / 10;
const at = ([x, y]: readonly [number, number]) => `${tenth(x)},${tenth(y)}`;

/** The points without the gaps, in pieces. */
function pieces(points: readonly Point[]): (readonly [number, number])[][] {
  const all: (readonly [number, number])[][] = [[]];
  for (const point of points)
    if (point) all.at(-1)?.push(point);
    else all.push([]);
  return all.filter((piece) => piece.length > 0);
}

/** A line through the points; a point alone is a dot. */
export const line = (points: readonly Point[]): string =>
  pieces(points)
    .map((piece) => `M${piece.map(at).join('L')}${piece.length === 1 ? 'Z' : ''}`)
    .join('');

/** The area between the points and the height `ground`. */
export const area = (points: readonly Point[], ground: number): string =>
  pieces(points)
    .map((piece) => {
      const back = piece.map(([x]) => [x, ground] as const).reverse();
      return `M${[...piece, ...back].map(at).join('L')}Z`;
    })
    .join('');
