/** Loads the build of the core that also answers the views' questions; a page without open views never does. */

import init from './pkg/density_playground_views';
import { hasRelaxedSimd } from './relaxed';

/** Loads it, as `loadCore` loads the one that trains. */
export async function loadViews(): Promise<void> {
  const url = hasRelaxedSimd()
    ? new URL('./pkg/density_playground_views_relaxed_bg.wasm', import.meta.url)
    : new URL('./pkg/density_playground_views_bg.wasm', import.meta.url);
  await init({ module_or_path: url });
}
