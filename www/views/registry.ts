/** The views that there are, in their order: one for each folder here. */

import type { View } from './view';

const folders = import.meta.glob<{ default: View }>('./*/index.ts', { eager: true });

export const VIEWS: readonly View[] = Object.values(folders)
  .map(({ default: view }) => view)
  .sort((a, b) => a.place - b.place);
