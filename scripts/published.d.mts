import type { Plugin } from 'vite';

/** The content policy that the built page carries. */
export const POLICY: string;

export function published(plugins?: Plugin[]): Plugin;
