/** `import { train } from 'density-playground/core'`: the core without the page, in browsers, workers, Node and Deno. */

import {
  DensityModel,
  type Experiment,
  loadAnywhere,
  recipe,
  recommended,
  type WasmSource,
} from '../engine/anywhere';
import { readModel } from '../files/model';
import { FileProblem } from '../files/problem';
import { sayIn } from '../files/say-in';
import { files } from '../i18n/en/files';
import { tableSpec } from '../tables/spec';
import { Model } from './model';
import type { Rows } from './points';
import { tableOf } from './rows';
import { type TrainOptions, Training } from './training';

export { Model } from './model';
export type { Rows } from './points';
export { Training } from './training';
export type { Progress, TrainOptions } from './training';
export type { Experiment, WasmSource };

/** Beside rows. */
export interface RowOptions extends TrainOptions {
  /** What learns them; its target is the rows. */
  experiment?: Omit<Experiment, 'target'>;
  /** What the columns are called: they are in the model's file. */
  names?: readonly string[];
}

/**
 * Loads the core. `train` and `load` do so by themselves; call it before where the module of WebAssembly does not lie beside the script, as some bundlers
 * leave it: with its address (`density-playground/core.wasm`), its bytes, or what was compiled of them.
 */
export const init = (source?: WasmSource): Promise<void> => loadAnywhere(source);

/** What is left out of an Experiment is what the page begins with. */
function filled(base: Experiment, given: Experiment): Experiment {
  const optimiser = { ...base.optimiser, ...given.optimiser };
  return { ...base, ...given, optimiser };
}

/**
 * Trains a model: of rows of 2 to 64 columns, of which a tenth says which step was the best and a tenth is kept for the held-out NLL; or an
 * Experiment as the page has it, with the page's numbers.
 */
export function train(rows: Rows, options?: RowOptions): Training;
export function train(experiment: Experiment, options?: TrainOptions): Training;
export function train(what: Rows | Experiment, options: RowOptions = {}): Training {
  return new Training(async () => {
    await loadAnywhere();
    if (!Array.isArray(what)) return { experiment: filled(recommended(), what as Experiment), table: null };
    const table = tableOf(what as Rows, options.names);
    const columns = table.names.map((_, i) => i);
    const experiment = filled(recipe(), options.experiment ?? {});
    const target = tableSpec(table.hash, table.name, columns);
    const model = { ...experiment.model, ordering: options.experiment?.model?.ordering ?? columns };
    return { experiment: { ...experiment, model, target }, table };
  }, options);
}

/** A model from a file that `save`, the page or the Rust crate wrote. Throws a sentence where it is none, or damaged. */
export async function load(file: Uint8Array | ArrayBuffer): Promise<Model> {
  await loadAnywhere();
  try {
    const { experiment, saved, table } = readModel(file instanceof Uint8Array ? file : new Uint8Array(file));
    return new Model(
      new DensityModel(experiment as Experiment, table as never, saved.step, saved.values),
      null,
    );
  } catch (error) {
    if (error instanceof FileProblem) throw new Error(sayIn(files.problem, error.said), { cause: error });
    throw error;
  }
}
