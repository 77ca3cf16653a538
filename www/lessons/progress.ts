/** How far a reader is in a lesson: kept for as long as the tab is open, so that a reload loses nothing. */

import type { Lesson } from './lesson';

/** By part, from 0. */
export interface Progress {
  /** Which option was guessed. */
  guesses: Record<number, number>;
  /** What was to be seen was seen. */
  seen: Record<number, boolean>;
}

const key = (name: string) => `density-playground.lesson.${name}`;

const entries = (value: unknown): [number, unknown][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).map(([part, inner]) => [Number(part), inner])
    : [];

/** What was kept of a lesson, so far as it fits the lesson as it is now; storage may be refused, and what it holds may be anything. */
export function readProgress(name: string, { parts }: Pick<Lesson, 'parts'>): Progress {
  const progress: Progress = { guesses: {}, seen: {} };
  try {
    const { guesses, seen } = JSON.parse(sessionStorage.getItem(key(name)) ?? '{}') as Partial<Progress>;
    for (const [part, option] of entries(guesses))
      if (typeof option === 'number' && parts[part]?.guess?.[option]) progress.guesses[part] = option;
    for (const [part, was] of entries(seen)) if (was === true && parts[part]) progress.seen[part] = true;
  } catch {
    // It begins anew.
  }
  return progress;
}

export function writeProgress(name: string, progress: Progress): void {
  try {
    sessionStorage.setItem(key(name), JSON.stringify(progress));
  } catch {
    // It is not kept, then.
  }
}
