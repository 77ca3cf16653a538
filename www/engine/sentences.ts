/**
 * What the workers say when something goes wrong: in English, as the core does, since a worker does not know what language the page speaks.
 * The page translates what it is told (i18n/translate.ts). `{}` is where a value goes.
 */
export const sentences = {
  fault: 'The core stopped with a fault ({}).',
  unloaded: 'The core could not be loaded ({}). It needs a browser with WebAssembly SIMD, any from 2023 on.',
  stopped: 'The worker stopped ({}).',
  lost: 'it could not be loaded',
  noRun: 'There is no model to save yet: wait until the run has begun.',
  goesOn: '{} Training goes on on the processor, from step {}.',
  noWebGpu: 'The GPU is not used: this browser has no WebGPU, or the page is not served by HTTPS.',
  gpuUnbuilt:
    'The GPU is not used: its build of the core is still being made. Reload the page when `npm start` says that the whole page is there.',
  diverged:
    'Training left the finite numbers at step {}; the parameters of step {} are kept. A lower learning rate helps.',
  viewsStopped: 'The views stopped ({}).',
  viewsUnloaded: 'The views could not be loaded ({}).',
  ensembleStopped: 'The ensemble stopped ({}).',
  ensembleAnew: '{} The ensemble begins anew on the processor.',
} as const;

/** What went wrong, in words. */
export const sentenceOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
