import { expect, test } from 'vitest';
import { csv } from './write';

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'])(
  'a name that a spreadsheet would take for a formula is text: %j',
  (name) => {
    const heading = csv([name, 'y'], [[-1.5, 2]]);
    expect(heading).toMatch(/^"?'/);
    // The numbers stay numbers.
    expect(heading).toMatch(/\n-1\.5,2\n$/);
  },
);

test('other names stay as they are', () => {
  expect(csv(['a=b', 'x-1', 'é'], [])).toBe('a=b,x-1,é\n');
});
