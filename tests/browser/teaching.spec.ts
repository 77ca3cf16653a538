/** The links that docs/teaching.md gives to teachers. */

import { expect, test } from './page-test';
import { readFileSync } from 'node:fs';
import { button, openAtRest, until } from './actions';

const links = [...readFileSync('docs/teaching.md', 'utf8').matchAll(/`(#[^`]+=[^`]+)`/g)].map(
  ([, link = '']) => link,
);

test('there are eleven', () => expect(links).toHaveLength(11));

for (const link of links) {
  test(`opens, shows its views and trains: ${link}`, async ({ page }) => {
    await openAtRest(page, encodeURI(link));
    await expect(page.getByRole('alert')).toHaveCount(0);
    const runs = new Set([...link.matchAll(/[#&](\d)\./g)].map(([, run]) => run)).size + 1;
    await expect(page.getByRole('img', { name: /Learned density/ })).toHaveCount(runs);
    const [, view = ''] = /views=([a-z]+)/.exec(link) ?? [];
    await expect(page).toHaveURL(new RegExp(`views=${view}`));
    await expect(page.getByRole('button', { name: /^Close / })).toHaveCount(1);
    await button(page, 'Play').click();
    await until(page, 'Steps taken').toBeGreaterThan(20);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}
