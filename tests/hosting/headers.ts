/** What docs/hosting.md tells hosts to send. */

import { readFileSync } from 'node:fs';

export type Headers = Record<string, string>;

const text = readFileSync('docs/hosting.md', 'utf8');

const row = /^\| `([\w-]+)` +\| `([^`]+)` +\|/gm;
const cacheRow = /^\| (`assets\/`|all others) +\| `([^`]+)` +\|/gm;

const found = (pattern: RegExp, within: string): Headers =>
  Object.fromEntries([...within.matchAll(pattern)].map(([, name = '', value = '']) => [name, value]));

/** The block of one host, by what stands behind its three backticks. */
const block = (kind: string): string => text.split(`\n\`\`\`${kind}\n`)[1]?.split('\n```')[0] ?? '';

/** By the tables: of every file, and how long the two kinds of files are kept. */
export const recommended = found(row, text);
export const caching = found(cacheRow, text);

/** As the examples say it. */
export const examples: Record<string, Headers> = {
  _headers: found(/^ {2}([\w-]+): (.+)$/gm, block('text _headers').split('\n/assets/*')[0] ?? ''),
  nginx: found(/^ {4}add_header ([\w-]+) "([^"]+)" always;$/gm, block('nginx')),
};

/** What the examples say of the files in assets/. */
export const exampleCaching: Record<string, string | undefined> = {
  _headers: /\n\/assets\/\*\n {2}Cache-Control: (.+)$/.exec(block('text _headers'))?.[1],
  nginx: /~\*\/assets\/ +"([^"]+)";/.exec(block('nginx'))?.[1],
};
