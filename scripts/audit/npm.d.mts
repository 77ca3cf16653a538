import type { Answer } from './exceptions.mjs';

export function readAudit(text: string): Answer;
export function npmAudit(): Answer;
