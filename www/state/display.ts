/** How the page shows its runs, as a link holds it: what is on the stage, how fast runs train, how many samples there are. */

import { BrokenLink, type DisplayTexts } from './link';
import type { Shown } from './run-host';
import { words } from '../i18n';

export interface Display {
  shown: Shown;
  /** Training steps a second; null: as fast as it goes. */
  pace: number | null;
  samples: number;
}

const PARTS = ['density', 'model', 'target', 'samples', 'logarithmic'] as const;
const MAX_SAMPLES = 100_000;

/** What the page begins with. */
export const DISPLAY: Display = {
  shown: { density: true, model: true, target: true, samples: true, logarithmic: false },
  pace: null,
  samples: 2000,
};

/** Where nothing is shown. */
const NONE = 'none';
const listed = (shown: Shown) => PARTS.filter((part) => shown[part]).join(',') || NONE;

/** What differs from the beginning. */
export function writeDisplay({ shown, pace, samples }: Display): DisplayTexts {
  const texts: DisplayTexts = {};
  if (listed(shown) !== listed(DISPLAY.shown)) texts.shown = listed(shown);
  if (pace !== null) texts.pace = String(pace);
  if (samples !== DISPLAY.samples) texts.samples = String(samples);
  return texts;
}

/** `paces`: those that there are. Throws {@link BrokenLink}. */
export function readDisplay(
  { shown, pace, samples }: DisplayTexts,
  paces: readonly (number | null)[],
): Display {
  const display = structuredClone(DISPLAY);
  if (shown !== undefined) {
    const names = shown === NONE ? [] : shown.split(',');
    for (const name of names)
      if (!PARTS.some((part) => part === name))
        throw new BrokenLink(words.page.link.shown(name.slice(0, 40)));
    for (const part of PARTS) display.shown[part] = names.includes(part);
  }
  if (pace !== undefined) {
    const steps = paces.find((one) => one !== null && String(one) === pace);
    if (steps === undefined) throw new BrokenLink(words.page.link.pace(pace.slice(0, 40)));
    display.pace = steps;
  }
  if (samples !== undefined) {
    const count = /^\d{1,6}$/.test(samples) ? Number(samples) : 0;
    if (count < 1 || count > MAX_SAMPLES) throw new BrokenLink(words.page.link.samples(samples.slice(0, 40)));
    display.samples = count;
  }
  return display;
}
