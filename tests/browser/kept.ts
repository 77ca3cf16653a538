/** What a tab has kept of the work in it. */

import { expect, type Page } from '@playwright/test';
import { steps } from './actions';

/** The step at which this tab's work is kept; −1 where it is not. */
export const keptStep = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opened = indexedDB.open('density-playground');
        // Before the page has made it there is none, and none is made here.
        opened.onupgradeneeded = () => opened.transaction?.abort();
        opened.onerror = () => resolve(-1);
        opened.onsuccess = () => {
          const works = opened.result.transaction('works').objectStore('works').getAll();
          works.onsuccess = () => {
            opened.result.close();
            const { work } = history.state as { work: string };
            const all = works.result as { work: string; runs: { step: number }[] }[];
            resolve(all.find((one) => one.work === work)?.runs[0]?.step ?? -1);
          };
        };
      }),
  );

/** Waits until the work of this tab is kept as it is now, at rest. `before` is done before each look. */
export async function kept(page: Page, before?: (page: Page) => Promise<void>): Promise<number> {
  await expect
    .poll(
      async () => {
        await before?.(page);
        return (await keptStep(page)) - (await steps(page));
      },
      { intervals: [100] },
    )
    .toBe(0);
  return steps(page);
}
