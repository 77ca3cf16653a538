import type { Plugin } from 'vite';

export function published(): Plugin;
