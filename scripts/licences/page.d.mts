import type { Licensed } from './rules.mjs';

export function licencesPage(parts: { title: string; german: string; packages: Licensed[] }[]): string;
