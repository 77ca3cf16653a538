/** The core for other programs: in pages, workers, Node and Deno, in the build that answers all questions. */

import load, { type InitInput } from './pkg/density_playground_views';
import { hasRelaxedSimd } from './relaxed';

export { DensityModel, provideTable, recipe, recommended, Run } from './pkg/density_playground_views';
export type { Columns, Evaluation, Experiment, TableUnits } from './pkg/density_playground_views';

/** Where a module of WebAssembly comes from. */
export type WasmSource = InitInput;

/** In a variable: who bundles for browsers must not look for it. */
const NODE_FILES = 'node:fs/promises';

/** The module's address: beside this script, in the faster build where it runs. Both literals are what bundlers look for. */
const address = (): URL =>
  hasRelaxedSimd()
    ? new URL('./pkg/density_playground_views_relaxed_bg.wasm', import.meta.url)
    : new URL('./pkg/density_playground_views_bg.wasm', import.meta.url);

/** Bytes of a file where there are files, else the address, to be fetched. */
async function found(url: URL): Promise<WasmSource> {
  if (url.protocol !== 'file:') return url;
  const { readFile } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ NODE_FILES)) as {
    readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
  };
  return readFile(url);
}

let loading: Promise<unknown> | null = null;

/** Loads the core once; `source` where its module does not lie beside this script. After a failure another call tries again. */
export async function loadAnywhere(source?: WasmSource): Promise<void> {
  loading ??= (async () => load({ module_or_path: source ?? (await found(address())) }))();
  try {
    await loading;
  } catch (error) {
    loading = null;
    throw error;
  }
}
