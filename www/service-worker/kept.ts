/** Which files of the built page a browser keeps. */

/** A file of the page: its address, and what tells its versions apart where the address does not. */
export interface PageFile {
  url: string;
  revision: string | null;
}

const CORE = /(?<core>density_playground(?:_(?!relaxed)[a-z]+)?)(?<relaxed>_relaxed)?_bg-[^/]*\.wasm$/;

/**
 * All files, but of two builds of one core only the one that this browser runs: `relaxed` says whether it has relaxed SIMD.
 * A core of which there is one build is kept everywhere.
 */
export function filesFor(files: readonly PageFile[], relaxed: boolean): PageFile[] {
  const parts = files.map((file) => ({ file, name: CORE.exec(file.url)?.groups }));
  const twice = new Set(parts.filter(({ name }) => name?.relaxed).map(({ name }) => name?.core));
  return parts
    .filter(({ name }) => !name || !twice.has(name.core) || (name.relaxed !== undefined) === relaxed)
    .map(({ file }) => file);
}

/** The files that a page names beside it, as `src` or `href`, by their addresses from there. */
export const namedBy = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="\.\/([^"?#]+)"/g)].map(([, path]) => path ?? '');

/** A cache of the service worker that this page had before version 0.1.0. */
export const isOfEarlierWorker = (cache: string): boolean => cache.startsWith('density-playground ');
