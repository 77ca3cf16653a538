/** What a page that holds this one in a frame is told: the element `<density-playground>` makes its events of it (www/public/embed.js). */

import type { Workspace } from './workspace.svelte';

/** A field by which a message is known to be ours. */
const MARK = 'density-playground';

/** While the component that calls it lives. The numbers of a run are no secret from who chose it; files can't be brought in a frame. */
export function tellOuterPage(workspace: Workspace): void {
  if (parent === window) return;
  const tell = (event: string, detail: object) => {
    parent.postMessage({ [MARK]: event, detail }, '*');
  };
  const measured = $derived(
    workspace.runs.map(({ evaluations }) => {
      const last = evaluations.at(-1);
      return last
        ? { step: last.step, nll: last.nll, kl: last.kl, standard_error: last.standard_error }
        : null;
    }),
  );
  const ended = $derived(
    workspace.runs.length > 0 && workspace.runs.every((run) => run.settled && run.finished),
  );
  $effect(() => {
    const runs = measured.filter((one) => one !== null);
    if (runs.length > 0) tell('step', { step: runs[0]?.step, runs });
  });
  $effect(() => {
    if (ended) tell('converged', { step: workspace.run.step });
  });
  $effect(() => {
    for (const notice of [workspace.notice, ...workspace.runs.map((run) => run.notice)])
      if (notice) tell('error', { sentence: notice.sentence });
  });
}
