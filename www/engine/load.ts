/** Loads the core, in the faster build where it runs, else in the one that all browsers since 2023 run. */

import init from './pkg/density_playground';
import { hasRelaxedSimd } from './relaxed';

/** Loads the build that trains. */
export async function loadCore(): Promise<void> {
  const url = hasRelaxedSimd()
    ? new URL('./pkg/density_playground_relaxed_bg.wasm', import.meta.url)
    : new URL('./pkg/density_playground_bg.wasm', import.meta.url);
  await init({ module_or_path: url });
}
