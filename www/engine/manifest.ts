/** What the core says there is, written when it was built: the page draws its controls from it before the core has loaded. */

import json from './pkg/manifest.json';
import type { Manifest } from './protocol';

/** Families, targets, the default Experiment, limits; in English. */
export const coreManifest = json as unknown as Manifest;
