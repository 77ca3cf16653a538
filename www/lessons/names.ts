/** The name of the file with a run's parameters, which scripts/pretrain.mjs writes. Parts count from 1. */
export const trainedName = (lesson: string, part: number, answer: boolean, run: number): string =>
  `${lesson}-${part}${answer ? '-answer' : ''}-${'ABCD'.charAt(run)}.safetensors`;

/** How many runs a link sets side by side. */
export const runCount = (link: string): number =>
  new Set([...link.matchAll(/[#&](\d)\./g)].map(([, run]) => run)).size + 1;
