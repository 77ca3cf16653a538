import type { Licensed } from './rules.mjs';

export function crates(): Promise<Licensed[]>;
