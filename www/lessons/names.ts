/** The name of the file with a run's parameters, which scripts/pretrain.mjs writes. Parts count from 1. */
export const trainedName = (lesson: string, part: number, answer: boolean, run: number): string =>
  `${lesson}-${part}${answer ? '-answer' : ''}-${'ABCD'.charAt(run)}.safetensors`;
