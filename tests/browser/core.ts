/** The core itself, in Node: what the page shows is held against its numbers. */

import { readFileSync } from 'node:fs';
import {
  initSync,
  Probe,
  provideTable,
  Run,
  targetWindow,
} from '../../www/engine/pkg/density_playground_views.js';
import type { Manifest } from '../../www/engine/protocol';
import { square } from '../../www/render/plane';
import type { DataTable } from '../../www/tables/data-table';

initSync({ module: readFileSync('www/engine/pkg/density_playground_views_bg.wasm') });

export { Probe, Run };

/** What there is, as the page knows it. */
export const manifest = JSON.parse(readFileSync('www/engine/pkg/manifest.json', 'utf8')) as Manifest;

/** Many numbers come out as their bytes. */
export const floats = (bytes: unknown): Float32Array => {
  const { buffer, byteOffset, length } = bytes as Uint8Array<ArrayBuffer>;
  return new Float32Array(buffer, byteOffset, length / 4);
};

/** A run of an Experiment whose other fields are the default's. */
export const run = (experiment: unknown): Run => new Run(experiment as never);

/** Hands a table's rows over, for Experiments that learn from it. */
export const provide = ({ hash, names, values, parts }: DataTable): void =>
  provideTable(hash, names, values, parts ?? new Uint8Array());

/** The part of the plane that the stage shows. */
export const stage = (target: unknown) => square(targetWindow(target as never));
