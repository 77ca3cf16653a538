/** What this engine has of what the page would use: docs/browsers.md shows what was seen when it was last written (`npm run record`). */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PROBE } from '../../www/engine/relaxed';
import { look, type Seen } from './features';
import { engine, openAtRest, visit } from './session';

const here = visit();
const path = `tests/engines/seen/${engine}.json`;

test('has the features that docs/browsers.md says', async () => {
  const { driver } = here;
  await openAtRest(driver);
  const features: Seen = await driver.ask(look, [...PROBE]);
  const { version } = driver.adapter;
  if (process.env['RECORD'] || !existsSync(path))
    writeFileSync(path, `${JSON.stringify({ version, features }, null, 2)}\n`);
  const written = JSON.parse(readFileSync(path, 'utf8')) as { version: string; features: Seen };
  if (version === written.version) expect(features).toEqual(written.features);
  // A newer engine than the table's may have learned something, but must have lost nothing.
  const lost = Object.entries(written.features).filter(
    ([name, had]) => had !== 'no' && features[name as keyof Seen] === 'no',
  );
  expect(lost).toEqual([]);
});
