import type { Licensed } from './rules.mjs';

export function folderOf(id: string): string | null;
export function packageIn(folder: string): Licensed;
