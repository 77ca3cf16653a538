/** The built files use nothing that one of the oldest promised browsers lacks: those are named in package.json, under browserslist. */

import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import browserslist from 'browserslist';
import doiuse from 'doiuse';
import { ESLint } from 'eslint';
import compat from 'eslint-plugin-compat';
import postcss from 'postcss';
import { expect, test } from 'vitest';

const built = readdirSync('dist', { recursive: true, encoding: 'utf8' }).map((name) => join('dist', name));
const ending = (end: string) => built.filter((path) => path.endsWith(end));

test('the scripts are of a year that all of them know', () => {
  const worker = 'dist/service-worker.js';
  for (const [files, kind] of [
    [ending('.js').filter((path) => path !== worker), ['--module']],
    [[worker], []],
  ] as const) {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['node_modules/es-check/lib/cli/index.js', 'es2022', ...files, ...kind, '--noCache', '--noColor'],
      { encoding: 'utf8' },
    );
    expect(`${stdout}${stderr}`).toContain(`${files.length} file`);
    expect(status, `${stdout}${stderr}`).toBe(0);
  }
});

test('the scripts call nothing that one of them lacks', async () => {
  const [rules] = [compat.configs['flat/recommended']].flat();
  const lint = new ESLint({
    overrideConfigFile: true,
    ignore: false,
    allowInlineConfig: false,
    overrideConfig: [{ ...rules, files: ['**/*.js'] }],
  });
  const found = (await lint.lintFiles(ending('.js'))).flatMap(({ filePath, messages }) =>
    messages.map(({ message }) => `${filePath}: ${message}`),
  );
  expect(found).toEqual([]);
  // It would be found.
  const [wrong] = await lint.lintText('navigator.getBattery();', { filePath: 'wrong.js' });
  expect(wrong?.messages[0]?.message).toMatch(/not supported/);
});

/** What some of them lack, or have in part, and why that is no loss. */
const WITHOUT_LOSS = new Map([
  ['css-touch-action', 'none of a finger: Safari has the values that are used since 13'],
  ['css3-cursors', 'the shape of a pointer, where there is one'],
  ['css3-cursors-grab', 'the same'],
  ['css3-cursors-newer', 'the same'],
  ['css-scrollbar', 'the colour of a scroll bar, which is the system’s then'],
  ['css-resize', 'a field that a finger can’t make larger scrolls'],
  ['text-decoration', 'a dotted line below a term is a plain one'],
  ['css-display-contents', 'in part: of buttons and tables, where it is not used'],
  ['intrinsic-width', 'in part: of heights, where it is not used'],
  ['css-clip-path', 'in part: of paths, and inset() is used'],
  ['css-media-scripting', 'where scripts are off, an empty outline beside the words that say so'],
  ['css-masks', 'in part: with a prefix; inset() of clip-path is taken for one'],
]);

test('the styles use nothing that one of them lacks, but for what is no loss', async () => {
  const found = new Set<string>();
  const look = doiuse({
    browsers: browserslist(),
    onFeatureUsage: ({ feature }) => found.add(feature),
  });
  for (const path of ending('.css'))
    await postcss([look]).process(readFileSync(path, 'utf8'), { from: path });
  expect([...found].filter((feature) => !WITHOUT_LOSS.has(feature))).toEqual([]);
  // It looks at all.
  expect(found.has('css3-cursors')).toBe(true);
});
