import type { Plugin } from 'vite';

export function licences(): { collector: () => Plugin; page: Plugin };
