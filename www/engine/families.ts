/** Which families are no compositions of layers with conditioners: what an engine has to know of them before a core does. */

/** Families that are no compositions; a test holds the list against the core's catalogue. */
export const OTHER_FAMILIES: readonly string[] = ['cnf', 'flow-matching', 'diffusion', 'vae', 'gan'];

/** Whether an Experiment, which nobody may have checked, needs the build that has all. */
export function needsAll(experiment: unknown): boolean {
  const { model } = (experiment ?? {}) as { model?: { family?: unknown } | null };
  return typeof model?.family === 'string' && OTHER_FAMILIES.includes(model.family);
}
