import type { Answer } from './exceptions.mjs';

export function osv(crates?: { name: string; version: string }[], address?: string): Promise<Answer>;
