/** What a view says of itself, in the `index.ts` of its folder; what is written in it stands with the languages. */

import type { Component } from 'svelte';
import type { QuestionName } from '../engine/protocol';
import type { ViewName } from '../i18n';
import type { Workspace } from '../state/workspace.svelte';

export interface View {
  /** What links and the words call it. */
  name: ViewName;
  /** Views are listed by it, ascending. */
  place: number;
  /** What it asks the core; nothing where it shows what the run reports by itself. */
  asks: readonly QuestionName[];
  /** As MathML, from `formula.tex`. */
  formula: string;
  /** Its component, loaded when it is first opened. */
  load: () => Promise<{ default: Component<{ workspace: Workspace }> }>;
}
