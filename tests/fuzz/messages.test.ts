/** Messages of other windows: a page that embeds this one, or is embedded by it, could send any. Nothing of the page listens in a window. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** Workers hear the page that made them and nobody else; the service worker hears the pages of its own origin. */
const WORKERS = [
  'engine/data-parallel-worker.ts',
  'engine/ensemble-worker.ts',
  'engine/inspector-worker.ts',
  'engine/training-worker.ts',
  'files/points-worker.ts',
  'service-worker/service-worker.ts',
];

/** The element, in the page that holds it: it hears its own frame alone, and makes events of three names of what it hears. */
const ELEMENT = 'public/embed.js';
const HEARS_ITS_FRAME =
  /#heard = \(event\) => \{\s*if \(event\.source !== this\.#frame\.contentWindow\) return;/;

/** A listener on the window itself, or on what is not named. */
const LISTENS =
  /(?:^|[^.\w#])(?:(?:window|self|globalThis)\.)?(?:onmessage\s*=|addEventListener\(\s*['"`]message)|onmessage=\{/m;

it('only workers listen to messages of whoever sends them, and the element to its frame', () => {
  const files = readdirSync('www', { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.(ts|js|svelte|html)$/.test(file) && !file.startsWith('engine/pkg/'));
  const listening = files.filter((file) => LISTENS.test(readFileSync(join('www', file), 'utf8')));
  expect(listening.sort()).toEqual([...WORKERS, ELEMENT].sort());
  expect(readFileSync(join('www', ELEMENT), 'utf8')).toMatch(HEARS_ITS_FRAME);
});
