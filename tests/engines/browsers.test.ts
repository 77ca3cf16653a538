/** docs/browsers.md says what the tests in three engines saw; `npm run record` writes both. */

import { readFileSync, writeFileSync } from 'node:fs';
import browserslist from 'browserslist';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { ENGINES } from './adapter';
import { FEATURES, type FeatureName, type Seen } from './features';

const DOCS = 'docs/browsers.md';
const NAMES = { chromium: 'Chromium', firefox: 'Firefox', webkit: 'WebKitGTK' };
const OLDEST: Record<string, string> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  ios_saf: 'Safari on iOS and iPadOS',
};

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function seen(): string {
  const all = ENGINES.map((engine) => ({
    engine,
    ...(JSON.parse(readFileSync(`tests/engines/seen/${engine}.json`, 'utf8')) as {
      version: string;
      features: Seen;
    }),
  }));
  return [
    row(['', ...all.map(({ engine, version }) => `${NAMES[engine]} ${version}`), 'without it']),
    row(['---', ...all.map(() => '---'), '---']),
    ...(Object.keys(FEATURES) as FeatureName[]).map((name) =>
      row([FEATURES[name].title, ...all.map(({ features }) => features[name]), FEATURES[name].without]),
    ),
  ].join('\n');
}

/** The lowest version of each. */
function oldest(): string {
  const lowest = new Map<string, number>();
  for (const [name = '', version = ''] of browserslist().map((one) => one.split(' ')))
    lowest.set(name, Math.min(lowest.get(name) ?? Infinity, Number.parseFloat(version)));
  return Object.entries(OLDEST)
    .map(([name, title]) => `- ${title} ${lowest.get(name)}`)
    .join('\n');
}

test('docs/browsers.md says what was seen', async () => {
  let text = readFileSync(DOCS, 'utf8');
  const was = text;
  for (const [name, part] of [
    ['seen', seen()],
    ['oldest', oldest()],
  ] as const)
    text = text.replace(new RegExp(`(?<=<!-- ${name}: .*-->\n)[^]*?(?=<!-- end -->)`), () => `\n${part}\n\n`);
  const written = await format(text, { ...(await resolveConfig(DOCS)), parser: 'markdown' });
  if (process.env['RECORD']) writeFileSync(DOCS, written);
  expect(process.env['RECORD'] ? written : was).toBe(written);
});
