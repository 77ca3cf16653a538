import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { checkPicture } from './picture-size';
import { FileProblem } from './problem';
import { say } from './say';

const png = (width: number, height: number) => {
  const head = Buffer.alloc(33);
  head.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
};
const jpeg = (width: number, height: number) => {
  const before = [
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    16,
    ...Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
  ];
  const frame = Buffer.from([...before, 0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0, 0xff, 0xd9]);
  frame.writeUInt16BE(height, before.length + 5);
  frame.writeUInt16BE(width, before.length + 7);
  return frame;
};
const gif = (width: number, height: number) => {
  const head = Buffer.from('GIF89a\0\0\0\0\0\0\0', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  return head;
};
const webp = (width: number, height: number) => {
  const head = Buffer.from('RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0'.padEnd(40, '\0'), 'latin1');
  head.writeUIntLE(width - 1, 24, 3);
  head.writeUIntLE(height - 1, 27, 3);
  return head;
};

it.each([
  ['PNG', png(65_535, 65_535)],
  ['PNG of a single row', png(0xffffffff, 1)],
  ['JPEG', jpeg(65_500, 65_500)],
  ['GIF', gif(65_535, 65_535)],
  ['WebP', webp(16_383, 16_383)],
])('a %s that says that it is huge is refused before anyone makes room for it', (_, head) => {
  let said = '';
  try {
    checkPicture(head);
  } catch (error) {
    said = error instanceof FileProblem ? say(error.said) : String(error);
  }
  expect(said).toMatch(
    /^This picture has \d+ by \d+ pixels; up to 64 million can be read\. Make it smaller\.$/,
  );
});

it.each([
  ['a PNG of this repository', readFileSync('docs/laboratory.png')],
  ['a large photograph', jpeg(9000, 7000)],
  ['a small one', webp(64, 48)],
])('%s is read', (_, head) => {
  expect(() => checkPicture(head)).not.toThrow();
});

it.each([
  ['what is no picture', Buffer.from('not a picture')],
  ['a head that is cut short', png(64, 48).subarray(0, 10)],
  [
    'a JPEG that hides its size',
    Buffer.from([0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0, 0xff, 0xd9]),
  ],
])('%s is refused', (_, head) => {
  expect(() => checkPicture(head)).toThrow(FileProblem);
});
