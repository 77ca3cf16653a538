/** A trained model: its density, its samples, its file. */

import { type Columns, DensityModel, type Evaluation, type Experiment } from '../engine/anywhere';
import { writeModel } from '../files/model';
import type { Rows } from './points';
import { flat, rowsOf } from './rows';

export class Model {
  /** What was trained, with all defaults filled in. */
  readonly experiment: Experiment;
  /** Steps that were taken. */
  readonly step: number;
  /** Number of variables. */
  readonly dim: number;
  /** What was measured at its end, in nats; null: it was loaded from a file. */
  readonly evaluation: Evaluation | null;
  readonly #core: DensityModel;

  /** @internal `train` and `load` make models. */
  constructor(core: DensityModel, evaluation: Evaluation | null) {
    this.#core = core;
    this.experiment = core.experiment();
    this.step = core.step;
    this.dim = core.dim;
    this.evaluation = evaluation;
  }

  /**
   * log p(x) in nats of each point, in the target's own units, those of the rows that were learned; of a VAE a lower bound.
   * Throws where the model has no density, as a GAN.
   */
  logProb(points: Rows, temperature = 1): Float64Array {
    return this.#core.logProb(flat(points, this.dim), temperature);
  }

  /**
   * Points of the model, up to 100,000 at a time. Below temperature 1 they lie closer to where the density is high; at 0 all are alike.
   * The same seed gives the same base draws: the Experiment's own those that the page shows.
   */
  sample(count: number, temperature = 1, seed: number = this.experiment.seed ?? 1): Float64Array[] {
    return rowsOf(this.#core.sample(seed, count, temperature), this.dim);
  }

  /** The page's file of a model (.safetensors), which `load`, the page, the Rust crate and the page's Python script read. */
  save(): Uint8Array<ArrayBuffer> {
    const columns: Columns | null = this.#core.columns();
    const saved = { step: this.step, values: this.#core.parameters() as Float32Array<ArrayBuffer> };
    return writeModel(this.experiment, saved, this.#core.description(), columns);
  }
}
