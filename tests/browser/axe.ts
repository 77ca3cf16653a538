/** What axe finds wrong on a page. */

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Looks at a page and the frames of its own origin, in the page itself: axe would else open a page for each look, to put together what it
 * found in frames of other origins, which there are none of. Only what is wrong is described.
 */
export const axe = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
